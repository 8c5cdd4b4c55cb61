import type { EventType } from '../events/catalogue.ts';
import type { Tx } from '../platform/database/transaction.ts';

/** A published event as stored. */
export interface StoredEvent {
  id: string;
  type: EventType;
  created_at: Date;
  lead_id: string | null;
  lead_version: number | null;
  payload: Record<string, unknown>;
}

/**
 * A position between two events: after the event `id` of a transaction. Epochs and transaction ids are strings of
 * decimal digits, since they may not fit into a number.
 */
export interface FeedPlace {
  epoch: string;
  transaction_id: string;
  id: string;
}

const FIRST_ID = '00000000-0000-0000-0000-000000000000';
/** The position before all events. */
export const feedStart: FeedPlace = { epoch: '0', transaction_id: '0', id: FIRST_ID };

/**
 * The position before which no more events can appear, because all older transactions have ended. Events of newer
 * transactions, even committed ones, wait until the oldest running transaction has ended.
 */
export async function feedEnd(tx: Tx): Promise<FeedPlace> {
  const [row] = await tx.query<Omit<FeedPlace, 'id'>>(
    'SELECT event_epoch()::text AS epoch, pg_snapshot_xmin(pg_current_snapshot())::text AS transaction_id',
  );
  if (!row) throw new Error('PostgreSQL did not say which transactions have ended.');
  return { ...row, id: FIRST_ID };
}

/**
 * Whether this database issued the position. It did not if it has since been restored to an earlier moment, from a copy
 * of its files or into another cluster.
 */
export async function isKnownPlace(tx: Tx, { epoch, transaction_id }: FeedPlace): Promise<boolean> {
  const [row] = await tx.query<{ known: boolean }>(
    `SELECT EXISTS (SELECT FROM event_epochs WHERE epoch = $1::bigint)
       AND (epoch <> $1::bigint OR $2::xid8 <= pg_snapshot_xmax(pg_current_snapshot())) AS known
     FROM event_epoch() AS epoch`,
    [epoch, transaction_id],
  );
  return row?.known === true;
}

/** What to read from the feed. */
interface FeedQuery {
  after: FeedPlace;
  before: FeedPlace;
  /** Undefined for all types. */
  types: readonly EventType[] | undefined;
  limit: number;
}

/** Events between two positions, oldest transaction first, each with its own position. */
export async function readFeed(
  tx: Tx,
  { after, before, types, limit }: FeedQuery,
): Promise<(StoredEvent & FeedPlace)[]> {
  return tx.query<StoredEvent & FeedPlace>(
    `SELECT id, type, created_at, lead_id, lead_version, payload, epoch::text, transaction_id::text FROM events
     WHERE workspace_id = $1 AND (epoch, transaction_id, id) > ($2::bigint, $3::xid8, $4::uuid)
       AND (epoch, transaction_id) < ($5::bigint, $6::xid8) AND ($8::text[] IS NULL OR type = ANY ($8))
     ORDER BY events.epoch, events.transaction_id, events.id LIMIT $7`,
    [
      tx.workspaceId,
      after.epoch,
      after.transaction_id,
      after.id,
      before.epoch,
      before.transaction_id,
      limit,
      types ? [...types] : null,
    ],
  );
}
