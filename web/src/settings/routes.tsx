import { createRoute } from '@tanstack/react-router';
import { lazyScreen } from '../app/lazy-screen.ts';
import { shellRoute } from '../app/root-routes.tsx';

const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  component: lazyScreen(() => import('./settings-layout.tsx'), 'SettingsLayout'),
});

/** Which item's form is open; `new` for one that is to be made. */
const validateSearch = (search: Record<string, unknown>): { item?: string } =>
  typeof search['item'] === 'string' ? { item: search['item'] } : {};

const getParentRoute = () => settingsRoute;
const plainPages = () => import('./reference/plain-pages.tsx');

// The pages are not told to the router's types one by one: with this many the compiler gives up on all addresses.
const settingsPages: typeof settingsRoute = settingsRoute.addChildren([
  createRoute({
    getParentRoute,
    path: '/',
    component: lazyScreen(() => import('./settings-page.tsx'), 'SettingsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/statuses',
    validateSearch,
    component: lazyScreen(() => import('./reference/statuses-page.tsx'), 'StatusesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/lead-types',
    validateSearch,
    component: lazyScreen(() => import('./lead-types/lead-types-page.tsx'), 'LeadTypesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/departments',
    validateSearch,
    component: lazyScreen(() => import('./reference/departments-page.tsx'), 'DepartmentsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/sources',
    validateSearch,
    component: lazyScreen(plainPages, 'SourcesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/categories',
    validateSearch,
    component: lazyScreen(plainPages, 'CategoriesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/lost-reasons',
    validateSearch,
    component: lazyScreen(plainPages, 'LostReasonsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/task-categories',
    validateSearch,
    component: lazyScreen(plainPages, 'TaskCategoriesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/deal-stages',
    validateSearch,
    component: lazyScreen(plainPages, 'DealStagesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/call-outcomes',
    validateSearch,
    component: lazyScreen(() => import('./reference/call-outcomes-page.tsx'), 'CallOutcomesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/custom-fields',
    component: lazyScreen(() => import('./custom-fields/custom-fields-page.tsx'), 'CustomFieldsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/workspace',
    component: lazyScreen(() => import('./workspace/workspace-page.tsx'), 'WorkspacePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/members',
    component: lazyScreen(() => import('./members/members-page.tsx'), 'MembersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/audit-log',
    component: lazyScreen(() => import('./audit/audit-page.tsx'), 'AuditPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/sample-data',
    component: lazyScreen(() => import('./workspace/sample-data-page.tsx'), 'SampleDataPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/system',
    component: lazyScreen(() => import('./workspace/system-page.tsx'), 'SystemPage'),
  }),
]) as never;

/** The addresses of the settings. */
export const settingsRoutes = [
  settingsPages,
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/connections',
    validateSearch: (search: Record<string, unknown>): { new?: string } =>
      typeof search['new'] === 'string' ? { new: search['new'] } : {},
    component: lazyScreen(() => import('./tokens/tokens-page.tsx'), 'TokensPage'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/connections/$token',
    component: lazyScreen(() => import('./tokens/token-page.tsx'), 'TokenPage'),
  }),
] as const;
