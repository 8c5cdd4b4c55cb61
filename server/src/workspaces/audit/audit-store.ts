import type { Tx } from '../../platform/database/transaction.ts';
import { lowestIdAt, uuidv7 } from '../../platform/ids.ts';
import { Conditions } from '../access/conditions.ts';

/** All actions that the audit log records. */
export const auditActions = [
  'signed_in',
  'sign_in_failed',
  'signed_out',
  'session_ended',
  'workspace_entered',
  'sample_entered',
  'sample_left',
  'name_changed',
  'password_changed',
  'two_step_on',
  'two_step_off',
  'two_step_reset',
  'member_added',
  'member_changed',
  'member_invited',
  'mail_resent',
  'account_replaced',
  'invitation_taken',
  'workspace_made',
  'workspace_changed',
  'token_made',
  'token_changed',
  'token_rotated',
  'token_revoked',
  'webhook_made',
  'webhook_changed',
  'webhook_rotated',
  'webhook_replayed',
  'webhook_deleted',
  'reference_added',
  'reference_changed',
  'reference_deleted',
  'reference_ordered',
  'custom_field_added',
  'custom_field_changed',
  'custom_field_deleted',
  'reading_rule_made',
  'reading_rule_removed',
  'called_outside_hours',
  'leads_changed',
  'leads_restored',
  'retention_changed',
  'retention_started',
  'person_looked_up',
  'person_erased',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** An action and its actor. `detail` must not contain secrets. */
export interface AuditEntry {
  /** `member:<id>`, `token:<id>`, `system`, `cli` (the command line) or `nobody`. */
  actor: string;
  action: AuditAction;
  detail?: Readonly<Record<string, unknown>>;
}

/** An entry of the audit log as stored. */
export interface AuditRow {
  id: string;
  at: Date;
  actor: string;
  action: AuditAction;
  detail: Record<string, unknown>;
}

/** Adds an entry to the audit log, in the same transaction as the action itself. */
export async function audit(tx: Tx, { actor, action, detail = {} }: AuditEntry, now: Date): Promise<void> {
  await tx.query(
    'INSERT INTO audit_log (workspace_id, id, at, actor, action, detail) VALUES ($1, $2, $3, $4, $5, $6)',
    [tx.workspaceId, uuidv7(now.getTime()), now, actor, action, JSON.stringify(detail)],
  );
}

/** Filters of the audit log; entries must match all that are given. */
export interface AuditFilter {
  after?: string | undefined;
  actor?: string | undefined;
  action?: string | undefined;
  from?: Date | undefined;
  /** Entries before this time. */
  to?: Date | undefined;
}

/** How far an id's time may be ahead of its entry's, in ms: ids keep increasing even if the clock is set back. */
const IDS_AHEAD = 86_400_000;

/** A page of the audit log, newest first. Ids increase with time, so the index on them also finds dates. */
export async function listAudit(tx: Tx, limit: number, by: AuditFilter): Promise<AuditRow[]> {
  const where = new Conditions(tx.workspaceId);
  if (by.after) where.add(`id < ${where.param(by.after)}`);
  if (by.actor) where.add(`actor = ${where.param(by.actor)}`);
  if (by.action) where.add(`action = ${where.param(by.action)}`);
  if (by.from) where.add(`id >= ${where.param(lowestIdAt(by.from))}`).add(`at >= ${where.param(by.from)}`);
  if (by.to) {
    const last = lowestIdAt(new Date(by.to.getTime() + IDS_AHEAD));
    where.add(`id < ${where.param(last)}`).add(`at < ${where.param(by.to)}`);
  }
  return tx.query<AuditRow>(
    `SELECT id, at, actor, action, detail FROM audit_log WHERE ${where.sql()} ORDER BY id DESC LIMIT ${where.param(limit)}`,
    where.params,
  );
}
