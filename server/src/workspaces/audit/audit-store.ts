import type { Tx } from '../../platform/database/transaction.ts';
import { uuidv7 } from '../../platform/ids.ts';

/** All actions that the audit log records. */
export const auditActions = [
  'signed_in',
  'sign_in_failed',
  'signed_out',
  'session_ended',
  'workspace_entered',
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
  /** member:<id>, token:<id>, cli (the command line) or nobody. */
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

/** A page of the audit log, newest first. */
export async function listAudit(
  tx: Tx,
  limit: number,
  by: { after?: string | undefined; actor?: string | undefined; action?: string | undefined },
): Promise<AuditRow[]> {
  return tx.query<AuditRow>(
    `SELECT id, at, actor, action, detail FROM audit_log
     WHERE workspace_id = $1 AND ($2::uuid IS NULL OR id < $2) AND ($3::text IS NULL OR actor = $3)
       AND ($4::text IS NULL OR action = $4) ORDER BY id DESC LIMIT $5`,
    [tx.workspaceId, by.after ?? null, by.actor ?? null, by.action ?? null, limit],
  );
}
