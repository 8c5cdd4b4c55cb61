import { LARGEST_AMOUNT, type LeadField, type LeadValues, LONGEST_TEXT, leadFields } from '../leads/fields.ts';
import type { LeadReference } from '../leads/lead.ts';
import { emailKeyOf, type LeadKey, type MatchKey, type PhoneSent, phoneKeyOf } from '../leads/lead-keys.ts';
import { fold } from '../platform/fold/fold.ts';
import { numbersIn, type PhoneReading, readPhone } from '../platform/phone/read-phone.ts';
import { type Issue, invalid, isProblem, type Problem } from '../platform/problem.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { Allowed } from './allow.ts';
import type { Arrival } from './arrival.ts';
import type { CreateLead, LeadDraft, Named, UpdateLead, Warning } from './command.ts';
import { createNames, findItem, LONGEST_NAME, type MissingNames, type NameOptions } from './make-names.ts';

/** Most custom fields in one request. */
const MOST_CUSTOM = 50;
/** Most warnings per request; the submission still has everything that was sent. */
const MOST_WARNINGS = 20;
/** Most further phones and emails of one request that are used to detect possible duplicates. */
const MOST_SECOND_KEYS = 10;
const LONGEST_CUSTOM_NAME = 64;

/**
 * A draft in canonical form: phones in E.164, keys ready for matching. Absent fields stay unchanged; null clears them.
 */
export interface Facts {
  values: LeadValues;
  phone_sent?: string | null;
  other_phone_sent?: string | null;
  matchKeys: MatchKey[];
  /** Keys of further phones and emails, which make possible duplicates but never match. */
  secondKeys: MatchKey[];
  contactKeys: LeadKey[];
}

/** A draft's references, with names resolved to ids. */
export type ResolvedReferences = Partial<Record<LeadReference, string | null>>;

/** A lead request in canonical form, validated, with names resolved to ids: everything that needs no database. */
export interface Prepared {
  facts: Facts;
  references: ResolvedReferences;
  custom: NonNullable<LeadDraft['custom']>;
  warnings: readonly Warning[];
  /** Ids of names in the request that wait for approval. */
  waiting: { readonly [K in 'status' | 'source']?: string };
}

type Names = Pick<Prepared, 'references' | 'custom' | 'warnings' | 'waiting'>;

const nothing = { names: false, fields: false };

/** Prepares a request without creating anything: unknown names become warnings. */
export function prepare(
  command: CreateLead | UpdateLead,
  region: string,
  referenceData: ReferenceData,
): Prepared | Problem {
  const facts = checkFacts(command, region);
  return isProblem(facts) ? facts : { facts, ...resolveNames(command, referenceData, nothing).names };
}

/**
 * Prepares a lead request once, before its transaction. Names that the workspace lacks are created first, in a small
 * commit of their own, if the caller may; `arrival` then gets the new reference data.
 */
export async function prepareWithNames(
  arrival: Arrival,
  command: Allowed<CreateLead | UpdateLead>,
  options: NameOptions,
): Promise<Prepared | Problem> {
  const { caller } = arrival;
  const facts = checkFacts(command, caller.region);
  if (isProblem(facts)) return facts;
  const isTest = caller.test_mode || (command.kind === 'createLead' && command.test === true);
  // The response to a test creation shows its new fields although they are not created; a test update does not.
  const mayCreate = !(isTest && command.kind === 'updateLead');
  const { names, missing } = resolveNames(command, arrival.referenceData, {
    names: mayCreate,
    fields: mayCreate && caller.may_extend,
  });
  if (!missing || isTest) return { facts, ...names };
  await createNames(arrival, missing, options);
  // Anything that still could not be created (the list is full) is omitted and becomes a warning.
  return { facts, ...resolveNames(command, arrival.referenceData, nothing).names };
}

function checkFacts(command: CreateLead | UpdateLead, region: string): Facts | Problem {
  const facts = normalise(command.draft, region);
  const issues = check(facts, command);
  return issues.length > 0 ? invalid(...issues) : facts;
}

