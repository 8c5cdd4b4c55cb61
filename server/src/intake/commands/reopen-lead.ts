import { listStatusChanges } from '../../leads/activity-store.ts';
import type { Lead } from '../../leads/lead.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import type { ReferenceData, Status } from '../../workspaces/reference-data.ts';
import type { Change } from '../apply.ts';
import { reasons } from '../reasons.ts';
import { storeChange } from './change-lead.ts';
import { findLead } from './find-lead.ts';
import { leadNotFound, type Performer } from './performer.ts';

/** Takes a closed lead back to the stage in which it was before. One that is open stays as it is. */
export const reopenLead: Performer<'reopenLead'> = async (tx, { lead: ref }, context) => {
  const { referenceData } = context;
  const lead = await findLead(tx, ref, context, true);
  if (!lead) return leadNotFound;
  const isClosed = !isWorked(referenceData.get('status', lead.status_id));
  const status = isClosed ? await stageBefore(tx, lead, referenceData) : undefined;
  if (status) {
    const before = structuredClone(lead);
    const changes: Change[] = [{ field: 'status_id', from: lead.status_id, to: status.id }];
    lead.status_id = status.id;
    if (lead.lost_reason_id !== null) changes.push({ field: 'lost_reason_id', from: lead.lost_reason_id, to: null });
    lead.lost_reason_id = null;
    await storeChange(tx, before, lead, changes, { reason: reasons.reopenedByHand(status.name) }, context);
  }
  return { result: { kind: 'lead', did: 'updated', lead }, lead_id: lead.id };
};

/** The last open stage that the timeline tells of and that there still is; else the first that there is. */
async function stageBefore(tx: Tx, lead: Lead, referenceData: ReferenceData): Promise<Status | undefined> {
  for (const { from } of await listStatusChanges(tx, lead.id)) {
    const status = referenceData.get('status', from);
    if (isWorked(status)) return status;
  }
  return referenceData.all('status').find(isWorked);
}

function isWorked(status: Status | undefined): boolean {
  return status?.state === 'new' || status?.state === 'open';
}
