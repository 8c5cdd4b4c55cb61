import Type, { type Static } from 'typebox';
import { instant, instantOrNull, oneOf, shape, textOrNull } from '../platform/http/shapes.ts';
import { typeId } from '../platform/ids.ts';
import type { Book } from '../workspaces/book.ts';
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
      state: oneOf(callStates, 'claimed until claim_expires_at, then it is offered again.'),
      due_at: instant('Not offered before.'),
      attempts: Type.Integer({ description: 'How often it was dialled.' }),
      claimed_by: textOrNull('The agent who has it.'),
      claim_expires_at: instantOrNull('When the claim ends by itself.'),
      outcome: textOrNull('What came of the last attempt.'),
      note: textOrNull('What the agent noted.'),
      created_at: instant('When it was planned.'),
      updated_at: instant('When it last changed.'),
    },
    { description: 'A planned phone call.' },
  ),
);

export function viewCall(call: Call, book: Book): Static<typeof callView.schema> {
  return {
    id: typeId('call', call.id),
    lead_id: typeId('lead', call.lead_id),
    type: book.get('type', call.type_id)?.name ?? null,
    type_id: call.type_id,
    phone: call.phone,
    state: call.state,
    due_at: call.due_at.toISOString(),
    attempts: call.attempts,
    claimed_by: call.claimed_by,
    claim_expires_at: call.claim_expires_at?.toISOString() ?? null,
    outcome: call.outcome,
    note: call.note,
    created_at: call.created_at.toISOString(),
    updated_at: call.updated_at.toISOString(),
  };
}
