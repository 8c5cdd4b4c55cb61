import { permittedFrom } from '../calls/can-call.ts';
import { moveToStatus } from '../leads/lead-status.ts';
import { uuidv7 } from '../platform/ids.ts';
import { certaintyOf } from '../platform/phone/show-phone.ts';
import type { AcceptedLead, BatchItem, IncomingLead } from './batch/batch-item.ts';
import type { BatchState } from './batch/batch-state.ts';
import { reasons } from './reasons.ts';

/**
 * Plans the call that a request asks for, unless a call of this type is already waiting, the lead is already a contact
 * of this type, or it must not be called. Undefined if there is no number to call. Cancelled calls do not count,
 * because their sender withdrew the lead.
 */
export function planCall(
  item: BatchItem & { incoming: IncomingLead },
  accepted: AcceptedLead,
  batchState: BatchState,
): AcceptedLead['call'] {
  const { lead } = accepted;
  const { command, facts, references } = item.incoming.prepared;
  const typeId = references.type_id ?? null;
  const earlier = batchState.calls.filter((call) => call.lead_id === lead.id && call.type_id === typeId);
  const waiting = earlier.find((call) => call.state === 'pending' || call.state === 'claimed');
  const phone = [facts.values.phone, lead.phone].find((one) => one && certaintyOf(one) !== 'none');
  if (!phone) {
    accepted.reason += ` ${reasons.noNumberToCall}`;
    return undefined;
  }
  if (waiting) return waiting.phone === phone ? 'already_scheduled' : 'existing_contact';
  if (earlier.some((call) => call.state === 'dialled')) return 'existing_contact';
  if (!accepted.isNew && earlier.length === 0 && typeId !== null && lead.type_id === typeId) return 'existing_contact';
  // A lead that must not be called counts as a contact; no call is planned.
  if (lead.do_not_call_since || batchState.notToCall.has(phone)) return 'existing_contact';
  const now = item.arrival.envelope.received_at;
  const { referenceData } = item.arrival;
  const type = referenceData.get('type', typeId);
  const due = new Date(now.getTime() + (command.call?.delaySeconds ?? 0) * 1000);
  batchState.calls.push({
    id: uuidv7(),
    lead_id: lead.id,
    type_id: typeId,
    state: 'pending',
    phone,
    due_at: due,
    offer_at: permittedFrom(
      { ...lead, phone },
      type ?? referenceData.get('type', lead.type_id),
      due,
      referenceData.workspace,
    ),
    priority: type?.call_priority ?? 0,
    again: lead.first_reply_at !== null,
    isNew: true,
  });
  if (!accepted.isNew) reopen(item, accepted, earlier.length > 0);
  if (lead.type_id === null && typeId !== null) {
    if (!accepted.isNew) accepted.changes.push({ field: 'type_id', from: null, to: typeId });
    lead.type_id = typeId;
  }
  return 'scheduled';
}

/** Reopens a cancelled lead that enquires again. */
function reopen(item: BatchItem & { incoming: IncomingLead }, accepted: AcceptedLead, wasCancelled: boolean): void {
  const { referenceData } = item.arrival;
  const { lead } = accepted;
  if (!wasCancelled || referenceData.get('status', lead.status_id)?.state !== 'cancelled') return;
  const first = referenceData.all('status').find((status) => status.is_default);
  if (!first) return;
  accepted.changes.push(...moveToStatus(lead, { status_id: first.id }, referenceData));
  accepted.reason += ` ${reasons.reopened}`;
}
