import { pgJson } from '../platform/database/pg-json.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { uuidv7 } from '../platform/ids.ts';
import { catalogue, type EventData, type EventType } from './catalogue.ts';
import { touches } from './screens.ts';

interface EventOf<T extends EventType> {
  type: T;
  lead_id: string | null;
  /** Version of the lead after the event, so that receivers can put events in order. */
  lead_version?: number;
  payload: EventData<T>;
  at: Date;
}

/** An event to publish; the type determines the shape of its payload. */
export type NewEvent = { [T in EventType]: EventOf<T> }[EventType];

/**
 * Publishes events: writes them to the outbox in the current transaction and notifies the affected screens. Returns their
 * ids.
 */
export async function announce(tx: Tx, ...events: readonly NewEvent[]): Promise<string[]> {
  if (events.length === 0) return [];
  noteEvents(tx, events);
  const rows = events.map((event) => eventRow(tx.workspaceId, event));
  await tx.query(insertEvents('$1'), [pgJson(rows)], { name: 'announce' });
  return rows.map(({ id }) => id);
}

const COLUMNS = 'workspace_id, id, type, lead_id, lead_version, payload, created_at';

/** SQL that inserts the rows of this parameter. The order of events is PostgreSQL's to fill in. */
export const insertEvents = (parameter: string): string =>
  `INSERT INTO events (${COLUMNS}) SELECT ${COLUMNS} FROM json_populate_recordset(NULL::events, ${parameter})`;

/** An event as an outbox row. Code that inserts such rows itself must also call `noteEvents`. */
export function eventRow(workspaceId: string | null, { type, lead_id, lead_version, payload, at }: NewEvent) {
  return { workspace_id: workspaceId, id: uuidv7(), type, lead_id, lead_version, payload, created_at: at };
}

/** Subject of the note sent when deliveries of events may be due. */
export const DELIVERIES = 'deliveries';

/** Notifies the screens affected by these events, and whoever delivers them, after the commit. */
export function noteEvents(tx: Tx, events: readonly Pick<NewEvent, 'type' | 'lead_id'>[]): void {
  if (events.length > 0) tx.note(DELIVERIES);
  for (const { type, lead_id } of events) for (const topic of catalogue[type].screens) touches(tx, topic, lead_id);
}
