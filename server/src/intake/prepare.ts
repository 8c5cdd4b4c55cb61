import { createHash } from 'node:crypto';
import { LARGEST_AMOUNT, type LeadField, LONGEST_TEXT, leadFields } from '../leads/fields.ts';
import { type Issue, invalid, type Problem } from '../platform/problem.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { ResolvedReferences } from './apply.ts';
import type { Arrival } from './arrival.ts';
import type { CreateLead, LeadDraft, Named, Remark, UpdateLead } from './command.ts';
import { type Facts, normalise } from './normalise.ts';

/** Most additional fields that one request may bring. */
const MOST_CUSTOM = 50;

/** A request for a lead in canonical form, checked, with its names turned into ids: all that needs no database. */
export interface Prepared {
  command: CreateLead | UpdateLead;
  facts: Facts;
  references: ResolvedReferences;
  custom: NonNullable<LeadDraft['custom']>;
  remarks: readonly Remark[];
}

/** Names that the workspace does not have yet. They are made before the lead is stored. */
export interface Wanted {
  source?: string;
  status?: string;
  custom: string[];
}

/** Prepares a create or update. `wanted` is filled with what must be made first; then prepare again with the new book. */
export function prepare(
  command: CreateLead | UpdateLead,
  arrival: Pick<Arrival, 'caller' | 'referenceData'>,
  wanted: Wanted = { custom: [] },
): Prepared | Problem {
  const { caller, referenceData } = arrival;
  const facts = normalise(command.draft, caller.region);
  const issues = check(facts, command);
  if (issues.length > 0) return invalid(...issues);
  const remarks = [...(command.remarks ?? [])];
  const references: ResolvedReferences = { ...command.draft.references };
  for (const kind of ['status', 'source'] as const) {
    const name = lookUp(references, kind, command.draft[kind], referenceData);
    if (name === undefined) continue;
    if (caller.may_extend && name.length <= LONGEST_NAME) wanted[kind] = name;
    else remarks.push({ code: 'list_limit_reached', at: command.origin[`${kind}_id`] ?? kind, value: shorten(name) });
  }
  const custom = takeCustom(command, referenceData, caller.may_extend, wanted, remarks);
  return { command, facts, references, custom, remarks: remarks.slice(0, MOST_REMARKS) };
}

/** Turns a named status or source into its id. Answers the name when the workspace has none of it. */
function lookUp(
  references: ResolvedReferences,
  kind: 'status' | 'source',
  value: Named | null | undefined,
  referenceData: ReferenceData,
): string | undefined {
  if (value === undefined) return undefined;
  const id = value && ('id' in value ? value.id : referenceData.find(kind, { by: 'name', value: value.make })?.id);
  if (value === null || id) references[`${kind}_id`] = id ?? null;
  return value && !id && 'make' in value ? value.make : undefined;
}

/** More than these say nothing more; all that was sent stays in the submission. */
const MOST_REMARKS = 20;
/** Longest name of a status, source or custom field made by a payload. */
const LONGEST_NAME = 100;
const LONGEST_CUSTOM_NAME = 64;

/** Known custom fields are taken; new ones are made when the token may. What is left out is said, and kept in the touch. */
function takeCustom(
  command: CreateLead | UpdateLead,
  referenceData: ReferenceData,
  mayExtend: boolean,
  wanted: Wanted,
  remarks: Remark[],
): Prepared['custom'] {
  const taken: [string, unknown][] = [];
  for (const [name, value] of command.draft.custom ?? []) {
    const known = referenceData.customFields.has(name);
    const fits = name !== '' && [...name].length <= LONGEST_CUSTOM_NAME && taken.length < MOST_CUSTOM;
    if (fits && (known || mayExtend)) {
      taken.push([name, value]);
      if (!known) wanted.custom.push(name);
    } else remarks.push({ code: 'field_limit_reached', at: name, value: shorten(value) });
  }
  return taken;
}

function shorten(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

/** What holds for every lead, whoever sends it. Names the canonical field, and the place in the sender's words. */
function check(facts: Facts, command: CreateLead | UpdateLead): Issue[] {
  const issues: Issue[] = [];
  const fail = (field: LeadField, code: Issue['code'], limits?: Issue['limits']) =>
    issues.push({ at: command.origin[field] ?? field, field, code, ...(limits && { limits }) });
  // Only what was sent: most of a lead's fields are not.
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

/** SHA-256 of what a request asks for: the same question has the same digest however it was written on the wire. */
export function contentDigest(command: CreateLead): Buffer {
  return createHash('sha256').update(JSON.stringify(command)).digest();
}
