import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../app/root-routes.tsx';
import { readSearch } from './journal-search.ts';

/** The addresses of the journal. */
export const intakeRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/intake',
    validateSearch: readSearch,
    component: lazyRouteComponent(() => import('./intake-page.tsx'), 'IntakePage'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/import',
    component: lazyRouteComponent(() => import('./import-page.tsx'), 'ImportPage'),
  }),
] as const;
