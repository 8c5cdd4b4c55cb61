import Type, { type Static } from 'typebox';
import { instant, instantOrNull, textOrNull, viewShape } from '../http/shapes.ts';
import { extensionOf } from '../leads/lead-keys.ts';
import { typeId } from '../platform/ids.ts';
import { formatPhone } from '../platform/phone/show-phone.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import { callWhy, viewWhy } from './call-reason-view.ts';
import { MOST_COUNTED } from './figures-store.ts';
import type { Queue } from './queue.ts';
import type { Offer } from './queue-store.ts';

const queuedCall = viewShape('QueuedCall', 'A call in the queue.', {
  call_id: Type.String(),
  lead_id: Type.String(),
  name: Type.String({ description: 'Name of the lead.' }),
  company_name: textOrNull('Company of the lead.'),
  phone_display: Type.String(),
  offer_at: instant('When it is offered.'),
  is_due: Type.Boolean({ description: 'Whether it can be claimed now.' }),
  why: callWhy.ref,
});

/** The queue as an agent sees it. */
export const callQueue = viewShape('CallQueue', 'The call queue.', {
  next: Type.Array(queuedCall.ref, {
    description: 'The next calls: due calls in queue order, then the soonest.',
  }),
  in_queue: Type.Integer({ description: `Calls that are due; counted up to ${MOST_COUNTED}.` }),
  callbacks_due: Type.Integer({ description: 'How many of the due calls are callbacks.' }),
  oldest_due_at: instantOrNull('When the call that has waited longest became due.'),
  calls_today: Type.Integer({ description: 'Calls the caller has made today.' }),
  talk_seconds_today: Type.Integer(),
  next_callback: Type.Unsafe<{ at: string; name: string } | null>({
    type: ['object', 'null'],
    properties: { at: { type: 'string', format: 'date-time' }, name: { type: 'string' } },
    required: ['at', 'name'],
    description: 'The next agreed callback.',
  }),
});

export function viewQueue(queue: Queue, referenceData: ReferenceData, now: Date): Static<typeof callQueue.schema> {
  const { next, figures, today, nextCallback } = queue;
  return {
    next: next.map((offer) => viewOffer(offer, referenceData, now)),
    in_queue: figures.in_queue,
    callbacks_due: figures.callbacks_due,
    oldest_due_at: figures.oldest_due_at?.toISOString() ?? null,
    calls_today: today.calls,
    talk_seconds_today: today.talk_seconds,
    next_callback: nextCallback ? { at: nextCallback.offer_at.toISOString(), name: nextCallback.lead_name } : null,
  };
}

function viewOffer(offer: Offer, referenceData: ReferenceData, now: Date): Static<typeof queuedCall.schema> {
  const lead = { first_reply_at: offer.first_reply_at, created_at: offer.lead_created_at };
  const { phone, lead_phone, phone_sent } = offer;
  const extension = phone === lead_phone ? extensionOf({ phone, phone_sent }) : undefined;
  return {
    call_id: typeId('call', offer.id),
    lead_id: typeId('lead', offer.lead_id),
    name: offer.lead_name,
    company_name: offer.company_name,
    phone_display: formatPhone(offer.phone, referenceData.workspace.region, extension),
    offer_at: offer.offer_at.toISOString(),
    is_due: offer.offer_at <= now,
    why: viewWhy(offer, lead, referenceData),
  };
}
