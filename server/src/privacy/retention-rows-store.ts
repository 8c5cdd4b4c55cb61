import { emptyBin } from '../leads/bin/bin-store.ts';
import type { Tx } from '../platform/database/transaction.ts';

/** Rows per step. Each step is a transaction of its own, short enough not to hold up others. */
const ROWS = 500;

/** What one step removed, and whether more may be left. */
export interface Removal {
  removed: number;
  more: boolean;
}

/**
 * Removes the contents of these requests and their replays; the rows themselves stay, with the size and digest of the
 * body. Returns how many had contents.
 */
export async function removeContents(
  tx: Tx,
  ids: readonly string[],
  because: 'retention' | 'erasure',
  now: Date,
): Promise<number> {
  if (ids.length === 0) return 0;
  const [row] = await tx.query<{ emptied: number }>('SELECT remove_request_contents($1, $2, $3) AS emptied', [
    ids,
    because,
    now,
  ]);
  return Number(row?.emptied ?? 0);
}

/**
 * Removes the contents of old requests in order of arrival. Column `mark` stores how far earlier runs came, so that
 * each request is handled once.
 */
export async function removeOldRequests(
  tx: Tx,
  mark: 'accepted_to' | 'refused_to',
  { outcomes, before }: { outcomes: readonly string[]; before: Date },
  now: Date,
): Promise<Removal> {
  const rows = await tx.query<{ id: string; wanted: boolean }>(
    `SELECT id, removed_at IS NULL AND outcome = ANY ($2) AS wanted FROM submissions
     WHERE workspace_id = $1 AND id < uuid_from($3)
       AND id > coalesce((SELECT ${mark} FROM retention WHERE workspace_id = $1), '00000000-0000-0000-0000-000000000000')
     ORDER BY id LIMIT ${ROWS}`,
    [tx.workspaceId, outcomes, before],
  );
  const wanted = rows.filter((row) => row.wanted).map(({ id }) => id);
  const removed = await removeContents(tx, wanted, 'retention', now);
  await saveMark(tx, mark, rows.at(-1)?.id);
  return { removed, more: rows.length === ROWS };
}

/** Removes the contents of requests whose leads were deleted before a time. */
export async function removeRequestsOfDeleted(tx: Tx, before: Date, now: Date): Promise<Removal> {
  const deleted = await tx.query<{ id: string; lead_id: string }>(
    `SELECT id, lead_id FROM events WHERE workspace_id = $1 AND type = 'lead.deleted' AND id < uuid_from($2)
       AND id > coalesce((SELECT deleted_to FROM retention WHERE workspace_id = $1), '00000000-0000-0000-0000-000000000000')
     ORDER BY id LIMIT ${ROWS}`,
    [tx.workspaceId, before],
  );
  const requests = await tx.query<{ id: string }>(
    // A lead that has been restored since is no longer deleted.
    `SELECT id FROM submissions s WHERE workspace_id = $1 AND lead_id = ANY ($2) AND removed_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM leads l WHERE l.workspace_id = $1 AND l.id = s.lead_id)`,
    [tx.workspaceId, deleted.map((row) => row.lead_id)],
  );
  const removed = await removeContents(
    tx,
    requests.map(({ id }) => id),
    'retention',
    now,
  );
  await saveMark(tx, 'deleted_to', deleted.at(-1)?.id);
  return { removed, more: deleted.length === ROWS };
}

async function saveMark(tx: Tx, mark: string, id: string | undefined): Promise<void> {
  if (!id) return;
  await tx.query(
    `INSERT INTO retention (workspace_id, ${mark}) VALUES ($1, $2)
     ON CONFLICT (workspace_id) DO UPDATE SET ${mark} = $2`,
    [tx.workspaceId, id],
  );
}

/**
 * Removes events before a time, with their deliveries. With `keepsDeletions`, deletions of leads stay until
 * `removeRequestsOfDeleted` has dealt with the requests of those leads.
 */
