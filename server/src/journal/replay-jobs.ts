import type { JobHandler, Step, StepContext } from '../jobs/job-handler.ts';
import type { Job } from '../jobs/job-store.ts';
import { isRetryable, isUnavailable } from '../platform/database/database-errors.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { isProblem, type Problem } from '../platform/problem.ts';
import type { Caller } from '../workspaces/access/caller.ts';
import { type Edit, editRequest } from './edit-request.ts';
import { arriveAgain, findVisible, type Replayed, type ReplayParts, replayIn } from './replay.ts';

/** Kind of the job that replays stored requests. */
export const REPLAY_JOB = 'replay-submissions';

/** Parameters of the job. */
interface ReplayJobParams {
  /** Oldest first. */
  ids: readonly string[];
  edits: readonly Edit[];
}

interface Progress {
  at: number;
}

/**
 * Replays one request of the job per step. The replay, its row and the job's progress commit together, so a crash
 * cannot make the job replay a request twice. Requests accepted in the meantime are skipped.
 */
export function replayHandler(parts: ReplayParts): JobHandler {
  const step = async (tx: Tx, job: Job, { caller, now }: StepContext): Promise<Step> => {
    const { ids, edits } = job.params as unknown as ReplayJobParams;
    const { at = 0 } = job.progress as Partial<Progress>;
    const id = ids[at];
    if (id === undefined) return { done: 0, finished: true };
    const ended = await tryOne(tx, job, { id, edits, by: caller, now }, parts);
    const name = typeof ended === 'string' ? ended : ended.outcome;
    const isTaken = typeof ended !== 'string' && !ended.problem && ended.outcome !== 'failed';
    return {
      done: 1,
      failed: isTaken ? 0 : 1,
      progress: { at: at + 1 },
      result: { outcomes: counted(job, name) },
      finished: false,
    };
  };
  return { policy: 'replay requests', step };
}

function counted({ result }: Job, name: string): Record<string, number> {
  const outcomes = { ...(result['outcomes'] as Record<string, number> | undefined) };
  outcomes[name] = (outcomes[name] ?? 0) + 1;
  return outcomes;
}

/** A request that cannot be replayed, or whose lead the requester does not see, does not stop the others. */
async function tryOne(
  tx: Tx,
  job: Job,
  { id, edits, by, now }: { id: string; edits: readonly Edit[]; by: Caller; now: Date },
  parts: ReplayParts,
): Promise<Replayed | 'skipped'> {
  const found = await findVisible(tx, id, by);
  if (!found) return 'skipped';
  const { body, query } = editRequest(found, edits);
  const options = {
    by,
    now,
    jobId: job.id,
    ...(body && { editedBody: body }),
    ...(query !== undefined && { editedQuery: query }),
  };
  const arrival = await arriveAgain(tx.workspaceId as string, found, options, parts);
  const start = await tx.savepoint();
  let ended: Replayed | Problem;
  try {
    ended = await replayIn(tx, arrival, options);
  } catch (error) {
    if (isRetryable(error) || isUnavailable(error)) throw error;
    await start.undo();
    return 'skipped';
  }
  return isProblem(ended) ? 'skipped' : ended;
}
