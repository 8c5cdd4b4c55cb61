import { createRoute } from '@tanstack/react-router';
import { shellScreen } from '../app/screen-routes.ts';

/** Routes for the account page. */
export const accountRoutes = [
  createRoute(shellScreen('/account', () => import('./account-page.tsx'), 'AccountPage')),
] as const;
