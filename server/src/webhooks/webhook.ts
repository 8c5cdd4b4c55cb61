import type { EventType } from '../events/catalogue.ts';
import { fromTypeId, typeId } from '../platform/ids.ts';
import type { Encrypted } from '../secrets/keyring.ts';

/**
 * Why a webhook is disabled: a member did it, its receiver answered 410 or asked for it, it failed for days, or the key
 * of its secret was lost.
 */
export const disabledReasons = ['member', 'gone', 'asked', 'failing', 'key_lost'] as const;
export type DisabledReason = (typeof disabledReasons)[number];

/** What a webhook can get in addition to each event. */
export const includable = ['lead'] as const;
type Includable = (typeof includable)[number];

/** A receiver of events, as stored. */
export interface Webhook {
  id: string;
  url: string;
  description: string | null;
  /** null: all types. */
  events: EventType[] | null;
  /** Only events about leads with one of these; null: any. */
  sources: string[] | null;
  types: string[] | null;
  departments: string[] | null;
  include: Includable[];
  enabled: boolean;
  disabled_at: Date | null;
  disabled_because: DisabledReason | null;
  /** The bytes of its secret, encrypted for `ownerOf.webhook`. */
  secret: Encrypted;
  old_secret: Encrypted | null;
  old_secret_ends_at: Date | null;
  failing_since: Date | null;
  failed_at: Date | null;
  created_by: string;
  created_at: Date;
}

/** `held`: kept for a webhook that is disabled. */
export const deliveryStates = ['pending', 'sending', 'delivered', 'failed', 'held'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** A delivery is identified by its webhook and its event. */
export interface DeliveryKey {
  webhook_id: string;
  event_id: string;
}

const PREFIX = 'dlv';
const ID_LENGTH = 26;

/** The public id of a delivery: both ids after one prefix. */
export function deliveryId({ webhook_id, event_id }: DeliveryKey): string {
  return `${typeId(PREFIX, webhook_id)}${typeId('', event_id).slice(1)}`;
}

/** Reads a public id; undefined if it cannot be one. */
export function readDeliveryId(text: string): DeliveryKey | undefined {
  const half = PREFIX.length + 1 + ID_LENGTH;
  const webhookId = fromTypeId(PREFIX, text.slice(0, half));
  const eventId = fromTypeId('', `_${text.slice(half)}`);
  return webhookId && eventId ? { webhook_id: webhookId, event_id: eventId } : undefined;
}
