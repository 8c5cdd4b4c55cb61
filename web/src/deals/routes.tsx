import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../app/root-routes.tsx';

/** The addresses of deals. */
export const dealRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/deals',
    component: lazyRouteComponent(() => import('./deals-page.tsx'), 'DealsPage'),
  }),
] as const;
