import { type Fields, objectFields } from '../../field-rules.ts';
import { fromHexId, oneKey, toHexId } from '../identifiers.ts';
import type { LeadRequest } from '../lead-request.ts';
import { nestedId, resolveNested } from '../nested-values.ts';
import type { LeadSet } from './lead-sets.ts';

/** One entry of a set with resolved identifiers, and the id by which it can be removed later. */
export interface Entry {
  action?: string;
  id: string;
  entry: unknown;
}

export function readEntry(request: LeadRequest, set: LeadSet, at: string, sent: unknown): Entry | undefined {
  const { fieldRules } = request;
  const fields = objectFields(sent);
  if (!fields) return fieldRules.fail(at, 'not_object');
  const before = fieldRules.issues.length;
  const action = readAction(request, `${at}.action`, fields.get('action'));
  const rest = new Map([...fields].filter(([name]) => name !== 'action'));
  const named = action === 'REMOVE' ? removedId(request, set, at, rest) : undefined;
  if (named) return { action, id: named, entry: null };
  const entry = resolveEntry(request, set, at, expandBareEntry(set, rest));
  const id = entryId(set, entry);
  const complete = set.anyOf || action === 'REMOVE' || nestedId(entry, set.main) !== undefined;
  if (id !== undefined && complete) return { action, id, entry: Object.fromEntries(entry) };
  if (fieldRules.issues.length === before) fieldRules.fail(`${at}.${set.main}`, 'required');
  return undefined;
}

function readAction({ fieldRules, isUpdate: updates }: LeadRequest, at: string, sent: unknown): string | undefined {
  if (sent === undefined || sent === null) return undefined;
  const action = String(sent).trim().toUpperCase();
  const allowed = updates ? ['ADD', 'REMOVE'] : ['ADD'];
  return allowed.includes(action) ? action : fieldRules.fail(at, 'not_in_list', { allowed });
}

function resolveEntry({ fieldRules, context }: LeadRequest, set: LeadSet, at: string, entry: Fields): Fields {
  const nested = { fieldRules, referenceData: context.referenceData, own: set.own };
  return objectFields(resolveNested(nested, at, Object.fromEntries(entry))) ?? new Map();
}

/** An entry that is itself an identifier, `{"username":"anna"}`, stands for the main item. */
function expandBareEntry(set: LeadSet, entry: Fields): Fields {
  const bare = oneKey(Object.fromEntries(entry));
  const isBare = bare !== undefined && !bare.key.endsWith('_identifier');
  return isBare ? new Map([[set.main, { [bare.key]: bare.value }]]) : entry;
}

/** The id to remove, from `{"id": ...}`, `lead_user_identifier` or the like: the entry's own id or its item's. */
function removedId(request: LeadRequest, set: LeadSet, at: string, entry: Fields): string | undefined {
  const name = [...entry.keys()].find((key) => key.startsWith('lead_') && key.endsWith('_identifier'));
  const inner = name === undefined ? entry : objectFields(entry.get(name));
  if (!inner) return undefined;
  const own = oneKey(Object.fromEntries(inner));
  const id = own?.key === 'id' ? fromHexId(own.value) : undefined;
  if (id !== undefined) return toHexId(id);
  return name === undefined
    ? undefined
    : entryId(set, resolveEntry(request, set, `${at}.${name}`, expandBareEntry(set, inner)));
}

/** The id of an entry: its item's id as 32 hex digits; several items' ids are combined by XOR. */
export function entryId(set: LeadSet, entry: Fields): string | undefined {
  const ids = [set.main, ...set.others].flatMap((part) => nestedId(entry, part) ?? []).map(toHexId);
  return ids.length < 2 ? ids[0] : ids.reduce(combine);
}

function combine(one: string, other: string): string {
  const digits = [...one].map((digit, at) => Number.parseInt(digit, 16) ^ Number.parseInt(other[at] ?? '0', 16));
  return digits
    .map((digit) => digit.toString(16))
    .join('')
    .toUpperCase();
}
