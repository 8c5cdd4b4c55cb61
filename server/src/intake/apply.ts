import type { FieldChange } from '../leads/activity-kinds.ts';
import { type LeadField, LONGEST_TEXT } from '../leads/fields.ts';
import { type DialectFields, type Lead, type LeadReference, leadReferences, type Origin } from '../leads/lead.ts';
import { isDerivedName } from '../leads/lead-name.ts';
import { moveToStatus } from '../leads/lead-status.ts';
import { changeTags } from '../leads/lead-tags.ts';
import { isSomebodysEmail } from '../platform/email.ts';
import { fold } from '../platform/fold/fold.ts';
import { standsForNone } from '../platform/phone/show-phone.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { LeadDraft } from './command.ts';
import type { Facts, ResolvedReferences } from './prepare.ts';

/** `set`: values as sent; null clears. `overwrite`: values as sent, ignoring blanks. `fill`: only into blank fields. */
export type ApplyMode = 'set' | 'overwrite' | 'fill';

/** The data that a request adds to a lead. */
export interface Brought {
  facts: Facts;
  references: ResolvedReferences;
  tags?: LeadDraft['tags'];
  custom: LeadDraft['custom'];
  dialect: string;
  dialect_fields: LeadDraft['dialect_fields'];
  /** See `UpdateLead`. */
  wholeName?: boolean | undefined;
  /** The sender's names of the fields that were in the request. */
  origin: Origin;
}

/** Applies the data to the lead in place and returns the changes. */
export function applyTo(lead: Lead, brought: Brought, mode: ApplyMode, referenceData: ReferenceData): FieldChange[] {
  const changes: FieldChange[] = [];
  const { values } = brought.facts;
  const before = { phone: lead.phone, other_phone: lead.other_phone };
  const isJoined = lead.name === joinedName(lead);
  for (const [key, value] of Object.entries(values)) {
    const name = key as LeadField;
    const fits = name === 'name' ? takesName(lead, value, mode, brought) : takes(lead[name], value, mode);
    const isTaken = fits || givesWay(name, lead[name], value);
    if (isTaken && !isWorse(name, lead[name], value, mode)) write(lead, name, value ?? null, changes);
  }
  const followsParts = isJoined || !lead.name || (mode !== 'set' && isDerivedName(lead) && hasNewParts(changes));
  if (followsParts && values.name === undefined) write(lead, 'name', joinedName(lead), changes);
  // If a vendor's client sets single fields, the fields that it did not name stay unchanged.
  if (mode !== 'set' || brought.wholeName) dropOtherParts(lead, values, changes);
  followPhone(lead, brought, before, changes);
  applyReferences(lead, brought.references, mode, changes, referenceData);
  const tagged = brought.tags && changeTags(lead, brought.tags);
  if (tagged) changes.push(tagged);
  applyCustom(lead, brought.custom, mode, changes);
  remember(lead, brought, changes);
  return changes;
}

/** The display name of a lead that has only the parts of a name. */
function joinedName({ first_name, middle_name, last_name }: Lead): string | null {
  const name = [first_name, middle_name, last_name].filter(Boolean).join(' ');
  return name === '' || name.length > LONGEST_TEXT ? null : name;
}

const nameParts = ['first_name', 'middle_name', 'last_name'] as const;

/**
 * A new whole name clears the parts that contradict it: the first name John is cleared if the name becomes Jane Smith.
 */
function dropOtherParts(lead: Lead, values: Facts['values'], changes: FieldChange[]): void {
  if (!lead.name || !changes.some(({ field }) => field === 'name') || values.name === undefined) return;
  const words = wordsOf(lead.name);
  for (const part of nameParts)
    if (values[part] === undefined && lead[part] && !wordsOf(lead[part]).every((word) => words.includes(word)))
      write(lead, part, null, changes);
}

function hasNewParts(changes: readonly FieldChange[]): boolean {
  return changes.some(({ field, to }) => to !== null && nameParts.some((part) => part === field));
}

function wordsOf(name: string): string[] {
  return fold(name).split(' ');
}

/** Like `takes`, but a made-up name never replaces an existing one, and a real name replaces a made-up one. */
function takesName(lead: Lead, value: unknown, mode: ApplyMode, { dialect_fields }: Brought): boolean {
  if (mode === 'set') return takes(lead.name, value, mode);
  const isMadeUp = dialect_fields?.['_derived_name'] === value;
  if (isMadeUp && lead.name) return false;
  return takes(isDerivedName(lead) ? null : lead.name, value, mode);
}

