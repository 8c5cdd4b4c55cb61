import { notFound } from '../../http/refused.ts';
import { recordActivity } from '../../leads/activity-store.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import type { AgentContext } from '../call-desk.ts';
import { auditOverride, localTimeOf, requirePermitted } from '../claim-call.ts';
import { verdictOn } from './call-list.ts';
import { readListed } from './call-list-store.ts';

/**
 * Refuses a call to a lead that may not be called now. A deliberate call outside the hours is permitted and recorded.
 * Must run without row-level visibility, as claiming does.
 */
export async function permitCall(
  tx: Tx,
  leadId: string,
  outsideHours: boolean | undefined,
  agentContext: AgentContext,
): Promise<void> {
  const { actor, agent, now, referenceData, visibility } = agentContext;
  const [lead] = await readListed(tx, [leadId], { now, calledSince: now, skippedSince: now }, visibility);
  if (!lead) throw notFound('lead');
  const type = referenceData.get('type', lead.type_id);
  const zone = requirePermitted(verdictOn(lead, agentContext), type, outsideHours);
  if (!zone) return;
  const local_time = localTimeOf(zone, now);
  const reason = `${agent} called outside the calling hours, at ${local_time}.`;
  await recordActivity(tx, {
    lead_id: leadId,
    kind: 'called_outside_hours',
    actor,
    reason,
    detail: { local_time },
    at: now,
  });
  await auditOverride(tx, { leadId, localTime: local_time }, agentContext);
}
