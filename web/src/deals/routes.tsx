import { createRoute } from '@tanstack/react-router';
import { lazyScreen } from '../app/lazy-screen.ts';
import { shellRoute } from '../app/root-routes.tsx';
import { readSearch } from './search.ts';

/** Routes for the deals. */
export const dealRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/deals',
    validateSearch: readSearch,
    component: lazyScreen(() => import('./deals-page.tsx'), 'DealsPage'),
  }),
] as const;
