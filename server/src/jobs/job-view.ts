import Type, { type Static } from 'typebox';
import { instantOrNull, oneOf, textOrNull, viewShape } from '../http/shapes.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { fromTypeId } from '../platform/ids.ts';
import type { Visibility } from '../workspaces/access/visibility.ts';
import { nameOfActor } from '../workspaces/audit/audit-words.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import { type Job, jobStates, visibleLeads } from './job-store.ts';

export const jobView = viewShape('JobView', 'A long-running background job.', {
  id: Type.String(),
  kind: Type.String({ description: 'Kind of job: change-leads, replay-submissions ...' }),
  state: oneOf(jobStates, 'State of the job.'),
  total: Type.Integer({ description: 'Total number of items.' }),
  done: Type.Integer({ description: 'Items processed so far, including failed ones.' }),
  failed: Type.Integer({ description: 'Items that failed.' }),
  stopped: textOrNull(
    'Why the job was stopped early: whoever started it no longer has the permission. Otherwise null.',
  ),
  reason: textOrNull('Why the last attempt failed, or what the job is waiting for; otherwise null.'),
  attempts: Type.Integer({ description: 'Attempts since the last progress, including the current one.' }),
  next_attempt_at: instantOrNull('When a waiting job is due; otherwise null.'),
  actor: Type.String({ description: 'Who started it: member:<id>, token:<id>, cli (the command line) or system.' }),
  actor_name: Type.String({
    description:
      "Display name of whoever started it: a member's name, or a description such as A token or The command line.",
  }),
  result: Type.Record(Type.String(), Type.Unknown(), { description: 'Result of the job.' }),
  created_at: Type.String({ format: 'date-time' }),
  updated_at: Type.String({ format: 'date-time' }),
});

export function viewJob(job: Job, referenceData: ReferenceData): Static<typeof jobView.schema> {
  const { id, kind, state, total, done, failed, reason, attempts, actor, created_at, updated_at } = job;
  const { stopped, ...result } = job.result;
  return {
    id,
    kind,
    state,
    total,
    done,
    failed,
    stopped: typeof stopped === 'string' ? stopped : null,
    reason,
    attempts,
    next_attempt_at: state === 'queued' ? job.run_at.toISOString() : null,
    actor,
    actor_name: nameOfActor(actor, referenceData),
    result,
    created_at: created_at.toISOString(),
    updated_at: updated_at.toISOString(),
  };
}

/** Removes from jobs the leads that the reader may not see: the jobs may be somebody else's. */
export async function hideUnseen(tx: Tx, jobs: readonly Job[], visibility: Visibility | undefined): Promise<Job[]> {
  if (!visibility) return [...jobs];
  const named = jobs.flatMap((job) => errorsOf(job).flatMap(({ lead_id }) => fromTypeId('lead', lead_id) ?? []));
  const seen = named.length > 0 ? await visibleLeads(tx, named, visibility) : new Set<string>();
  return jobs.map((job) => {
    const errors = errorsOf(job).filter(({ lead_id }) => seen.has(fromTypeId('lead', lead_id) ?? ''));
    return job.result['errors'] === undefined ? job : { ...job, result: { ...job.result, errors } };
  });
}

/** The leads that a job could not change. */
function errorsOf({ result }: Job): readonly { lead_id: string }[] {
  return (result['errors'] ?? []) as readonly { lead_id: string }[];
}
