import Type, { type Static } from 'typebox';
import type { NewEvent } from '../events/event-store.ts';
import { instant, instantOrNull, numberOrNull, oneOf, textOrNull, viewShape } from '../http/shapes.ts';
import { namedIn } from '../leads/lead-events.ts';
import { typeId } from '../platform/ids.ts';
import { formatPhone } from '../platform/phone/show-phone.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import { type Call, callStates } from './call-store.ts';

/** A scheduled phone call in `/v1`. Its claim id is shown only to the agent who claimed it. */
export const callView = viewShape('CallView', 'A planned phone call.', {
  id: Type.String({ description: 'call_ and 26 characters.' }),
  lead_id: Type.String(),
  type: textOrNull('Name of the lead type.'),
  type_id: textOrNull('Id of the lead type.'),
  phone: Type.String(),
  phone_display: Type.String({ description: 'The phone number formatted for reading.' }),
  state: oneOf(callStates, 'A call is claimed until claim_expires_at; after that it is offered again.'),
  due_at: instant('When it is due; it is not offered earlier.'),
  offer_at: instant('When it is offered: at due_at, or later if it was skipped or fell outside the calling hours.'),
  callback: Type.Boolean({ description: 'Whether this is a callback agreed with the lead.' }),
  attempts: Type.Integer({ description: 'How often the call was dialled.' }),
  skips: Type.Integer({ description: 'How often it was skipped since it was last dialled.' }),
  claimed_by: textOrNull('The agent who has claimed it.'),
  claim_expires_at: instantOrNull('When the claim expires.'),
  outcome: textOrNull('Outcome of the last attempt.'),
  outcome_id: textOrNull("Id of that outcome, if it is one of the workspace's call outcomes."),
  note: textOrNull("The agent's note."),
  member_id: textOrNull('The member who has claimed it, or who made the last attempt.'),
  started_at: instantOrNull('When the last conversation began.'),
  ended_at: instantOrNull('When the last attempt ended.'),
  talk_seconds: numberOrNull('Length of the last conversation.'),
  created_at: instant('When it was planned.'),
  updated_at: instant('When it was last edited.'),
});

export function viewCall(call: Call, referenceData: ReferenceData): Static<typeof callView.schema> {
  return {
    id: typeId('call', call.id),
    lead_id: typeId('lead', call.lead_id),
    type: referenceData.get('type', call.type_id)?.name ?? null,
    type_id: call.type_id,
    phone: call.phone,
    phone_display: formatPhone(call.phone, referenceData.workspace.region),
    state: call.state,
    due_at: call.due_at.toISOString(),
    offer_at: call.offer_at.toISOString(),
    callback: call.callback,
    attempts: call.attempts,
    skips: call.skips,
    claimed_by: call.claimed_by,
    claim_expires_at: call.claim_expires_at?.toISOString() ?? null,
    outcome: call.outcome,
    outcome_id: call.outcome_id,
    note: call.note,
    member_id: call.member_id,
    started_at: call.started_at?.toISOString() ?? null,
    ended_at: call.ended_at?.toISOString() ?? null,
    talk_seconds: call.talk_seconds,
    created_at: call.created_at.toISOString(),
    updated_at: call.updated_at.toISOString(),
  };
}

/** The event announcing a planned call. */
export function callPlanned(
  { id, lead_id, type_id, due_at }: Pick<Call, 'id' | 'lead_id' | 'type_id' | 'due_at'>,
  referenceData: ReferenceData,
  at: Date,
): NewEvent {
  const type = namedIn(referenceData, 'type', type_id);
  const payload = { call_id: typeId('call', id), type, due_at: due_at.toISOString() };
  return { type: 'call.planned', lead_id, payload, at };
}

/** The event announcing a cancelled call. */
export function callCancelled({ id, lead_id }: Pick<Call, 'id' | 'lead_id'>, at: Date): NewEvent {
  return { type: 'call.cancelled', lead_id, payload: { call_id: typeId('call', id) }, at };
}
