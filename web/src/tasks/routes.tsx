import { createRoute } from '@tanstack/react-router';
import { lazyScreen } from '../app/lazy-screen.ts';
import { shellRoute } from '../app/root-routes.tsx';
import { readSearch } from './search.ts';

/** Routes for the tasks. */
export const taskRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/tasks',
    validateSearch: readSearch,
    component: lazyScreen(() => import('./tasks-page.tsx'), 'TasksPage'),
  }),
] as const;
