import { createRoute } from '@tanstack/react-router';
import { shellScreen } from '../app/screen-routes.ts';
import { type CallSearch, readCallSearch } from './search.ts';

/** Routes for the call screens. */
export const callRoutes = [
  createRoute({
    ...shellScreen('/calls', () => import('./calls-page.tsx'), 'CallsPage'),
    validateSearch: (search: Record<string, unknown>): CallSearch => readCallSearch(search),
  }),
  createRoute(shellScreen('/calls/team', () => import('./team/team-page.tsx'), 'TeamPage')),
] as const;
