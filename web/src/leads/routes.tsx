import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../app/root-routes.tsx';

/** The addresses of the leads. */
export const leadRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/leads',
    validateSearch: ({ lead }: { lead?: unknown }) => (typeof lead === 'string' ? { lead } : {}) as { lead?: string },
    component: lazyRouteComponent(() => import('./leads-page.tsx'), 'LeadsPage'),
  }),
] as const;
