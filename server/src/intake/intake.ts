import { hash } from 'node:crypto';
import { isConflict, isDiskFull, isRetryable, isTimeout, isUnavailable } from '../platform/database/database-errors.ts';
import type { PipelinedConnection } from '../platform/database/pipelined-connection.ts';
import { describeFault, problemOfFault } from '../platform/fault.ts';
import { uuidv7 } from '../platform/ids.ts';
import type { DiskReserve } from '../platform/postgres/disk-reserve.ts';
import { isProblem, type Problem } from '../platform/problem.ts';
import { type SentReply, serialiseReply } from '../platform/wire.ts';
import { limits } from '../workspaces/limits/catalogue.ts';
import { type Allowed, allow } from './allow.ts';
import type { Arrival, Intake } from './arrival.ts';
import type { BatchItem, IncomingLead } from './batch/batch-item.ts';
import { type EndedArrival, storeSubmission } from './batch/batch-store.ts';
import { Batcher, ComeAgain } from './batch/batcher.ts';
import { storeAlone, storeBatch } from './batch/store-batch.ts';
import type { CreateLead } from './command.ts';
import { type Once, onceText } from './intake-store.ts';
import { type PerformOptions, performCommand } from './perform-command.ts';
import { prepareWithNames } from './prepare.ts';

const DAY = 86_400;
const MOST_GATHERED = 256;

/** Dependencies of intake. */
export interface IntakeOptions extends PerformOptions {
  /** Dedicated connections for batched commits. */
  connections: readonly PipelinedConnection[];
  log: { error(message: string): void };
  /** The reserve on the database's disk, if the database is our own embedded one. */
  disk?: Pick<DiskReserve, 'isLow' | 'spend'> | undefined;
  /** Period in which identical content counts as the same request, in seconds. */
  contentWindow?: number;
  /** Most requests in one commit; 1 disables batching. */
  mostGathered?: number;
}

/** Performs requests of all dialects and of our own API. */
export interface RequestQueue extends Pick<Intake, 'perform'> {
  /** Resolves when no batched request is waiting or being stored. */
  drained(): Promise<void>;
}

export function startIntake(options: IntakeOptions): RequestQueue {
  const { connections } = options;
  // Lead numbers that a batch allocated but did not need, for the next one on the same connection.
  const numbers = connections.map((): number[] => []);
  const batcher = new Batcher<BatchItem, EndedArrival>({
    connections: connections.length,
    mostItems: options.mostGathered ?? MOST_GATHERED,
    mostWaiting: limits.waiting_requests.figure,
    store: (at, workspaceId, items) =>
      (connections[at] as PipelinedConnection).run(workspaceId, (tx) =>
        storeBatch(tx, workspaceId, items, numbers[at]),
      ),
    storeAlone: (workspaceId, item) => options.database.tx(workspaceId, (tx) => storeAlone(tx, item), { retry: true }),
    judge,
  });
  return {
    perform: (arrival) => perform(arrival, options, batcher),
    drained: () => batcher.drained(),
  };
}

/**
 * Lost races are retried, and batches that timed out are stored item by item. If the database or disk is unavailable,
 * splitting the batch would not help.
 */
function judge(error: unknown): 'again' | 'alone' | 'hopeless' | 'split' {
  if (isRetryable(error) || isConflict(error)) return 'again';
  if (isTimeout(error)) return 'alone';
  return isUnavailable(error) || isDiskFull(error) ? 'hopeless' : 'split';
}

async function perform(
  arrival: Arrival,
  options: IntakeOptions,
  batcher: Batcher<BatchItem, EndedArrival>,
): Promise<SentReply> {
  const started = performance.now();
  if (options.disk?.isLow()) return serialiseReply(arrival.words.refuse(diskFull));
  try {
    const { request, caller } = arrival;
    const command = isProblem(request) ? request : allow(request, caller);
    if (!isProblem(command) && command.kind !== 'createLead')
      return await performCommand(arrival, command, options, started);
    const item = isProblem(command)
      ? { arrival: { ...arrival, request: command }, started }
      : await toItem(arrival, command, options, started);
    const { ending } = await batcher.add(arrival.caller.workspace_id, item);
    return ending.reply;
  } catch (error) {
    return await fail(arrival, error, options, started);
  }
}

async function toItem(
  arrival: Arrival,
  command: Allowed<CreateLead>,
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
    const key = hash('sha256', idempotency.key, 'buffer');
    const scope = `key:${caller.token_id ?? caller.member_id}`;
    const { fingerprint } = idempotency;
    return { scope, key, fingerprint, text: onceText(scope, key), windowSeconds: DAY, whileNewest: false };
  }
  if (!caller.repeats_by_content || replay_of || contentWindow <= 0) return undefined;
  const key = contentDigest(command);
  const scope = `content:${caller.token_id}`;
  return { scope, key, fingerprint: key, text: onceText(scope, key), windowSeconds: contentWindow, whileNewest: true };
}

const diskFull: Problem = { kind: 'unavailable', retryAfterSeconds: 10 };

/** Handles an internal error: stores the request as failed in its own transaction, and responds without details. */
async function fail(arrival: Arrival, error: unknown, options: IntakeOptions, started: number): Promise<SentReply> {
  if (isDiskFull(error)) await options.disk?.spend();
  const problem: Problem =
    error instanceof ComeAgain ? { kind: 'unavailable', retryAfterSeconds: 2 } : problemOfFault(error);
  const reply = serialiseReply(arrival.words.refuse(problem));
  if (problem.kind === 'internal') {
    options.log.error(`Submission ${arrival.envelope.id} failed: ${describeFault(error)}`);
    const ending = { outcome: 'failed', reply, lead_id: null, problem, took_ms: performance.now() - started } as const;
    await options.database
      .tx(arrival.caller.workspace_id, (tx) => storeSubmission(tx, arrival, ending))
      .catch((again) =>
        options.log.error(`Submission ${arrival.envelope.id} could not be stored: ${describeFault(again)}`),
      );
  }
  return reply;
}

/** SHA-256 of a command: equivalent requests have the same digest, however they were encoded. */
function contentDigest(command: CreateLead): Buffer {
  return hash('sha256', JSON.stringify(command), 'buffer');
}
