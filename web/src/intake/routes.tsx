import { createRoute } from '@tanstack/react-router';
import { lazyScreen } from '../app/lazy-screen.ts';
import { shellRoute } from '../app/root-routes.tsx';
import { readSearch } from './journal-search.ts';

/** Routes for the journal. */
export const intakeRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/intake',
    validateSearch: readSearch,
    component: lazyScreen(() => import('./intake-page.tsx'), 'IntakePage'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/intake/rules',
    component: lazyScreen(() => import('./rules/rules-page.tsx'), 'RulesPage'),
  }),
] as const;
