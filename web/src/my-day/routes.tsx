import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../app/root-routes.tsx';

/** The address of somebody's day. */
export const myDayRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/my-day',
    component: lazyRouteComponent(() => import('./my-day-page.tsx'), 'MyDayPage'),
  }),
] as const;
