import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../app/root-routes.tsx';

/** The addresses of the journal. */
export const intakeRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/intake',
    component: lazyRouteComponent(() => import('./intake-page.tsx'), 'IntakePage'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/import',
    component: lazyRouteComponent(() => import('./import-page.tsx'), 'ImportPage'),
  }),
] as const;
