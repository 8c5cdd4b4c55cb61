import { announce } from '../../events/event-store.ts';
import type { Lead } from '../../leads/lead.ts';
import { readLeadsById } from '../../leads/lead-memory-store.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { typeId } from '../../platform/ids.ts';
import type { DisabledReason, Webhook } from '../webhook.ts';
import { disableWebhook, lockWebhook, saveFailing } from '../webhook-store.ts';
import { type Claimed, claimDeliveries, takeBackDeliveries } from './claim-store.ts';
import type { Verdict } from './judge-answer.ts';
import { type SentResult, saveResults } from './result-store.ts';

/** A result, and what it says about the webhook. */
export interface Ended extends SentResult {
  verdict: Verdict['kind'];
}

/** What the next turn of a webhook does: it stores the results of the last deliveries and claims more. */
export interface TurnOptions {
  ended: readonly Ended[];
  /** How many deliveries to claim. */
  most: number;
  /** How many this process has claimed besides those that ended. */
  own: number;
  now: Date;
  lease: Date;
}

/** Claimed deliveries with what is needed to send them. */
export interface Turn {
  webhook?: Webhook | undefined;
  claimed: readonly Claimed[];
  /** The leads that are sent along with the events. */
  leads: ReadonlyMap<string, Lead>;
}

const nothing: Turn = { claimed: [], leads: new Map() };
const DAY_MS = 86_400_000;
/** A webhook that has only failed for this long is disabled; as long without any failure starts the count anew. */
const FAILING_MS = 5 * DAY_MS;

/** Takes the next turn of a webhook in the given transaction. */
export async function takeTurn(tx: Tx, webhookId: string, options: TurnOptions): Promise<Turn> {
  const { ended, most, own, now, lease } = options;
  const webhook = await lockWebhook(tx, webhookId, ended.length === 0);
  if (ended.length > 0)
    await saveResults(
      tx,
      webhookId,
      ended.map((one) => heldIf(webhook?.enabled === false, one)),
    );
  if (!webhook?.enabled) return nothing;
  const because = await judgeWebhook(tx, webhook, ended, now);
  if (because) {
    await disableWebhook(tx, webhookId, because, now);
    const payload = { webhook_id: typeId('hook', webhookId), reason: because };
    await announce(tx, { type: 'webhook.disabled', lead_id: null, payload, at: now });
    return nothing;
  }
  if (most === 0) return nothing;
  await takeBackDeliveries(tx, webhookId, now);
  const claimed = await claimDeliveries(tx, webhookId, { most, own, now, lease });
  const wanted = webhook.include.includes('lead') ? claimed.flatMap(({ event }) => event?.lead_id ?? []) : [];
  return { webhook, claimed, leads: await readLeadsById(tx, wanted) };
}

/** A delivery that would be tried again is held if the webhook is disabled. */
function heldIf(disabled: boolean, ended: Ended): Ended {
  return disabled && ended.state === 'pending' ? { ...ended, state: 'held' } : ended;
}

/** Stores since when a webhook has only failed. Returns why it must be disabled, if it must. */
async function judgeWebhook(
  tx: Tx,
  { id, failing_since: since, failed_at: failedAt }: Webhook,
  ended: readonly Ended[],
  now: Date,
): Promise<Exclude<DisabledReason, 'member'> | undefined> {
  const verdicts = ended.map(({ verdict }) => verdict);
  if (verdicts.includes('gone')) return 'gone';
  if (verdicts.includes('asked')) return 'asked';
  if (verdicts.includes('delivered') || verdicts.includes('abort')) {
    if (since) await saveFailing(tx, id, null, null);
    return undefined;
  }
  if (!verdicts.includes('failed')) return undefined;
  const isOneSeries = since && failedAt && now.getTime() - failedAt.getTime() < FAILING_MS;
  await saveFailing(tx, id, isOneSeries ? since : now, now);
  return isOneSeries && now.getTime() - since.getTime() >= FAILING_MS ? 'failing' : undefined;
}
