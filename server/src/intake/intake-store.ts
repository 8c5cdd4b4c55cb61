import type { ActivityKind } from '../leads/activity-kinds.ts';
import type { Lead } from '../leads/lead.ts';
import type { ContactKeyKind, LeadKey } from '../leads/lead-keys.ts';
import { leadColumns } from '../leads/lead-row.ts';
import { leadsById } from '../leads/lead-store.ts';
import { pgArray } from '../platform/database/pg-array.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { ContactRef } from './command.ts';

/** An idempotency key: the client's own, or a digest of the content within the dialect's window. */
export interface Once {
  scope: string;
  key: Buffer;
  fingerprint: Buffer;
  /** Scope and key as text, for maps and locks. */
  text: string;
  /**
   * Whether the key is valid only until newer information about the lead is recorded: true for digests of content,
   * false for clients' own keys.
   */
  whileNewest: boolean;
  windowSeconds: number;
}

/**
 * The earlier response to the same request. `at`: index of that request, if it is in this batch and not yet answered.
 */
export interface EarlierAnswer extends Pick<Once, 'text' | 'fingerprint'> {
  at?: number;
  submission_id: string;
  lead_id: string | null;
  status_code: number;
  answer: string;
  /** Newer information about the lead has been recorded since. */
  outdated?: boolean;
}

export interface KnownCall {
  id: string;
  lead_id: string;
  type_id: string | null;
  state: 'pending' | 'claimed' | 'dialled' | 'cancelled';
  phone: string;
  due_at?: Date;
  priority?: number;
  /** Earliest time to offer the call. */
  offer_at?: Date;
  /** The lead has had a reply before. */
  again?: boolean;
  /** Planned by this batch and not written yet. */
  isNew?: boolean;
}

/** What to do if somebody else holds a lock: wait for it, or continue without it. */
export type Locking = 'wait' | 'skip';

/**
 * Takes transaction-level advisory locks on these texts, always in the same order to prevent deadlocks. Returns the
 * texts that somebody else has locked; with `wait`, there are none.
 */
export async function lockAll(tx: Tx, texts: readonly string[], locking: Locking): Promise<Set<string>> {
  if (texts.length === 0) return new Set();
  const hashes = `SELECT min(text) AS text, hashtextextended(text, hashtextextended($2, 0)) AS hash
    FROM unnest($1::text[]) AS text GROUP BY text ORDER BY 2`;
  if (locking === 'wait') {
    await tx.query(
      `SELECT count(pg_advisory_xact_lock(hash)) FROM (${hashes}) AS hashes`,
      [pgArray(texts), tx.workspaceId],
      {
        name: 'lock_all',
      },
    );
    return new Set();
  }
  const rows = await tx.query<{ text: string }>(
    `SELECT text FROM (${hashes}) AS hashes WHERE NOT pg_try_advisory_xact_lock(hash)`,
    [pgArray(texts), tx.workspaceId],
    { name: 'try_lock_all' },
  );
  return new Set(rows.map(({ text }) => text));
}

// The look-ups of a batch fetch row by row (LATERAL with LIMIT), so that the planner always uses the primary key, even
// for tables that were empty when last analysed.

/** The leads that own these keys; keys without an owner are omitted. */
export async function findKeyOwners(tx: Tx, keys: readonly LeadKey[]): Promise<(LeadKey & { lead_id: string })[]> {
  if (keys.length === 0) return [];
  return tx.query(
    `SELECT wanted.kind, wanted.value, owner.lead_id FROM unnest($2::text[], $3::text[]) AS wanted (kind, value)
     CROSS JOIN LATERAL (
       SELECT lead_id FROM lead_keys k
       WHERE k.workspace_id = $1 AND k.kind = wanted.kind AND k.value = wanted.value LIMIT 1
     ) AS owner`,
    [tx.workspaceId, pgArray(keys.map((key) => key.kind)), pgArray(keys.map((key) => key.value))],
    { name: 'find_key_owners' },
  );
}

/** Most leads examined that share a key with its owner. */
const MOST_SHARING = 20;

/** The other leads that came with these keys, oldest first. Keys of second phones and emails do not count. */
export async function findKeySharers(tx: Tx, keys: readonly LeadKey[]): Promise<(LeadKey & { lead_id: string })[]> {
  if (keys.length === 0) return [];
  return tx.query(
    `SELECT wanted.kind, wanted.value, other.lead_id
     FROM (SELECT DISTINCT * FROM unnest($2::text[], $3::text[]) AS k (kind, value)) AS wanted
     CROSS JOIN LATERAL (
       SELECT lead_id FROM lead_twins t
       WHERE t.workspace_id = $1 AND t.kind = wanted.kind AND t.value = wanted.value
         AND NOT t.is_second ORDER BY lead_id LIMIT ${MOST_SHARING}
     ) AS other`,
    [tx.workspaceId, pgArray(keys.map((key) => key.kind)), pgArray(keys.map((key) => key.value))],
    { name: 'find_key_sharers' },
  );
}

/** Kinds of timeline entries that record newer information about a lead. */
const kindsThatSay: readonly ActivityKind[] = [
  'lead_created',
  'lead_merged',
  'lead_attached',
  'lead_updated',
  'status_changed',
];

const kindsOfSaying = pgArray(kindsThatSay);

