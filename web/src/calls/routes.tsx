import { createRoute } from '@tanstack/react-router';
import { lazyScreen } from '../app/lazy-screen.ts';
import { shellRoute } from '../app/root-routes.tsx';
import { type CallSearch, readCallSearch } from './search.ts';

/** Routes for the call screens. */
export const callRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/calls',
    validateSearch: (search: Record<string, unknown>): CallSearch => readCallSearch(search),
    component: lazyScreen(() => import('./calls-page.tsx'), 'CallsPage'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/calls/team',
    component: lazyScreen(() => import('./team/team-page.tsx'), 'TeamPage'),
  }),
] as const;
