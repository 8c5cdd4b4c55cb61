import type { Role } from './access/policies.ts';
import { groupRules, type ReadingRule } from './reference/reading-rule.ts';

/**
 * The book: a workspace's reference data as one read-only snapshot in memory. Dialects look names up in it, so reading
 * a request stays pure; intake looks defaults up in it, so the hot path asks the database nothing.
 */
export interface ReferenceItem {
  id: string;
  name: string;
  /** A short code that some vendors use in place of the name. */
  alternative_code: string | null;
  description: string | null;
}

export const lifecycleStates = ['new', 'open', 'won', 'lost', 'cancelled'] as const;
export type LifecycleState = (typeof lifecycleStates)[number];

export interface Status extends ReferenceItem {
  state: LifecycleState;
  /** The status of a lead that says none. One per workspace. */
  is_default: boolean;
  /** One of the named colour pairs of the web app. */
  colour?: string;
  /** Days without a planned step after which a lead here is late. */
  idle_days?: number | null;
}
/** A field that leads of a type must have, and when. */
export interface LeadRule {
  /** A canonical field, `source`, `department`, `category`, or one of the workspace's own: `custom.<name>`. */
  field: string;
  /** Always; in some lifecycle states; when another field is given; when another field is something. */
  when: 'always' | 'state' | 'given' | 'equals';
  states?: readonly LifecycleState[];
  other?: string;
  value?: string;
}
export interface LeadType extends ReferenceItem {
  default_status_id: string | null;
  default_category_id: string | null;
  /** Communication settings: a message goes out when a lead is created, so the contact detail is needed. */
  email_on_create: boolean;
  phone_on_create: boolean;
  /** What a lead of this type must have. */
  rules?: readonly LeadRule[];
  /** What agents say, in Markdown. */
  script?: string | null;
  /** Higher is called first. */
  call_priority?: number;
  /** Hours of the callee's day between which they are called, HH:MM:SS. */
  call_from?: string | null;
  call_until?: string | null;
}
export interface Department extends ReferenceItem {
  /** Members in the order in which they take turns. */
  member_ids: readonly string[];
}
export interface Member extends ReferenceItem {
  email: string;
  username: string;
  role: Role;
  active: boolean;
  user_id?: string;
  /** false: invited, but has no password yet. */
  joined?: boolean;
  /** Whose leads they see: their own, those of their departments, or all. */
  visibility?: VisibilityLevel;
}
export { type Role, roles } from './access/policies.ts';

/** Whose leads a member sees. */
export const visibilityLevels = ['own', 'team', 'all'] as const;
export type VisibilityLevel = (typeof visibilityLevels)[number];

/** How a call may end, and what follows. */
export interface CallEnding extends ReferenceItem {
  /** What follows: done, tried again after `retry_minutes`, at an agreed time, or nobody calls any more. */
  meaning: 'done' | 'retry' | 'callback' | 'do_not_call';
  /** Was somebody spoken to? */
  reached: boolean;
  retry_minutes: number | null;
  max_attempts: number | null;
  /** The lead's status from then on. */
  status_id: string | null;
}

/** Plain lists, all of one shape. */
export const listKinds = [
  'category',
  'lost_reason',
  'group',
  'privacy_level',
  'competitor',
  'product',
  'product_type',
  'product_brand',
  'product_family',
  'service',
  'physical_good',
  'subscription_package',
  'task_category',
  'deal_stage',
  'country',
] as const;
export type ListKind = (typeof listKinds)[number];
export interface ListItem extends ReferenceItem {
  kind: ListKind;
  /** A vendor's code or number for it (`code`, `number`, two-letter country code). */
  code: string | null;
  colour?: string | null;
  /** Of a deal stage. */
  state?: 'open' | 'won' | 'lost' | null;
  /** Of a deal stage: how likely such a deal is won, 0-100. */
  probability?: number | null;
}