export async function removeEvents(tx: Tx, before: Date, keepsDeletions: boolean): Promise<Removal> {
  const removed = await tx.query<{ id: string }>(
    `DELETE FROM events WHERE workspace_id = $1 AND id = ANY (ARRAY(
       SELECT id FROM events WHERE workspace_id = $1 AND id < uuid_from($2)
         AND (type <> 'lead.deleted' OR NOT $3 OR id <= (SELECT deleted_to FROM retention WHERE workspace_id = $1))
         ORDER BY id LIMIT ${ROWS})) RETURNING id`,
    [tx.workspaceId, before, keepsDeletions],
  );
  for (const table of ['webhook_attempts', 'webhook_deliveries'])
    await tx.query(
      `DELETE FROM ${table} WHERE workspace_id = $1 AND event_id = ANY ($2)
         AND webhook_id = ANY (ARRAY(SELECT id FROM webhooks WHERE workspace_id = $1 AND deleted_at IS NULL))`,
      [tx.workspaceId, removed.map(({ id }) => id)],
    );
  return some(removed.length);
}

/** Removes sessions, remembered devices and links that ended or expired before a time. */
export async function removeSessions(tx: Tx, before: Date): Promise<Removal> {
  return some(
    await tx.execute(
      `DELETE FROM sessions WHERE workspace_id = $1 AND id = ANY (ARRAY(
         SELECT id FROM sessions WHERE workspace_id = $1 AND least(ended_at, expires_at) < $2 LIMIT ${ROWS}))`,
      [tx.workspaceId, before],
    ),
  );
}

/** Removes remembered responses whose window has passed. */
export async function removeIdempotencyKeys(tx: Tx, now: Date): Promise<Removal> {
  return some(
    await tx.execute(
      `DELETE FROM idempotency WHERE workspace_id = $1 AND ctid = ANY (ARRAY(
         SELECT ctid FROM idempotency WHERE workspace_id = $1 AND expires_at < $2 LIMIT ${ROWS}))`,
      [tx.workspaceId, now],
    ),
  );
}

/** Removes the daily counts, by sender, of requests that were turned away and of names that requests brought in. */
export async function removeCounts(tx: Tx, before: Date): Promise<Removal> {
  let removed = 0;
  for (const table of ['turned_away', 'names_brought'])
    removed += await tx.execute(
      `DELETE FROM ${table} WHERE workspace_id = $1 AND ctid = ANY (ARRAY(
         SELECT ctid FROM ${table} WHERE workspace_id = $1 AND day < $2::date LIMIT ${ROWS / 2}))`,
      [tx.workspaceId, before.toISOString().slice(0, 10)],
    );
  return { removed, more: removed >= ROWS / 2 };
}

/**
 * Removes jobs that ended before a time, with what could still be undone. The server's own successful jobs go sooner,
 * by `ownBefore`.
 */
export async function removeJobs(tx: Tx, before: Date, ownBefore: Date): Promise<Removal> {
  return some(
    await tx.execute(
      `DELETE FROM jobs WHERE workspace_id = $1 AND id = ANY (ARRAY(
         SELECT id FROM jobs WHERE workspace_id = $1 AND state IN ('done', 'failed', 'cancelled')
           AND (updated_at < $2 OR updated_at < $3 AND state = 'done' AND actor = 'system') LIMIT ${ROWS}))`,
      [tx.workspaceId, before, ownBefore],
    ),
  );
}

/** Removes messages of the outbox that were written before a time and will not be sent any more. */
export async function removeMails(tx: Tx, before: Date): Promise<Removal> {
  return some(
    await tx.execute(
      `DELETE FROM mails WHERE workspace_id = $1 AND id = ANY (ARRAY(SELECT id FROM mails WHERE workspace_id = $1
         AND created_at < $2 AND state NOT IN ('queued', 'held') LIMIT ${ROWS}))`,
      [tx.workspaceId, before],
    ),
  );
}

/** Removes deleted leads that were put into the bin before a time. */
export async function removeBinned(tx: Tx, before: Date): Promise<Removal> {
  return some(await emptyBin(tx, before, ROWS));
}

function some(removed: number): Removal {
  return { removed, more: removed === ROWS };
}
