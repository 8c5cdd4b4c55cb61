import type { CreateLead, LeadDraft, Named, UpdateLead } from '../intake/command.ts';
import { isPerson } from '../intake/make-names.ts';
import { type LeadField, leadFields } from '../leads/fields.ts';
import { lackingByRules, OWN_FIELD, type Ruled, ruledReferences } from '../leads/lead-rules.ts';
import type { LeadBody } from '../leads/lead-shapes.ts';
import { firstStatus } from '../leads/lead-status.ts';
import { isAddressLike } from '../platform/email.ts';
import { readPhone } from '../platform/phone/read-phone.ts';
import { type Issue, invalid, type Problem } from '../platform/problem.ts';
import { parseDate } from '../platform/time/dates.ts';
import type { Caller } from '../workspaces/access/caller.ts';
import { findNamed } from '../workspaces/find-named.ts';
import { limits } from '../workspaces/limits/catalogue.ts';
import type { CustomField, ReferenceData } from '../workspaces/reference-data.ts';

type Draft = { -readonly [K in keyof LeadDraft]: LeadDraft[K] };
type Mode = 'create' | 'patch';

/** Context for looking up names in a body, and for deciding whether missing ones may be created. */
export interface NameContext {
  caller: Pick<Caller, 'may_extend' | 'region' | 'dialect' | 'token_id' | 'member_id'>;
  /** Refuses names that the workspace does not have. */
  knownNamesOnly?: true;
  referenceData: ReferenceData;
}

interface Reading {
  draft: Draft;
  issues: Issue[];
  /** Blank and null are ignored on creation and clear the field on update. */
  mode: Mode;
}

const identifying = ['name', 'first_name', 'last_name', 'company_name', 'email', 'phone'] as const;

/**
 * Reads the body of POST /v1/leads and reports all its errors at once. The numbers in `custom` have every digit that
 * was sent.
 */
export function readCreate(
  body: LeadBody,
  context: NameContext,
  test: boolean,
  custom = body.custom,
): CreateLead | Problem {
  const { draft, issues } = readDraft(body, context, 'create', custom);
  const said = (name: (typeof identifying)[number]) => (name === 'phone' ? draft.phone : draft.values[name]);
  if (issues.length === 0 && !identifying.some(said)) issues.push({ at: 'name', field: 'name', code: 'required' });
  const lacking = lackingByRules(ruledDraft(draft, context.referenceData), context.referenceData);
  issues.push(...lacking.filter(({ at }) => !issues.some((issue) => issue.at === at)));
  if (body.call && !draft.phone && !issues.some((issue) => issue.at === 'phone'))
    issues.push({ at: 'phone', field: 'phone', code: 'required' });
  if (body.call && draft.phone && readPhone(draft.phone.sent, context.caller.region).certainty === 'none')
    issues.push({ at: 'phone', field: 'phone', code: 'bad_phone' });
  if (issues.length > 0) return invalid(...issues);
  const command: CreateLead = { kind: 'createLead', draft, origin: {} };
  if (body.note && !isBlank(body.note)) command.note = body.note;
  if (body.call) command.call = { delaySeconds: body.call.delay_seconds ?? 0 };
  if (test) command.test = true;
  return command;
}

/** Reads the body of PATCH /v1/leads/{id}. */
export function readPatch(
  id: string,
  body: LeadBody,
  context: NameContext,
  custom = body.custom,
): UpdateLead | Problem {
  const { draft, issues } = readDraft(body, context, 'patch', custom);
  if (issues.length > 0) return invalid(...issues);
  return {
    kind: 'updateLead',
    lead: { by: 'id', id },
    draft,
    origin: {},
    wholeName: true,
    fieldRules: ['own_rules'],
  };
}

