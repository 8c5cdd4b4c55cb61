import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { paths } from '../api/schema.d.ts';
import { shellRoute } from '../app/root-routes.tsx';

/** How the board is narrowed: as the list of leads. */
export type BoardFilters = Omit<NonNullable<paths['/v1/board']['get']['parameters']['query']>, 'by'>;

/** What the address of the board says: the filters, which board, the saved view, whose drawer is open. */
export interface BoardSearch extends BoardFilters {
  board?: 'deals';
  view?: string;
  lead?: string;
  new?: number;
}

/** The addresses of the board. */
export const pipelineRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/pipeline',
    // The page reads the filters as the list of leads does; what cannot be one is left out there.
    validateSearch: (search: Record<string, unknown>): BoardSearch => search,
    component: lazyRouteComponent(() => import('./pipeline-page.tsx'), 'PipelinePage'),
  }),
] as const;
