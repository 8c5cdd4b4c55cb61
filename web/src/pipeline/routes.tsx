import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../app/root-routes.tsx';

/** What the address of the board says: which board, whose drawer is open, and the filters of the list of leads. */
export interface BoardSearch {
  board?: 'deals';
  lead?: string;
  [filter: string]: unknown;
}

/** The addresses of the board. */
export const pipelineRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/pipeline',
    validateSearch: (search: Record<string, unknown>) => search as BoardSearch,
    component: lazyRouteComponent(() => import('./pipeline-page.tsx'), 'PipelinePage'),
  }),
] as const;
