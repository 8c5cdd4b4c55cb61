import { leadNameInSql } from '../leads/lead-name.ts';
import { listOfLead, oneOfLead } from '../leads/lead-sublist-store.ts';
import type { Tx } from '../platform/database/transaction.ts';

/** What kind of work a task is: a call, an email, or anything else. */
export const taskCategories = ['normal', 'call', 'email'] as const;
export type TaskCategory = (typeof taskCategories)[number];

export interface Task {
  id: string;
  lead_id: string | null;
  /** How the sender identified the lead, if no lead was found by it. */
  contact: string | null;
  name: string;
  description: string | null;
  comment: string | null;
  category: TaskCategory;
  due_at: Date | null;
  assignee_id: string | null;
}

export interface StoredTask extends Task {
  done_at: Date | null;
  actor: string;
  created_at: Date;
  updated_at: Date;
}

/** A task with the facts about its lead; all null without a lead. */
export interface ShownTask extends StoredTask {
  lead_name: string | null;
  lead_status_id: string | null;
  /** The lead's next planned step, if any. */
  lead_next_step: string | null;
}

/** The columns to read for a task `t` and its lead `l`. */
export const shownTask = `t.id, t.lead_id, t.contact, t.name, t.description, t.comment, t.category, t.due_at,
  t.assignee_id, t.done_at, t.actor, t.created_at, t.updated_at,
  CASE WHEN l.id IS NOT NULL THEN ${leadNameInSql} END AS lead_name, l.status_id AS lead_status_id,
  l.next_step_kind AS lead_next_step`;

/** Tasks joined with their leads. */
export const tasksWithLeads = 'tasks t LEFT JOIN leads l ON l.workspace_id = t.workspace_id AND l.id = t.lead_id';

const tasks = { columns: shownTask, from: tasksWithLeads, as: 't' };

const editable = ({ name, description, comment, category, due_at, assignee_id }: Task) => {
  return [name, description, comment, category, due_at, assignee_id];
};

export async function addTask(tx: Tx, task: Task, actor: string, now: Date): Promise<void> {
  await tx.query(
    `INSERT INTO tasks (workspace_id, id, lead_id, contact, name, description, comment, category, due_at, assignee_id,
       actor, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)`,
    [tx.workspaceId, task.id, task.lead_id, task.contact, ...editable(task), actor, now],
  );
}

/** A lead's tasks, newest first, after a cursor. */
export function listTasksOfLead(tx: Tx, leadId: string, limit: number, after?: string): Promise<ShownTask[]> {
  return listOfLead(tx, tasks, leadId, limit, after);
}

/** One task; `lock` keeps others from changing it until the transaction ends. */
export function getTask(tx: Tx, id: string, lock = false): Promise<ShownTask | undefined> {
  return oneOfLead(tx, tasks, id, lock);
}

/** Stores the editable values of a task that was read and locked in this transaction. */
export async function saveTask(tx: Tx, task: StoredTask): Promise<void> {
  await tx.query(
    `UPDATE tasks SET name = $3, description = $4, comment = $5, category = $6, due_at = $7, assignee_id = $8,
       done_at = $9, updated_at = $10 WHERE workspace_id = $1 AND id = $2`,
    [tx.workspaceId, task.id, ...editable(task), task.done_at, task.updated_at],
  );
}

/** Deletes a task. */
export async function removeTask(tx: Tx, id: string): Promise<void> {
  await tx.query('DELETE FROM tasks WHERE workspace_id = $1 AND id = $2', [tx.workspaceId, id]);
}
