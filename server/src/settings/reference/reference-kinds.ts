import Type, { type TSchema } from 'typebox';
import { bodyShape, numberOrNull, oneOf, type Shape, textOrNull, viewShape, wholeOrNull } from '../../http/shapes.ts';
import { unknownMessageFields } from '../../notices/lead-message.ts';
import { type Issue, invalid, type Problem } from '../../platform/problem.ts';
import type { ItemValues, ReferenceTable } from '../../workspaces/reference/reference-item-store.ts';
import {
  type LeadRule,
  type ListKind,
  lifecycleStates,
  type ReferenceData,
  type ReferenceKind,
} from '../../workspaces/reference-data.ts';
import { checkRules, leadRule } from './lead-rule-shapes.ts';

const LONGEST_NAME = 100;
const LONGEST_TEXT = 1000;
const HOUR = '^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$';

/** The API of one kind of reference data. */
export interface ReferenceKindApi {
  /** Path below `/v1`. */
  path: string;
  kind: Exclude<ReferenceKind, 'member'>;
  table: ReferenceTable;
  /** Singular and plural for the OpenAPI document. */
  words: readonly [one: string, many: string];
  view: Shape<TSchema>;
  create: Shape<TSchema>;
  patch: Shape<TSchema>;
  /** Who may create items; only administrators if absent. */
  creators?: 'work leads';
  /** Checks beyond the schema. */
  check?(body: ItemBody, referenceData: ReferenceData): Issue[];
}

/** The body of a request: the columns to write, and the members of a department. */
export type ItemBody = ItemValues & { member_ids?: readonly string[] };

const name = Type.String({
  minLength: 1,
  maxLength: LONGEST_NAME,
  description: 'Name; must be unique, ignoring case.',
});
const more = {
  alternative_code: Type.Optional(
    textOrNull('A short code that some vendors use instead of the name.', { maxLength: LONGEST_NAME }),
  ),
  description: Type.Optional(textOrNull('Description.', { maxLength: LONGEST_TEXT })),
};
const shown = {
  id: Type.String(),
  name: Type.String(),
  alternative_code: textOrNull('A short code that some vendors use instead of the name.'),
  description: textOrNull('Description.'),
};

type Properties = Record<string, TSchema>;
const optional = (properties: Properties): Properties =>
  Object.fromEntries(Object.entries(properties).map(([key, schema]) => [key, Type.Optional(schema)]));

function shapes(word: string, what: string, own: { shown?: Properties; required?: Properties; optional?: Properties }) {
  const said = { ...more, ...optional(own.optional ?? {}) };
  return {
    view: viewShape(`${word}View`, what, { ...shown, ...own.shown }),
    create: bodyShape(`${word}Create`, what, { name, ...own.required, ...said }),
    patch: bodyShape(
      `${word}Patch`,
      'Fields that are omitted stay unchanged.',
      optional({ name, ...own.required, ...said }),
    ),
  };
}

const state = { state: oneOf(lifecycleStates, 'Lifecycle state of leads in this status.') };
/** Colours of statuses and stages: named pairs in the web app, each readable in light and dark mode. */
const colours = ['new', 'contacted', 'qualified', 'proposal', 'won', 'lost', 'bad', 'neutral'] as const;

const look = {
  colour: oneOf(colours, 'Colour in the web app.'),
  idle_days: wholeOrNull('Days without a next step after which a lead in this status counts as idle.', {
    minimum: 1,
    maximum: 3650,
  }),
};
const isDefault = {
  is_default: Type.Boolean({
    description: 'Whether leads without a status get this one. Exactly one status is the default.',
  }),
};
const typeFields = {
  default_status_id: textOrNull('Status given to leads of this type that have none.'),
  default_category_id: textOrNull('Category given to leads of this type that have none.'),
  email_on_create: Type.Boolean({
    description: 'Whether an email is sent when a lead is created, which makes its email address required.',
  }),
  email_subject: textOrNull('Subject of that email. May contain {{field}} and {{field|default}}.', { maxLength: 200 }),
  email_text: textOrNull(
    'Text of that email; without it, no email is sent. May contain {{field}} and {{field|default}}.',
    {
      maxLength: 5000,
    },
  ),
  phone_on_create: Type.Boolean({
    description: 'Whether a message is sent when a lead is created, which makes its phone number required.',
  }),
};
const typeRules = {
  rules: Type.Array(leadRule, {
    maxItems: 50,
    description: 'Fields a lead of this type needs, and when.',
  }),
  script: textOrNull('Call script in Markdown; each second-level heading is a step.', { maxLength: 20_000 }),
  call_priority: Type.Integer({
    minimum: -100,
    maximum: 100,
    description: 'Priority in the call queue; higher numbers are called first.',
  }),
  call_from: textOrNull(
    "Earliest time to call, in the callee's time zone: HH:MM. Without call_from and call_until, the workspace's calling_hours apply.",
    { pattern: HOUR },
  ),
  call_until: textOrNull(
    "Latest time to call, in the callee's time zone: HH:MM. If it equals call_from, calls are allowed at any time of day.",
    { pattern: HOUR },
  ),
};
const memberIds = {
  member_ids: Type.Array(Type.String(), {
    maxItems: 1000,
    description: 'Members, in the order in which they take turns.',
  }),
};

