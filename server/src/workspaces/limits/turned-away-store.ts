import type { Tx } from '../../platform/database/transaction.ts';

/** Requests of one sender on one day that were turned away. */
interface TurnedAway {
  /** A token or a member; `NOBODY` for sign-ins, whose sender is unknown. */
  sender_id: string;
  /** YYYY-MM-DD, UTC. */
  day: string;
  dialect: string;
  /** Reason for the latest one: revoked, expired, unknown, rate_limited, wrong_password. */
  reason: string;
  /** Requests stored in the journal, and their size. */
  kept: number;
  kept_bytes: number;
  /** Requests that were only counted, and their size. */
  counted: number;
  counted_bytes: number;
  last_at: Date;
}

/** One request, to be counted by sender and day. */
export type Turned = Pick<TurnedAway, 'sender_id' | 'day' | 'dialect' | 'reason' | 'last_at'>;

/** Takes a request of this size from the day's quota; false if it does not fit. */
export async function takeFromQuota(
  tx: Tx,
  { sender_id, day, dialect, reason, last_at }: Turned,
  bytes: number,
  most: { requests: number; bytes: number },
): Promise<boolean> {
  if (bytes > most.bytes) return false;
  const taken = await tx.query(
    `INSERT INTO turned_away (workspace_id, sender_id, day, dialect, reason, last_at, kept, kept_bytes)
     VALUES ($1, $2, $3, $4, $5, $6, 1, $7)
     ON CONFLICT (workspace_id, sender_id, day) DO UPDATE SET kept = turned_away.kept + 1,
       kept_bytes = turned_away.kept_bytes + excluded.kept_bytes, dialect = excluded.dialect, reason = excluded.reason,
       last_at = greatest(turned_away.last_at, excluded.last_at)
     WHERE turned_away.kept < $8 AND turned_away.kept_bytes + excluded.kept_bytes <= $9
     RETURNING 1`,
    [tx.workspaceId, sender_id, day, dialect, reason, last_at, bytes, most.requests, most.bytes],
  );
  return taken.length > 0;
}

/** Adds requests that were only counted. */
export async function addCounted(tx: Tx, turned: Turned, requests: number, bytes: number): Promise<void> {
  const { sender_id, day, dialect, reason, last_at } = turned;
  await tx.query(
    `INSERT INTO turned_away (workspace_id, sender_id, day, dialect, reason, last_at, counted, counted_bytes)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (workspace_id, sender_id, day) DO UPDATE SET counted = turned_away.counted + excluded.counted,
       counted_bytes = turned_away.counted_bytes + excluded.counted_bytes, dialect = excluded.dialect,
       reason = excluded.reason, last_at = greatest(turned_away.last_at, excluded.last_at)`,
    [tx.workspaceId, sender_id, day, dialect, reason, last_at, requests, bytes],
  );
}

/** `token_name` is null if the sender is not a token. */
export type CountedSender = TurnedAway & { token_name: string | null };

/** Senders some of whose requests were only counted, since a given day; newest first. */
export async function listCounted(tx: Tx, since: string, limit: number): Promise<CountedSender[]> {
  return tx.query<CountedSender>(
    `SELECT a.sender_id, a.day::text, a.dialect, a.reason, a.kept::float8, a.kept_bytes::float8, a.counted::float8,
       a.counted_bytes::float8, a.last_at, t.name AS token_name
     FROM turned_away a LEFT JOIN tokens t ON t.workspace_id = a.workspace_id AND t.id = a.sender_id
     WHERE a.workspace_id = $1 AND a.day >= $2 AND a.counted > 0 ORDER BY a.day DESC, a.counted DESC LIMIT $3`,
    [tx.workspaceId, since, limit],
  );
}
