import { moveToStatus } from '../leads/lead-status.ts';
import { uuidv7 } from '../platform/ids.ts';
import { dayIn, endOfDay } from '../platform/time/calendar.ts';
import { isOpenState, type LifecycleState, type ReferenceData } from '../workspaces/reference-data.ts';
import type { AcceptedLead, BatchItem, IncomingLead } from './batch/batch-item.ts';
import { reasons } from './reasons.ts';

/**
 * Brings a lead that was closed before this request back to attention, as configured in the workspace: by moving it to
 * the default status, or by planning a next step for today. Does neither if the sender states a closed status itself.
 * No step is added if one is planned already, such as a call.
 */
export function enquireAgain(
  { arrival, incoming }: BatchItem & { incoming: IncomingLead },
  accepted: AcceptedLead,
  before: LifecycleState | undefined,
): AcceptedLead {
  const { referenceData, envelope } = arrival;
  const { lead } = accepted;
  if (accepted.isNew || before === undefined || isOpenState(before)) return accepted;
  const isOpen = isOpenState(stateOf(lead.status_id, referenceData));
  if (!isOpen && incoming.prepared.references.status_id) return accepted;
  lead.enquired_again_at = envelope.received_at;
  if (isOpen) return { ...accepted, reason: withReason(accepted, reasons.enquiredAgain(before)) };
  const first = referenceData.all('status').find((status) => status.is_default);
  if (referenceData.workspace.closed_lead_enquires === 'reopen' && first && isOpenState(first.state)) {
    accepted.changes.push(...moveToStatus(lead, { status_id: first.id }, referenceData));
    return { ...accepted, reason: withReason(accepted, reasons.reopenedByEnquiry(before)) };
  }
  if (lead.next_step_kind !== null || accepted.call === 'scheduled')
    return { ...accepted, reason: withReason(accepted, reasons.enquiredAgain(before)) };
  return { ...accepted, task: planStep(accepted, arrival), reason: withReason(accepted, reasons.stepPlanned(before)) };
}

export function stateOf(statusId: string | null, referenceData: ReferenceData): LifecycleState | undefined {
  return referenceData.get('status', statusId)?.state;
}

function withReason({ reason }: AcceptedLead, more: string): string {
  return reason.includes(reasons.reopened) ? reason : `${reason} ${more}`;
}

function planStep({ lead }: AcceptedLead, { referenceData, envelope }: BatchItem['arrival']): AcceptedLead['task'] {
  const { time_zone } = referenceData.workspace;
  const owner = referenceData.get('member', lead.owner_id);
  const task = {
    id: uuidv7(),
    lead_id: lead.id,
    contact: null,
    name: 'Enquired again',
    description: null,
    comment: null,
    category: 'normal' as const,
    due_at: endOfDay(dayIn(envelope.received_at, time_zone), time_zone),
    assignee_id: owner?.active ? owner.id : null,
  };
  // The database will set these values itself, but the next request of the batch and the response need them now.
  Object.assign(lead, { next_step_kind: 'task', next_step: task.name, next_step_at: task.due_at });
  return task;
}
