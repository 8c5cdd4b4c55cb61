import { touches } from '../events/screens.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { Person } from './person.ts';

/** Number of records that an erasure removed, or cut mentions out of, by kind. */
export type Counts = Readonly<Record<string, number>>;

/** What another run needs to find the same records in an older backup. Holds no personal data. */
export interface Tombstone {
  /** Key of the hashes, in hex. */
  key: string;
  /** Keyed hashes of the phones and emails, in hex. */
  hashes: string[];
  /** Those hashes whose phone or email nobody else has: a later request with one of them is recognised. */
  remembered: string[];
  leads: string[];
  requests: string[];
}

/** An erasure. Once finished, it serves as a certificate. */
export interface Erasure {
  id: string;
  state: 'running' | 'done';
  requested_at: Date;
  finished_at: Date | null;
  repeated_at: Date | null;
  actor: string;
  keeps_notes: boolean;
  /** Keyed hash over all phones and emails. */
  identifiers_hash: Buffer;
  counts: Counts;
  subject: Person | null;
  tombstone: Tombstone | null;
}

const columns =
  'id, state, requested_at, finished_at, repeated_at, actor, keeps_notes, identifiers_hash, counts, subject, tombstone';

export async function addErasure(tx: Tx, erasure: Erasure): Promise<void> {
  touches(tx, 'settings');
  await tx.query(
    `INSERT INTO erasures (workspace_id, ${columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     ON CONFLICT (workspace_id, id) DO NOTHING`,
    [
      tx.workspaceId,
      erasure.id,
      erasure.state,
      erasure.requested_at,
      erasure.finished_at,
      erasure.repeated_at,
      erasure.actor,
      erasure.keeps_notes,
      erasure.identifiers_hash,
      JSON.stringify(erasure.counts),
      erasure.subject && JSON.stringify(erasure.subject),
      erasure.tombstone && JSON.stringify(erasure.tombstone),
    ],
  );
}

export async function getErasure(tx: Tx, id: string): Promise<Erasure | undefined> {
  const [row] = await tx.query<Erasure>(`SELECT ${columns} FROM erasures WHERE workspace_id = $1 AND id = $2`, [
    tx.workspaceId,
    id,
  ]);
  return row;
}

/** Erasures, newest first, after a cursor (the id of the last one seen). */
export async function listErasures(tx: Tx, limit: number, after?: string): Promise<Erasure[]> {
  return tx.query<Erasure>(
    `SELECT ${columns} FROM erasures WHERE workspace_id = $1 AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $2`,
    [tx.workspaceId, limit, after ?? null],
  );
}

/** Stores what an erasure has removed so far. */
export async function saveCounts(tx: Tx, id: string, counts: Counts): Promise<void> {
  await tx.query('UPDATE erasures SET counts = $3 WHERE workspace_id = $1 AND id = $2', [
    tx.workspaceId,
    id,
    JSON.stringify(counts),
  ]);
}

/** Adds what was learned about the person during the erasure. */
export async function saveSubject(tx: Tx, { id, tombstone }: Erasure, person: Person): Promise<void> {
  const leads = person.leads.map((lead) => lead.id);
  await tx.query('UPDATE erasures SET subject = $3, tombstone = $4 WHERE workspace_id = $1 AND id = $2', [
    tx.workspaceId,
    id,
    JSON.stringify(person),
    JSON.stringify(tombstone && { ...tombstone, leads }),
  ]);
}

/** Finishes an erasure and removes from it who was erased. */
export async function finishErasure(tx: Tx, id: string, now: Date): Promise<void> {
  touches(tx, 'settings');
  await tx.query(
    `UPDATE erasures SET state = 'done', subject = NULL, finished_at = coalesce(finished_at, $3)
     WHERE workspace_id = $1 AND id = $2`,
    [tx.workspaceId, id, now],
  );
}

/** Records that an erasure was repeated. Its certificate keeps the counts of the first run. */
export async function markRepeated(tx: Tx, id: string, counts: Counts, now: Date): Promise<void> {
  await tx.query('UPDATE erasures SET repeated_at = $3, counts = $4 WHERE workspace_id = $1 AND id = $2', [
    tx.workspaceId,
    id,
    now,
    JSON.stringify(counts),
  ]);
}

/** Erasures that are not done and whose job failed or was cancelled. */
export async function stuckErasures(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM erasures e WHERE workspace_id = $1 AND state = 'running' AND NOT EXISTS (
       SELECT 1 FROM jobs j WHERE j.workspace_id = $1 AND j.state IN ('queued', 'running')
         AND j.params ->> 'erasure_id' = e.id::text)`,
    [tx.workspaceId],
  );
  return rows.map(({ id }) => id);
}

/** The secret key of the workspace's hashes. */
export async function readPrivacyKey(tx: Tx): Promise<Buffer> {
  const [row] = await tx.query<{ privacy_key: Buffer }>('SELECT privacy_key FROM workspaces WHERE id = $1', [
    tx.workspaceId,
  ]);
  if (!row) throw new Error('There is no such workspace.');
  return row.privacy_key;
}

/** Finished erasures of all workspaces; runs as the owner role. */
export async function allErasures(owner: Tx): Promise<(Erasure & { workspace_id: string })[]> {
  return owner.query(`SELECT workspace_id, ${columns} FROM erasures WHERE state = 'done' ORDER BY id`);
}

/** Ids of all workspaces; runs as the owner role. */
export async function allWorkspaces(owner: Tx): Promise<string[]> {
  const rows = await owner.query<{ id: string }>('SELECT id FROM workspaces');
  return rows.map(({ id }) => id);
}
