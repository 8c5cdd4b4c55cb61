import type { Place } from '../http/keyset.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { Conditions } from '../workspaces/access/conditions.ts';
import type { Visibility } from '../workspaces/access/visibility.ts';
import { type ShownTask, shownTask, type TaskCategory, tasksWithLeads } from './task-store.ts';

/** Filters for a list of tasks; all must match. */
export interface TaskFilter {
  /** Null for unassigned tasks. */
  assignee_id?: string | null;
  lead_id?: string;
  category?: TaskCategory;
  /** Due within this range; tasks without a date count as due after all others. */
  from?: Date;
  until?: Date;
  /** Limits which tasks and leads the caller sees; undefined for all. */
  visibility?: Visibility | undefined;
}

/** Sort orders: all tasks by age, open ones by due date, completed ones by time of completion. */
export type TaskOrder = 'newest' | 'due' | 'done';

/**
 * A sort order of tasks. Columns with dates are compared as stored, because under row-level security an expression
 * cannot use an index.
 */
interface Ordering {
  of: string;
  /** SQL for the tasks after a position; tasks without a date come last. */
  after: (key: string, id: string) => string;
  by: string;
}

const isOpen = 'done_at IS NULL';
const orders: Record<TaskOrder, Ordering> = {
  newest: { of: '', after: (_key, id) => `t.id < ${id}`, by: 't.id DESC' },
  due: {
    of: isOpen,
    after: (key, id) =>
      `(${key}::text <> 'infinity' AND ((t.due_at, t.id) > (${key}::timestamptz, ${id}) OR t.due_at IS NULL)
        OR ${key}::text = 'infinity' AND t.due_at IS NULL AND t.id > ${id})`,
    by: 't.due_at, t.id',
  },
  done: {
    of: 'done_at IS NOT NULL',
    after: (key, id) => `(t.done_at, t.id) < (${key}::timestamptz, ${id})`,
    by: 't.done_at DESC, t.id DESC',
  },
};

function conditionsOf(tx: Tx, filter: TaskFilter, of: string): Conditions {
  const where = new Conditions(tx.workspaceId, 't');
  const { assignee_id, lead_id, category } = filter;
  if (of) where.add(`t.${of}`);
  if (assignee_id === null) where.add('t.assignee_id IS NULL');
  else if (assignee_id !== undefined) where.add(`t.assignee_id = ${where.param(assignee_id)}`);
  if (lead_id) where.add(`t.lead_id = ${where.param(lead_id)}`);
  if (category) where.add(`t.category = ${where.param(category)}`);
  narrowToVisible(where, filter, of);
  return where;
}

/**
 * Makes PostgreSQL find visible tasks by index: those of visible members and those of visible leads. Row-level security
 * checks the same for each row, which is quicker for the few tasks of one member or lead.
 */
function narrowToVisible(where: Conditions, { visibility, assignee_id, lead_id }: TaskFilter, of: string): void {
  if (!visibility || (assignee_id && visibility.owners.includes(assignee_id))) return;
  const owners = where.param(visibility.owners);
  const isVisible = where.isVisible(visibility, 's');
  if (lead_id) {
    where.add(`(t.assignee_id = ANY (${owners}::uuid[]) OR EXISTS (
      SELECT 1 FROM leads s WHERE s.workspace_id = $1 AND s.id = t.lead_id AND ${isVisible}))`);
    return;
  }
  const state = of && ` AND x.${of}`;
  where.add(`t.id IN (
    SELECT x.id FROM tasks x WHERE x.workspace_id = $1 AND x.assignee_id = ANY (${owners}::uuid[])${state}
    UNION SELECT x.id FROM leads s JOIN tasks x ON x.workspace_id = $1 AND x.lead_id = s.id${state}
      WHERE s.workspace_id = $1 AND ${isVisible})`);
}

/** SQL for tasks due at or after `from` and before `until`. */
function dueWithin(from: string | undefined, until: string | undefined): string[] {
  const begins = from && (until ? `t.due_at >= ${from}` : `(t.due_at >= ${from} OR t.due_at IS NULL)`);
  return [...(begins ? [begins] : []), ...(until ? [`t.due_at < ${until}`] : [])];
}

export async function listTasks(
  tx: Tx,
  order: TaskOrder,
  filter: TaskFilter,
  limit: number,
  after?: Place,
): Promise<ShownTask[]> {
  const { of, after: behind, by } = orders[order];
  const where = conditionsOf(tx, filter, of);
  const { from, until } = filter;
  for (const bound of dueWithin(from && where.param(from), until && where.param(until))) where.add(bound);
  if (after) where.add(behind(order === 'newest' ? '' : where.param(after.key), where.param(after.id)));
  return tx.query<ShownTask>(
    `SELECT ${shownTask} FROM ${tasksWithLeads} WHERE ${where.sql()} ORDER BY ${by} LIMIT ${where.param(limit)}`,
    where.params,
  );
}

/** Counts the open tasks that are overdue, and those due later today; both up to `most`. */
export async function countDue(
  tx: Tx,
  filter: TaskFilter,
  { now, endOfDay }: { now: Date; endOfDay: Date },
  most: number,
): Promise<{ overdue: number; today: number }> {
  const where = conditionsOf(tx, filter, isOpen);
  const [at, end, limit] = [
    `${where.param(now)}::timestamptz`,
    `${where.param(endOfDay)}::timestamptz`,
    where.param(most),
  ];
  // Sorted, so that PostgreSQL reads the index only up to the limit.
  const count = (from: string | undefined, until: string) =>
    `(SELECT count(*) FROM (SELECT 1 FROM tasks t WHERE ${[where.sql(), ...dueWithin(from, until)].join(' AND ')}
      ORDER BY t.due_at LIMIT ${limit}) AS counted)`;
  const [row] = await tx.query<{ overdue: number; today: number }>(
    `SELECT ${count(undefined, at)} AS overdue, ${count(at, end)} AS today`,
    where.params,
  );
  return row ?? { overdue: 0, today: 0 };
}
