import type { Tx } from '../platform/transaction.ts';

export interface Task {
  id: string;
  lead_id: string | null;
  /** How its sender named the lead, when no lead was found by it. */
  contact: string | null;
  name: string;
  description: string | null;
  comment: string | null;
  category: 'normal' | 'call';
  due_at: Date | null;
  assignee_id: string | null;
}

export interface StoredTask extends Task {
  done_at: Date | null;
  actor: string;
  created_at: Date;
  updated_at: Date;
}

const columns =
  'id, lead_id, contact, name, description, comment, category, due_at, assignee_id, done_at, actor, created_at, updated_at';

export async function addTask(tx: Tx, task: Task, actor: string, now: Date): Promise<void> {
  await tx.query(
    `INSERT INTO tasks (workspace_id, id, lead_id, contact, name, description, comment, category, due_at, assignee_id,
       actor, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)`,
    [
      tx.workspaceId,
      task.id,
      task.lead_id,
      task.contact,
      task.name,
      task.description,
      task.comment,
      task.category,
      task.due_at,
      task.assignee_id,
      actor,
      now,
    ],
  );
}

/** Tasks newest first, of one lead or of all, open ones or done ones or both, after a cursor. */
export async function listTasks(
  tx: Tx,
  limit: number,
  after?: string,
  leadId?: string,
  open?: boolean,
): Promise<StoredTask[]> {
  return tx.query<StoredTask>(
    `SELECT ${columns} FROM tasks WHERE workspace_id = $1 AND ($3::uuid IS NULL OR id < $3)
       AND ($4::uuid IS NULL OR lead_id = $4) AND ($5::boolean IS NULL OR (done_at IS NULL) = $5) ORDER BY id DESC LIMIT $2`,
    [tx.workspaceId, limit, after ?? null, leadId ?? null, open ?? null],
  );
}

/** One task; `lock` keeps others from changing it until the transaction ends. */
export async function getTask(tx: Tx, id: string, lock = false): Promise<StoredTask | undefined> {
  const [task] = await tx.query<StoredTask>(
    `SELECT ${columns} FROM tasks WHERE workspace_id = $1 AND id = $2${lock ? ' FOR UPDATE' : ''}`,
    [tx.workspaceId, id],
  );
  return task;
}

/** Writes what can change of a task that was read and locked in this transaction. */
export async function saveTask(tx: Tx, task: StoredTask): Promise<void> {
  await tx.query(
    `UPDATE tasks SET name = $3, description = $4, comment = $5, category = $6, due_at = $7, assignee_id = $8,
       done_at = $9, updated_at = $10 WHERE workspace_id = $1 AND id = $2`,
    [
      tx.workspaceId,
      task.id,
      task.name,
      task.description,
      task.comment,
      task.category,
      task.due_at,
      task.assignee_id,
      task.done_at,
      task.updated_at,
    ],
  );
}
