import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../app/root-routes.tsx';

/** The addresses of tasks. */
export const taskRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/tasks',
    component: lazyRouteComponent(() => import('./tasks-page.tsx'), 'TasksPage'),
  }),
] as const;
