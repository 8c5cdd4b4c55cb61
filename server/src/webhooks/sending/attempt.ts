import type { Lead } from '../../leads/lead.ts';
import { viewLead } from '../../leads/lead-view.ts';
import type { Egress, EgressOutcome } from '../../platform/egress/egress.ts';
import { typeId } from '../../platform/ids.ts';
import type { Keyring } from '../../secrets/keyring.ts';
import { ownerOf } from '../../secrets/secret-store.ts';
import type { ReferenceData } from '../../workspaces/reference-data.ts';
import type { Webhook } from '../webhook.ts';
import type { Claimed } from './claim-store.ts';
import { eventBody } from './event-body.ts';
import { judgeAnswer, type Verdict } from './judge-answer.ts';
import { nextDelay } from './retry-schedule.ts';
import { signature } from './signature.ts';
import type { Ended } from './turn.ts';

export const TIME_LIMIT_MS = 15_000;
const KEPT_BYTES = 2_000;

/** What an attempt needs. */
export interface AttemptOptions {
  egress: Pick<Egress, 'send'>;
  keyring: Keyring;
  schedule: readonly number[];
  clock(): Date;
  /** Ends the attempt early, when the server stops. */
  signal: AbortSignal;
  onError(error: unknown): void;
}

/** A delivery with everything needed to send it. */
export interface Sending {
  webhook: Webhook;
  delivery: Claimed;
  leads: ReadonlyMap<string, Lead>;
  referenceData: ReferenceData;
}

/** Makes one attempt at a delivery and returns its result. */
export async function attempt(sending: Sending, options: AttemptOptions): Promise<Ended> {
  const { webhook, delivery } = sending;
  const at = options.clock();
  const { event_id, lease, attempts } = delivery;
  const text = bodyOf(sending);
  if (text === undefined) return { ...untried(sending, options), state: 'failed' };
  const started = performance.now();
  const outcome = await send(webhook, { id: typeId('evt', event_id), body: text, at }, options);
  const verdict = judgeAnswer(outcome, options.clock());
  if (verdict.kind === 'cancelled') return untried(sending, options);
  const took_ms = Math.round(performance.now() - started);
  return {
    event_id,
    lease,
    attempts: attempts + 1,
    ...nextState(verdict, outcome, delivery, options),
    verdict: verdict.kind,
    tried: { at, took_ms, status: outcome.status, error: verdict.error, answer: answerOf(outcome) },
  };
}

interface Message {
  id: string;
  body: string;
  at: Date;
}

/** An error of our own counts as a failed attempt; otherwise the delivery would be tried for ever. */
async function send(
  webhook: Webhook,
  message: Message,
  { egress, keyring, signal, onError }: AttemptOptions,
): Promise<EgressOutcome> {
  try {
    return await egress.send({
      url: webhook.url,
      method: 'POST',
      headers: headersFor(webhook, message, keyring),
      body: message.body,
      timeoutMs: TIME_LIMIT_MS,
      signal,
      keepBytes: KEPT_BYTES,
    });
  } catch (error) {
    onError(error);
    const timings = { lookedUp: null, connected: null, answered: null, ended: 0 };
    return { kind: 'failed', fault: 'bad_answer', detail: 'It could not be sent.', status: null, timings };
  }
}

/** The result for a delivery that was claimed but not tried: it is due again. */
export function untried({ delivery }: Sending, { clock }: Pick<AttemptOptions, 'clock'>): Ended {
  const { event_id, lease, attempts } = delivery;
  return { event_id, lease, attempts, state: 'pending', due_at: clock(), verdict: 'cancelled' };
}

/** The body to send; undefined if the event was removed. */
function bodyOf({ webhook, delivery: { event }, leads, referenceData }: Sending): string | undefined {
  if (!event) return undefined;
  if (!webhook.include.includes('lead') || event.lead_id === null) return eventBody(event);
  const lead = leads.get(event.lead_id);
  return eventBody(event, lead ? viewLead(lead, referenceData) : null);
}

function headersFor(webhook: Webhook, { id, body, at }: Message, keyring: Keyring): Record<string, string> {
  const timestamp = Math.floor(at.getTime() / 1000);
  const { secret, old_secret: old, old_secret_ends_at: ends } = webhook;
  const encrypted = old && ends && ends > at ? [secret, old] : [secret];
  const secrets = encrypted.map((one) => keyring.decrypt(one, ownerOf.webhook(webhook.id)));
  return {
    'content-type': 'application/json',
    'user-agent': 'Leadwell-Webhooks/1.0',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signature(secrets, { id, timestamp, body }),
  };
}

function nextState(
  { kind, retryAfter }: Verdict,
  { status }: EgressOutcome,
  { attempts, earlier_attempts }: Claimed,
  { clock, schedule }: AttemptOptions,
): Pick<Ended, 'state' | 'due_at'> {
  const now = clock();
  const isTaken = status !== null && status >= 200 && status < 300;
  if (kind === 'delivered' || (kind === 'asked' && isTaken)) return { state: 'delivered', due_at: now };
  if (kind === 'abort') return { state: 'failed', due_at: now };
  if (kind !== 'failed') return { state: 'held', due_at: now };
  const made = attempts + 1 - earlier_attempts;
  const delay = nextDelay(made, { schedule, random: Math.random(), ...(retryAfter !== undefined && { retryAfter }) });
  return delay === undefined
    ? { state: 'failed', due_at: now }
    : { state: 'pending', due_at: new Date(now.getTime() + delay) };
}

/** The beginning of the response body as text; null without a response. */
function answerOf(outcome: EgressOutcome): string | null {
  return outcome.kind === 'answered' ? outcome.body.toString('utf8') : null;
}
