import type { Tx } from '../../platform/database/transaction.ts';
import type { SentEvent } from './event-body.ts';

/** A webhook with deliveries that are due. */
export interface DueWebhook {
  workspace_id: string;
  webhook_id: string;
}

/** Webhooks with deliveries that are due, of one workspace or of all. */
export async function webhooksDue(tx: Tx, now: Date, workspaceId: string | null): Promise<DueWebhook[]> {
  return tx.query('SELECT workspace_id, webhook_id FROM webhooks_due($1, $2)', [now, workspaceId]);
}

/** Makes deliveries pending again if the process that claimed them has died. */
export async function takeBackDeliveries(tx: Tx, webhookId: string, now: Date): Promise<void> {
  await tx.query(
    `UPDATE webhook_deliveries SET state = 'pending'
     WHERE workspace_id = $1 AND webhook_id = $2 AND state = 'sending' AND due_at <= $3`,
    [tx.workspaceId, webhookId, now],
    { name: 'take_back_deliveries' },
  );
}

/** A delivery that this process has claimed: nobody else sends it before `lease`. */
export interface Claimed {
  event_id: string;
  attempts: number;
  earlier_attempts: number;
  lease: Date;
  /** null if the event was removed in the meantime. */
  event: SentEvent | null;
}

interface ClaimOptions {
  most: number;
  /** How many deliveries this process has already claimed. If more are claimed, another process serves this webhook. */
  own: number;
  now: Date;
  lease: Date;
}

/**
 * Claims the deliveries of a locked webhook that have been due longest; none while another process has claimed some.
 */
export async function claimDeliveries(
  tx: Tx,
  webhookId: string,
  { most, own, now, lease }: ClaimOptions,
): Promise<Claimed[]> {
  const rows = await tx.query<SentEvent & Pick<Claimed, 'attempts' | 'earlier_attempts'>>(
    `WITH due AS (
       SELECT event_id FROM webhook_deliveries
       WHERE workspace_id = $1 AND webhook_id = $2 AND state = 'pending' AND due_at <= $3 ORDER BY due_at
       LIMIT CASE WHEN $5 >= (SELECT count(*) FROM webhook_deliveries
         WHERE workspace_id = $1 AND webhook_id = $2 AND state = 'sending' AND due_at > $3) THEN $4 ELSE 0 END
       FOR UPDATE SKIP LOCKED
     ), claimed AS (
       UPDATE webhook_deliveries d SET state = 'sending', due_at = $6 FROM due
       WHERE d.workspace_id = $1 AND d.webhook_id = $2 AND d.event_id = due.event_id
       RETURNING d.event_id, d.attempts, d.earlier_attempts
     )
     SELECT c.*, e.type, e.lead_id, e.lead_version, e.payload, e.created_at
     FROM claimed c LEFT JOIN events e ON e.workspace_id = $1 AND e.id = c.event_id ORDER BY c.event_id`,
    [tx.workspaceId, webhookId, now, most, own, lease],
    { name: 'claim_deliveries' },
  );
  return rows.map(({ attempts, earlier_attempts, ...event }) => ({
    event_id: event.event_id,
    attempts,
    earlier_attempts,
    lease,
    event: event.type === null ? null : event,
  }));
}
