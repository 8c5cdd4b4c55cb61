import { createHash } from 'node:crypto';
import { isConflict, isDiskFull, isRetryable, isUnavailable } from '../platform/database/database-errors.ts';
import type { PipelinedConnection } from '../platform/database/pipelined-connection.ts';
import { describeFault, problemOfFault } from '../platform/fault.ts';
import { uuidv7 } from '../platform/ids.ts';
import { isProblem, type Problem } from '../platform/problem.ts';
import type { Arrival, SentReply } from './arrival.ts';
import type { BatchItem, IncomingLead, Once } from './batch/batch-item.ts';
import type { EndedArrival } from './batch/batch-rows.ts';
import { Batcher, QueueFull } from './batch/batcher.ts';
import { storeBatch } from './batch/store-batch.ts';
import type { CreateLead } from './command.ts';
import type { IntakeOptions } from './intake-options.ts';
import { onceText } from './intake-store.ts';
import { performAlone } from './perform-alone.ts';
import { contentDigest } from './prepare.ts';
import { prepareWithNames } from './prepare-with-names.ts';
import { serialiseReply } from './serialise-reply.ts';
import { keepSubmission } from './submission-row-store.ts';

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
export function openIntake(options: IntakeOptions): Performing {
  // Lead numbers that a lane's batch drew and did not need wait for its next one.
  const numbers = options.lanes.map((): number[] => []);
  const lanes = new Batcher<BatchItem, EndedArrival>({
    lanes: options.lanes.length,
    mostItems: options.mostGathered ?? MOST_GATHERED,
    mostWaiting: MOST_WAITING,
    store: (lane, workspaceId, items) =>
      (options.lanes[lane] as PipelinedConnection).run(workspaceId, (tx) =>
        storeBatch(tx, workspaceId, items, numbers[lane]),
      ),
    judge,
  });
  return {
    perform: (arrival) => perform(arrival, options, lanes),
    drained: () => lanes.drained(),
  };
}

/** A lost race may be run again; with no database or no disk there is no use in looking for the item at fault. */
function judge(error: unknown): 'again' | 'hopeless' | 'split' {
  if (isRetryable(error) || isConflict(error)) return 'again';
  return isUnavailable(error) || isDiskFull(error) ? 'hopeless' : 'split';
}

async function perform(
  arrival: Arrival,
  options: IntakeOptions,
  lanes: Batcher<BatchItem, EndedArrival>,
): Promise<SentReply> {
  const started = performance.now();
  try {
    const { request } = arrival;
    if (!isProblem(request) && request.kind !== 'createLead')
      return await performAlone(arrival, request, options, started);
    const item = isProblem(request) ? { arrival, started } : await toItem(arrival, request, options, started);
    const { ending } = await lanes.add(arrival.caller.workspace_id, item);
    return ending.reply;
  } catch (error) {
    return await fail(arrival, error, options, started);
  }
}

async function toItem(
  arrival: Arrival,
  command: CreateLead,
  options: IntakeOptions,
  started: number,
): Promise<BatchItem> {
  const prepared = await prepareWithNames(arrival, command, options);
  if (isProblem(prepared)) return { arrival: { ...arrival, request: prepared }, started };
  const incoming: IncomingLead = { prepared: { ...prepared, command }, leadId: uuidv7() };
  const once = onceOf(arrival, command, options.contentWindow ?? DAY);
  if (once) incoming.once = once;
  return { arrival, started, incoming };
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
async function fail(arrival: Arrival, error: unknown, options: IntakeOptions, started: number): Promise<SentReply> {
  const problem: Problem =
    error instanceof QueueFull ? { kind: 'unavailable', retryAfterSeconds: 2 } : problemOfFault(error);
  const reply = serialiseReply(arrival.words.refuse(problem));
  if (problem.kind === 'internal') {
    options.log.error(`Submission ${arrival.envelope.id} failed: ${describeFault(error)}`);
    const ending = { outcome: 'failed', reply, lead_id: null, problem, took_ms: performance.now() - started } as const;
    await options.database
      .tx(arrival.caller.workspace_id, (tx) => keepSubmission(tx, arrival, ending))
      .catch((again) =>
        options.log.error(`Submission ${arrival.envelope.id} could not be kept: ${describeFault(again)}`),
      );
  }
  return reply;
}
