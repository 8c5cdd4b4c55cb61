import type { Permission } from '../api/me.ts';

/** One page of the settings. */
export interface SettingsPage {
  to: string;
  label: string;
  about: string;
  needs: Permission;
}

/** The pages of the settings, in groups. */
export const groups: readonly { label: string; pages: readonly SettingsPage[] }[] = [
  {
    label: 'Leads',
    pages: [
      { to: '/settings/statuses', label: 'Statuses', about: 'What a lead can be, and when it is late.' },
      { to: '/settings/lead-types', label: 'Lead types', about: 'What each type asks for, and how it is called.' },
      { to: '/settings/sources', label: 'Sources', about: 'Where leads come from.' },
      { to: '/settings/departments', label: 'Departments', about: 'Who takes turns with new leads.' },
      { to: '/settings/categories', label: 'Categories', about: 'How leads are sorted besides their type.' },
      { to: '/settings/lost-reasons', label: 'Lost reasons', about: 'Why leads are lost.' },
      { to: '/settings/custom-fields', label: 'Custom fields', about: 'Fields of your own on leads.' },
    ].map(administered),
  },
  {
    label: 'Work',
    pages: [
      { to: '/settings/deal-stages', label: 'Deal stages', about: 'The way of a deal, and how likely it is won.' },
      { to: '/settings/task-categories', label: 'Task categories', about: 'Kinds of tasks.' },
      { to: '/settings/call-outcomes', label: 'Call outcomes', about: 'How a call ends, and what follows.' },
    ].map(administered),
  },
  {
    label: 'Workspace',
    pages: [
      { to: '/settings/workspace', label: 'Workspace', about: 'Name, country, time zone, currency.' },
      { to: '/settings/members', label: 'Members', about: 'Who works here, and what they may do.' },
      { to: '/connections', label: 'API tokens', about: 'Who may send leads, and how.' },
      { to: '/settings/audit-log', label: 'Audit log', about: 'Who did what.' },
      { to: '/settings/sample-data', label: 'Sample data', about: 'Made-up leads to try things out.' },
      { to: '/settings/system', label: 'System', about: 'Version, database, jobs and what the environment sets.' },
    ].map(administered),
  },
];

function administered(page: Omit<SettingsPage, 'needs'>): SettingsPage {
  return { ...page, needs: 'administer' };
}