/** Converts a draft to canonical form. Pure; `region` is for numbers without a country code. */
export function normalise(draft: LeadDraft, region: string): Facts {
  const facts: Facts = {
    values: { ...draft.values },
    matchKeys: [],
    secondKeys: [],
    contactKeys: [...(draft.contact_keys ?? [])],
  };
  setPhone(facts, draft.phone, region);
  if (draft.other_phone !== undefined) {
    facts.values.other_phone = draft.other_phone && secondPhone(draft.other_phone, region);
    facts.other_phone_sent = draft.other_phone?.sent ?? null;
  }
  const email = draft.values.email ? emailKeyOf(draft.values.email) : undefined;
  if (email) facts.matchKeys.push(email);
  facts.secondKeys = secondKeysIn(draft, facts, region);
  return facts;
}

function setPhone(facts: Facts, phone: PhoneSent | null | undefined, region: string): void {
  if (phone === undefined) return;
  const read = phone && readSent(phone, region);
  facts.values.phone = read && (read.number ?? asSent(phone));
  facts.phone_sent = phone?.sent ?? null;
  const key = read ? phoneKeyOf(read) : undefined;
  if (key) facts.matchKeys.push(key);
}

function readSent({ sent, callingCode }: PhoneSent, region: string): PhoneReading {
  return readPhone(sent, region, callingCode);
}

/** Text that is not a number is stored as sent, after any calling code that was sent separately. */
function asSent({ sent, callingCode }: PhoneSent): string {
  return [callingCode, sent.trim()].filter(Boolean).join(' ');
}

