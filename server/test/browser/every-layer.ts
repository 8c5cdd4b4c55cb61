import type { Locator, Page } from 'playwright-core';

type Find = (page: Page) => Locator;

/** Something that opens over a screen: a dialog, a drawer, a menu, a popover, a form in place. */
export interface Layer {
  /** The control that opens it, by Enter. */
  opener: Find;
  /** True if the focus stays in the control while this is open, as it does with a list of choices. */
  leavesFocus?: true;
  layer: Find;
  /** A field of it, whose text must not be lost without a question. */
  field?: (layer: Locator) => Locator;
  /** What opens from within it. */
  inner?: readonly Layer[];
}

/** A screen and everything that opens over it. */
export interface ScreenWithLayers {
  path: string;
  /** Brings the screen to where its layers can be opened. */
  begin?: (page: Page) => Promise<void>;
  layers: readonly Layer[];
  /** A field of a form in place, whose text must not be lost without a question when the screen is left. */
  field?: Find;
}

/** The ids that the paths of the screens need. */
export interface Ids {
  lead: string;
  token: string;
  webhook: string;
}

const button =
  (name: string | RegExp): Find =>
  (page) =>
    page.getByRole('button', { name, exact: typeof name === 'string' }).first();
const dialog =
  (name: string | RegExp): Find =>
  (page) =>
    page.getByRole('dialog', { name });
const drawer =
  (name: string): Find =>
  (page) =>
    page.getByRole('complementary', { name, exact: true });
const row =
  (words: string): Find =>
  (page) =>
    page.getByRole('row').filter({ hasText: words }).first();
const menu: Find = (page) => page.getByRole('menu');
const labelled = (label: string) => (layer: Locator) => layer.getByLabel(new RegExp(`^${label}( \\*)?$`));
const formWith =
  (action: string): Find =>
  (page) =>
    page.locator('form').filter({ has: page.getByRole('button', { name: action, exact: true }) });

const inPlace =
  (label: string): Find =>
  (page) =>
    page.locator('main').getByLabel(label, { exact: true });
/** What narrows a list to one of many choices. */
const choices = (label: string): Layer => ({
  opener: (page) => page.getByRole('combobox', { name: label }),
  layer: (page) => page.getByRole('listbox', { name: label }),
  leavesFocus: true,
});

/** The layers of the frame around every screen. */
const ofShell: readonly Layer[] = [
  { opener: button(/^Search or jump to/), layer: dialog('Search or jump to') },
  { opener: button('Theme'), layer: menu },
  { opener: button(/Wanda Walker/), layer: menu },
];

/** The layers of a lead, the same in the drawer and on its page. */
const ofLead: readonly Layer[] = [
  { opener: button(/^Status: New\. Change/), layer: menu },
  { opener: button('Plan'), layer: menu },
  { opener: button('More'), layer: menu },
  { opener: button('Edit tags'), layer: dialog(/tags/i) },
];

/** Settings pages that are a list of items with a form each. */
const lists = [
  ['sources', 'source', 'Website'],
  ['statuses', 'status', 'New'],
  ['lead-types', 'lead type', 'Sales'],
  ['departments', 'department', 'Support'],
  ['tags', 'tag', 'Rooftop'],
  ['call-outcomes', 'call outcome', 'No answer'],
  ['deal-stages', 'deal stage', 'Negotiation'],
  ['lost-reasons', 'lost reason', 'Price'],
] as const;

function listOf([path, word, item]: (typeof lists)[number]): ScreenWithLayers {
  return {
    path: `/settings/${path}`,
    layers: [
      { opener: button(`New ${word}`), layer: formWith('Add'), field: labelled('Name') },
      {
        opener: (page) => page.locator('button[aria-expanded]').filter({ hasText: item }).first(),
        layer: formWith('Save'),
        field: labelled('Name'),
        inner: [{ opener: button('Delete…'), layer: dialog(new RegExp(`^Delete ${word}`)) }],
      },
    ],
  };
}

