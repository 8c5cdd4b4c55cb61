import { createRoute } from '@tanstack/react-router';
import { shellScreen } from '../app/screen-routes.ts';
import { readSearch } from './search.ts';

/** Routes for the tasks. */
export const taskRoutes = [
  createRoute({
    ...shellScreen('/tasks', () => import('./tasks-page.tsx'), 'TasksPage'),
    validateSearch: readSearch,
  }),
] as const;
