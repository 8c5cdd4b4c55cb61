import { Pill, type Tone } from '../../ui/pill.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import type { Delivery, Webhook } from './get-webhooks.ts';

/** Why a webhook is disabled, in a sentence. */
export const disabledText: { readonly [R in NonNullable<Webhook['disabled_because']>]: string } = {
  member: 'A member disabled it.',
  gone: 'The receiver responded 410 Gone.',
  asked: 'The receiver responded “webhook-delivery: disable”.',
  failing: 'Every delivery failed for five days.',
  key_lost:
    'The key to its secret was lost. Rotate the secret, give the new one to the receiver, then enable the webhook.',
};

/** Counting stops at this number. */
const MOST_COUNTED = 10_000;

/** A count in words: `10,000+` if counting stopped at the limit. */
export function countText(count: number): string {
  return count >= MOST_COUNTED ? `${MOST_COUNTED.toLocaleString()}+` : count.toLocaleString();
}

/** The health of a webhook, in a word or two. */
export function Health({ webhook }: { webhook: Webhook }) {
  const { enabled, disabled_because: because, failing_since: since, last_success_at: last } = webhook;
  if (!enabled) return <Pill tone={because === 'member' ? 'lost' : 'bad'}>disabled</Pill>;
  if (since)
    return (
      <Pill tone="bad">
        failing since <RelativeTime at={since} isStart />
      </Pill>
    );
  return last ? <Pill tone="won">healthy</Pill> : <Pill tone="neutral">nothing sent yet</Pill>;
}

/** The states of a delivery, in a member's words. */
export const stateWords = {
  pending: 'waiting',
  sending: 'being sent',
  delivered: 'delivered',
  failed: 'given up',
  held: 'held',
} as const satisfies Record<Delivery['state'], string>;

const stateTones: Readonly<Record<Delivery['state'], Tone>> = {
  pending: 'proposal',
  sending: 'new',
  delivered: 'won',
  failed: 'bad',
  held: 'lost',
};

/** The state of a delivery. */
export function StatePill({ state }: { state: Delivery['state'] }) {
  return <Pill tone={stateTones[state]}>{stateWords[state]}</Pill>;
}