/** A second phone has only one column, so it is stored as sent if the text says more than the number. */
function secondPhone(phone: PhoneSent, region: string): string {
  const { number } = readSent(phone, region);
  const saysMore = /[\p{L},;/#]/u.test(phone.sent.replace(/^\s*(?:tel|p):/i, ''));
  return number && !saysMore ? number : asSent(phone);
}

/** Field names under which forms send further phones and emails of a person. */
const PHONE_FIELD =
  /phone|mobile|whats ?app|landline|(?:^|[^a-z])(?:tel|cell|mob|ph|gsm|handy)(?:[^a-z]|$)|(?:contact|alt\w*|second\w*|other|home|work|office|emergency)[ _-]?(?:no|num|nr)/i;
const EMAIL_FIELD = /e-?mail/i;

function secondKeysIn(draft: LeadDraft, facts: Facts, region: string): MatchKey[] {
  const named = (pattern: RegExp) =>
    (draft.custom ?? []).flatMap(([name, value]) => (pattern.test(name) && typeof value === 'string' ? value : []));
  const callingCode = draft.phone?.callingCode;
  const phones: PhoneSent[] = [
    ...(draft.other_phone ? [draft.other_phone] : []),
    ...(draft.other_contacts?.phones ?? []),
    ...named(PHONE_FIELD).map((sent) => ({ sent, ...(callingCode && { callingCode }) })),
  ];
  const emails = [...(draft.other_contacts?.emails ?? []), ...named(EMAIL_FIELD)];
  const main = draft.phone && readSent(draft.phone, region);
  const line = main?.extension && phoneKeyOf({ sent: main.sent, ...(main.number && { number: main.number }) });
  const keys = [
    ...phones.map((phone) => phoneKeyOf(readSent(phone, region))),
    ...[...(draft.phone ? [draft.phone] : []), ...phones].flatMap((phone) => furtherKeys(phone, region)),
    ...emails.map(emailKeyOf),
    line || undefined,
  ];
  const taken = new Set(facts.matchKeys.map(({ value }) => value));
  return keys.flatMap((key) => (key && taken.size < taken.add(key.value).size ? key : [])).slice(0, MOST_SECOND_KEYS);
}

/** Keys of all numbers in a text that contains several. */
function furtherKeys({ sent, callingCode }: PhoneSent, region: string): (MatchKey | undefined)[] {
  return numbersIn(sent, region, callingCode).map((number) => phoneKeyOf({ sent, number }));
}

/** Resolves names to ids. `missing`: names to create first; if nothing may be created, they become warnings. */
function resolveNames(
  command: CreateLead | UpdateLead,
  referenceData: ReferenceData,
  mayCreate: { names: boolean; fields: boolean },
): { names: Names; missing?: MissingNames } {
  const warnings = [...(command.warnings ?? [])];
  const missing: { source?: string; status?: string; custom: string[] } = { custom: [] };
  const references: ResolvedReferences = { ...command.draft.references };
  const waiting: { status?: string; source?: string } = {};
  for (const kind of ['status', 'source'] as const) {
    const name = lookUp(references, kind, command.draft[kind], referenceData);
    if (name === undefined) continue;
    const known = referenceData.newNames.find(kind, fold(name));
    if (known) waiting[kind] = known.id;
    if (mayCreate.names && name.length <= LONGEST_NAME) missing[kind] = name;
    const code = known ? 'waiting_for_approval' : 'list_limit_reached';
    if (!missing[kind]) warnings.push({ code, at: command.origin[`${kind}_id`] ?? kind, value: shorten(name) });
  }
  const custom = resolveCustom(command, referenceData, mayCreate.fields, missing.custom, warnings);
  const names = { references, custom, waiting, warnings: warnings.slice(0, MOST_WARNINGS) };
  return missing.source || missing.status || missing.custom.length > 0 ? { names, missing } : { names };
}

/** Resolves a named status or source to its id. Returns the name if the workspace does not have it. */
function lookUp(
  references: ResolvedReferences,
  kind: 'status' | 'source',
  value: Named | null | undefined,
  referenceData: ReferenceData,
): string | undefined {
  if (value === undefined) return undefined;
  const id = value && ('id' in value ? value.id : findItem(referenceData, kind, value.make)?.id);
  if (value === null || id) references[`${kind}_id`] = id ?? null;
  return value && !id && 'make' in value ? value.make : undefined;
}

/** The custom fields that exist or may be created. The others become warnings, stored with the touch. */
function resolveCustom(
  command: CreateLead | UpdateLead,
  referenceData: ReferenceData,
  mayCreate: boolean,
  missing: string[],
  warnings: Warning[],
): Prepared['custom'] {
  const fields: [string, unknown][] = [];
  for (const [name, value] of command.draft.custom ?? []) {
    const known = referenceData.customField(name)?.name;
    const fits = name !== '' && [...name].length <= LONGEST_CUSTOM_NAME && fields.length < MOST_CUSTOM;
    if (fits && (known || mayCreate)) {
      fields.push([known ?? name, value]);
      if (!known) missing.push(name);
    } else warnings.push({ code: 'field_limit_reached', at: name, value: shorten(value) });
  }
  return fields;
}

function shorten(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

/**
 * Checks the rules that apply to every lead. An issue contains the canonical field and its name
 * in the sender's request.
 */
function check(facts: Facts, command: CreateLead | UpdateLead): Issue[] {
  const issues: Issue[] = [];
  const fail = (field: LeadField, code: Issue['code'], limits?: Issue['limits']) =>
    issues.push({ at: command.origin[field] ?? field, field, code, ...(limits && { limits }) });
  // Looks only at the fields that were sent, which are few.
  for (const [name, value] of Object.entries(facts.values)) {
    if (value === undefined || value === null) continue;
    const field = name as LeadField;
    const { type } = leadFields[field];
    if (type === 'text' && isTooLong(value as string)) fail(field, 'too_long', { max: LONGEST_TEXT });
    if (type === 'number' && !(Math.abs(value as number) <= LARGEST_AMOUNT))
      fail(field, 'too_big', { max: LARGEST_AMOUNT });
  }
  const { probability, priority } = facts.values;
  if (typeof probability === 'number' && !(probability >= 0 && probability <= 100))
    fail('probability', probability < 0 ? 'too_small' : 'too_big', { min: 0, max: 100 });
  if (typeof priority === 'number' && (!Number.isInteger(priority) || Math.abs(priority) > 32_767))
    fail('priority', 'not_integer');
  return issues;
}

function isTooLong(text: string): boolean {
  return text.length > LONGEST_TEXT && [...text].length > LONGEST_TEXT;
}
