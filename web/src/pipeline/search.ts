import type { paths } from '../api/schema.d.ts';

/** How the board is narrowed: as the list of leads. */
export type BoardFilters = Omit<NonNullable<paths['/v1/board']['get']['parameters']['query']>, 'by'>;

/** What the address of the board says: the filters, which board, the saved view, whose drawer is open. */
export interface BoardSearch extends BoardFilters {
  board?: 'deals';
  view?: string;
  lead?: string;
  new?: number;
}