/** A new lead in the form in which the field rules of its type are checked. */
function ruledDraft(draft: Draft, referenceData: ReferenceData): Ruled {
  const { values, references, source, status } = draft;
  const type_id = references?.type_id;
  const nameOf = (kind: 'source' | 'department' | 'category', id: string | null | undefined) =>
    referenceData.get(kind, id)?.name;
  const named = {
    source: source && ('make' in source ? source.make : nameOf('source', source.id)),
    department: nameOf('department', references?.department_id),
    category: nameOf('category', references?.category_id ?? referenceData.get('type', type_id)?.default_category_id),
  };
  const joined = [values.first_name, values.middle_name, values.last_name].filter(Boolean).join(' ');
  return {
    type_id,
    state: (status && 'id' in status ? referenceData.get('status', status.id) : firstStatus(referenceData, type_id))
      ?.state,
    value: (field) => {
      if (field.startsWith(OWN_FIELD))
        return draft.custom?.find(([name]) => name === field.slice(OWN_FIELD.length))?.[1];
      if (field === 'phone' || field === 'other_phone') return draft[field]?.sent;
      if (field === 'name') return values.name ?? joined;
      const reference = ruledReferences.find((one) => one === field);
      return reference ? named[reference] : values[field as keyof typeof values];
    },
  };
}

function readDraft(body: LeadBody, context: NameContext, mode: Mode, custom: LeadBody['custom']): Reading {
  const reading: Reading = { draft: { values: {} }, issues: [], mode };
  for (const name in body)
    if (Object.hasOwn(leadFields, name)) readValue(reading, name as LeadField, body[name as LeadField]);
  readReferences(reading, body, context);
  readCustom(reading, body.custom, custom ?? {}, context);
  return reading;
}

function readValue(reading: Reading, name: LeadField, value: LeadBody[LeadField]): void {
  if (value === undefined) return;
  const { draft, issues, mode } = reading;
  const cleared = value === null || (typeof value === 'string' && isBlank(value));
  if (cleared && mode === 'create') return;
  if (name === 'phone' || name === 'other_phone') {
    if (!cleared && !isPhone(String(value))) issues.push({ at: name, field: name, code: 'bad_phone' });
    else draft[name] = cleared ? null : { sent: String(value) };
    return;
  }
  if (name === 'email' && !cleared && !isAddressLike(String(value).trim()))
    issues.push({ at: name, field: name, code: 'bad_email' });
  (draft.values as Record<string, unknown>)[name] = cleared ? null : tidy(name, value);
}

/** Rounds amounts to two decimals and trims email addresses. */
function tidy(name: LeadField, value: LeadBody[LeadField]): unknown {
  if (typeof value === 'number') return Math.round(value * 100) / 100;
  return name === 'email' ? String(value).trim() : value;
}

const references = [
  ['type', 'type_id'],
  ['category', 'category_id'],
  ['lost_reason', 'lost_reason_id'],
  ['department', 'department_id'],
  ['owner', 'owner_id'],
] as const;

function readReferences(reading: Reading, body: LeadBody, context: NameContext): void {
  const { draft, issues, mode } = reading;
  const { referenceData } = context;
  for (const [at, column] of references) {
    const value = body[at];
    if (value === undefined) continue;
    const cleared = value === null || isBlank(value);
    if (cleared && mode === 'create') continue;
    const found = cleared ? null : findNamed(referenceData, at === 'owner' ? 'member' : at, value);
    if (found === undefined) issues.push({ at, code: 'unknown_reference' });
    else draft.references = { ...draft.references, [column]: found?.id ?? null };
  }
  readStatus(reading, body.status, referenceData);
  readSource(reading, body.source, context);
  readTags(reading, body, referenceData);
}

/** On creation tags are only added, because the request may match a known lead, which keeps its tags. */
function readTags({ draft, issues, mode }: Reading, body: LeadBody, referenceData: ReferenceData): void {
  const idsOf = (at: 'tags' | 'add_tags' | 'remove_tags') =>
    (body[at] ?? []).flatMap((name, place) => {
      const id = findNamed(referenceData, 'tag', name)?.id;
      if (!id) issues.push({ at: `${at}.${place}`, code: 'unknown_reference' });
      return id ?? [];
    });
  const { tags, add_tags: adds, remove_tags: removes } = body;
  if (!adds && !removes && (mode === 'create' ? !tags?.length : tags === undefined)) return;
  const named = idsOf('tags');
  draft.tags = {
    ...(mode === 'patch' && tags !== undefined && { set: named }),
    add: [...(mode === 'create' ? named : []), ...idsOf('add_tags')],
    remove: idsOf('remove_tags'),
  };
}

