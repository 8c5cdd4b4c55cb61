import { createRoute } from '@tanstack/react-router';
import { lazyScreen } from '../app/lazy-screen.ts';
import { shellRoute } from '../app/root-routes.tsx';
import type { BoardSearch } from './search.ts';

/** Routes for the board. */
export const pipelineRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/pipeline',
    // The page validates the filters itself, as the lead list does.
    validateSearch: (search: Record<string, unknown>): BoardSearch => search,
    component: lazyScreen(() => import('./pipeline-page.tsx'), 'PipelinePage'),
  }),
] as const;
