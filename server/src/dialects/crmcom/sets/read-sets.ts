import { type LeadRequest, readField } from '../lead-request.ts';
import { changeName, type LeadSet, leadSets } from './lead-sets.ts';
import { type Entry, readEntry } from './set-entry.ts';

/**
 * Reads the sets. A set without actions is stored whole. Entries with `action` ADD or REMOVE are stored one by one with
 * their time, because only the store knows the set they change; the two are combined when the lead is shown.
 */
export function readSets(request: LeadRequest): void {
  for (const set of leadSets) {
    const { at, value } = readField(request, set.names);
    if (value === undefined) continue;
    const sent = value === null ? [] : Array.isArray(value) ? value : [value];
    const entries = sent.flatMap((entry) => readEntry(request, set, at, entry) ?? []);
    remember(request, set, entries);
  }
}

function remember({ context, memory, isUpdate: updates }: LeadRequest, set: LeadSet, entries: readonly Entry[]): void {
  const at = context.now.toISOString();
  if (!updates || entries.every(({ action }) => action === undefined)) {
    memory.set(set.name, { at, entries: entries.map(({ entry }) => entry) });
    return;
  }
  for (const { action, id, entry } of entries)
    memory.set(changeName(set, id), { at, entry: action === 'REMOVE' ? null : entry });
}
