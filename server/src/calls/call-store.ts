import type { Tx } from '../platform/transaction.ts';

export const callStates = ['pending', 'claimed', 'dialled', 'cancelled'] as const;
export type CallState = (typeof callStates)[number];

/** A planned phone call. `claimed` until `claim_expires_at`; then it is offered again. */
export interface Call {
  id: string;
  lead_id: string;
  type_id: string | null;
  phone: string;
  state: CallState;
  due_at: Date;
  attempts: number;
  claim_id: string | null;
  claimed_by: string | null;
  claim_expires_at: Date | null;
  outcome: string | null;
  note: string | null;
  created_at: Date;
  updated_at: Date;
}

const columns =
  'id, lead_id, type_id, phone, state, due_at, attempts, claim_id, claimed_by, claim_expires_at, outcome, note, created_at, updated_at';

/** A lead's calls of one type, locked: cancelling and dialling are decided by who comes first. */
export async function lockCalls(tx: Tx, leadId: string, typeId: string): Promise<Call[]> {
  return tx.query<Call>(
    `SELECT ${columns} FROM calls WHERE workspace_id = $1 AND lead_id = $2 AND type_id = $3 ORDER BY id DESC FOR UPDATE`,
    [tx.workspaceId, leadId, typeId],
  );
}

export async function cancelCall(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.query(
    `UPDATE calls SET state = 'cancelled', claim_id = NULL, claimed_by = NULL, claim_expires_at = NULL, updated_at = $3
     WHERE workspace_id = $1 AND id = $2`,
    [tx.workspaceId, id, now],
  );
}

/** Calls newest first, of one lead or of all, in one state or any, after a cursor. */
export async function listCalls(
  tx: Tx,
  limit: number,
  { after, leadId, state }: { after?: string; leadId?: string; state?: CallState } = {},
): Promise<Call[]> {
  return tx.query<Call>(
    `SELECT ${columns} FROM calls WHERE workspace_id = $1 AND ($3::uuid IS NULL OR id < $3)
       AND ($4::uuid IS NULL OR lead_id = $4) AND ($5::text IS NULL OR state = $5) ORDER BY id DESC LIMIT $2`,
    [tx.workspaceId, limit, after ?? null, leadId ?? null, state ?? null],
  );
}

/** Who claims, until when, and calls of which type. */
export interface Claim {
  claimId: string;
  by: string;
  now: Date;
  expiresAt: Date;
  /** Undefined: of any type. */
  typeId?: string | undefined;
}

const offered = `(c.state = 'pending' OR (c.state = 'claimed' AND c.claim_expires_at <= $2))
  AND NOT EXISTS (SELECT 1 FROM calls o WHERE o.workspace_id = c.workspace_id AND o.lead_id = c.lead_id AND o.id <> c.id
    AND o.state = 'claimed' AND o.claim_expires_at > $2)`;

/**
 * Takes the call that is due first, if any, for one agent. A claim that has run out counts as none. While one call of a
 * lead is claimed, no other call of that lead is offered.
 */
export async function claimCall(tx: Tx, claim: Claim): Promise<Call | undefined> {
  const lost: string[] = [];
  for (;;) {
    const [next] = await tx.query<{ id: string }>(
      `SELECT c.id FROM calls c JOIN leads l ON l.workspace_id = c.workspace_id AND l.id = c.lead_id
       WHERE c.workspace_id = $1 AND c.due_at <= $2 AND ($3::uuid IS NULL OR c.type_id = $3) AND c.id <> ALL($4) AND ${offered}
       ORDER BY c.due_at, c.id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED`,
      [tx.workspaceId, claim.now, claim.typeId ?? null, lost],
    );
    if (!next) return undefined;
    // The lead is locked now: whoever claimed another call of it a moment ago has committed, and shows.
    const [call] = await tx.query<Call>(
      `UPDATE calls c SET state = 'claimed', claim_id = $4, claimed_by = $5, claim_expires_at = $6, updated_at = $2
       WHERE c.workspace_id = $1 AND c.id = $3 AND ${offered} RETURNING ${columns}`,
      [tx.workspaceId, claim.now, next.id, claim.claimId, claim.by, claim.expiresAt],
    );
    if (call) return call;
    lost.push(next.id);
  }
}

/** Plans a call; undefined when one of this type waits for the lead already. */
export async function planCall(
  tx: Tx,
  call: Pick<Call, 'id' | 'lead_id' | 'type_id' | 'phone' | 'due_at'>,
  now: Date,
): Promise<Call | undefined> {
  const [planned] = await tx.query<Call>(
    `INSERT INTO calls (workspace_id, id, lead_id, type_id, phone, state, due_at, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, 'pending', $6, $7, $7) ON CONFLICT DO NOTHING RETURNING ${columns}`,
    [tx.workspaceId, call.id, call.lead_id, call.type_id, call.phone, call.due_at, now],
  );
  return planned;
}

/** Moves the end of a claim. */
export async function extendClaim(tx: Tx, id: string, expiresAt: Date, now: Date): Promise<void> {
  await tx.query('UPDATE calls SET claim_expires_at = $3, updated_at = $4 WHERE workspace_id = $1 AND id = $2', [
    tx.workspaceId,
    id,
    expiresAt,
    now,
  ]);
}

export async function getCall(tx: Tx, id: string, lock = false): Promise<Call | undefined> {
  const [call] = await tx.query<Call>(
    `SELECT ${columns} FROM calls WHERE workspace_id = $1 AND id = $2${lock ? ' FOR UPDATE' : ''}`,
    [tx.workspaceId, id],
  );
  return call;
}

/** Ends a call that was claimed: `dialled` with its outcome, or waiting again (`due_at` says from when). */
export async function endCall(
  tx: Tx,
  id: string,
  end: {
    state: 'dialled' | 'pending';
    dueAt: Date;
    attempts: number;
    outcome: string | null;
    note: string | null;
    now: Date;
  },
): Promise<void> {
  await tx.query(
    `UPDATE calls SET state = $3, due_at = $4, attempts = $5, outcome = $6, note = $7, updated_at = $8,
       claim_id = NULL, claimed_by = NULL, claim_expires_at = NULL WHERE workspace_id = $1 AND id = $2`,
    [tx.workspaceId, id, end.state, end.dueAt, end.attempts, end.outcome, end.note, end.now],
  );
}
