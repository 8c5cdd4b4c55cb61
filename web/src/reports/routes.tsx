import { createRoute } from '@tanstack/react-router';
import { lazyScreen } from '../app/lazy-screen.ts';
import { shellRoute } from '../app/root-routes.tsx';
import { readReportSearch } from './search.ts';

/** Routes for the reports. */
export const reportRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/reports',
    validateSearch: readReportSearch,
    component: lazyScreen(() => import('./reports-page.tsx'), 'ReportsPage'),
  }),
] as const;
