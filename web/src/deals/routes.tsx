import { createRoute } from '@tanstack/react-router';
import { shellScreen } from '../app/screen-routes.ts';
import { readSearch } from './search.ts';

/** Routes for the deals. */
export const dealRoutes = [
  createRoute({
    ...shellScreen('/deals', () => import('./deals-page.tsx'), 'DealsPage'),
    validateSearch: readSearch,
  }),
] as const;
