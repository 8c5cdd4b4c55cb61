import { fold } from '../platform/fold/fold.ts';
import type { Role } from './access/policies.ts';
import { type NewNames, noNewNames } from './reference/new-names.ts';
import { groupRules, type ReadingRule } from './reference/reading-rule.ts';

/** An item of a workspace's reference data. */
export interface ReferenceItem {
  id: string;
  name: string;
  /** A short code that some vendors use instead of the name. */
  alternative_code: string | null;
  description: string | null;
}

/** What can happen to a closed lead that enquires again: it gets a next step, or the default status. */
export const closedLeadEnquires = ['next_step', 'reopen'] as const;
type ClosedLeadEnquires = (typeof closedLeadEnquires)[number];

export const lifecycleStates = ['new', 'open', 'won', 'lost', 'cancelled'] as const;
export type LifecycleState = (typeof lifecycleStates)[number];

/** Whether a lead in this state is still being worked on. */
export function isOpenState(state: LifecycleState | undefined): boolean {
  return state === 'new' || state === 'open';
}

export interface Status extends ReferenceItem {
  state: LifecycleState;
  /** Given to leads without a status. There is one per workspace. */
  is_default: boolean;
  /** One of the named colour pairs of the web app. */
  colour?: string;
  /** Days without a next step after which a lead in this status counts as idle. */
  idle_days?: number | null;
}
/** A field that leads of a type must have, and when. */
export interface LeadRule {
  /** A canonical field, `source`, `department`, `category`, or a custom field: `custom.<name>`. */
  field: string;
  /** Always, in some lifecycle states, when another field has a value, or when another field has a certain value. */
  when: 'always' | 'state' | 'given' | 'equals';
  states?: readonly LifecycleState[];
  other?: string;
  value?: string;
}
export interface LeadType extends ReferenceItem {
  default_status_id: string | null;
  default_category_id: string | null;
  /** Whether new leads are sent a message, so that an email address (for `phone_on_create`, a phone) is required. */
  email_on_create: boolean;
  /** Templates of the email; null to send none. */
  email_subject?: string | null;
  email_text?: string | null;
  phone_on_create: boolean;
  rules?: readonly LeadRule[];
  /** Call script, in Markdown. */
  script?: string | null;
  /** Leads of types with higher numbers are called first. */
  call_priority?: number;
  /** Calling hours in the callee's time zone, HH:MM:SS. */
  call_from?: string | null;
  call_until?: string | null;
}
export interface Department extends ReferenceItem {
  /** Active members in rotation order, including those who have not accepted yet; see `membersInTurn`. */
  member_ids: readonly string[];
}
export interface Member extends ReferenceItem {
  email: string;
  username: string;
  role: Role;
  active: boolean;
  /** Null if the member was invited and has not accepted. */
  user_id?: string | null;
  /** False if the member was invited and has not accepted. */
  joined?: boolean;
  /** Whose leads the member sees: their own, their departments', or all. */
  visibility?: VisibilityLevel;
  /** Why a mail server rejected mail to the member's address; null if none did. */
  bounced?: string | null;
}
export { type Role, roles } from './access/policies.ts';

export const visibilityLevels = ['own', 'team', 'all'] as const;
export type VisibilityLevel = (typeof visibilityLevels)[number];

/** When to call leads whose type sets no calling hours: in the lawful hours of their country, or at any time. */
export const callingHoursChoices = ['lawful', 'any'] as const;
type CallingHoursChoice = (typeof callingHoursChoices)[number];

/** A way a call can end, and what follows from it. */
export interface CallEnding extends ReferenceItem {
  /** What follows: nothing, a retry after `retry_minutes`, a call at an agreed time, or no further calls ever. */
  meaning: 'done' | 'retry' | 'callback' | 'do_not_call';
  /** Whether someone was reached. */
  reached: boolean;
  retry_minutes: number | null;
  max_attempts: number | null;
  /** Status given to the lead, unless it is further along already. */
  status_id: string | null;
  /** Why the lead is lost, if that status means lost; null to ask the member who called. */
  lost_reason_id: string | null;
  /** Whether the member who called is asked for the lead's next step. */
  asks_next_step: boolean;
}

/** Simple lists that share one table. */
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
  /** A vendor's code or number for the item (`code`, `number`, two-letter country code). */
  code: string | null;
  colour?: string | null;
  /** For deal stages. */
  state?: 'open' | 'won' | 'lost' | null;
  /** For deal stages: the chance of winning a deal, 0-100. */
  probability?: number | null;
}

/** A label for leads, defined by the workspace. */
export interface Tag extends ReferenceItem {
  /** One of the named colour pairs of the web app. */
  colour?: string | null;
}

export interface ReferenceKinds extends Record<ListKind, ListItem> {
  status: Status;
  type: LeadType;
  source: ReferenceItem;
  department: Department;
  member: Member;
  call_outcome: CallEnding;
  tag: Tag;
}
export type ReferenceKind = keyof ReferenceKinds;

/** How a sender refers to an item. Ids are accepted as UUID or 32 hex digits in either case. */
export interface Ref {
  by: 'id' | 'name' | 'alternative_code' | 'code' | 'number' | 'username' | 'email';
  value: string;
}

export interface CustomField {
  name: string;
  type: 'text' | 'number' | 'date' | 'boolean';
}

