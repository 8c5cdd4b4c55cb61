import { createHash } from 'node:crypto';
import { isConflict, isDiskFull, isRetryable, isUnavailable } from '../platform/database-errors.ts';
import { describeFault, problemOfFault } from '../platform/fault.ts';
import { uuidv7 } from '../platform/ids.ts';
import type { Lane } from '../platform/lane.ts';
import { isProblem, type Problem } from '../platform/problem.ts';
import type { Arrival, SentReply } from './arrival.ts';
import type { CreateLead } from './command.ts';
import type { IntakeParts } from './intake-parts.ts';
import { onceText } from './intake-store.ts';
import type { Item, Once, Taking } from './item.ts';
import { keepSubmission } from './journal-store.ts';
import { Lanes, QueueFull } from './lanes.ts';
import { performAlone } from './perform-alone.ts';
import { contentDigest } from './prepare.ts';
import { prepareWithBook } from './prepare-with-book.ts';
import type { Kept } from './rows.ts';
import { sendable } from './sendable.ts';
import { takeInAll } from './take-in.ts';

const DAY = 86_400;
const MOST_GATHERED = 256;
const MOST_WAITING = 4096;

/** Performs requests: the one way in for every dialect and for our own API. */
export interface Performing {
  perform(arrival: Arrival): Promise<SentReply>;
  /** Resolves when nothing is on its way. */
  drained(): Promise<void>;
}

/** Opens intake on a database. */
export function openIntake(parts: IntakeParts): Performing {
  // Lead numbers that a lane's batch drew and did not need wait for its next one.
  const numbers = parts.lanes.map((): number[] => []);
  const lanes = new Lanes<Item, Kept>({
    lanes: parts.lanes.length,
    mostItems: parts.mostGathered ?? MOST_GATHERED,
    mostWaiting: MOST_WAITING,
    store: (lane, workspaceId, items) =>
      (parts.lanes[lane] as Lane).run(workspaceId, (tx) => takeInAll(tx, workspaceId, items, numbers[lane])),
    judge,
  });
  return {
    perform: (arrival) => perform(arrival, parts, lanes),
    drained: () => lanes.drained(),
  };
}

/** A lost race may be run again; with no database or no disk there is no use in looking for the item at fault. */
function judge(error: unknown): 'again' | 'hopeless' | 'split' {
  if (isRetryable(error) || isConflict(error)) return 'again';
  return isUnavailable(error) || isDiskFull(error) ? 'hopeless' : 'split';
}

async function perform(arrival: Arrival, parts: IntakeParts, lanes: Lanes<Item, Kept>): Promise<SentReply> {
  const started = performance.now();
  try {
    const { request } = arrival;
    if (!isProblem(request) && request.kind !== 'createLead')
      return await performAlone(arrival, request, parts, started);
    const item = isProblem(request) ? { arrival, started } : await toItem(arrival, request, parts, started);
    const { ending } = await lanes.add(arrival.caller.workspace_id, item);
    if (item.taking) parts.onStored?.(arrival.caller.workspace_id, 'leads', ending.lead_id ?? undefined);
    else parts.onStored?.(arrival.caller.workspace_id, 'journal');
    return ending.reply;
  } catch (error) {
    return await fail(arrival, error, parts, started);
  }
}

async function toItem(arrival: Arrival, command: CreateLead, parts: IntakeParts, started: number): Promise<Item> {
  const prepared = await prepareWithBook(arrival, command, parts);
  if (isProblem(prepared)) return { arrival: { ...arrival, request: prepared }, started };
  const taking: Taking = { prepared: { ...prepared, command }, leadId: uuidv7() };
  const once = onceOf(arrival, command, parts.contentWindow ?? DAY);
  if (once) taking.once = once;
  return { arrival, started, taking };
}

function onceOf(
  { caller, idempotency, replay_of }: Arrival,
  command: CreateLead,
  contentWindow: number,
): Once | undefined {
  if (idempotency) {
    const key = createHash('sha256').update(idempotency.key).digest();
    const scope = `key:${caller.token_id ?? caller.member_id}`;
    return { scope, key, fingerprint: idempotency.fingerprint, text: onceText(scope, key), windowSeconds: DAY };
  }
  if (!caller.repeats_by_content || replay_of || contentWindow <= 0) return undefined;
  const key = contentDigest(command);
  const scope = `content:${caller.token_id}`;
  return { scope, key, fingerprint: key, text: onceText(scope, key), windowSeconds: contentWindow };
}

/** Our own fault: the request is kept as failed, in a transaction of its own, and answered without detail. */
async function fail(arrival: Arrival, error: unknown, parts: IntakeParts, started: number): Promise<SentReply> {
  const problem: Problem =
    error instanceof QueueFull ? { kind: 'unavailable', retryAfterSeconds: 2 } : problemOfFault(error);
  const reply = sendable(arrival.words.refuse(problem));
  if (problem.kind === 'internal') {
    parts.log.error(`Submission ${arrival.envelope.id} failed: ${describeFault(error)}`);
    const ending = { outcome: 'failed', reply, lead_id: null, problem, took_ms: performance.now() - started } as const;
    await parts.database
      .tx(arrival.caller.workspace_id, (tx) => keepSubmission(tx, arrival, ending))
      .catch((again) =>
        parts.log.error(`Submission ${arrival.envelope.id} could not be kept: ${describeFault(again)}`),
      );
  }
  return reply;
}
