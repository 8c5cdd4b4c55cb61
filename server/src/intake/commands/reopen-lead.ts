import { listStatusChanges } from '../../leads/activity-store.ts';
import type { Lead } from '../../leads/lead.ts';
import { moveToStatus } from '../../leads/lead-status.ts';
import { saveLeadChange } from '../../leads/save-lead-change.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { isOpenState, type ReferenceData, type Status } from '../../workspaces/reference-data.ts';
import { reasons } from '../reasons.ts';
import { findLead } from './find-lead.ts';
import { changedBy, leadNotFound, type Performer } from './performer.ts';

/** Returns a closed lead to its previous stage. An open lead is left unchanged. */
export const reopenLead: Performer<'reopenLead'> = async (tx, { lead: ref }, context) => {
  const { referenceData } = context;
  const lead = await findLead(tx, ref, context, true);
  if (!lead) return leadNotFound;
  const isClosed = !isWorked(referenceData.get('status', lead.status_id));
  const status = isClosed ? await stageBefore(tx, lead, referenceData) : undefined;
  if (status) {
    const before = structuredClone(lead);
    const changes = moveToStatus(lead, { status_id: status.id }, referenceData);
    await saveLeadChange(tx, { before, lead, changes, ...changedBy(context, reasons.reopenedByHand(status.name)) });
  }
  return { result: { kind: 'lead', did: 'updated', lead }, lead_id: lead.id };
};

/** The last open stage in the timeline that still exists, otherwise the first open stage. */
async function stageBefore(tx: Tx, lead: Lead, referenceData: ReferenceData): Promise<Status | undefined> {
  for (const { from } of await listStatusChanges(tx, lead.id)) {
    const status = referenceData.get('status', from);
    if (isWorked(status)) return status;
  }
  return referenceData.all('status').find(isWorked);
}

function isWorked(status: Status | undefined): boolean {
  return isOpenState(status?.state);
}
