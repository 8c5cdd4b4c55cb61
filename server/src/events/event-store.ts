import { pgJson } from '../platform/database/pg-json.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { uuidv7 } from '../platform/ids.ts';
import { catalogue, type EventData, type EventType } from './catalogue.ts';
import { touches } from './screens.ts';

interface EventOf<T extends EventType> {
  type: T;
  lead_id: string | null;
  /** The lead's version after it, so that receivers can order what they get. */
  lead_version?: number;
  payload: EventData<T>;
  at: Date;
}

/** Something that happened, for the outside. What its payload holds follows from its type. */
export type NewEvent = { [T in EventType]: EventOf<T> }[EventType];

/** Announces facts to the outside: written to the outbox in the transaction that makes them true; screens are told. */
export async function announce(tx: Tx, ...events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  noteEvents(tx, events);
  await tx.query(
    'INSERT INTO events SELECT * FROM json_populate_recordset(NULL::events, $1)',
    [pgJson(events.map((event) => eventRow(tx.workspaceId, event)))],
    { name: 'announce' },
  );
}

/** An event as a row of the outbox. Whoever writes such rows by themselves tells screens of them by `noteEvents`. */
export function eventRow(workspaceId: string | null, { type, lead_id, lead_version, payload, at }: NewEvent) {
  return { workspace_id: workspaceId, id: uuidv7(), type, lead_id, lead_version, payload, created_at: at };
}

/** Has the screens that these events concern told after the commit. */
export function noteEvents(tx: Tx, events: readonly Pick<NewEvent, 'type' | 'lead_id'>[]): void {
  for (const { type, lead_id } of events) for (const topic of catalogue[type].screens) touches(tx, topic, lead_id);
}
