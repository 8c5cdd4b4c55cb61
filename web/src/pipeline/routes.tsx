import { createRoute } from '@tanstack/react-router';
import { lazyScreen } from '../app/lazy-screen.ts';
import { shellRoute } from '../app/root-routes.tsx';
import type { BoardSearch } from './search.ts';

/** The addresses of the board. */
export const pipelineRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/pipeline',
    // The page reads the filters as the list of leads does; what cannot be one is left out there.
    validateSearch: (search: Record<string, unknown>): BoardSearch => search,
    component: lazyScreen(() => import('./pipeline-page.tsx'), 'PipelinePage'),
  }),
] as const;
