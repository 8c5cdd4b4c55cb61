import { touches } from '../events/screens.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { Encrypted } from '../secrets/keyring.ts';
import type { DisabledReason, Webhook } from './webhook.ts';

const webhookColumns = `id, url, description, events, sources, types, departments, include, enabled, disabled_at,
  disabled_because, secret, old_secret, old_secret_ends_at, failing_since, failed_at, created_by, created_at`;

/** The settings of a webhook that can be changed. */
export type WebhookSettings = Pick<
  Webhook,
  'url' | 'description' | 'events' | 'sources' | 'types' | 'departments' | 'include'
>;

/** A webhook with its figures. Deliveries are counted up to `MOST_COUNTED`. */
export interface CountedWebhook extends Webhook {
  pending: number;
  held: number;
  failed: number;
  /** Attempts of the last 24 hours. */
  succeeded_today: number;
  failed_today: number;
  last_success_at: Date | null;
}

const MOST_COUNTED = 10_000;

const countOf = (state: string) =>
  `(SELECT count(*)::int FROM (SELECT FROM webhook_deliveries d WHERE d.workspace_id = w.workspace_id
     AND d.webhook_id = w.id AND ${state} LIMIT ${MOST_COUNTED}) AS counted)`;

const COUNTED = `SELECT ${webhookColumns},
    ${countOf("d.state IN ('pending', 'sending')")} AS pending, ${countOf("d.state = 'held'")} AS held,
    ${countOf("d.state = 'failed'")} AS failed, today.succeeded AS succeeded_today, today.failed AS failed_today,
    (SELECT a.at FROM webhook_attempts a WHERE a.webhook_id = w.id AND a.error IS NULL ORDER BY a.at DESC LIMIT 1) AS last_success_at
  FROM webhooks w CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE a.error IS NULL)::int AS succeeded, count(a.error)::int AS failed
    FROM webhook_attempts a WHERE a.webhook_id = w.id AND a.at > $2::timestamptz - interval '1 day') AS today
  WHERE w.workspace_id = $1 AND w.deleted_at IS NULL`;

/** All webhooks of the workspace, oldest first. */
export async function listWebhooks(tx: Tx, now: Date): Promise<CountedWebhook[]> {
  return tx.query<CountedWebhook>(`${COUNTED} ORDER BY w.id`, [tx.workspaceId, now]);
}

export async function getCountedWebhook(tx: Tx, id: string, now: Date): Promise<CountedWebhook | undefined> {
  const [webhook] = await tx.query<CountedWebhook>(`${COUNTED} AND w.id = $3`, [tx.workspaceId, now, id]);
  return webhook;
}

export async function getWebhook(tx: Tx, id: string): Promise<Webhook | undefined> {
  const [webhook] = await tx.query<Webhook>(
    `SELECT ${webhookColumns} FROM webhooks WHERE workspace_id = $1 AND id = $2 AND deleted_at IS NULL`,
    [tx.workspaceId, id],
  );
  return webhook;
}

/**
 * Reads a webhook and locks it, so that one process at a time changes it or counts and claims its deliveries. With
 * `skip`, a webhook that another transaction has locked is treated as missing.
 */
export async function lockWebhook(tx: Tx, id: string, skip = false): Promise<Webhook | undefined> {
  const [webhook] = await tx.query<Webhook>(
    `SELECT ${webhookColumns} FROM webhooks WHERE workspace_id = $1 AND id = $2 AND deleted_at IS NULL
     FOR NO KEY UPDATE${skip ? ' SKIP LOCKED' : ''}`,
    [tx.workspaceId, id],
    { name: skip ? 'try_webhook' : 'lock_webhook' },
  );
  return webhook;
}

export async function countWebhooks(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM webhooks WHERE workspace_id = $1 AND deleted_at IS NULL',
    [tx.workspaceId],
  );
  return row?.count ?? 0;
}

