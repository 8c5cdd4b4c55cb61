import Type, { type Static } from 'typebox';
import { eventTypes } from '../events/catalogue.ts';
import { instant, oneOf, textOrNull, viewShape, wholeOrNull } from '../http/shapes.ts';
import { typeId } from '../platform/ids.ts';
import type { StoredEvent } from './feed-store.ts';

/** An event as other systems receive it. */
export const eventView = viewShape('Event', 'Something that happened.', {
  id: Type.String({
    description: 'Id of the event, evt_...: the same wherever and however often it is delivered.',
  }),
  type: oneOf(eventTypes, 'What happened; docs/events.md explains each type.'),
  created_at: instant('When it happened.'),
  lead_id: textOrNull('The lead it is about.'),
  lead_version: wholeOrNull('Version of the lead after the event; null if the lead itself did not change.'),
  data: Type.Unsafe<Record<string, unknown>>({
    type: 'object',
    description: 'Ids and what changed. The fields depend on the type.',
  }),
});

/** Converts a stored event to its published form. */
export function viewEvent(event: StoredEvent): Static<typeof eventView.schema> {
  return {
    id: typeId('evt', event.id),
    type: event.type,
    created_at: event.created_at.toISOString(),
    lead_id: event.lead_id && typeId('lead', event.lead_id),
    lead_version: event.lead_version,
    data: event.payload,
  };
}