function readStatus(
  { draft, issues, mode }: Reading,
  value: string | null | undefined,
  referenceData: ReferenceData,
): void {
  if (value === undefined) return;
  if (value === null || isBlank(value)) {
    // A lead always has a status.
    if (mode === 'patch') issues.push({ at: 'status', code: 'required' });
    return;
  }
  const found = findNamed(referenceData, 'status', value);
  if (found) draft.status = { id: found.id };
  else issues.push({ at: 'status', code: 'unknown_reference' });
}

function readSource(
  { draft, issues, mode }: Reading,
  value: string | null | undefined,
  { referenceData, knownNamesOnly }: NameContext,
): void {
  if (value === undefined) return;
  if (value === null || isBlank(value)) {
    if (mode === 'patch') draft.source = null;
    return;
  }
  const found = findNamed(referenceData, 'source', value);
  const source: Named | undefined = found ? { id: found.id } : knownNamesOnly ? undefined : { make: value };
  if (source) draft.source = source;
  else issues.push({ at: 'source', code: 'unknown_reference' });
}

const LONGEST_CUSTOM_NAME = 64;

function readCustom(
  { draft, issues, mode }: Reading,
  custom: LeadBody['custom'],
  exact: NonNullable<LeadBody['custom']>,
  context: NameContext,
): void {
  if (!custom) return;
  const fields: [string, unknown][] = [];
  let room = roomForFields(context);
  for (const [name, sent] of Object.entries(custom)) {
    const known = context.referenceData.customField(name);
    const value = customValue(known, sent, exact[name]);
    if (value === null && (mode === 'create' || !known)) continue;
    const issue = known ? misfit(known, value === null ? null : sent) : strangeName(name, room);
    if (issue) issues.push({ at: `custom.${name}`, ...issue });
    else fields.push([known?.name ?? name, value]);
    if (!known) room -= 1;
  }
  if (fields.length > 0) draft.custom = fields;
}

/** How many custom fields the sender may still create. */
function roomForFields({ referenceData, caller, knownNamesOnly }: NameContext): number {
  if (!caller.may_extend || knownNamesOnly) return 0;
  const { fieldsByPeople, fieldsByRequest } = referenceData.newNames;
  return isPerson(caller)
    ? limits.names_by_people.figure - fieldsByPeople
    : limits.fields_by_requests.figure - fieldsByRequest;
}

/**
 * The value to store: a number in a number field, unless it is too large to be exact; otherwise what was sent, digit
 * for digit.
 */
function customValue(known: CustomField | undefined, sent: unknown, exact: unknown): unknown {
  if (sent === '') return null;
  const isNumber = known?.type === 'number' && Math.abs(Number(sent)) <= Number.MAX_SAFE_INTEGER;
  return isNumber ? sent : exact;
}

/** Returns the reason why no field of this name can be created, if there is one. */
function strangeName(name: string, room: number): Omit<Issue, 'at'> | undefined {
  if (name === '') return { code: 'required' };
  if ([...name].length > LONGEST_CUSTOM_NAME) return { code: 'too_long', limits: { max: LONGEST_CUSTOM_NAME } };
  return room > 0 ? undefined : { code: 'unknown_field' };
}

const typeCodes = { text: 'not_text', number: 'not_number', boolean: 'not_boolean', date: 'not_date' } as const;

/**
 * Returns the issue if a value does not fit the field's type. Text fields accept anything, since fields created by
 * payloads are text.
 */
function misfit({ type }: CustomField, value: unknown): Omit<Issue, 'at'> | undefined {
  if (value === null || type === 'text') return undefined;
  const fits = type === 'date' ? typeof value === 'string' && parseDate(value) === value : typeof value === type;
  return fits ? undefined : { code: typeCodes[type] };
}

function isPhone(text: string): boolean {
  return text.length <= 60 && /\p{Nd}/u.test(text);
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}
