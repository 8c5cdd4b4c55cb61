import type { LeadView } from '../../leads/lead-view.ts';
import { typeId } from '../../platform/ids.ts';

/** An event as it is read for sending. */
export interface SentEvent {
  event_id: string;
  type: string;
  lead_id: string | null;
  lead_version: number | null;
  payload: Readonly<Record<string, unknown>>;
  created_at: Date;
}

const MOST_BYTES = 20_000;

/**
 * The body that notifies a receiver of an event: type, timestamp and data as in Standard Webhooks, together with our id
 * and the lead's version. `lead` is null if it no longer exists, and undefined if the webhook does not ask for it. What
 * would make the body larger than 20 kB is left out and named in `left_out`.
 */
export function eventBody(event: SentEvent, lead?: LeadView | null): string {
  const whole = {
    type: event.type,
    timestamp: event.created_at.toISOString(),
    id: typeId('evt', event.event_id),
    lead_id: event.lead_id && typeId('lead', event.lead_id),
    lead_version: event.lead_version,
    data: event.payload,
    ...(lead !== undefined && event.lead_id && { lead }),
  };
  const { lead: _lead, ...withoutLead } = whole;
  const versions = [whole, { ...withoutLead, left_out: ['lead'] }];
  for (const version of versions) {
    const text = JSON.stringify(version);
    if (Buffer.byteLength(text) <= MOST_BYTES) return text;
  }
  return JSON.stringify({ ...withoutLead, data: {}, left_out: ['data', ...(lead === undefined ? [] : ['lead'])] });
}
