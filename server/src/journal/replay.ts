import type { ApiContext } from '../http/api-context.ts';
import { type Allowed, allow } from '../intake/allow.ts';
import type { Arrival } from '../intake/arrival.ts';
import type { BatchItem } from '../intake/batch/batch-item.ts';
import type { Ending } from '../intake/batch/batch-store.ts';
import { storeAlone } from '../intake/batch/store-batch.ts';
import type { CreateLead } from '../intake/command.ts';
import { performIn, prepareCommand } from '../intake/perform-command.ts';
import { type Prepared, prepare, prepareWithNames } from '../intake/prepare.ts';
import { isReplayable } from '../intake/result.ts';
import type { Database } from '../platform/database/database.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { uuidv7 } from '../platform/ids.ts';
import { isProblem, type Problem } from '../platform/problem.ts';
import { actorOf, type Caller } from '../workspaces/access/caller.ts';
import { asSeenBy } from '../workspaces/access/visibility-store.ts';
import type { NameLimits } from '../workspaces/limits/name-limits.ts';
import type { ReferenceCache } from '../workspaces/reference-cache.ts';
import type { ReadAgain } from './read-again.ts';
import type { Submission } from './submission.ts';
import { getSubmission, leadName, storeReplay } from './submission-store.ts';

export interface ReplayOptions {
  /** The caller who replays. The request can neither do nor reach more than this caller could directly. */
  by: Caller;
  now: Date;
  /** Reports what would happen without storing anything. */
  dryRun?: boolean;
  /** The corrected body. */
  editedBody?: Buffer;
  /** The corrected query string. */
  editedQuery?: string;
  /** The job that runs the replay. */
  jobId?: string;
}

/** Result of a replay, with the name of its lead. */
export interface Replayed extends Ending {
  lead_name: string | null;
}

/** Services of routes that replay stored requests. */
export interface JournalContext extends ApiContext {
  readAgain: ReadAgain;
  names: NameLimits;
}

/** Services that a replay needs. */
export interface ReplayParts {
  names: NameLimits;
  database: Database;
  referenceCache: ReferenceCache;
  readAgain: ReadAgain;
}

/** A stored request, prepared as if it had just arrived. */
export interface SecondArrival {
  arrival: Arrival;
  command: Allowed | Problem;
  prepared?: Prepared | Problem | undefined;
}

/**
 * Replays a stored request through the same pipeline. Its row is locked, so that concurrent replays create only one
 * lead. The raw request and the original response are unchanged.
 */
export async function replay(
  workspaceId: string,
  submissionId: string,
  options: ReplayOptions,
  parts: ReplayParts,
): Promise<Replayed | Problem> {
  const found = await parts.database.tx(workspaceId, (tx) => findVisible(tx, submissionId, options.by));
  if (!found) return { kind: 'not_found', what: 'record' };
  const again = await arriveAgain(workspaceId, found, options, parts);
  return parts.database.tx(workspaceId, (tx) => replayIn(tx, again, options), { retry: true });
}

/** A stored request, if the caller sees it; one about a lead hidden from them is treated as not found. */
export async function findVisible(
  tx: Tx,
  id: string,
  { visibility }: Pick<Caller, 'visibility'>,
  lock = false,
): Promise<Submission | undefined> {
  return asSeenBy(tx, visibility, () => getSubmission(tx, id, lock));
}

/**
 * Prepares a stored request as if it had just arrived. Missing reference data that it names is created, except in a
 * dry run.
 */
export async function arriveAgain(
  workspaceId: string,
  found: Submission,
  options: ReplayOptions,
  parts: ReplayParts,
): Promise<SecondArrival> {
  const sent = options.editedQuery === undefined ? found : { ...found, query: options.editedQuery };
  const read = await parts.readAgain(workspaceId, sent, options.editedBody ?? found.body, options.by);
  const { caller, request } = read;
  // A request that was sent as a test is now performed for real.
  const arrival: Arrival = {
    ...read,
    envelope: found,
    caller: { ...caller, test_mode: false },
    request: !isProblem(request) && request.kind === 'createLead' ? { ...request, test: false } : request,
    replay_of: found.id,
  };
  const command = isProblem(arrival.request) ? arrival.request : allow(arrival.request, caller);
  return { arrival, command, prepared: await prepareAgain(arrival, command, options, parts) };
}

async function prepareAgain(
  arrival: Arrival,
  command: Allowed | Problem,
  { dryRun }: ReplayOptions,
  parts: ReplayParts,
): Promise<Prepared | Problem | undefined> {
  const { caller, referenceData } = arrival;
  if (isProblem(command)) return undefined;
  if (command.kind !== 'createLead' && command.kind !== 'updateLead')
    return dryRun ? undefined : prepareCommand(arrival, command, parts);
  return dryRun ? prepare(command, caller.region, referenceData) : prepareWithNames(arrival, command, parts);
}

/** Performs a replayed request in the given transaction. */
export async function replayIn(tx: Tx, again: SecondArrival, options: ReplayOptions): Promise<Replayed | Problem> {
  const id = again.arrival.envelope.id;
  const current = await findVisible(tx, id, options.by, true);
  if (!current || !isReplayable(current.outcome)) return { kind: 'conflict', code: 'already_replayed' };
  if (current.removed_at) return { kind: 'conflict', code: 'contents_removed' };
  const start = await tx.savepoint();
  const ending = await attempt(tx, again);
  const lead_name = ending.lead_id && (await leadName(tx, ending.lead_id));
  if (options.dryRun) await start.undo();
  else await storeReplay(tx, id, ending, by(options));
  return { ...ending, lead_name };
}

function by({ by: caller, now, editedBody, editedQuery, jobId }: ReplayOptions) {
  return {
    actor: actorOf({ caller }),
    at: now,
    editedBody: editedBody ?? null,
    editedQuery: editedQuery ?? null,
    jobId: jobId ?? null,
  };
}

async function attempt(tx: Tx, { arrival, command, prepared }: SecondArrival): Promise<Ending> {
  const started = performance.now();
  if (isProblem(command)) return (await storeAlone(tx, { arrival: { ...arrival, request: command }, started })).ending;
  if (command.kind !== 'createLead') return performIn(tx, arrival, command, prepared, started);
  return (await storeAlone(tx, itemOf(arrival, command, prepared, started))).ending;
}

function itemOf(
  arrival: Arrival,
  command: Allowed<CreateLead>,
  prepared: Prepared | Problem | undefined,
  started: number,
): BatchItem {
  if (!prepared) throw new Error('A lead was to be created unprepared.');
  if (isProblem(prepared)) return { arrival: { ...arrival, request: prepared }, started };
  return { arrival, started, incoming: { prepared: { ...prepared, command }, leadId: uuidv7() } };
}
