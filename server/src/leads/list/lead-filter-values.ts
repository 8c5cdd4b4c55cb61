import { emailKey } from '../../platform/email.ts';
import { findNamed } from '../../workspaces/find-named.ts';
import { isOpenState, type ReferenceKind } from '../../workspaces/reference-data.ts';
import { phoneKey } from '../lead-keys.ts';
import type { FilterContext } from './filter-context.ts';
import type { FilterQuery } from './lead-filter-shapes.ts';
import { customIn, lacksIn, partsOf, statesIn } from './lead-filter-words.ts';
import type { ListFilter } from './lead-list-store.ts';

/** Statuses by name, by state and by being open; undefined when none is all of that. */
export function statusesOf(query: FilterQuery, { referenceData, now }: FilterContext): ListFilter | undefined {
  const { status, state, waiting } = query;
  if (status === undefined && state === undefined && waiting === undefined) return {};
  const named = status === undefined ? undefined : idsOf(status, 'status', referenceData);
  const states = statesIn(query);
  const ids = referenceData
    .all('status')
    .filter((one) => named === undefined || named.includes(one.id))
    .filter((one) => states === undefined || states.includes(one.state))
    .filter((one) => waiting === undefined || isOpenState(one.state))
    .map(({ id }) => id);
  if (ids.length === 0) return undefined;
  return {
    status_ids: ids,
    ...(waiting !== undefined && { waiting_since: new Date(now.getTime() - waiting * 60_000) }),
  };
}

/** Owners; `me` and `none` are no names. */
export function ownersOf({ owner }: FilterQuery, { referenceData, memberId }: FilterContext): ListFilter | undefined {
  if (owner === undefined) return {};
  const ids: (string | null)[] = partsOf(owner).flatMap((name) => {
    if (name === 'none') return [null];
    return (name === 'me' ? memberId : findNamed(referenceData, 'member', name)?.id) ?? [];
  });
  return ids.length > 0 ? { owner_ids: [...new Set(ids)] } : undefined;
}

const references = [
  ['source', 'source_ids'],
  ['type', 'type_ids'],
  ['department', 'department_ids'],
] as const;

/** Sources, types and departments. */
export function referencesOf(query: FilterQuery, { referenceData }: FilterContext): ListFilter | undefined {
  const filter: ListFilter = {};
  for (const [name, ids] of references) {
    const value = query[name];
    if (value === undefined) continue;
    const found = idsOf(value, name, referenceData);
    if (found.length === 0) return undefined;
    filter[ids] = found;
  }
  return filter;
}

/** Whole phones and addresses, as they are matched by. */
export function keysOf({ phone, email }: FilterQuery, { region }: FilterContext): ListFilter | undefined {
  const keys: NonNullable<ListFilter['keys']>[number][] = [];
  if (phone !== undefined) {
    const value = phoneKey({ sent: phone }, region);
    if (!value) return undefined;
    keys.push({ kind: 'phone', value });
  }
  if (email !== undefined) {
    const value = emailKey(email);
    if (!value) return undefined;
    keys.push({ kind: 'email', value });
  }
  return keys.length > 0 ? { keys } : {};
}

/** By which APIs leads first came, and what they are without. */
export function mountedRoutesOf(query: FilterQuery): ListFilter | undefined {
  const filter: ListFilter = {};
  const dialects = query.dialect === undefined ? undefined : partsOf(query.dialect);
  if (dialects?.length === 0) return undefined;
  if (dialects) filter.dialects = dialects;
  const without = lacksIn(query);
  if (without && without.length > 0) filter.lacks = without;
  return filter;
}

/** Fields of one's own. One that nobody knows is what no lead has. */
export function customOf(query: FilterQuery, { referenceData }: FilterContext): ListFilter | undefined {
  const conditions = customIn(query);
  if (conditions.length === 0) return {};
  return conditions.every(({ name }) => referenceData.customFields.has(name)) ? { custom: conditions } : undefined;
}

/** A name may hold a comma itself: the whole text is tried first. */
function idsOf(value: string, kind: ReferenceKind, referenceData: FilterContext['referenceData']): string[] {
  const whole = findNamed(referenceData, kind, value);
  if (whole) return [whole.id];
  return [...new Set(partsOf(value).flatMap((name) => findNamed(referenceData, kind, name)?.id ?? []))];
}
