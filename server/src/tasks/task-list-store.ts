import type { Place } from '../platform/http/keyset.ts';
import type { Tx } from '../platform/transaction.ts';
import { type ShownTask, shownTask, type TaskCategory, tasksWithLeads } from './task-store.ts';

/** What a list of tasks may be narrowed by. All given must hold. */
export interface TaskFilter {
  /** Null: nobody's. */
  assignee_id?: string | null;
  lead_id?: string;
  category?: TaskCategory;
  /** Due from then on, and before then; a task without a date is due after all others. */
  from?: Date;
  until?: Date;
}

/** Which tasks, and how they are sorted: all by age, open ones by when they are due, done ones the last done first. */
export type TaskOrder = 'newest' | 'due' | 'done';

const due = `coalesce(t.due_at, 'infinity')`;
const orders: Record<TaskOrder, { of: string; after: string; by: string }> = {
  newest: { of: 'true', after: '($7::text IS NOT NULL AND t.id < $8)', by: 't.id DESC' },
  due: { of: 't.done_at IS NULL', after: `(${due}, t.id) > ($7::timestamptz, $8)`, by: `${due}, t.id` },
  done: {
    of: 't.done_at IS NOT NULL',
    after: '(t.done_at, t.id) < ($7::timestamptz, $8)',
    by: 't.done_at DESC, t.id DESC',
  },
};

const narrowed = `t.workspace_id = $1 AND ($2::boolean IS NULL OR ($2 AND t.assignee_id IS NULL)) AND ($3::uuid IS NULL OR t.assignee_id = $3)
  AND ($4::uuid IS NULL OR t.lead_id = $4) AND ($5::text IS NULL OR t.category = $5)`;

function params({ assignee_id, lead_id, category }: TaskFilter): unknown[] {
  return [assignee_id === null || null, assignee_id ?? null, lead_id ?? null, category ?? null];
}

/** A page of tasks. */
export async function listTasks(
  tx: Tx,
  order: TaskOrder,
  filter: TaskFilter,
  limit: number,
  after?: Place,
): Promise<ShownTask[]> {
  const { of, after: behind, by } = orders[order];
  return tx.query<ShownTask>(
    `SELECT ${shownTask} FROM ${tasksWithLeads} WHERE ${narrowed} AND ${of}
       AND ($9::timestamptz IS NULL OR ${due} >= $9) AND ($10::timestamptz IS NULL OR ${due} < $10)
       AND ($8::uuid IS NULL OR ${behind}) ORDER BY ${by} LIMIT $6`,
    [
      tx.workspaceId,
      ...params(filter),
      limit,
      after?.key ?? null,
      after?.id ?? null,
      filter.from ?? null,
      filter.until ?? null,
    ],
  );
}

/** How many open tasks are overdue, and how many more are due before the end of the day; neither is counted above `most`. */
export async function countDue(
  tx: Tx,
  filter: TaskFilter,
  { now, endOfDay }: { now: Date; endOfDay: Date },
  most: number,
): Promise<{ overdue: number; today: number }> {
  const count = (from: string, until: string) => `(SELECT count(*) FROM (SELECT 1 FROM tasks t WHERE ${narrowed}
    AND t.done_at IS NULL AND ${due} >= ${from} AND ${due} < ${until} LIMIT $6) AS counted)`;
  const [row] = await tx.query<{ overdue: number; today: number }>(
    `SELECT ${count(`'-infinity'`, '$7::timestamptz')} AS overdue, ${count('$7::timestamptz', '$8::timestamptz')} AS today`,
    [tx.workspaceId, ...params(filter), most, now, endOfDay],
  );
  return row ?? { overdue: 0, today: 0 };
}
