import { createRoute } from '@tanstack/react-router';
import { lazyScreen } from '../app/lazy-screen.ts';
import { rootRoute } from '../app/root-routes.tsx';

/** Routes for the pages that need no sign-in, and for the first run. */
export const signInRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/sign-in',
    validateSearch: ({ next }: { next?: unknown }) => (typeof next === 'string' ? { next } : {}) as { next?: string },
    component: lazyScreen(() => import('./sign-in-page.tsx'), 'SignInPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/forgot-password',
    component: lazyScreen(() => import('./forgot-page.tsx'), 'ForgotPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/unsubscribe/$token',
    component: lazyScreen(() => import('./unsubscribe-page.tsx'), 'UnsubscribePage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/welcome/$secret',
    component: lazyScreen(() => import('./welcome-page.tsx'), 'WelcomePage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/first-steps',
    component: lazyScreen(() => import('./first-steps-page.tsx'), 'FirstStepsPage'),
  }),
] as const;
