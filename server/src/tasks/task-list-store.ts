import type { Place } from '../http/keyset.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { Visibility } from '../workspaces/access/visibility.ts';
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
  /** Whose tasks and leads the one who asks sees; undefined: all. */
  visibility?: Visibility | undefined;
}

/** Which tasks, and how they are sorted: all by age, open ones by when they are due, done ones the last done first. */
export type TaskOrder = 'newest' | 'due' | 'done';

/** One order of tasks. Dates are compared as they are: row-level security lets no index be used for anything made of them. */
interface Ordering {
  of: string;
  /** What stands behind a place; a task without a date stands behind all that have one. */
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

/** Due from then on, and before then. */
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
 * What is seen of tasks, found by index: those of the seen members, and those of the seen leads. Row-level security says
 * the same, but row by row; for the tasks of one member or one lead, which are few, that is quicker.
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

/** How many open tasks are overdue, and how many more are due before the end of the day; neither is counted above `most`. */
export async function countDue(
  tx: Tx,
  filter: TaskFilter,
  { now, endOfDay }: { now: Date; endOfDay: Date },
  most: number,
): Promise<{ overdue: number; today: number }> {
  const values = [tx.workspaceId, ...params(filter), most, now, endOfDay];
  const inSight = seen(filter, isOpen, values);
  // In their order, so that they are read by index, as many as are counted.
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