export interface ReferenceKinds extends Record<ListKind, ListItem> {
  status: Status;
  type: LeadType;
  source: ReferenceItem;
  department: Department;
  member: Member;
  call_outcome: CallEnding;
}
export type ReferenceKind = keyof ReferenceKinds;

/** How a sender names an item. Ids are accepted as UUID or 32 hex digits in either case. */
export interface Ref {
  by: 'id' | 'name' | 'alternative_code' | 'code' | 'number' | 'username' | 'email';
  value: string;
}

export interface CustomField {
  name: string;
  type: 'text' | 'number' | 'date' | 'boolean';
}

export interface ReferenceData {
  readonly workspace: {
    id: string;
    name: string;
    region: string;
    time_zone: string;
    /** ISO 4217. */
    currency?: string;
    /** Are any numbers given to departments? Most workspaces have none, and then nobody asks. */
    has_source_numbers?: boolean;
  };
  all<K extends ReferenceKind>(kind: K): readonly ReferenceKinds[K][];
  get<K extends ReferenceKind>(kind: K, id: string | null | undefined): ReferenceKinds[K] | undefined;
  /** Names, usernames and emails match case-folded; undefined when nothing or nobody is meant. */
  find<K extends ReferenceKind>(kind: K, ref: Ref): ReferenceKinds[K] | undefined;
  readonly customFields: ReadonlyMap<string, CustomField>;
  /** How values that senders send are to be read, by dialect. */
  readonly readingRules: ReadonlyMap<string, readonly ReadingRule[]>;
}

export type ReferenceContents = { [K in ReferenceKind]?: readonly ReferenceKinds[K][] };

/** Folds a name for look-ups: NFKC, lower case, single spaces, trimmed. */
export function foldName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Makes a book of what was loaded. Look-ups are by map, so they cost the same with ten items and ten thousand. */
export function makeReferenceData(
  workspace: ReferenceData['workspace'],
  contents: ReferenceContents,
  customFields: readonly CustomField[] = [],
  readingRules: readonly ReadingRule[] = [],
): ReferenceData {
  const referenceKinds = new Map<ReferenceKind, Map<string, ReferenceItem>>();
  for (const [kind, items] of Object.entries(contents) as [ReferenceKind, readonly ReferenceItem[]][]) {
    const shelf = new Map<string, ReferenceItem>();
    for (const item of items) for (const key of keysOf(item)) if (!shelf.has(key)) shelf.set(key, item);
    referenceKinds.set(kind, shelf);
  }
  return {
    workspace,
    all: <K extends ReferenceKind>(kind: K) => (contents[kind] ?? []) as readonly ReferenceKinds[K][],
    get: <K extends ReferenceKind>(kind: K, id: string | null | undefined) =>
      (id ? referenceKinds.get(kind)?.get(`id:${id}`) : undefined) as ReferenceKinds[K] | undefined,
    find: <K extends ReferenceKind>(kind: K, ref: Ref) =>
      referenceKinds.get(kind)?.get(`${ref.by}:${foldRef(ref)}`) as ReferenceKinds[K] | undefined,
    customFields: new Map(customFields.map((field) => [field.name, field])),
    readingRules: groupRules(readingRules),
  };
}

function foldRef(ref: Ref): string {
  return ref.by === 'id' ? dashed(ref.value) : foldName(ref.value);
}

/** UUID text in its usual form from 32 hex digits or from itself. */
function dashed(id: string): string {
  const hex = id.toLowerCase().replaceAll('-', '');
  return hex.length === 32 ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : id;
}

function* keysOf(item: ReferenceItem & { code?: string | null; username?: string; email?: string }): Generator<string> {
  yield `id:${item.id}`;
  yield `name:${foldName(item.name)}`;
  if (item.alternative_code) yield `alternative_code:${foldName(item.alternative_code)}`;
  if (item.code) yield `code:${foldName(item.code)}`;
  if (item.code) yield `number:${foldName(item.code)}`;
  if (item.username) yield `username:${foldName(item.username)}`;
  if (item.email) yield `email:${foldName(item.email)}`;
}