/** Every screen with everything that opens over it. */
export const screensWithLayers = ({ lead, token, webhook }: Ids): readonly ScreenWithLayers[] => [
  {
    path: '/leads',
    layers: [
      {
        opener: (page) => page.getByRole('link', { name: /^New lead/ }),
        layer: dialog('New lead'),
        field: labelled('Name'),
      },
      { opener: button('Display'), layer: dialog('Display') },
      { opener: button('Filter'), layer: menu },
      { opener: button(/^Status/), layer: dialog('Status') },
      { opener: button('Save as a new view'), layer: dialog('Save as a new view'), field: labelled('Name') },
      ...ofShell,
    ],
  },
  { path: '/my-day', layers: ofShell },
  { path: '/reports', layers: ofShell },
  { path: '/intake/rules', layers: ofShell },
  { path: '/settings/jobs', layers: [choices('State'), choices('Kind')] },
  { path: '/settings/audit-log', layers: [choices('Member'), choices('Action')] },
  {
    path: '/settings/privacy',
    begin: async (page) => {
      await page.locator('main').getByLabel('Phone', { exact: true }).fill('07700 900123');
      await page.getByRole('button', { name: 'Find', exact: true }).click();
    },
    layers: [{ opener: button('Erase this person…'), layer: dialog('Erase this person everywhere?') }],
    field: inPlace('Events, in days'),
  },
  { path: '/settings/workspace', layers: [], field: inPlace('Requests per minute for each token and member') },
  { path: `/leads?lead=${lead}`, layers: ofLead },
  {
    path: `/leads/${lead}`,
    layers: [...ofLead, { opener: button('Edit'), layer: formWith('Save note'), field: labelled('Note') }],
  },
  {
    path: '/deals',
    layers: [
      { opener: button('New deal'), layer: dialog('New deal'), field: labelled('Deal name') },
      {
        opener: row('Ten routers'),
        layer: drawer('Ten routers'),
        field: labelled('Deal name'),
        inner: [{ opener: button('Delete'), layer: dialog('Delete this deal?') }],
      },
    ],
  },
  {
    path: '/pipeline',
    layers: [{ opener: button('Move Lena Layer to…'), layer: menu }],
  },
  {
    path: '/tasks',
    layers: [
      { opener: button('Postpone: Order paper'), layer: menu },
      { opener: button('Edit: Order paper'), layer: dialog('Edit task'), field: labelled('Task') },
    ],
  },
  {
    path: '/calls',
    begin: async (page) => {
      await page.getByRole('button', { name: /^Start calling/ }).click();
      await page.getByRole('button', { name: /^Skip/ }).waitFor();
    },
    layers: [
      { opener: button('Pause'), layer: menu },
      { opener: button(/^Skip/), layer: menu },
    ],
  },
  {
    path: '/intake?outcome=refused',
    layers: [
      { opener: button('Filter'), layer: dialog(/^Filter/) },
      { opener: button(/^Replay 1 refused/), layer: dialog('Replay 1 request') },
      {
        opener: row('/lead/add'),
        layer: drawer('Request'),
        inner: [{ opener: button('Create rule…'), layer: dialog('Create rule'), field: labelled('Your value') }],
      },
    ],
  },
  ...lists.map(listOf),
  {
    path: '/settings/custom-fields',
    layers: [{ opener: button('New field'), layer: formWith('Add'), field: labelled('Name') }],
  },
  {
    path: '/settings/members',
    layers: [
      { opener: button('Invite'), layer: dialog('Invite a member'), field: labelled('Name') },
      { opener: button(/Una Usual/), layer: drawer('Una Usual') },
    ],
  },
  {
    path: '/connections',
    layers: [{ opener: button('New token'), layer: dialog('New token'), field: labelled('Name') }],
  },
  { path: `/connections/${token}`, layers: [{ opener: button('Revoke…'), layer: dialog('Revoke this token?') }] },
  {
    path: '/settings/webhooks',
    layers: [{ opener: button('New webhook'), layer: dialog('New webhook'), field: labelled('URL') }],
  },
  {
    path: `/settings/webhooks/${webhook}`,
    layers: [
      { opener: button('Replay…'), layer: dialog('Replay events'), field: labelled('Until') },
      { opener: button(/lead\.created/), layer: dialog('lead.created') },
      { opener: button('Delete…'), layer: dialog('Delete this webhook?') },
    ],
  },
  {
    path: '/settings/outbox',
    layers: [
      {
        opener: (page) => page.getByRole('list', { name: 'Messages' }).getByRole('button').first(),
        layer: drawer('Message'),
      },
    ],
  },
  {
    path: '/account',
    layers: [{ opener: button('Set up'), layer: formWith('Continue'), field: labelled('Your password') }],
  },
];
