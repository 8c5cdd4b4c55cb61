import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../app/root-routes.tsx';

const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings-layout.tsx'), 'SettingsLayout'),
});

/** Which item's form is open; `new` for one that is to be made. */
const validateSearch = (search: Record<string, unknown>): { item?: string } =>
  typeof search['item'] === 'string' ? { item: search['item'] } : {};

const getParentRoute = () => settingsRoute;
const plainPages = () => import('./plain-pages.tsx');

const settingsPages = settingsRoute.addChildren([
  createRoute({
    getParentRoute,
    path: '/',
    component: lazyRouteComponent(() => import('./settings-page.tsx'), 'SettingsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/statuses',
    validateSearch,
    component: lazyRouteComponent(() => import('./statuses-page.tsx'), 'StatusesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/lead-types',
    validateSearch,
    component: lazyRouteComponent(() => import('./lead-types-page.tsx'), 'LeadTypesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/departments',
    validateSearch,
    component: lazyRouteComponent(() => import('./departments-page.tsx'), 'DepartmentsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/sources',
    validateSearch,
    component: lazyRouteComponent(plainPages, 'SourcesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/categories',
    validateSearch,
    component: lazyRouteComponent(plainPages, 'CategoriesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/lost-reasons',
    validateSearch,
    component: lazyRouteComponent(plainPages, 'LostReasonsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/task-categories',
    validateSearch,
    component: lazyRouteComponent(plainPages, 'TaskCategoriesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/deal-stages',
    validateSearch,
    component: lazyRouteComponent(plainPages, 'DealStagesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/call-outcomes',
    validateSearch,
    component: lazyRouteComponent(() => import('./call-outcomes-page.tsx'), 'CallOutcomesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/custom-fields',
    component: lazyRouteComponent(() => import('./custom-fields-page.tsx'), 'CustomFieldsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/workspace',
    component: lazyRouteComponent(() => import('./workspace-page.tsx'), 'WorkspacePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/members',
    component: lazyRouteComponent(() => import('./members/members-page.tsx'), 'MembersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/audit-log',
    component: lazyRouteComponent(() => import('./audit/audit-page.tsx'), 'AuditPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/sample-data',
    component: lazyRouteComponent(() => import('./sample-data-page.tsx'), 'SampleDataPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/system',
    component: lazyRouteComponent(() => import('./system-page.tsx'), 'SystemPage'),
  }),
]);

/** The addresses of the settings. */
export const settingsRoutes = [
  settingsPages,
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/connections',
    component: lazyRouteComponent(() => import('./tokens/tokens-page.tsx'), 'TokensPage'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/connections/$token',
    component: lazyRouteComponent(() => import('./tokens/token-page.tsx'), 'TokenPage'),
  }),
] as const;
