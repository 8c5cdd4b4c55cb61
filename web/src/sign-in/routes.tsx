import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../app/root-routes.tsx';

/** The addresses that need nobody signed in, and the first steps of a new workspace. */
export const signInRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/sign-in',
    validateSearch: ({ next }: { next?: unknown }) => (typeof next === 'string' ? { next } : {}) as { next?: string },
    component: lazyRouteComponent(() => import('./sign-in-page.tsx'), 'SignInPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/welcome/$secret',
    component: lazyRouteComponent(() => import('./welcome-page.tsx'), 'WelcomePage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/first-steps',
    component: lazyRouteComponent(() => import('./first-steps-page.tsx'), 'FirstStepsPage'),
  }),
] as const;
