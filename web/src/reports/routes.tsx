import { createRoute } from '@tanstack/react-router';
import { shellScreen } from '../app/screen-routes.ts';
import { readReportSearch } from './search.ts';

/** Routes for the reports. */
export const reportRoutes = [
  createRoute({
    ...shellScreen('/reports', () => import('./reports-page.tsx'), 'ReportsPage'),
    validateSearch: readReportSearch,
  }),
] as const;
