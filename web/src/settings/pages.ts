import type { RouteComponent } from '@tanstack/react-router';
import type { Permission } from '../api/me.ts';
import { lazyScreen } from '../app/lazy-screen.ts';

/** One page of the settings. */
export interface SettingsPage {
  path: string;
  label: string;
  about: string;
  /** By default, a page is for administrators. */
  needs?: Permission;
  component: RouteComponent;
  /** True if the page's URL says which item's form is open. */
  opensItems?: boolean;
}

const plainPages = () => import('./reference/plain-pages.tsx');

/** The page of API tokens, which is in the settings menu but has a URL of its own. */
export const tokensPage: SettingsPage = {
  path: '/connections',
  label: 'API tokens',
  about: 'Keys that let other systems send leads.',
  component: lazyScreen(() => import('./tokens/tokens-page.tsx'), 'TokensPage'),
};

/** Every page of the settings; the menu and the routes are built from this list. */
export const groups: readonly { label: string; pages: readonly SettingsPage[] }[] = [
  {
    label: 'Leads',
    pages: [
      {
        path: '/settings/statuses',
        label: 'Statuses',
        about: 'The stages a lead passes through, and when it counts as idle.',
        component: lazyScreen(() => import('./reference/statuses-page.tsx'), 'StatusesPage'),
        opensItems: true,
      },
      {
        path: '/settings/lead-types',
        label: 'Lead types',
        about: 'Required fields, call priority and scripts.',
        component: lazyScreen(() => import('./lead-types/lead-types-page.tsx'), 'LeadTypesPage'),
        opensItems: true,
      },
      {
        path: '/settings/sources',
        label: 'Sources',
        about: 'Where leads come from.',
        component: lazyScreen(plainPages, 'SourcesPage'),
        opensItems: true,
      },
      {
        path: '/settings/departments',
        label: 'Departments',
        about: 'Teams that share new leads.',
        component: lazyScreen(() => import('./reference/departments-page.tsx'), 'DepartmentsPage'),
        opensItems: true,
      },
      {
        path: '/settings/categories',
        label: 'Categories',
        about: 'Another way to group leads, besides their type.',
        component: lazyScreen(plainPages, 'CategoriesPage'),
        opensItems: true,
      },
      {
        path: '/settings/tags',
        label: 'Tags',
        about: 'Labels for leads. A lead can have several.',
        component: lazyScreen(plainPages, 'TagsPage'),
        opensItems: true,
      },
      {
        path: '/settings/lost-reasons',
        label: 'Lost reasons',
        about: 'Why leads are lost.',
        component: lazyScreen(plainPages, 'LostReasonsPage'),
        opensItems: true,
      },
      {
        path: '/settings/custom-fields',
        label: 'Custom fields',
        about: 'Your own fields for leads.',
        component: lazyScreen(() => import('./custom-fields/custom-fields-page.tsx'), 'CustomFieldsPage'),
      },
    ],
  },
  {
    label: 'Work',
    pages: [
      {
        path: '/settings/bin',
        label: 'Bin',
        about: 'Deleted leads. They can be restored for 30 days.',
        needs: 'delete leads',
        component: lazyScreen(() => import('./bin/bin-page.tsx'), 'BinPage'),
      },
      {
        path: '/settings/deal-stages',
        label: 'Deal stages',
        about: 'The stages a deal passes through and the chance of winning at each.',
        component: lazyScreen(plainPages, 'DealStagesPage'),
        opensItems: true,
      },
      {
        path: '/settings/task-categories',
        label: 'Task categories',
        about: 'Kinds of tasks.',
        component: lazyScreen(plainPages, 'TaskCategoriesPage'),
        opensItems: true,
      },
      {
        path: '/settings/call-outcomes',
        label: 'Call outcomes',
        about: 'How calls end and what happens next.',
        component: lazyScreen(() => import('./reference/call-outcomes-page.tsx'), 'CallOutcomesPage'),
        opensItems: true,
      },
    ],
  },
  {
    label: 'Workspace',
    pages: [
      {
        path: '/settings/workspace',
        label: 'Workspace',
        about: 'Name, country, time zone, currency.',
        component: lazyScreen(() => import('./workspace/workspace-page.tsx'), 'WorkspacePage'),
      },
      {
        path: '/settings/members',
        label: 'Members',
        about: 'Who works here and what they can do.',
        component: lazyScreen(() => import('./members/members-page.tsx'), 'MembersPage'),
      },
      tokensPage,
      {
        path: '/settings/webhooks',
        label: 'Webhooks',
        about: 'Send events to other systems.',
        component: lazyScreen(() => import('./webhooks/webhooks-page.tsx'), 'WebhooksPage'),
      },
      {
        path: '/settings/privacy',
        label: 'Privacy',
        about: 'How long records are kept and how to erase a person.',
        component: lazyScreen(() => import('./privacy/privacy-page.tsx'), 'PrivacyPage'),
      },
      {
        path: '/settings/audit-log',
        label: 'Audit log',
        about: 'Who did what.',
        component: lazyScreen(() => import('./audit/audit-page.tsx'), 'AuditPage'),
      },
      {
        path: '/settings/sample-data',
        label: 'Sample data',
        about: 'Made-up leads for trying things out.',
        component: lazyScreen(() => import('./workspace/sample-data-page.tsx'), 'SampleDataPage'),
      },
    ],
  },
  {
    label: 'Server',
    pages: [
      {
        path: '/settings/outbox',
        label: 'Outbox',
        about: 'Emails that were sent, or would have been.',
        component: lazyScreen(() => import('./outbox/outbox-page.tsx'), 'OutboxPage'),
      },
      {
        path: '/settings/system',
        label: 'System',
        about: 'Version, database and environment variables.',
        component: lazyScreen(() => import('./workspace/system-page.tsx'), 'SystemPage'),
      },
      {
        path: '/settings/jobs',
        label: 'Jobs',
        about: 'What the server does in the background.',
        component: lazyScreen(() => import('./jobs/jobs-page.tsx'), 'JobsPage'),
      },
    ],
  },
];

/** The groups with the pages that these permissions allow, without empty groups. */
export function groupsFor(permissions: readonly Permission[]): typeof groups {
  return groups
    .map(({ label, pages }) => ({
      label,
      pages: pages.filter(({ needs = 'administer' }) => permissions.includes(needs)),
    }))
    .filter(({ pages }) => pages.length > 0);
}