/** What administrators set for a workspace. */
export interface WorkspaceSettings {
  name: string;
  region: string;
  time_zone: string;
  /** ISO 4217 currency code. */
  currency?: string;
  /** What happens to a closed lead that enquires again. */
  closed_lead_enquires?: ClosedLeadEnquires;
  /** When to call leads whose type sets no calling hours. */
  calling_hours?: CallingHoursChoice;
  /** Requests per minute allowed to each caller; null for the server's figure. */
  requests_per_minute?: number | null;
}

/** The column of each setting, which has its name. The compiler reports a missing one. */
const settingColumns: { readonly [S in keyof Required<WorkspaceSettings>]: S } = {
  name: 'name',
  region: 'region',
  time_zone: 'time_zone',
  currency: 'currency',
  closed_lead_enquires: 'closed_lead_enquires',
  calling_hours: 'calling_hours',
  requests_per_minute: 'requests_per_minute',
};
export const workspaceSettingNames = Object.values(settingColumns);

/**
 * A workspace's reference data as a read-only snapshot in memory. Dialects look names up in it, so parsing a request
 * needs no database; intake takes defaults from it, so the hot path needs no query.
 */
export interface ReferenceData {
  readonly workspace: WorkspaceSettings & {
    id: string;
    /** Whether any phone numbers are routed to departments. Most workspaces have none, which saves a query. */
    has_source_numbers?: boolean;
    /** Key for the hashes of erased phones and emails; null until somebody is erased. */
    erased_keys_secret?: Buffer | null;
  };
  all<K extends ReferenceKind>(kind: K): readonly ReferenceKinds[K][];
  get<K extends ReferenceKind>(kind: K, id: string | null | undefined): ReferenceKinds[K] | undefined;
  /** Finds an item; names, usernames and emails ignore case. */
  find<K extends ReferenceKind>(kind: K, ref: Ref): ReferenceKinds[K] | undefined;
  readonly customFields: ReadonlyMap<string, CustomField>;
  /** The custom field with this name, else one whose name is the same when folded. */
  customField(name: string): CustomField | undefined;
  /** New names from requests: items not approved yet, and names that wait for approval. */
  readonly newNames: NewNames;
  /** Reading rules by dialect. */
  readonly readingRules: ReadonlyMap<string, readonly ReadingRule[]>;
}

export type ReferenceContents = { [K in ReferenceKind]?: readonly ReferenceKinds[K][] };

/** The members who have joined and are active. */
export function membersAtWork(referenceData: ReferenceData): Member[] {
  return referenceData.all('member').filter(({ active, joined }) => active && joined);
}

/** The members of a department who take turns, in rotation order: those who have accepted their invitation. */
export function membersInTurn(referenceData: ReferenceData, department: Department): string[] {
  return department.member_ids.filter((id) => referenceData.get('member', id)?.joined);
}

/** Indexes the loaded data, so that look-ups take the same time for ten items as for ten thousand. */
export function makeReferenceData(
  workspace: ReferenceData['workspace'],
  contents: ReferenceContents,
  customFields: readonly CustomField[] = [],
  readingRules: readonly ReadingRule[] = [],
  newNames: NewNames = noNewNames,
): ReferenceData {
  const referenceKinds = new Map<ReferenceKind, Map<string, ReferenceItem>>();
  for (const [kind, items] of Object.entries(contents) as [ReferenceKind, readonly ReferenceItem[]][]) {
    const byKey = new Map<string, ReferenceItem>();
    for (const item of items) for (const key of keysOf(item)) if (!byKey.has(key)) byKey.set(key, item);
    referenceKinds.set(kind, byKey);
  }
  const byName = new Map(customFields.map((field) => [field.name, field]));
  // Of several fields with the same folded name, the oldest wins; without `reverse`, the newest would.
  const byFolded = new Map([...customFields].reverse().map((field) => [fold(field.name), field]));
  return {
    workspace,
    all: <K extends ReferenceKind>(kind: K) => (contents[kind] ?? []) as readonly ReferenceKinds[K][],
    get: <K extends ReferenceKind>(kind: K, id: string | null | undefined) =>
      (id ? referenceKinds.get(kind)?.get(`id:${id}`) : undefined) as ReferenceKinds[K] | undefined,
    find: <K extends ReferenceKind>(kind: K, ref: Ref) =>
      referenceKinds.get(kind)?.get(`${ref.by}:${foldRef(ref)}`) as ReferenceKinds[K] | undefined,
    customFields: byName,
    customField: (name) => byName.get(name) ?? byFolded.get(fold(name)),
    newNames,
    readingRules: groupRules(readingRules),
  };
}

function foldRef(ref: Ref): string {
  return ref.by === 'id' ? dashed(ref.value) : fold(ref.value);
}

/** The dashed form of a UUID given with or without dashes. */
function dashed(id: string): string {
  const hex = id.toLowerCase().replaceAll('-', '');
  return hex.length === 32 ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : id;
}

function* keysOf(item: ReferenceItem & { code?: string | null; username?: string; email?: string }): Generator<string> {
  yield `id:${item.id}`;
  yield `name:${fold(item.name)}`;
  if (item.alternative_code) yield `alternative_code:${fold(item.alternative_code)}`;
  if (item.code) yield `code:${fold(item.code)}`;
  if (item.code) yield `number:${fold(item.code)}`;
  if (item.username) yield `username:${fold(item.username)}`;
  if (item.email) yield `email:${fold(item.email)}`;
}
