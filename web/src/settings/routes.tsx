import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../app/root-routes.tsx';

/** The addresses of the settings. */
export const settingsRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/settings',
    component: lazyRouteComponent(() => import('./settings-page.tsx'), 'SettingsPage'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/connections',
    component: lazyRouteComponent(() => import('./connections-page.tsx'), 'ConnectionsPage'),
  }),
] as const;