/** Earlier responses still within their window, unless their lead has been deleted. */
export async function findEarlierAnswers(tx: Tx, wanted: readonly Once[]): Promise<EarlierAnswer[]> {
  const rows = await tx.query<Omit<EarlierAnswer, 'text'> & { scope: string; key: Buffer }>(
    `SELECT wanted.scope, wanted.key, given.* FROM unnest($2::text[], $3::bytea[]) AS wanted (scope, key)
     CROSS JOIN LATERAL (
        SELECT fingerprint, submission_id, lead_id, status_code, answer,
         EXISTS (SELECT 1 FROM activities a WHERE a.workspace_id = $1 AND a.lead_id = i.lead_id AND a.id > i.submission_id
           AND a.submission_id IS DISTINCT FROM i.submission_id AND a.kind = ANY ($4)) AS outdated FROM idempotency i
       WHERE i.workspace_id = $1 AND i.scope = wanted.scope AND i.key = wanted.key AND i.expires_at > now()
         AND EXISTS (SELECT 1 FROM leads l WHERE l.workspace_id = $1 AND l.id = i.lead_id OFFSET 0) LIMIT 1
     ) AS given`,
    [
      tx.workspaceId,
      pgArray(wanted.map((once) => once.scope)),
      pgArray(wanted.map((once) => `\\x${once.key.toString('hex')}`)),
      kindsOfSaying,
    ],
    { name: 'find_earlier_answers' },
  );
  return rows.map(({ scope, key, ...row }) => ({ ...row, text: onceText(scope, key) }));
}

export function onceText(scope: string, key: Buffer): string {
  return `${scope}:${key.toString('base64')}`;
}

export async function findSourceNumberRules(tx: Tx, numbers: readonly string[]) {
  return tx.query<{ number: string; department_id: string }>(
    'SELECT number, department_id FROM source_number_rules WHERE workspace_id = $1 AND number = ANY($2)',
    [tx.workspaceId, numbers],
    { name: 'find_source_number_rules' },
  );
}

/** The leads of contacts. A contact has the id of the first lead about it. */
export async function findContacts(
  tx: Tx,
  refs: readonly ContactRef[],
): Promise<{ ref: ContactRef; lead_id: string }[]> {
  const byKey = refs.filter((ref): ref is { by: ContactKeyKind; value: string } => ref.by !== 'id');
  const byId = refs.flatMap((ref) => (ref.by === 'id' ? ref.id : []));
  const [keys, ids] = await Promise.all([
    tx.query<{ kind: ContactKeyKind; value: string; lead_id: string }>(
      `SELECT kind, value, lead_id FROM lead_keys
       WHERE workspace_id = $1 AND (kind, value) IN (SELECT * FROM unnest($2::text[], $3::text[]))`,
      [tx.workspaceId, byKey.map((ref) => ref.by), byKey.map((ref) => ref.value)],
    ),
    tx.query<{ id: string }>(leadsById('id'), [tx.workspaceId, [...new Set(byId)]]),
  ]);
  return [
    ...keys.map(({ kind, value, lead_id }) => ({ ref: { by: kind, value } as ContactRef, lead_id })),
    ...ids.map(({ id }) => ({ ref: { by: 'id', id } as ContactRef, lead_id: id })),
  ];
}

/** Locks leads until the transaction ends, in order of id; with `skip`, only those that nobody else has locked. */
export async function lockLeads(tx: Tx, ids: readonly string[], locking: Locking): Promise<Lead[]> {
  const skip = locking === 'skip';
  return tx.query<Lead & object>(
    leadsById(leadColumns, `FOR UPDATE${skip ? ' SKIP LOCKED' : ''}`),
    [tx.workspaceId, [...ids].sort()],
    { name: skip ? 'lock_free_leads' : 'lock_leads' },
  );
}

export async function findCalls(tx: Tx, leadIds: readonly string[]): Promise<KnownCall[]> {
  return tx.query<KnownCall>(
    // OFFSET 0 enforces a separate look-up of each lead, as in `leadsById`.
    `SELECT call.* FROM unnest($2::uuid[]) AS wanted (id) CROSS JOIN LATERAL (
       SELECT id, lead_id, type_id, state, phone FROM calls WHERE workspace_id = $1 AND lead_id = wanted.id OFFSET 0
     ) AS call`,
    [tx.workspaceId, leadIds],
    { name: 'find_calls' },
  );
}

/** Allocates this many lead numbers. */
export async function takeNumbers(tx: Tx, count: number): Promise<number[]> {
  const [row] = await tx.query<{ numbers: number[] }>(
    "SELECT array_agg(nextval('lead_numbers')) AS numbers FROM generate_series(1, $1::int)",
    [count],
    { name: 'take_numbers' },
  );
  return row?.numbers ?? [];
}

/** Advances a department's turn by this many leads and returns the previous position. */
export async function takeTurns(tx: Tx, departmentId: string, count: number): Promise<number> {
  const [row] = await tx.query<{ turn: number }>(
    'UPDATE departments SET turn = turn + $3 WHERE workspace_id = $1 AND id = $2 RETURNING turn - $3::bigint AS turn',
    [tx.workspaceId, departmentId, count],
    { name: 'take_turns' },
  );
  return row?.turn ?? 0;
}
