import type { EventType } from '../events/catalogue.ts';
import { DELIVERIES } from '../events/event-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { Conditions } from '../workspaces/access/conditions.ts';
import type { SentEvent } from './sending/event-body.ts';
import { type DeliveryKey, type DeliveryState, deliveryStates } from './webhook.ts';

/** A delivery with its event, and its latest attempt. */
export interface Delivery extends DeliveryKey, SentEvent {
  /** The id of its event, for paging. */
  id: string;
  state: DeliveryState;
  attempts: number;
  due_at: Date;
  tried_at: Date | null;
  took_ms: number | null;
  status: number | null;
  error: string | null;
}

export interface Attempt {
  attempt: number;
  at: Date;
  took_ms: number;
  status: number | null;
  error: string | null;
  answer: string | null;
}

const SELECT = `SELECT d.webhook_id, d.event_id, d.event_id AS id, d.state, d.attempts, d.due_at, e.type, e.lead_id,
    e.lead_version, e.payload, e.created_at, a.at AS tried_at, a.took_ms, a.status, a.error
  FROM webhook_deliveries d JOIN events e ON e.workspace_id = d.workspace_id AND e.id = d.event_id
  LEFT JOIN webhook_attempts a ON a.workspace_id = d.workspace_id AND a.webhook_id = d.webhook_id
    AND a.event_id = d.event_id AND a.attempt = d.attempts`;

export interface DeliveryFilter {
  state?: DeliveryState | undefined;
  type?: EventType | undefined;
}

/** Deliveries of a webhook, newest events first, after a cursor. */
export async function listDeliveries(
  tx: Tx,
  webhookId: string,
  { state, type }: DeliveryFilter,
  { limit, after }: { limit: number; after: string | undefined },
): Promise<Delivery[]> {
  const where = new Conditions(tx.workspaceId, 'd');
  where.add(`d.webhook_id = ${where.param(webhookId)}`);
  // The state is written into the statement, because otherwise its own index would not be used.
  if (state) where.add(`d.state = '${deliveryStates.find((one) => one === state)}'`);
  if (type) where.add(`e.type = ${where.param(type)}`);
  if (after) where.add(`d.event_id < ${where.param(after)}`);
  return tx.query<Delivery>(
    `${SELECT} WHERE ${where.sql()} ORDER BY d.event_id DESC LIMIT ${where.param(limit)}`,
    where.params,
  );
}

export async function getDelivery(tx: Tx, { webhook_id, event_id }: DeliveryKey): Promise<Delivery | undefined> {
  const [delivery] = await tx.query<Delivery>(
    `${SELECT} JOIN webhooks w ON w.workspace_id = d.workspace_id AND w.id = d.webhook_id AND w.deleted_at IS NULL
     WHERE d.workspace_id = $1 AND d.webhook_id = $2 AND d.event_id = $3`,
    [tx.workspaceId, webhook_id, event_id],
  );
  return delivery;
}

/** All attempts of a delivery, oldest first. */
export async function listAttempts(tx: Tx, { webhook_id, event_id }: DeliveryKey): Promise<Attempt[]> {
  return tx.query<Attempt>(
    `SELECT attempt, at, took_ms, status, error, answer FROM webhook_attempts
     WHERE workspace_id = $1 AND webhook_id = $2 AND event_id = $3 ORDER BY attempt`,
    [tx.workspaceId, webhook_id, event_id],
  );
}

/** Creates the delivery of a test event, which goes to this webhook only. */
export async function addDelivery(tx: Tx, { webhook_id, event_id }: DeliveryKey, now: Date): Promise<void> {
  await tx.query(
    `INSERT INTO webhook_deliveries (workspace_id, webhook_id, event_id, due_at, state) VALUES ($1, $2, $3, $4, 'pending')`,
    [tx.workspaceId, webhook_id, event_id, now],
  );
}

