import type { Tx } from '../platform/database/transaction.ts';
import { Conditions } from '../workspaces/access/conditions.ts';
import type { Visibility } from '../workspaces/access/visibility.ts';

export const callStates = ['pending', 'claimed', 'dialled', 'cancelled'] as const;
type CallState = (typeof callStates)[number];

/** A scheduled phone call. A claim lasts until `claim_expires_at`; then the call is offered again. */
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
  /** Whether this is a callback agreed with the lead. */
  callback: boolean;
  priority: number;
  /** Whether somebody has called or replied before. */
  again: boolean;
  skips: number;
  /** The call is not offered before this time. */
  offer_at: Date;
  /** The member who has claimed the call, or who made the last attempt. */
  member_id: string | null;
  outcome_id: string | null;
  started_at: Date | null;
  talk_seconds: number | null;
  ended_at: Date | null;
  /**
   * True if the call was planned only to work through a list of leads; nobody else is offered
   * it until it has been made.
   */
  only_listed: boolean | null;
  created_at: Date;
  updated_at: Date;
}

/** The columns of a Call. */
export const callColumns = [
  'id, lead_id, type_id, phone, state, due_at, attempts, claim_id, claimed_by, claim_expires_at, outcome, note',
  'callback, priority, again, skips, offer_at, member_id, outcome_id, started_at, talk_seconds, ended_at, only_listed',
  'created_at, updated_at',
].join(', ');

/** Locks a lead's calls of one type, so that cancelling and dialling cannot overlap. */
export async function lockCalls(tx: Tx, leadId: string, typeId: string): Promise<Call[]> {
  return tx.query<Call>(
    `SELECT ${callColumns} FROM calls WHERE workspace_id = $1 AND lead_id = $2 AND type_id = $3 ORDER BY id DESC FOR UPDATE`,
    [tx.workspaceId, leadId, typeId],
  );
}

/**
 * The lead of the newest call of a type that was added with this number, waiting calls first; whether the call waits.
 */
export async function leadOfCallAddedAs(
  tx: Tx,
  phone: string,
  typeId: string,
): Promise<{ lead_id: string; waits: boolean } | undefined> {
  const [row] = await tx.query<{ lead_id: string; waits: boolean }>(
    `SELECT lead_id, state IN ('pending', 'claimed') AS waits FROM calls
     WHERE workspace_id = $1 AND added_as = $2 AND type_id = $3 ORDER BY waits DESC, id DESC LIMIT 1`,
    [tx.workspaceId, phone, typeId],
  );
  return row;
}

export async function cancelCall(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.query(
    `UPDATE calls SET state = 'cancelled', claim_id = NULL, claimed_by = NULL, claim_expires_at = NULL, updated_at = $3
     WHERE workspace_id = $1 AND id = $2`,
    [tx.workspaceId, id, now],
  );
}

/** Cancels all waiting calls of a lead except one; returns their ids. */
export async function cancelCallsOfLead(tx: Tx, leadId: string, except: string | null, now: Date): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `UPDATE calls SET state = 'cancelled', claim_id = NULL, claimed_by = NULL, claim_expires_at = NULL, updated_at = $4
     WHERE workspace_id = $1 AND lead_id = $2 AND state IN ('pending', 'claimed') AND id IS DISTINCT FROM $3 RETURNING id`,
    [tx.workspaceId, leadId, except, now],
  );
  return rows.map(({ id }) => id);
}

/** SQL: another call of the same lead and type is waiting; there can be only one. `call` is a table or its alias. */
export const anotherWaits = (call: string): string =>
  `EXISTS (SELECT 1 FROM calls o WHERE o.workspace_id = ${call}.workspace_id AND o.lead_id = ${call}.lead_id
     AND o.type_id IS NOT DISTINCT FROM ${call}.type_id AND o.state IN ('pending', 'claimed') AND o.id <> ${call}.id)`;

/** Lets cancelled calls wait again, unless another call of the same type is now waiting. */
export async function planAgain(tx: Tx, ids: readonly string[], now: Date): Promise<Call[]> {
  if (ids.length === 0) return [];
  return tx.query<Call>(
    `UPDATE calls SET state = 'pending', updated_at = $3
     WHERE workspace_id = $1 AND id = ANY ($2) AND state = 'cancelled' AND NOT ${anotherWaits('calls')}
     RETURNING ${callColumns}`,
    [tx.workspaceId, ids, now],
  );
}

/** Filters of a list of calls; all given must match. */
export interface CallFilter {
  after?: string;
  leadId?: string;
  state?: CallState;
  /** Which leads the caller may see; undefined for all. */
  visibility?: Visibility | undefined;
}

/** Calls of one lead or of all leads, newest first, optionally in one state, after a cursor. */
export async function listCalls(
  tx: Tx,
  limit: number,
  { after, leadId, state, visibility }: CallFilter = {},
): Promise<Call[]> {
  const where = new Conditions(tx.workspaceId);
  if (after) where.add(`id < ${where.param(after)}`);
  if (leadId) where.add(`lead_id = ${where.param(leadId)}`);
  if (state) where.add(`state = ${where.param(state)}`);
  if (visibility) {
    const lead = where.inside('l').visible(visibility, 'l').sql();
    where.add(`EXISTS (SELECT 1 FROM leads l WHERE ${lead} AND l.id = calls.lead_id)`);
  }
  return tx.query<Call>(
    `SELECT ${callColumns} FROM calls WHERE ${where.sql()} ORDER BY id DESC LIMIT ${where.param(limit)}`,
    where.params,
  );
}

/** A call to schedule. */
export type NewCall = Pick<Call, 'id' | 'lead_id' | 'type_id' | 'phone' | 'due_at'> &
  Partial<Pick<Call, 'callback' | 'priority' | 'again' | 'offer_at' | 'only_listed'>>;

/** Schedules a call; returns undefined if one of this type is already waiting for the lead. */
export async function planCall(tx: Tx, call: NewCall, now: Date): Promise<Call | undefined> {
  const [planned] = await tx.query<Call>(
    `INSERT INTO calls (workspace_id, id, lead_id, type_id, phone, state, due_at, callback, priority, again, offer_at, only_listed,
       created_at, updated_at) VALUES ($1, $2, $3, $4, $5, 'pending', $6, $8, $9, $10, $11, $12, $7, $7) ON CONFLICT DO NOTHING RETURNING ${callColumns}`,
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
      call.only_listed ?? null,
    ],
  );
  return planned;
}

/** Sets the end of a claim. */
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

/** Records the start of the conversation, from which its duration is measured. */
export async function startCall(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.query('UPDATE calls SET started_at = $3, updated_at = $3 WHERE workspace_id = $1 AND id = $2', [
    tx.workspaceId,
    id,
    now,
  ]);
}

/** What is stored about a call when its claim ends. */
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

/** Stores a call whose claim ends: completed, or waiting again. */
export async function endClaim(tx: Tx, id: string, end: EndedCall, now: Date): Promise<void> {
  await tx.query(
    `UPDATE calls SET state = $3, due_at = $4, offer_at = $5, callback = $6, again = $7, skips = $8, attempts = $9,
       outcome = $10, outcome_id = $11, note = $12, member_id = $13, started_at = $14, ended_at = $15, talk_seconds = $16,
       updated_at = $17, claim_id = NULL, claimed_by = NULL, claim_expires_at = NULL,
       only_listed = CASE WHEN $3 = 'cancelled' THEN only_listed END WHERE workspace_id = $1 AND id = $2`,
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
