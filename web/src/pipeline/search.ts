import type { paths } from '../api/schema.d.ts';

/** The filters of the board, those of the lead list. */
export type BoardFilters = Omit<NonNullable<paths['/v1/board']['get']['parameters']['query']>, 'by'>;

/** The parts of the board's address. */
export interface BoardSearch extends BoardFilters {
  board?: 'deals';
  view?: string;
  lead?: string;
  new?: number;
}
