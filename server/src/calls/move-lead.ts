import { announce } from '../events/event-store.ts';
import { Refused } from '../http/refused.ts';
import { recordActivity } from '../leads/activity-store.ts';
import type { Lead } from '../leads/lead.ts';
import { leadChanged } from '../leads/lead-events.ts';
import { lackingAfter } from '../leads/lead-rules.ts';
import { queueForIndex, saveLead } from '../leads/lead-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { invalid } from '../platform/problem.ts';
import type { Status } from '../workspaces/reference-data.ts';
import type { AgentContext } from './call-desk.ts';

/** Moves a locked lead to the status that a call's outcome names. A lost lead needs its reason, every lead what its type asks for. */
export async function moveLead(
  tx: Tx,
  lead: Lead,
  status: Status,
  { reason, lostReasonId }: { reason: string; lostReasonId: string | null },
  { actor, referenceData, now }: AgentContext,
): Promise<void> {
  if (status.id === lead.status_id) return;
  if (status.state === 'lost' && !lostReasonId && !lead.lost_reason_id)
    throw new Refused(invalid({ at: 'lost_reason', code: 'required' }));
  const lacking = lackingAfter(lead, { ...lead, status_id: status.id }, referenceData);
  if (lacking.length > 0) throw new Refused(invalid(...lacking));
  const changes = [{ field: 'status_id', from: lead.status_id, to: status.id }];
  if (status.state === 'lost' && lostReasonId && lostReasonId !== lead.lost_reason_id)
    changes.push({ field: 'lost_reason_id', from: lead.lost_reason_id ?? '', to: lostReasonId });
  lead.status_id = status.id;
  if (status.state === 'lost' && lostReasonId) lead.lost_reason_id = lostReasonId;
  lead.version += 1;
  lead.updated_at = now;
  await saveLead(tx, lead);
  await recordActivity(tx, { lead_id: lead.id, kind: 'status_changed', actor, reason, detail: { changes }, at: now });
  await announce(tx, ...leadChanged(lead, changes, referenceData, { at: now, submissionId: null }));
  await queueForIndex(tx, [lead.id], 0);
}
