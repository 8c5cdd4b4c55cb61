import type { ReferenceData } from '../../dialect.ts';
import { type Fields, objectFields } from '../../field-rules.ts';
import { showNested } from '../nested-values.ts';
import type { ViewContext } from '../view-context.ts';
import { changeName, type LeadSet } from './lead-sets.ts';
import { entryId } from './set-entry.ts';

/** The current entries of a set: the last complete one, with later additions and removals applied in order. */
export function showSet(set: LeadSet, { memory, referenceData }: ViewContext): unknown[] {
  const whole = objectFields(memory.get(set.name));
  const since = String(whole?.get('at') ?? '');
  const sent = whole?.get('entries');
  const entries = Array.isArray(sent) ? sent.flatMap((entry) => objectFields(entry) ?? []) : [];
  const kept = new Map(entries.map((entry, at) => [`${at}`, { id: entryId(set, entry) ?? '', entry }]));
  for (const change of laterChanges(set, memory, since)) {
    for (const [at, { id }] of kept) if (id === change.id) kept.delete(at);
    if (change.entry) kept.set(change.id, { id: change.id, entry: change.entry });
  }
  return [...kept.values()].map(({ id, entry }) => showEntry(set, id, entry, referenceData));
}

interface Change {
  id: string;
  at: string;
  entry: Fields | undefined;
}

function laterChanges(set: LeadSet, memory: Fields, since: string): Change[] {
  const start = changeName(set, '');
  const changes: Change[] = [];
  for (const [name, value] of memory) {
    const fields = name.startsWith(start) ? objectFields(value) : undefined;
    const at = String(fields?.get('at') ?? '');
    if (fields && at >= since)
      changes.push({ id: name.slice(start.length), at, entry: objectFields(fields.get('entry')) });
  }
  return changes.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
}

/** Every key is present, with null for parts the entry does not have. */
function showEntry(set: LeadSet, id: string, entry: Fields, referenceData: ReferenceData): unknown {
  const parts = [...set.others, set.main].map((part) => [part.slice(0, -'_identifier'.length), null]);
  const shown = showNested(referenceData, Object.fromEntries(entry)) as object;
  return { ...Object.fromEntries(parts), ...shown, id };
}
