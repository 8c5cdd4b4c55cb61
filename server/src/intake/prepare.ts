import { createHash } from 'node:crypto';
import { LARGEST_AMOUNT, type LeadField, LONGEST_TEXT, leadFields } from '../leads/fields.ts';
import type { Database } from '../platform/database/database.ts';
import { type Issue, invalid, isProblem, type Problem } from '../platform/problem.ts';
import { addCustomFields, addListItem, addSource, addStatus } from '../workspaces/reference/reference-store.ts';
import type { ReferenceCache } from '../workspaces/reference-cache.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { Allowed } from './allow.ts';
import type { ResolvedReferences } from './apply.ts';
import type { Arrival } from './arrival.ts';
import type { Command, CreateLead, LeadDraft, Named, UpdateLead, Warning } from './command.ts';
import { type Facts, normalise } from './normalise.ts';

/** Most items of each kind that payloads may create in a workspace; beyond these, requests are stored without them. */
export const limits = { sources: 500, statuses: 100, customFields: 500 };
/** Most custom fields in one request. */
const MOST_CUSTOM = 50;
/** Most warnings per request; the submission still has everything that was sent. */
const MOST_WARNINGS = 20;
/** Longest name of a status, source or custom field created by a payload. */
const LONGEST_NAME = 100;
const LONGEST_CUSTOM_NAME = 64;

/** A lead request in canonical form, validated, with names resolved to ids: everything that needs no database. */
export interface Prepared {
  facts: Facts;
  references: ResolvedReferences;
  custom: NonNullable<LeadDraft['custom']>;
  warnings: readonly Warning[];
}

/** Names in a request that the workspace does not have. */
interface MissingNames {
  source?: string;
  status?: string;
  deal_stage?: string;
  custom: readonly string[];
}

type Names = Pick<Prepared, 'references' | 'custom' | 'warnings'>;

/** Prepares a request without creating anything: unknown names become warnings. */
export function prepare(
  command: CreateLead | UpdateLead,
  region: string,
  referenceData: ReferenceData,
): Prepared | Problem {
  const facts = checkFacts(command, region);
  return isProblem(facts) ? facts : { facts, ...resolveNames(command, referenceData, false).names };
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
  const mayCreate = caller.may_extend && !(isTest && command.kind === 'updateLead');
  const { names, missing } = resolveNames(command, arrival.referenceData, mayCreate);
  if (!missing || isTest) return { facts, ...names };
  await createNames(arrival, missing, options);
  // Anything that still could not be created (the list is full) is omitted and becomes a warning.
  return { facts, ...resolveNames(command, arrival.referenceData, false).names };
}

export interface NameOptions {
  database: Database;
  referenceCache: ReferenceCache;
}

/** Creates the status or deal stage that a command names, if it is missing and the caller may. */
export async function createNamesOf(command: Allowed, arrival: Arrival, options: NameOptions): Promise<void> {
  const { caller, referenceData } = arrival;
  const [kind, named] = namedBy(command);
  if (!caller.may_extend || caller.test_mode || !kind || !named || !('make' in named)) return;
  if (referenceData.find(kind, { by: 'name', value: named.make })) return;
  if (referenceData.all(kind).length >= limits.statuses) return;
  await createNames(arrival, { [kind]: named.make, custom: [] }, options);
}

function namedBy(command: Command): [kind?: 'status' | 'deal_stage', named?: Named] {
  if (command.kind === 'changeStatus') return ['status', command.status];
  return command.kind === 'addDeal' ? ['deal_stage', command.stage] : [];
}

/** Creates names within the workspace's limits. Concurrent requests create only one. */
async function createNames(
  arrival: Arrival,
  { source, status, deal_stage, custom }: MissingNames,
  { database, referenceCache }: NameOptions,
): Promise<void> {
  const { caller, referenceData } = arrival;
  await database.tx(
    caller.workspace_id,
    async (tx) => {
      if (source && referenceData.all('source').length < limits.sources) await addSource(tx, source);
      if (status && referenceData.all('status').length < limits.statuses) await addStatus(tx, status, 'open');
      if (deal_stage) await addListItem(tx, 'deal_stage', deal_stage);
      const room = limits.customFields - referenceData.customFields.size;
      if (custom.length > 0 && room > 0) await addCustomFields(tx, custom.slice(0, room), caller.dialect);
    },
    { retry: true },
  );
  arrival.referenceData = await referenceCache.renew(caller.workspace_id);
}

function checkFacts(command: CreateLead | UpdateLead, region: string): Facts | Problem {
  const facts = normalise(command.draft, region);
  const issues = check(facts, command);
  return issues.length > 0 ? invalid(...issues) : facts;
}

/** Resolves names to ids. `missing`: names to create first; if nothing may be created, they become warnings. */
function resolveNames(
  command: CreateLead | UpdateLead,
  referenceData: ReferenceData,
  mayCreate: boolean,
): { names: Names; missing?: MissingNames } {
  const warnings = [...(command.warnings ?? [])];
  const missing: { source?: string; status?: string; custom: string[] } = { custom: [] };
  const references: ResolvedReferences = { ...command.draft.references };
  for (const kind of ['status', 'source'] as const) {
    const name = lookUp(references, kind, command.draft[kind], referenceData);
    if (name === undefined) continue;
    if (mayCreate && name.length <= LONGEST_NAME) missing[kind] = name;
    else warnings.push({ code: 'list_limit_reached', at: command.origin[`${kind}_id`] ?? kind, value: shorten(name) });
  }
  const custom = resolveCustom(command, referenceData, mayCreate, missing.custom, warnings);
  const names = { references, custom, warnings: warnings.slice(0, MOST_WARNINGS) };
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
  const id = value && ('id' in value ? value.id : referenceData.find(kind, { by: 'name', value: value.make })?.id);
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
    const known = referenceData.customFields.has(name);
    const fits = name !== '' && [...name].length <= LONGEST_CUSTOM_NAME && fields.length < MOST_CUSTOM;
    if (fits && (known || mayCreate)) {
      fields.push([name, value]);
      if (!known) missing.push(name);
    } else warnings.push({ code: 'field_limit_reached', at: name, value: shorten(value) });
  }
  return fields;
}

function shorten(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

/** Validates what applies to every lead. An issue has the canonical field, and its name in the sender's request. */
function check(facts: Facts, command: CreateLead | UpdateLead): Issue[] {
  const issues: Issue[] = [];
  const fail = (field: LeadField, code: Issue['code'], limits?: Issue['limits']) =>
    issues.push({ at: command.origin[field] ?? field, field, code, ...(limits && { limits }) });
  // Only the fields that were sent, which are few.
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

/** SHA-256 of a command: equivalent requests have the same digest, however they were encoded. */
export function contentDigest(command: CreateLead): Buffer {
  return createHash('sha256').update(JSON.stringify(command)).digest();
}