/** Makes a delivery due now, with a new schedule, unless it is being sent at the moment. Returns whether it exists. */
export async function resendDelivery(tx: Tx, { webhook_id, event_id }: DeliveryKey, now: Date): Promise<boolean> {
  tx.note(DELIVERIES);
  const found = await tx.execute(
    `UPDATE webhook_deliveries SET state = CASE state WHEN 'sending' THEN state ELSE 'pending' END,
       due_at = CASE state WHEN 'sending' THEN due_at ELSE $4 END, earlier_attempts = attempts
     WHERE workspace_id = $1 AND webhook_id = $2 AND event_id = $3`,
    [tx.workspaceId, webhook_id, event_id, now],
  );
  return found > 0;
}

/** Which deliveries a replay sends again. */
export interface ReplayScope {
  since: Date;
  until: Date;
  states: readonly DeliveryState[];
}

const REPLAYED = `FROM webhook_deliveries d JOIN events e ON e.workspace_id = d.workspace_id AND e.id = d.event_id
  WHERE d.workspace_id = $1 AND d.webhook_id = $2 AND d.state = ANY ($5) AND e.created_at >= $3 AND e.created_at < $4
    AND e.type <> 'webhook.test'`;

export async function countReplayed(tx: Tx, webhookId: string, { since, until, states }: ReplayScope): Promise<number> {
  const [row] = await tx.query<{ count: number }>(`SELECT count(*)::int AS count ${REPLAYED}`, [
    tx.workspaceId,
    webhookId,
    since,
    until,
    states,
  ]);
  return row?.count ?? 0;
}

/**
 * Makes the next deliveries of a replay due now, oldest event first, after a cursor. Returns the ids of their events,
 * which do not change.
 */
export async function replayDeliveries(
  tx: Tx,
  webhookId: string,
  { since, until, states }: ReplayScope,
  { after, limit, now }: { after: string | undefined; limit: number; now: Date },
): Promise<string[]> {
  tx.note(DELIVERIES);
  const rows = await tx.query<{ event_id: string }>(
    `WITH chosen AS (
       SELECT d.event_id ${REPLAYED} AND ($6::uuid IS NULL OR d.event_id > $6) ORDER BY d.event_id LIMIT $7
     ), again AS (
       UPDATE webhook_deliveries d SET state = 'pending', due_at = $8, earlier_attempts = attempts FROM chosen
       WHERE d.workspace_id = $1 AND d.webhook_id = $2 AND d.event_id = chosen.event_id AND d.state <> 'sending'
     )
     SELECT event_id FROM chosen ORDER BY event_id`,
    [tx.workspaceId, webhookId, since, until, states, after ?? null, limit, now],
  );
  return rows.map(({ event_id }) => event_id);
}

/** The attempts within one hour. */
export interface HourFigures {
  hour: Date;
  succeeded: number;
  failed: number;
  /** Median duration of the attempts; null if there were none. */
  median_ms: number | null;
}

/** The attempts of the last 24 hours by hour, oldest first. */
export async function hoursOf(tx: Tx, webhookId: string, now: Date): Promise<HourFigures[]> {
  return tx.query<HourFigures>(
    `SELECT hours.hour, count(a.at) FILTER (WHERE a.error IS NULL)::int AS succeeded, count(a.error)::int AS failed,
       (percentile_disc(0.5) WITHIN GROUP (ORDER BY a.took_ms))::int AS median_ms
     FROM generate_series(date_trunc('hour', $3::timestamptz) - interval '23 hours', date_trunc('hour', $3::timestamptz),
       interval '1 hour') AS hours (hour)
     LEFT JOIN webhook_attempts a ON a.workspace_id = $1 AND a.webhook_id = $2 AND a.at >= hours.hour
       AND a.at < hours.hour + interval '1 hour'
     GROUP BY hours.hour ORDER BY hours.hour`,
    [tx.workspaceId, webhookId, now],
  );
}
