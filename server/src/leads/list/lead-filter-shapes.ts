import Type, { type Static } from 'typebox';
import { closed, oneOf } from '../../http/shapes.ts';
import { LARGEST_AMOUNT } from '../fields.ts';
import { lacks } from './lead-lacks.ts';

const nextSteps = ['overdue', 'today', 'planned', 'none', 'callback'] as const;
const leadSorts = ['newest', 'oldest', 'next_step'] as const;
const spans = ['today', '7d', '30d'] as const;

const several = (what: string) =>
  Type.Optional(Type.String({ maxLength: 1000, description: `${what} Separate several with commas.` }));
const moment = (what: string) =>
  Type.Optional(
    Type.String({ maxLength: 40, description: `${what} A day in the workspace's time zone, or a timestamp.` }),
  );
const amount = (what: string) =>
  Type.Optional(Type.Number({ minimum: -LARGEST_AMOUNT, maximum: LARGEST_AMOUNT, description: what }));

/** How leads are narrowed, wherever many are meant: lists, counts, the board, bulk changes, saved views. */
export const leadFilterQuery = {
  q: Type.Optional(
    Type.String({
      maxLength: 200,
      description:
        'Any part of a name, company, email address or phone number, in any format; or an id. For one or two characters, the newest leads are searched first, page by page.',
    }),
  ),
  phone: Type.Optional(Type.String({ maxLength: 60, description: 'A complete phone number in any format.' })),
  email: Type.Optional(Type.String({ maxLength: 254, description: 'A complete email address.' })),
  status: several('By name or id.'),
  source: several('By name or id.'),
  owner: several('By name, username, email or id; `me`; `none` for leads without an owner.'),
  type: several('By name or id.'),
  department: several('By name or id.'),
  dialect: several('The API through which the lead first arrived: native, getlead ...'),
  lacks: several(`Leads that have none of these: ${lacks.join(', ')}.`),
  custom: Type.Optional(
    Type.String({
      maxLength: 1000,
      description:
        'Filter by custom fields, at most ten, written like a query string: `Colour=red,blue&Size=` finds leads whose Colour is red or blue, ignoring case, and that have no Size. In a URL it must be percent-encoded: `custom=Colour%3Dred%2Cblue%26Size%3D`.',
    }),
  ),
  state: several('Lifecycle state of the status: new, open, won, lost, cancelled.'),
  created: Type.Optional(oneOf(spans, 'Created today, or within this many days.')),
  created_from: moment('Created at or after this time.'),
  created_to: moment('Created before this time, or by the end of this day.'),
  waiting: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 525_600,
      description: 'New or open leads without a first reply for at least this many minutes.',
    }),
  ),
  next: Type.Optional(
    oneOf(
      nextSteps,
      'Filter by next step: overdue; due today; any planned; none planned; a callback due by the end of today.',
    ),
  ),
  amount_from: amount('Minimum target amount.'),
  amount_to: amount('Maximum target amount.'),
};

/** How a list of leads is narrowed and sorted; what a saved view holds. */
export const leadListQuery = {
  ...leadFilterQuery,
  sort: Type.Optional(
    oneOf(
      leadSorts,
      'Sort order. Defaults to newest, or to the due date when `next` selects steps that have one. next_step: soonest first; leads without a next step come last.',
    ),
  ),
};

const listShape = closed(leadListQuery);

/** What a query string says of the leads that are wanted. */
export type FilterQuery = Omit<Static<typeof listShape>, 'sort'>;
export type LeadSort = (typeof leadSorts)[number];
