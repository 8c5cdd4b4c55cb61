import type { Tx } from '../platform/database/transaction.ts';
import type { Problem } from '../platform/problem.ts';
import { MOST_GROUPED, type QuarantineRow, readQuarantine, whereQuarantineEnds } from './submission-group-store.ts';
import type { SubmissionFilter } from './submission-where-store.ts';
import { valueInError } from './value-in-error.ts';

/** What requests of a group have in common. */
export interface GroupKey {
  dialect: string;
  /** Code of the broken rule, or the kind of problem. */
  code: string;
  /** '' if the error is not about one field. */
  field: string;
  /** The value that was sent; null for fields whose values differ between senders, such as phone numbers. */
  value: string | null;
}

/** Requests in quarantine with the same error. */
export interface SubmissionGroup extends GroupKey {
  count: number;
  first_at: Date;
  last_at: Date;
  /** The newest request of the group. */
  example_id: string;
  problem: Problem;
}

/** The group of a refused request, taken from its first error. */
function groupKeyOf({ dialect, problem, ...sent }: QuarantineRow): GroupKey {
  if (problem?.kind !== 'invalid' || !problem.issues[0])
    return { dialect, code: problem?.kind ?? 'internal', field: '', value: null };
  const { at, code } = problem.issues[0];
  return { dialect, code, field: at, value: valueInError(problem, sent) };
}

/** Groups the requests in quarantine by error, most frequent first. `end`: older requests were not searched. */
export async function groupQuarantine(
  tx: Tx,
  filter: SubmissionFilter,
): Promise<{ groups: SubmissionGroup[]; end?: string | undefined }> {
  const groups = new Map<string, SubmissionGroup>();
  let end = await whereQuarantineEnds(tx, filter);
  let read = 0;
  for await (const row of readQuarantine(tx, filter, end)) {
    read += 1;
    if (read === MOST_GROUPED) end = row.id;
    const key = groupKeyOf(row);
    const name = JSON.stringify([key.dialect, key.code, key.field, key.value]);
    const known = groups.get(name);
    if (known) Object.assign(known, { count: known.count + 1, first_at: row.received_at });
    else
      groups.set(name, {
        ...key,
        count: 1,
        first_at: row.received_at,
        last_at: row.received_at,
        example_id: row.id,
        problem: row.problem ?? { kind: 'internal' },
      });
  }
  const sorted = [...groups.values()].sort((a, b) => b.count - a.count || b.last_at.getTime() - a.last_at.getTime());
  return { groups: sorted, end };
}

/** Ids of the requests in a group, newest first. */
export async function idsOfGroup(tx: Tx, filter: SubmissionFilter, key: GroupKey): Promise<string[]> {
  const ids: string[] = [];
  const inDialect = { ...filter, dialect: key.dialect };
  // Stops where the grouping stopped, so that only requests that were counted are included.
  const end = await whereQuarantineEnds(tx, filter);
  for await (const row of readQuarantine(tx, inDialect, end)) {
    const { code, field, value } = groupKeyOf(row);
    if (code === key.code && field === key.field && value === key.value) ids.push(row.id);
  }
  return ids;
}
