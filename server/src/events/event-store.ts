import { pgArray, pgJsonArray } from '../platform/database/pg-array.ts';
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
 * Publishes events: writes them to the outbox in the current transaction and notifies the affected screens. Returns the
 * ids of the events.
 */
export async function announce(tx: Tx, ...events: readonly NewEvent[]): Promise<string[]> {
  if (events.length === 0) return [];
  noteEvents(tx, events);
  const { ids, params } = eventColumns(events);
  await tx.query(insertEvents('$1', 2), [tx.workspaceId, ...params], { name: 'announce' });
  return ids;
}

/**
 * SQL that inserts events of a workspace from the columns of `eventColumns`, whose parameters begin with number
 * `first`. PostgreSQL fills in the order of the events. The epoch is read only once, because the default would look it
 * up for each row.
 */
export function insertEvents(workspace: string, first: number): string {
  const types = ['uuid', 'text', 'uuid', 'bigint', 'json', 'timestamptz'];
  const columns = types.map((type, at) => `$${first + at}::${type}[]`).join(', ');
  return `INSERT INTO events (workspace_id, id, type, lead_id, lead_version, payload, created_at, epoch)
   SELECT ${workspace}, e.*, (SELECT event_epoch()) FROM unnest(${columns}) AS e`;
}

/**
 * Events as columns, which PostgreSQL reads faster than rows of JSON. Code that inserts the columns itself must also
 * call `noteEvents`.
 */
export function eventColumns(events: readonly NewEvent[]): { ids: string[]; params: unknown[] } {
  const ids = events.map(() => uuidv7());
  const params = [
    pgArray(ids),
    pgArray(events.map(({ type }) => type)),
    pgArray(events.map(({ lead_id }) => lead_id)),
    pgArray(events.map(({ lead_version }) => lead_version ?? null)),
    pgJsonArray(events.map(({ payload }) => payload)),
    pgArray(events.map(({ at }) => at.toISOString())),
  ];
  return { ids, params };
}

/** Subject of the note sent when deliveries of events may be due. */
export const DELIVERIES = 'deliveries';

/** Notifies the screens affected by these events, and the worker that delivers events, after the commit. */
export function noteEvents(tx: Tx, events: readonly Pick<NewEvent, 'type' | 'lead_id'>[]): void {
  if (events.length > 0) tx.note(DELIVERIES);
  for (const { type, lead_id } of events) for (const topic of catalogue[type].screens) touches(tx, topic, lead_id);
}
