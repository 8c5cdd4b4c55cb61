import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../app/root-routes.tsx';

/** The addresses of the board. */
export const pipelineRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/pipeline',
    component: lazyRouteComponent(() => import('./pipeline-page.tsx'), 'PipelinePage'),
  }),
] as const;
