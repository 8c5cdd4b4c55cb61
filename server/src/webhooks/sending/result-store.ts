import { pgJson } from '../../platform/database/pg-json.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import type { DeliveryState } from '../webhook.ts';

/** The result of a claimed delivery. */
export interface SentResult {
  event_id: string;
  /** The lease under which it was claimed. If another process has claimed the delivery since, its result counts. */
  lease: Date;
  state: DeliveryState;
  /** When it is tried again. */
  due_at: Date;
  attempts: number;
  /** Undefined if no attempt was made. */
  tried?: {
    at: Date;
    took_ms: number;
    status: number | null;
    error: string | null;
    answer: string | null;
  };
}

/** Stores the results of deliveries of one webhook, and each attempt. */
export async function saveResults(tx: Tx, webhookId: string, results: readonly SentResult[]): Promise<void> {
  const rows = results.map(({ tried, ...delivery }) => ({ ...delivery, ...tried }));
  await tx.query(
    `WITH ended AS MATERIALIZED (SELECT * FROM json_to_recordset($3) AS r (event_id uuid, lease timestamptz, state text,
       due_at timestamptz, attempts smallint, at timestamptz, took_ms integer, status smallint, error text, answer text)),
     tried AS (
       INSERT INTO webhook_attempts (workspace_id, webhook_id, event_id, attempt, at, took_ms, status, error, answer)
       SELECT $1, $2, event_id, attempts, at, took_ms, status, error, answer FROM ended WHERE at IS NOT NULL
       ON CONFLICT DO NOTHING
     )
     UPDATE webhook_deliveries d SET state = ended.state, due_at = ended.due_at, attempts = ended.attempts FROM ended
     WHERE d.workspace_id = $1 AND d.webhook_id = $2 AND d.event_id = ended.event_id
       AND d.state = 'sending' AND d.due_at = ended.lease`,
    [tx.workspaceId, webhookId, pgJson(rows)],
    { name: 'save_results' },
  );
}
