import type { ApiContext } from '../http/api-context.ts';
import type { Arrival } from '../intake/arrival.ts';
import type { BatchItem } from '../intake/batch/batch-item.ts';
import { storeBatch } from '../intake/batch/store-batch.ts';
import { performIn } from '../intake/perform-alone.ts';
import { prepare } from '../intake/prepare.ts';
import { prepareWithNames } from '../intake/prepare-with-names.ts';
import { isReplayable } from '../intake/result.ts';
import type { Ending } from '../intake/submission-row-store.ts';
import type { Database } from '../platform/database/database.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { uuidv7 } from '../platform/ids.ts';
import { isProblem, type Problem } from '../platform/problem.ts';
import type { Caller } from '../workspaces/access/caller.ts';
import type { ReferenceCache } from '../workspaces/reference-cache.ts';
import type { Submission } from './submission.ts';
import { getSubmission, keepReplay, leadName } from './submission-store.ts';

/** Reads a kept request again as its dialect reads it now. Handed in by the edge: intake knows no dialect. */
export type ReadAgain = (
  workspaceId: string,
  submission: Submission,
  body: Buffer | null,
) => Promise<Pick<Arrival, 'request' | 'words' | 'readings'> & { caller: Caller }>;

export interface ReplayOptions {
  actor: string;
  now: Date;
  /** Say what would happen, keep nothing. */
  dryRun?: boolean;
  /** The body as someone mended it. */
  editedBody?: Buffer;
  /** The query as someone mended it. */
  editedQuery?: string;
  /** The job that tries it. */
  jobId?: string;
}

/** How a replay ended, and whose lead it is about. */
export interface Replayed extends Ending {
  lead_name: string | null;
}

/** What replaying needs. */
/** What routes need that read kept requests again. */
export interface JournalContext extends ApiContext {
  readAgain: ReadAgain;
}

/** What a replay needs. */
export interface ReplayParts {
  database: Database;
  referenceCache: ReferenceCache;
  readAgain: ReadAgain;
}

/**
 * Tries a kept request again, through the same pipeline, under the lock of its row: three at once take one lead. The raw
 * request and what its sender was told stay as they were.
 */
export async function replay(
  workspaceId: string,
  submissionId: string,
  options: ReplayOptions,
  parts: ReplayParts,
): Promise<Replayed | Problem> {
  const found = await parts.database.tx(workspaceId, (tx) => getSubmission(tx, submissionId));
  if (!found) return { kind: 'not_found', what: 'record' };
  const arrival = await arriveAgain(workspaceId, found, options, parts);
  return parts.database.tx(workspaceId, (tx) => replayIn(tx, arrival, options), { retry: true });
}

/** A kept request as it would arrive now. Names that it brings and the workspace lacks are made, unless it is a dry run. */
export async function arriveAgain(
  workspaceId: string,
  found: Submission,
  options: ReplayOptions,
  parts: ReplayParts,
): Promise<Arrival> {
  const sent = options.editedQuery === undefined ? found : { ...found, query: options.editedQuery };
  const read = await parts.readAgain(workspaceId, sent, options.editedBody ?? found.body);
  const arrival: Arrival = {
    envelope: found,
    caller: { ...read.caller, test_mode: false },
    referenceData: await parts.referenceCache.get(workspaceId),
    request: read.request,
    words: read.words,
    ...(read.readings && { readings: read.readings }),
    replay_of: found.id,
  };
  if (!isProblem(arrival.request) && arrival.request.kind === 'createLead' && !options.dryRun)
    await prepareWithNames(arrival, arrival.request, parts);
  return arrival;
}

/** Performs a request that arrives again, in the transaction given. */
export async function replayIn(tx: Tx, arrival: Arrival, options: ReplayOptions): Promise<Replayed | Problem> {
  const id = arrival.envelope.id;
  const current = await getSubmission(tx, id, true);
  if (!current || !isReplayable(current.outcome)) return { kind: 'conflict', code: 'already_replayed' };
  const start = await tx.savepoint();
  const ending = await attempt(tx, arrival);
  const lead_name = ending.lead_id && (await leadName(tx, ending.lead_id));
  if (options.dryRun) await start.undo();
  else await keepReplay(tx, id, ending, by(options));
  return { ...ending, lead_name };
}

function by({ actor, now, editedBody, editedQuery, jobId }: ReplayOptions) {
  return { actor, at: now, editedBody: editedBody ?? null, editedQuery: editedQuery ?? null, jobId: jobId ?? null };
}

async function attempt(tx: Tx, arrival: Arrival): Promise<Ending> {
  const started = performance.now();
  const { request } = arrival;
  if (!isProblem(request) && request.kind !== 'createLead') return performIn(tx, arrival, request, started);
  if (isProblem(request)) return storeOne(tx, { arrival, started });
  // A replay is meant: what its sender only tested is taken now.
  const command = { ...request, test: false };
  const prepared = prepare(command, {
    caller: { ...arrival.caller, may_extend: false },
    referenceData: arrival.referenceData,
  });
  const item = isProblem(prepared)
    ? { arrival: { ...arrival, request: prepared }, started }
    : { arrival, started, incoming: { prepared: { ...prepared, command }, leadId: uuidv7() } };
  return storeOne(tx, item);
}

async function storeOne(tx: Tx, item: BatchItem): Promise<Ending> {
  const { result, last } = await storeBatch(tx, item.arrival.caller.workspace_id, [item]);
  await last;
  const [kept] = result;
  if (!kept) throw new Error('A replay ended without an ending.');
  return kept.ending;
}