/** Stores the phone as sent beside its canonical form. If a dialect has only one phone field, it sets both phones. */
function followPhone(
  lead: Lead,
  { facts: { values, phone_sent, other_phone_sent }, dialect }: Brought,
  before: Pick<Lead, 'phone' | 'other_phone'>,
  changes: FieldChange[],
): void {
  const isOnly = lead.dialect_fields[dialect]?._main !== undefined;
  const wereOne = isOnly && before.phone !== null && before.phone === before.other_phone;
  if (wereOne && values.phone === undefined && lead.other_phone !== before.other_phone) {
    write(lead, 'phone', lead.other_phone, changes);
    lead.phone_sent = other_phone_sent ?? null;
  } else if (phone_sent !== undefined && (lead.phone !== before.phone || values.phone === lead.phone)) {
    lead.phone_sent = phone_sent;
  }
}

/** Whether a filler such as 0000000000 would replace a person's phone or email, which only mode `set` may do. */
function isWorse(name: LeadField, current: unknown, value: unknown, mode: ApplyMode): boolean {
  if (mode === 'set' || typeof current !== 'string' || typeof value !== 'string') return false;
  if (name === 'phone') return !standsForNone(current) && standsForNone(value);
  return name === 'email' && isSomebodysEmail(current) && !isSomebodysEmail(value);
}

/** Whether a better phone or email replaces the stored one as if the field were blank. */
function givesWay(name: LeadField, current: unknown, value: unknown): boolean {
  if (typeof current !== 'string' || typeof value !== 'string') return false;
  if (name === 'phone') return standsForNone(current) && !standsForNone(value);
  return name === 'email' && !isSomebodysEmail(current) && isSomebodysEmail(value);
}

function takes(current: unknown, value: unknown, mode: ApplyMode): boolean {
  if (value === undefined) return false;
  if (mode === 'set') return true;
  if (value === null || value === '') return false;
  return mode === 'overwrite' || current === null || current === '';
}

function write(lead: Lead, name: LeadField, value: Lead[LeadField], changes: FieldChange[]): void {
  if (sameValue(lead[name], value)) return;
  changes.push({ field: name, from: lead[name], to: value });
  (lead as unknown as Record<string, unknown>)[name] = value;
}

function applyReferences(
  lead: Lead,
  references: ResolvedReferences,
  mode: ApplyMode,
  changes: FieldChange[],
  referenceData: ReferenceData,
): void {
  const taken = (name: LeadReference) => (takes(lead[name], references[name], mode) ? references[name] : undefined);
  const move = { status_id: taken('status_id') ?? lead.status_id, lost_reason_id: taken('lost_reason_id') };
  changes.push(...moveToStatus(lead, move, referenceData));
  for (const name of leadReferences) {
    if (name === 'status_id' || name === 'lost_reason_id') continue;
    const value = taken(name);
    if (value === undefined || lead[name] === value) continue;
    changes.push({ field: name, from: lead[name], to: value });
    lead[name] = value;
  }
}

function applyCustom(lead: Lead, custom: LeadDraft['custom'], mode: ApplyMode, changes: FieldChange[]): void {
  if (!custom || custom.length === 0) return;
  const fields = new Map(Object.entries(lead.custom));
  for (const [name, value] of custom) {
    const current = fields.get(name) ?? null;
    if (!takes(current, value, mode) || sameValue(current, value)) continue;
    changes.push({ field: `custom.${name}`, from: current, to: value });
    if (value === null) fields.delete(name);
    else fields.set(name, value);
  }
  // Object.fromEntries defines own properties, even for `__proto__`.
  lead.custom = Object.fromEntries(fields);
}

/** Merges a dialect's own fields into those stored on the lead, and records the references they stand for. */
function remember(lead: Lead, { dialect, dialect_fields, origin }: Brought, changes: FieldChange[]): void {
  if (!dialect_fields) return;
  const known = lead.dialect_fields[dialect];
  const memory = new Map(Object.entries(known ?? {}));
  for (const [name, value] of Object.entries(dialect_fields)) {
    const from = memory.get(name) ?? null;
    if (sameValue(from, value)) continue;
    changes.push({ field: `${dialect}.${name}`, from, to: value ?? null });
    if (value === null || value === undefined) memory.delete(name);
    else memory.set(name, value);
  }
  memory.set('_as', standFor(lead, known?._as, origin));
  lead.dialect_fields = { ...lead.dialect_fields, [dialect]: Object.fromEntries(memory) };
}

/** The references that the dialect's fields stand for; those that the request did not mention stay as stored before. */
function standFor(lead: Lead, before: DialectFields['_as'], origin: Origin): DialectFields['_as'] {
  const as: DialectFields['_as'] = { ...before };
  for (const name of leadReferences) {
    if (before && origin[name] === undefined) continue;
    if (lead[name] === null) delete as[name];
    else as[name] = lead[name];
  }
  return as;
}

/** Whether two values are equal, so that setting one over the other is no change. */
function sameValue(a: unknown, b: unknown): boolean {
  return a === b || (a ?? null) === (b ?? null) || JSON.stringify(a) === JSON.stringify(b);
}
