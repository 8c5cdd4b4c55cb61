import { createRoute } from '@tanstack/react-router';
import { shellScreen } from '../app/screen-routes.ts';

/** Routes for My day. */
export const myDayRoutes = [
  createRoute(shellScreen('/my-day', () => import('./my-day-page.tsx'), 'MyDayPage')),
] as const;