const tagColour = Type.Unsafe<string | null>({ enum: [...colours, null], description: 'Colour in the web app.' });

/** Kinds of reference data that have a path of their own. */
export const referenceKinds: readonly ReferenceKindApi[] = [
  {
    path: '/statuses',
    kind: 'status',
    table: { name: 'statuses', ordered: true },
    words: ['status', 'statuses'],
    ...shapes('Status', 'A status of leads.', {
      shown: { ...state, ...isDefault, ...look },
      optional: { ...state, ...isDefault, ...look },
    }),
  },
  {
    path: '/lead-types',
    kind: 'type',
    table: { name: 'lead_types', ordered: true },
    words: ['lead type', 'lead types'],
    ...shapes('LeadType', 'A type of lead.', {
      shown: { ...typeFields, ...typeRules },
      optional: { ...typeFields, ...typeRules },
    }),
    check: ({ default_status_id, default_category_id, rules = [], email_subject, email_text }, referenceData) => [
      ...unknownInTemplate('email_subject', email_subject),
      ...unknownInTemplate('email_text', email_text),
      ...checkRules(rules as LeadRule[], referenceData),
      ...unknown('default_status_id', default_status_id, (id) => referenceData.get('status', id)),
      ...unknown('default_category_id', default_category_id, (id) => referenceData.get('category', id)),
    ],
  },
  {
    path: '/sources',
    kind: 'source',
    table: { name: 'sources', ordered: false },
    words: ['source', 'sources'],
    ...shapes('Source', 'Where leads come from.', {}),
  },
  {
    path: '/departments',
    kind: 'department',
    table: { name: 'departments', ordered: false },
    words: ['department', 'departments'],
    ...shapes('Department', 'A group of members among whom new leads are shared out in turn.', {
      shown: memberIds,
      optional: memberIds,
    }),
    check: ({ member_ids = [] }, referenceData) =>
      member_ids.some((id) => !referenceData.get('member', id))
        ? [{ at: 'member_ids', code: 'unknown_reference' }]
        : [],
  },
  {
    path: '/tags',
    kind: 'tag',
    table: { name: 'reference_items', kind: 'tag', ordered: false },
    words: ['tag', 'tags'],
    creators: 'work leads',
    ...shapes('Tag', 'A label for leads; a lead can have several.', {
      shown: { colour: tagColour },
      optional: { colour: tagColour },
    }),
  },
];

const stage = {
  state: Type.Unsafe<'open' | 'won' | 'lost' | null>({
    enum: ['open', 'won', 'lost', null],
    description: 'For deal stages: whether deals are open, won or lost.',
  }),
  probability: numberOrNull('For deal stages: the chance of winning a deal, 0-100.', { minimum: 0, maximum: 100 }),
};
const listShapes = shapes('ReferenceItem', 'An item of one of the simple lists.', {
  shown: {
    kind: Type.String(),
    code: textOrNull("A vendor's code or number for it."),
    colour: textOrNull('Colour in the web app.'),
    ...stage,
  },
  optional: {
    code: textOrNull("A vendor's code or number for it.", { maxLength: LONGEST_NAME }),
    colour: Type.Unsafe<string | null>({ enum: [...colours, null], description: 'Colour in the web app.' }),
    ...stage,
  },
});

/** The API of one of the simple lists. */
export function listReferenceItems(kind: ListKind): ReferenceKindApi {
  return {
    path: '/reference/:kind',
    kind,
    table: { name: 'reference_items', kind, ordered: true },
    words: ['item', 'items'],
    ...listShapes,
  };
}

/** Checks a body beyond its schema. Returns the problem, if there is one. */
export function checkItem(
  { check }: ReferenceKindApi,
  body: ItemBody,
  referenceData: ReferenceData,
): Problem | undefined {
  const issues = [...(check?.(body, referenceData) ?? [])];
  if (body.name?.trim() === '') issues.push({ at: 'name', code: 'required' });
  return issues.length > 0 ? invalid(...issues) : undefined;
}

function unknownInTemplate(at: string, template: unknown): Issue[] {
  const unknown = typeof template === 'string' ? unknownMessageFields({ subject: '', text: template }) : [];
  return unknown.length > 0 ? [{ at, code: 'unknown_field' }] : [];
}

function unknown(at: string, id: unknown, find: (id: string) => unknown): Issue[] {
  return typeof id === 'string' && !find(id) ? [{ at, code: 'unknown_reference' }] : [];
}
