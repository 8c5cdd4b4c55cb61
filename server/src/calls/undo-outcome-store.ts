import type { Lead } from '../leads/lead.ts';
import { setFirstReply } from '../leads/lead-store.ts';
import { pgJson } from '../platform/database/pg-json.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { anotherWaits, type EndedCall } from './call-store.ts';
import type { Stopped } from './do-not-call.ts';

type Stage = Pick<Lead, 'status_id' | 'lost_reason_id'>;

/** What an outcome did to its lead. */
export interface Effects {
  note_id: string | null;
  stopped: Stopped | null;
  moved: { from: Stage; to: Stage } | null;
  task_id: string | null;
}

/** The state before the last outcome of a call. Times are in ISO 8601, because the state is stored as JSON. */
export interface BeforeOutcome extends Effects {
  call: { readonly [K in keyof EndedCall]: EndedCall[K] extends Date | null ? string | null : EndedCall[K] };
  /** True if the call was created only for the report, so no call was waiting before it. */
  is_new: boolean;
  /** True if the outcome was the first reply to the lead. */
  is_first_reply: boolean;
}

/** Stores the state before a call's outcome, or null once the outcome has been undone. */
export async function keepBefore(tx: Tx, callId: string, before: BeforeOutcome | null): Promise<void> {
  await tx.query('UPDATE calls SET before_outcome = $3 WHERE workspace_id = $1 AND id = $2', [
    tx.workspaceId,
    callId,
    before && pgJson(before),
  ]);
}

/** The lead's call that ended last, if its outcome can still be undone. */
export async function lastEnded(
  tx: Tx,
  leadId: string,
): Promise<{ id: string; ended_at: Date; member_id: string | null; before: BeforeOutcome } | undefined> {
  const [call] = await tx.query<{ id: string; ended_at: Date; member_id: string | null; before: BeforeOutcome | null }>(
    `SELECT id, ended_at, member_id, before_outcome AS before FROM calls
     WHERE workspace_id = $1 AND lead_id = $2 AND ended_at IS NOT NULL AND state <> 'claimed'
     ORDER BY ended_at DESC LIMIT 1 FOR UPDATE`,
    [tx.workspaceId, leadId],
  );
  return call?.before ? { ...call, before: call.before } : undefined;
}

/** Whether another call of the same lead and type is waiting. */
export async function hasOtherWaiting(tx: Tx, callId: string): Promise<boolean> {
  const [row] = await tx.query<{ waits: boolean }>(
    `SELECT ${anotherWaits('c')} AS waits FROM calls c WHERE c.workspace_id = $1 AND c.id = $2`,
    [tx.workspaceId, callId],
  );
  return row?.waits === true;
}

/** Deletes a call's attempts that ended at these times. Restoring an earlier end records its attempt again. */
export async function forgetAttempts(tx: Tx, callId: string, ended: readonly (Date | string)[]): Promise<void> {
  await tx.query('DELETE FROM call_attempts WHERE workspace_id = $1 AND call_id = $2 AND ended_at = ANY ($3)', [
    tx.workspaceId,
    callId,
    ended,
  ]);
}

/** Restarts the lead's first-reply clock and gives its calls the priority of a lead that has had no reply. */
export async function forgetFirstReply(tx: Tx, leadId: string): Promise<void> {
  await setFirstReply(tx, leadId, null);
  await tx.query(
    `UPDATE calls SET again = false WHERE workspace_id = $1 AND lead_id = $2 AND again AND attempts = 0
       AND state IN ('pending', 'claimed')`,
    [tx.workspaceId, leadId],
  );
}
