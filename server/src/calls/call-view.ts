import Type, { type Static } from 'typebox';
import type { NewEvent } from '../events/event-store.ts';
import { instant, instantOrNull, numberOrNull, oneOf, shape, textOrNull } from '../http/shapes.ts';
import { namedIn } from '../leads/lead-events.ts';
import { typeId } from '../platform/ids.ts';
import { showPhone } from '../platform/phone.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import { type Call, callStates } from './call-store.ts';

/** A planned phone call as `/v1` shows it. Its claim is shown to the claimer alone. */
export const callView = shape(
  'CallView',
  Type.Object(
    {
      id: Type.String({ description: 'call_ and 26 characters.' }),
      lead_id: Type.String(),
      type: textOrNull('Name of the lead type it is for.'),
      type_id: textOrNull('Its id.'),
      phone: Type.String(),
      phone_display: Type.String({ description: 'The phone as people write it.' }),
      state: oneOf(callStates, 'claimed until claim_expires_at, then it is offered again.'),
      due_at: instant('Not offered before.'),
      offer_at: instant('Offered from then on: due_at, or later when it was skipped or was not lawful.'),
      callback: Type.Boolean({ description: 'Agreed with the lead.' }),
      attempts: Type.Integer({ description: 'How often it was dialled.' }),
      skips: Type.Integer({ description: 'How often it was passed over since it was last dialled.' }),
      claimed_by: textOrNull('The agent who has it.'),
      claim_expires_at: instantOrNull('When the claim ends by itself.'),
      outcome: textOrNull('What came of the last attempt.'),
      outcome_id: textOrNull('The same as one of the outcomes of the workspace.'),
      note: textOrNull('What the agent noted.'),
      member_id: textOrNull('The member who has it, or made it last.'),
      started_at: instantOrNull('When the last talk began.'),
      ended_at: instantOrNull('When it was last made.'),
      talk_seconds: numberOrNull('How long was spoken, the last time.'),
      created_at: instant('When it was planned.'),
      updated_at: instant('When it last changed.'),
    },
    { description: 'A planned phone call.' },
  ),
);

export function viewCall(call: Call, referenceData: ReferenceData): Static<typeof callView.schema> {
  return {
    id: typeId('call', call.id),
    lead_id: typeId('lead', call.lead_id),
    type: referenceData.get('type', call.type_id)?.name ?? null,
    type_id: call.type_id,
    phone: call.phone,
    phone_display: showPhone(call.phone, referenceData.workspace.region),
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

/** The event of a call that was planned. */
export function callPlanned(
  { id, lead_id, type_id, due_at }: Pick<Call, 'id' | 'lead_id' | 'type_id' | 'due_at'>,
  referenceData: ReferenceData,
  at: Date,
): NewEvent {
  const type = namedIn(referenceData, 'type', type_id);
  const payload = { call_id: typeId('call', id), type, due_at: due_at.toISOString() };
  return { type: 'call.planned', lead_id, payload, at };
}
