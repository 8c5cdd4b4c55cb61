import { createRoute } from '@tanstack/react-router';
import { shellScreen } from '../app/screen-routes.ts';
import { readSearch } from './journal-search.ts';

/** Routes for the journal. */
export const intakeRoutes = [
  createRoute({
    ...shellScreen('/intake', () => import('./intake-page.tsx'), 'IntakePage'),
    validateSearch: readSearch,
  }),
  createRoute(shellScreen('/intake/rules', () => import('./rules/rules-page.tsx'), 'RulesPage')),
] as const;
