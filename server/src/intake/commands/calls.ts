import { type Call, leadOfCallAddedAs, lockCalls, cancelCall as storeCancelled } from '../../calls/call-store.ts';
import { announce } from '../../events/event-store.ts';
import { recordActivity } from '../../leads/activity-store.ts';
import type { Lead } from '../../leads/lead.ts';
import { phoneKey } from '../../leads/lead-keys.ts';
import { moveToStatus } from '../../leads/lead-status.ts';
import { saveLeadChange } from '../../leads/save-lead-change.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { typeId } from '../../platform/ids.ts';
import type { Problem } from '../../platform/problem.ts';
import { findLead } from './find-lead.ts';
import { type CommandContext, changedBy, leadNotFound, type Performed, type Performer } from './performer.ts';

/**
 * Withdraws a lead of one type at its sender's request: cancels the waiting call, and the lead too if nobody has worked
 * on it. A call that an agent has claimed or dialled can no longer be withdrawn.
 */
export const cancelCall: Performer<'cancelCall'> = async (tx, command, context) => {
  const { now } = context;
  const lead = await findLeadOfCall(tx, command, context);
  if (!lead) return leadNotFound;
  const calls = await lockCalls(tx, lead.id, command.type_id);
  const waiting = calls.find((call) => call.state === 'pending' || isExpired(call, now));
  if (waiting) return cancel(tx, lead, waiting, command.type_id, context);
  if (calls.some((call) => call.state !== 'cancelled')) return { kind: 'conflict', code: 'already_processed' };
  // A lead of this type from another channel, for which no call was ever planned.
  if (calls.length === 0 && lead.type_id === command.type_id)
    return cancel(tx, lead, undefined, command.type_id, context);
  return leadNotFound;
};

/**
 * The lead with a waiting call that was added under this number, even if the number has been corrected since; otherwise
 * the lead that has the number now, or else one with an earlier call added under it.
 */
async function findLeadOfCall(
  tx: Tx,
  { phone, type_id }: Parameters<typeof cancelCall>[1],
  context: CommandContext,
): Promise<Lead | undefined> {
  // Calls store only the number; a key may also include an extension.
  const number = phoneKey(phone, context.caller.region)?.split(';')[0];
  const added = number ? await leadOfCallAddedAs(tx, number, type_id) : undefined;
  const byCall = added ? ({ by: 'id', id: added.lead_id } as const) : undefined;
  if (byCall && added?.waits) return findLead(tx, byCall, context, true);
  const lead = await findLead(tx, { by: 'contact', phone }, context, true);
  return lead ?? (byCall && findLead(tx, byCall, context, true));
}

function isExpired(call: Call, now: Date): boolean {
  return call.state === 'claimed' && call.claim_expires_at !== null && call.claim_expires_at <= now;
}

async function cancel(
  tx: Tx,
  lead: Lead,
  call: Call | undefined,
  wantedType: string,
  context: CommandContext,
): Promise<Performed | Problem> {
  const { caller, actor, referenceData, now, submissionId } = context;
  const cancelled = referenceData.all('status').find((status) => status.state === 'cancelled');
  const untouched = referenceData.get('status', lead.status_id)?.state === 'new' && lead.type_id === wantedType;
  if (!call && !(untouched && cancelled)) return { kind: 'conflict', code: 'already_processed' };
  if (call) {
    await storeCancelled(tx, call.id, now);
    await recordActivity(tx, {
      lead_id: lead.id,
      kind: 'call_cancelled',
      actor,
      reason: 'The sender cancelled the lead before it was called.',
      detail: { dialect: caller.dialect, call_id: call.id },
      submission_id: submissionId,
      at: now,
    });
    await announce(tx, {
      type: 'call.cancelled',
      lead_id: lead.id,
      payload: { call_id: typeId('call', call.id) },
      at: now,
    });
  }
  if (untouched && cancelled) {
    const before = structuredClone(lead);
    const changes = moveToStatus(lead, { status_id: cancelled.id }, referenceData);
    await saveLeadChange(tx, { before, lead, changes, ...changedBy(context, 'The sender withdrew the lead.') });
  }
  return { result: { kind: 'call_cancelled', lead_id: lead.id }, lead_id: lead.id };
}
