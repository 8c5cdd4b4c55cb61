import Type, { type Static } from 'typebox';
import { instant, instantOrNull, oneOf, textOrNull, viewShape, wholeOrNull } from '../http/shapes.ts';
import { typeId } from '../platform/ids.ts';
import type { Attempt, Delivery } from './delivery-store.ts';
import { deliveryId, deliveryStates } from './webhook.ts';

const result = {
  at: instant('When it began.'),
  took_ms: Type.Integer({ description: 'How long it took, in ms.' }),
  status: wholeOrNull('HTTP status of the response; null if there was none.'),
  error: textOrNull('Why the attempt failed; null if it succeeded.'),
};
const view = {
  id: Type.String(),
  webhook_id: Type.String(),
  event_id: Type.String({ description: 'Id of the event, sent as webhook-id. It is the same in every attempt.' }),
  type: Type.String({ description: 'Type of the event.' }),
  lead_id: textOrNull('The lead that the event is about.'),
  state: oneOf(
    deliveryStates,
    'pending: waiting for its next attempt. failed: given up. held: kept back because the webhook is or was disabled.',
  ),
  attempts: Type.Integer({ description: 'Attempts so far.' }),
  next_attempt_at: instantOrNull('When the next attempt is due; null if the delivery is not pending.'),
  created_at: instant('When the event happened.'),
  last_attempt: Type.Unsafe<Static<ReturnType<typeof Type.Object<typeof result>>> | null>({
    description: 'The last attempt; null before the first.',
    anyOf: [Type.Object(result), { type: 'null' }],
  }),
};
export const deliveryView = viewShape('DeliveryView', 'The delivery of an event to a webhook.', view);
export const deliveryDetail = viewShape('DeliveryDetail', 'A delivery with its attempts.', {
  ...view,
  body: Type.String({ description: 'The body that an attempt would send now. Bodies are not stored.' }),
  attempt_list: Type.Array(
    Type.Object({
      attempt: Type.Integer({ description: 'Number of the attempt, starting at 1.' }),
      ...result,
      answer: textOrNull('The first 2 kB of the response body.'),
    }),
    { description: 'All attempts, oldest first.' },
  ),
});

export function viewDelivery(delivery: Delivery): Static<typeof deliveryView.schema> {
  const { webhook_id, event_id, type, lead_id, state, attempts, tried_at, took_ms, status, error } = delivery;
  return {
    id: deliveryId(delivery),
    webhook_id: typeId('hook', webhook_id),
    event_id: typeId('evt', event_id),
    type,
    lead_id: lead_id && typeId('lead', lead_id),
    state,
    attempts,
    next_attempt_at: state === 'pending' ? delivery.due_at.toISOString() : null,
    created_at: delivery.created_at.toISOString(),
    last_attempt: tried_at && { at: tried_at.toISOString(), took_ms: took_ms ?? 0, status, error },
  };
}

export function viewAttempt({ at, ...attempt }: Attempt) {
  return { ...attempt, at: at.toISOString() };
}
