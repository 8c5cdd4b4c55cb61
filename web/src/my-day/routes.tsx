import { createRoute } from '@tanstack/react-router';
import { lazyScreen } from '../app/lazy-screen.ts';
import { shellRoute } from '../app/root-routes.tsx';

/** Routes for My day. */
export const myDayRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/my-day',
    component: lazyScreen(() => import('./my-day-page.tsx'), 'MyDayPage'),
  }),
] as const;
