import { pgJson } from '../platform/database/pg-json.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { uuidv7 } from '../platform/ids.ts';

const eventTypes = [
  'lead.created',
  'lead.updated',
  'lead.deleted',
  'note.added',
  'note.updated',
  'note.deleted',
  'task.added',
  'task.completed',
  'deal.added',
  'deal.updated',
  'call.cancelled',
  'call.ended',
  'call.logged',
] as const;
export type EventType = (typeof eventTypes)[number];

export interface NewEvent {
  type: EventType;
  lead_id: string | null;
  lead_version?: number;
  /** What outsiders are told; kept as it was at the time. */
  payload: object;
  at: Date;
}

/** Announces a fact to the outside: written to the outbox in the transaction that makes it true. */
export async function announce(tx: Tx, event: NewEvent): Promise<void> {
  await tx.query(
    `INSERT INTO events (workspace_id, id, type, lead_id, lead_version, payload, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [tx.workspaceId, uuidv7(), event.type, event.lead_id, event.lead_version ?? null, pgJson(event.payload), event.at],
    { name: 'announce' },
  );
}