/** Creates an enabled webhook. Its secret must be encrypted for its id. */
export async function createWebhook(
  tx: Tx,
  webhook: WebhookSettings & Pick<Webhook, 'id' | 'secret' | 'created_by'>,
  now: Date,
): Promise<void> {
  touches(tx, 'settings');
  await tx.query(
    `INSERT INTO webhooks (workspace_id, id, url, description, events, sources, types, departments, include, secret,
       created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [tx.workspaceId, webhook.id, ...settingsOf(webhook), webhook.secret, webhook.created_by, now],
  );
}

export async function changeWebhook(tx: Tx, id: string, webhook: WebhookSettings): Promise<void> {
  touches(tx, 'settings');
  await tx.query(
    `UPDATE webhooks SET url = $3, description = $4, events = $5, sources = $6, types = $7, departments = $8, include = $9
     WHERE workspace_id = $1 AND id = $2`,
    [tx.workspaceId, id, ...settingsOf(webhook)],
  );
}

function settingsOf({ url, description, events, sources, types, departments, include }: WebhookSettings): unknown[] {
  return [url, description, events, sources, types, departments, include];
}

/** Enables a webhook. Held deliveries stay held until somebody replays them. */
export async function enableWebhook(tx: Tx, id: string): Promise<void> {
  touches(tx, 'settings');
  await tx.query(
    `UPDATE webhooks SET enabled = true, disabled_at = NULL, disabled_because = NULL, failing_since = NULL, failed_at = NULL
     WHERE workspace_id = $1 AND id = $2`,
    [tx.workspaceId, id],
  );
}

/** Disables a webhook: from now on its deliveries are held, including those that are waiting. */
export async function disableWebhook(tx: Tx, id: string, because: DisabledReason, now: Date): Promise<void> {
  touches(tx, 'settings');
  await tx.query(
    `UPDATE webhooks SET enabled = false, disabled_at = $3, disabled_because = $4 WHERE workspace_id = $1 AND id = $2`,
    [tx.workspaceId, id, now, because],
  );
  await holdDeliveries(tx, id);
}

/** Deliveries held per transaction, so that it does not keep others waiting; the rest follows. */
const MOST_HELD = 20_000;

/** Holds waiting deliveries of a disabled webhook, up to a limit. */
export async function holdDeliveries(tx: Tx, id: string): Promise<void> {
  await tx.query(
    `UPDATE webhook_deliveries SET state = 'held' WHERE workspace_id = $1 AND webhook_id = $2 AND event_id = ANY (ARRAY(
       SELECT event_id FROM webhook_deliveries WHERE workspace_id = $1 AND webhook_id = $2 AND state = 'pending'
       LIMIT ${MOST_HELD}))`,
    [tx.workspaceId, id],
  );
}

/** Gives a webhook a new secret. Until `oldEndsAt`, requests are also signed with the old one. */
export async function rotateSecret(tx: Tx, id: string, secret: Encrypted, oldEndsAt: Date | null): Promise<void> {
  touches(tx, 'settings');
  await tx.query(
    `UPDATE webhooks SET old_secret = CASE WHEN $4::timestamptz IS NULL THEN NULL ELSE secret END, old_secret_ends_at = $4,
       secret = $3 WHERE workspace_id = $1 AND id = $2`,
    [tx.workspaceId, id, secret, oldEndsAt],
  );
}

/** Stores since when a webhook has only failed; null after a success. */
export async function saveFailing(tx: Tx, id: string, since: Date | null, failedAt: Date | null): Promise<void> {
  await tx.query('UPDATE webhooks SET failing_since = $3, failed_at = $4 WHERE workspace_id = $1 AND id = $2', [
    tx.workspaceId,
    id,
    since,
    failedAt,
  ]);
}

/** Hides a webhook at once; its deliveries are removed later. */
export async function deleteWebhook(tx: Tx, id: string, now: Date): Promise<void> {
  touches(tx, 'settings');
  await tx.query(
    'UPDATE webhooks SET deleted_at = $3, enabled = false, old_secret = NULL WHERE workspace_id = $1 AND id = $2',
    [tx.workspaceId, id, now],
  );
}

/** Webhooks that were deleted, or disabled while deliveries were waiting for them. */
export async function webhooksToClear(
  tx: Tx,
): Promise<{ workspace_id: string; webhook_id: string; deleted: boolean }[]> {
  return tx.query('SELECT workspace_id, webhook_id, deleted FROM webhooks_to_clear()');
}

/** Removes some of the records of a deleted webhook, and finally the webhook. Returns whether anything is left. */
export async function clearDeleted(tx: Tx, id: string): Promise<boolean> {
  for (const table of ['webhook_attempts', 'webhook_deliveries']) {
    const removed = await tx.execute(
      `DELETE FROM ${table} WHERE workspace_id = $1 AND webhook_id = $2 AND event_id = ANY (ARRAY(
         SELECT event_id FROM ${table} WHERE workspace_id = $1 AND webhook_id = $2 LIMIT 5000))`,
      [tx.workspaceId, id],
    );
    if (removed > 0) return true;
  }
  await tx.query('DELETE FROM webhooks WHERE workspace_id = $1 AND id = $2 AND deleted_at IS NOT NULL', [
    tx.workspaceId,
    id,
  ]);
  return false;
}
