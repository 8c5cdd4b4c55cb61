import type { Place } from '../http/keyset.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { Visibility } from '../workspaces/access/visibility.ts';
import { type ShownTask, shownTask, type TaskCategory, tasksWithLeads } from './task-store.ts';

/** Filters for a list of tasks. All given must match. */
export interface TaskFilter {
  /** Null for unassigned tasks. */
  assignee_id?: string | null;
  lead_id?: string;
  category?: TaskCategory;
  /** Due within this range; a task without a date counts as due after all others. */
  from?: Date;
  until?: Date;
  /** Whose tasks and leads the requester sees; undefined for all. */
  visibility?: Visibility | undefined;
}

/** The sort order: all tasks by age, open ones by due date, completed ones by completion. */
export type TaskOrder = 'newest' | 'due' | 'done';

/**
 * A sort order of tasks. Dates are compared unconverted, because under row-level security an expression cannot use an
 * index.
 */
interface Ordering {
  of: string;
  /** The tasks after a position; those without a date come last. */
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

/** Due within the range. */
function dueWithin(from: string | undefined, until: string | undefined): string {
  const begins = from && (until ? `AND t.due_at >= ${from}` : `AND (t.due_at >= ${from} OR t.due_at IS NULL)`);
  return `${begins ?? ''} ${until ? `AND t.due_at < ${until}` : ''}`;
}

const narrowed = `t.workspace_id = $1 AND ($2::boolean IS NULL OR ($2 AND t.assignee_id IS NULL)) AND ($3::uuid IS NULL OR t.assignee_id = $3)
  AND ($4::uuid IS NULL OR t.lead_id = $4) AND ($5::text IS NULL OR t.category = $5)`;

function params({ assignee_id, lead_id, category }: TaskFilter): unknown[] {
  return [assignee_id === null || null, assignee_id ?? null, lead_id ?? null, category ?? null];
}

/**
 * The visible tasks, found by index: those of visible members and those of visible leads. Row-level security enforces
 * the same row by row, which is quicker for the few tasks of one member or lead.
 */
function seen({ visibility, assignee_id, lead_id }: TaskFilter, of: string, params: unknown[]): string {
  if (!visibility || lead_id || (assignee_id && visibility.owners.includes(assignee_id))) return '';
  const [owners, departments] = [`$${params.push(visibility.owners)}`, `$${params.push(visibility.departments)}`];
  const state = of && `AND x.${of}`;
  return `AND t.id IN (
    SELECT x.id FROM tasks x WHERE x.workspace_id = $1 AND x.assignee_id = ANY (${owners}::uuid[]) ${state}
    UNION SELECT x.id FROM leads s JOIN tasks x ON x.workspace_id = $1 AND x.lead_id = s.id ${state}
      WHERE s.workspace_id = $1 AND (s.owner_id = ANY (${owners}::uuid[]) OR s.department_id = ANY (${departments}::uuid[])))`;
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
  const values = [tx.workspaceId, ...params(filter)];
  const at = (value: unknown) => `$${values.push(value)}`;
  const { from, until } = filter;
  const conditions = [
    narrowed,
    of && `AND t.${of}`,
    dueWithin(from && at(from), until && at(until)),
    seen(filter, of, values),
    after ? `AND ${behind(order === 'newest' ? '' : at(after.key), at(after.id))}` : '',
  ];
  return tx.query<ShownTask>(
    `SELECT ${shownTask} FROM ${tasksWithLeads} WHERE ${conditions.join(' ')} ORDER BY ${by} LIMIT ${at(limit)}`,
    values,
  );
}

/** Counts the open tasks that are overdue, and those due by the end of the day; each up to `most`. */
export async function countDue(
  tx: Tx,
  filter: TaskFilter,
  { now, endOfDay }: { now: Date; endOfDay: Date },
  most: number,
): Promise<{ overdue: number; today: number }> {
  const values = [tx.workspaceId, ...params(filter), most, now, endOfDay];
  const inSight = seen(filter, isOpen, values);
  // Sorted, so that only as many as are counted are read from the index.
  const count = (
    from: string | undefined,
    until: string,
  ) => `(SELECT count(*) FROM (SELECT 1 FROM tasks t WHERE ${narrowed}
    AND t.${isOpen} ${inSight} ${dueWithin(from, until)} ORDER BY t.due_at LIMIT $6) AS counted)`;
  const [row] = await tx.query<{ overdue: number; today: number }>(
    `SELECT ${count(undefined, '$7::timestamptz')} AS overdue, ${count('$7::timestamptz', '$8::timestamptz')} AS today`,
    values,
  );
  return row ?? { overdue: 0, today: 0 };
}
