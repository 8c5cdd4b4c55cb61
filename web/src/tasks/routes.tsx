import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../app/root-routes.tsx';

/** The tabs of the page of tasks. */
export const tabs = ['today', 'upcoming', 'done', 'team'] as const;
export type Tab = (typeof tabs)[number];

/** What the address of the page says. */
export interface TasksSearch {
  tab?: Tab;
  /** On the team's tab: a member's id, or `none`. */
  who?: string;
}

/** The addresses of tasks. */
export const taskRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/tasks',
    validateSearch: ({ tab, who }: { tab?: unknown; who?: unknown }): TasksSearch => {
      const known = tabs.find((one) => one === tab);
      return { ...(known && { tab: known }), ...(typeof who === 'string' && who && { who }) };
    },
    component: lazyRouteComponent(() => import('./tasks-page.tsx'), 'TasksPage'),
  }),
] as const;
