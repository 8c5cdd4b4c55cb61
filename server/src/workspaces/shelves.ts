import Type, { type TSchema } from 'typebox';
import { closed, oneOf, type Shape, shape, textOrNull } from '../platform/http/shapes.ts';
import { type Issue, invalid, type Problem } from '../platform/problem.ts';
import { type Book, type BookKind, type ListKind, lifecycleStates } from './book.ts';
import type { ItemValues, Shelf } from './shelf-store.ts';

const LONGEST_NAME = 100;
const LONGEST_TEXT = 1000;

/** How one kind of reference data is shown and changed on `/v1`. */
export interface ShelfApi {
  /** Below `/v1`. */
  path: string;
  kind: Exclude<BookKind, 'member'>;
  shelf: Shelf;
  /** For the document: one of them, and several. */
  words: readonly [one: string, many: string];
  view: Shape<TSchema>;
  create: Shape<TSchema>;
  patch: Shape<TSchema>;
  /** What must hold beyond the schema. */
  check?(body: ItemBody, book: Book): Issue[];
}

/** A body of any of them: the columns to write, and a department's members. */
export type ItemBody = ItemValues & { member_ids?: readonly string[] };

const name = Type.String({
  minLength: 1,
  maxLength: LONGEST_NAME,
  description: 'Its name; one of each, however it is written.',
});
const more = {
  alternative_code: Type.Optional(
    textOrNull('A short code that some vendors use in place of the name.', { maxLength: LONGEST_NAME }),
  ),
  description: Type.Optional(textOrNull('What it is for.', { maxLength: LONGEST_TEXT })),
};
const shown = {
  id: Type.String(),
  name: Type.String(),
  alternative_code: textOrNull('A short code that some vendors use in place of the name.'),
  description: textOrNull('What it is for.'),
};

type Properties = Record<string, TSchema>;
const optional = (properties: Properties): Properties =>
  Object.fromEntries(Object.entries(properties).map(([key, schema]) => [key, Type.Optional(schema)]));

function shapes(word: string, what: string, own: { shown?: Properties; required?: Properties; optional?: Properties }) {
  const said = { ...more, ...optional(own.optional ?? {}) };
  return {
    view: shape<TSchema>(`${word}View`, Type.Object({ ...shown, ...own.shown }, { description: what })),
    create: shape<TSchema>(`${word}Create`, closed({ name, ...own.required, ...said }, what)),
    patch: shape<TSchema>(
      `${word}Patch`,
      closed(optional({ name, ...own.required, ...said }), 'What is not named stays.'),
    ),
  };
}

const state = { state: oneOf(lifecycleStates, 'What it means for the life of a lead.') };
const isDefault = { is_default: Type.Boolean({ description: 'The status of a lead that says none. There is one.' }) };
const typeFields = {
  default_status_id: textOrNull('Status of a lead of this type that says none.'),
  default_category_id: textOrNull('Category of a lead of this type that says none.'),
  email_on_create: Type.Boolean({ description: 'A mail goes out when a lead is created, so its e-mail is needed.' }),
  phone_on_create: Type.Boolean({ description: 'A message goes out when a lead is created, so its phone is needed.' }),
};
const memberIds = {
  member_ids: Type.Array(Type.String(), {
    maxItems: 1000,
    description: 'Members in the order in which they take turns.',
  }),
};

/** Kinds of reference data that have a path of their own. */
export const shelves: readonly ShelfApi[] = [
  {
    path: '/statuses',
    kind: 'status',
    shelf: { table: 'statuses', ordered: true },
    words: ['status', 'statuses'],
    ...shapes('Status', 'A status that a lead can have.', {
      shown: { ...state, ...isDefault },
      optional: { ...state, ...isDefault },
    }),
  },
  {
    path: '/lead-types',
    kind: 'type',
    shelf: { table: 'lead_types', ordered: true },
    words: ['lead type', 'lead types'],
    ...shapes('LeadType', 'A type that a lead can have.', { shown: typeFields, optional: typeFields }),
    check: ({ default_status_id, default_category_id }, book) => [
      ...unknown('default_status_id', default_status_id, (id) => book.get('status', id)),
      ...unknown('default_category_id', default_category_id, (id) => book.get('category', id)),
    ],
  },
  {
    path: '/sources',
    kind: 'source',
    shelf: { table: 'sources', ordered: false },
    words: ['source', 'sources'],
    ...shapes('Source', 'Where leads come from.', {}),
  },
  {
    path: '/departments',
    kind: 'department',
    shelf: { table: 'departments', ordered: false },
    words: ['department', 'departments'],
    ...shapes('Department', 'Members who take turns as owners of its leads.', {
      shown: memberIds,
      optional: memberIds,
    }),
    check: ({ member_ids = [] }, book) =>
      member_ids.some((id) => !book.get('member', id)) ? [{ at: 'member_ids', code: 'unknown_reference' }] : [],
  },
];

const listShapes = shapes('ReferenceItem', 'An item of one of the plain lists.', {
  shown: { kind: Type.String(), code: textOrNull("A vendor's code or number for it.") },
  optional: { code: textOrNull("A vendor's code or number for it.", { maxLength: LONGEST_NAME }) },
});

/** One of the plain lists. */
export function listShelf(kind: ListKind): ShelfApi {
  return {
    path: '/reference/:kind',
    kind,
    shelf: { table: 'reference_items', kind, ordered: true },
    words: ['item', 'items'],
    ...listShapes,
  };
}

/** What is wrong with a body, beyond its schema. */
export function checkItem({ check }: ShelfApi, body: ItemBody, book: Book): Problem | undefined {
  const issues = [...(check?.(body, book) ?? [])];
  if (body.name?.trim() === '') issues.push({ at: 'name', code: 'required' });
  return issues.length > 0 ? invalid(...issues) : undefined;
}

function unknown(at: string, id: unknown, find: (id: string) => unknown): Issue[] {
  return typeof id === 'string' && !find(id) ? [{ at, code: 'unknown_reference' }] : [];
}
