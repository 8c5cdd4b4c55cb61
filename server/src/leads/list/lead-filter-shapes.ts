import Type, { type Static } from 'typebox';
import { closed, oneOf } from '../../http/shapes.ts';
import { LARGEST_AMOUNT } from '../fields.ts';
import { lacks } from './lead-lacks.ts';

const nextSteps = ['overdue', 'today', 'planned', 'none', 'callback'] as const;
const leadSorts = ['newest', 'oldest', 'next_step'] as const;
const spans = ['today', '7d', '30d'] as const;

const several = (what: string) =>
  Type.Optional(Type.String({ maxLength: 1000, description: `${what} Several are separated by commas.` }));
const moment = (what: string) =>
  Type.Optional(
    Type.String({ maxLength: 40, description: `${what} A day by the clock of the workspace, or an instant.` }),
  );
const amount = (what: string) =>
  Type.Optional(Type.Number({ minimum: -LARGEST_AMOUNT, maximum: LARGEST_AMOUNT, description: what }));

/** How leads are narrowed, wherever many are meant: lists, counts, the board, bulk changes, saved views. */
export const leadFilterQuery = {
  q: Type.Optional(
    Type.String({
      maxLength: 200,
      description:
        'Any part of a name, company, e-mail or phone in any form; or an id. One or two characters are looked for among the newest leads first, page by page.',
    }),
  ),
  phone: Type.Optional(Type.String({ maxLength: 60, description: 'A whole phone in any form.' })),
  email: Type.Optional(Type.String({ maxLength: 254, description: 'A whole e-mail address.' })),
  status: several('By name or id.'),
  source: several('By name or id.'),
  owner: several('By name, username, e-mail or id; `me`; `none` for leads that nobody owns.'),
  type: several('By name or id.'),
  department: several('By name or id.'),
  dialect: several('By the API by which they first came: native, getlead ...'),
  lacks: several(`Those that have none of these: ${lacks.join(', ')}.`),
  custom: Type.Optional(
    Type.String({
      maxLength: 1000,
      description:
        'By fields of your own, ten at most, as in the query of an address: `Colour=red,blue&Size=` finds those whose Colour is one of these, in any case, and who have no Size. Within an address its signs are written as such: `custom=Colour%3Dred%2Cblue%26Size%3D`.',
    }),
  ),
  state: several('By the lifecycle states of the statuses: new, open, won, lost, cancelled.'),
  created: Type.Optional(oneOf(spans, 'Came today, or within so many days.')),
  created_from: moment('Came then or later.'),
  created_to: moment('Came before then; a day is included.'),
  waiting: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 525_600,
      description: 'In a state new or open, and without a first reply for so many minutes.',
    }),
  ),
  next: Type.Optional(
    oneOf(
      nextSteps,
      'By the next step: overdue; due today; planned at all; none planned; a callback that is due by the end of today.',
    ),
  ),
  amount_from: amount('Target amount, at least.'),
  amount_to: amount('Target amount, at most.'),
};

/** How a list of leads is narrowed and sorted; what a saved view holds. */
export const leadListQuery = {
  ...leadFilterQuery,
  sort: Type.Optional(
    oneOf(
      leadSorts,
      'newest if not said, but where `next` asks for steps that have a date: then by that date. next_step: what is due first; leads with nothing planned come last.',
    ),
  ),
};

const listShape = closed(leadListQuery);

/** What a query string says of the leads that are wanted. */
export type FilterQuery = Omit<Static<typeof listShape>, 'sort'>;
export type LeadSort = (typeof leadSorts)[number];
