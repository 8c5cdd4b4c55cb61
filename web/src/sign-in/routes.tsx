import { createRoute } from '@tanstack/react-router';
import { openScreen } from '../app/screen-routes.ts';

/** Routes for the pages that need no sign-in, and for the first run. */
export const signInRoutes = [
  createRoute({
    ...openScreen('/sign-in', () => import('./sign-in-page.tsx'), 'SignInPage'),
    validateSearch: ({ next }: { next?: unknown }) => (typeof next === 'string' ? { next } : {}) as { next?: string },
  }),
  createRoute(openScreen('/forgot-password', () => import('./forgot-page.tsx'), 'ForgotPage')),
  createRoute(openScreen('/unsubscribe/$token', () => import('./unsubscribe-page.tsx'), 'UnsubscribePage')),
  createRoute(openScreen('/welcome/$secret', () => import('./welcome-page.tsx'), 'WelcomePage')),
  createRoute(openScreen('/first-steps', () => import('./first-steps-page.tsx'), 'FirstStepsPage')),
] as const;
