import type { Tx } from '../platform/database/transaction.ts';

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
  /** Agreed with the lead. */
  callback: boolean;
  priority: number;
  /** Somebody called or replied before. */
  again: boolean;
  skips: number;
  /** Not offered before. */
  offer_at: Date;
  /** The member who has it, or made it last. */
  member_id: string | null;
  outcome_id: string | null;
  started_at: Date | null;
  talk_seconds: number | null;
  ended_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

/** Columns that make a Call. */
export const callColumns = [
  'id, lead_id, type_id, phone, state, due_at, attempts, claim_id, claimed_by, claim_expires_at, outcome, note',
  'callback, priority, again, skips, offer_at, member_id, outcome_id, started_at, talk_seconds, ended_at',
  'created_at, updated_at',
].join(', ');

/** A lead's calls of one type, locked: cancelling and dialling are decided by who comes first. */
export async function lockCalls(tx: Tx, leadId: string, typeId: string): Promise<Call[]> {
  return tx.query<Call>(
    `SELECT ${callColumns} FROM calls WHERE workspace_id = $1 AND lead_id = $2 AND type_id = $3 ORDER BY id DESC FOR UPDATE`,
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

/** Cancels every waiting call of a lead but one; answers which. */
export async function cancelCallsOfLead(tx: Tx, leadId: string, except: string | null, now: Date): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `UPDATE calls SET state = 'cancelled', claim_id = NULL, claimed_by = NULL, claim_expires_at = NULL, updated_at = $4
     WHERE workspace_id = $1 AND lead_id = $2 AND state IN ('pending', 'claimed') AND id IS DISTINCT FROM $3 RETURNING id`,
    [tx.workspaceId, leadId, except, now],
  );
  return rows.map(({ id }) => id);
}

/** Calls newest first, of one lead or of all, in one state or any, after a cursor. */
export async function listCalls(
  tx: Tx,
  limit: number,
  { after, leadId, state }: { after?: string; leadId?: string; state?: CallState } = {},
): Promise<Call[]> {
  return tx.query<Call>(
    `SELECT ${callColumns} FROM calls WHERE workspace_id = $1 AND ($3::uuid IS NULL OR id < $3)
       AND ($4::uuid IS NULL OR lead_id = $4) AND ($5::text IS NULL OR state = $5) ORDER BY id DESC LIMIT $2`,
    [tx.workspaceId, limit, after ?? null, leadId ?? null, state ?? null],
  );
}

/** A call to plan. */
export type NewCall = Pick<Call, 'id' | 'lead_id' | 'type_id' | 'phone' | 'due_at'> &
  Partial<Pick<Call, 'callback' | 'priority' | 'again' | 'offer_at'>>;

/** Plans a call; undefined when one of this type waits for the lead already. */
export async function planCall(tx: Tx, call: NewCall, now: Date): Promise<Call | undefined> {
  const [planned] = await tx.query<Call>(
    `INSERT INTO calls (workspace_id, id, lead_id, type_id, phone, state, due_at, callback, priority, again, offer_at, created_at,
       updated_at) VALUES ($1, $2, $3, $4, $5, 'pending', $6, $8, $9, $10, $11, $7, $7) ON CONFLICT DO NOTHING RETURNING ${callColumns}`,
    [
      tx.workspaceId,
      call.id,
      call.lead_id,
      call.type_id,
      call.phone,
      call.due_at,
      now,
      call.callback ?? false,
      call.priority ?? 0,
      call.again ?? false,
      call.offer_at ?? call.due_at,
    ],
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
    `SELECT ${callColumns} FROM calls WHERE workspace_id = $1 AND id = $2${lock ? ' FOR UPDATE' : ''}`,
    [tx.workspaceId, id],
  );
  return call;
}

/** Somebody begins to speak: from then on the talk is measured. */
export async function startCall(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.query('UPDATE calls SET started_at = $3, updated_at = $3 WHERE workspace_id = $1 AND id = $2', [
    tx.workspaceId,
    id,
    now,
  ]);
}

/** What stays of a call when its claim ends. */
export type EndedCall = Pick<
  Call,
  | 'state'
  | 'due_at'
  | 'offer_at'
  | 'callback'
  | 'again'
  | 'skips'
  | 'attempts'
  | 'outcome'
  | 'outcome_id'
  | 'note'
  | 'member_id'
  | 'started_at'
  | 'ended_at'
  | 'talk_seconds'
>;

/** Writes a call whose claim ends: made, or waiting again. */
export async function endClaim(tx: Tx, id: string, end: EndedCall, now: Date): Promise<void> {
  await tx.query(
    `UPDATE calls SET state = $3, due_at = $4, offer_at = $5, callback = $6, again = $7, skips = $8, attempts = $9,
       outcome = $10, outcome_id = $11, note = $12, member_id = $13, started_at = $14, ended_at = $15, talk_seconds = $16,
       updated_at = $17, claim_id = NULL, claimed_by = NULL, claim_expires_at = NULL WHERE workspace_id = $1 AND id = $2`,
    [
      tx.workspaceId,
      id,
      end.state,
      end.due_at,
      end.offer_at,
      end.callback,
      end.again,
      end.skips,
      end.attempts,
      end.outcome,
      end.outcome_id,
      end.note,
      end.member_id,
      end.started_at,
      end.ended_at,
      end.talk_seconds,
      now,
    ],
  );
}
