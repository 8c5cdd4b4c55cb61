import type { Job } from '../jobs/job-store.ts';
import { typeId } from '../platform/ids.ts';

/** A job lists at most this many failed leads. */
const MOST_ERRORS = 100;

/** Running totals of a job, as shown by `/v1/jobs`. */
export interface BulkResult {
  changed: number;
  /** Leads that already had the requested values. */
  unchanged: number;
  errors: readonly { lead_id: string; name: string; reason: string }[];
  /** Whether the job can be undone. */
  undoable: boolean;
}

/** A lead that could not be changed, with the reason. */
export interface Failure {
  id: string;
  name: string;
  reason: string;
}

/** Adds the outcome of one step to the job's result. */
export function addUp(
  { result }: Pick<Job, 'result'>,
  step: { changed: number; unchanged: number; failures: readonly Failure[]; undoable: boolean },
): BulkResult & Record<string, unknown> {
  const sofar = result as Partial<BulkResult>;
  const errors = step.failures.map(({ id, name, reason }) => ({ lead_id: typeId('lead', id), name, reason }));
  return {
    changed: (sofar.changed ?? 0) + step.changed,
    unchanged: (sofar.unchanged ?? 0) + step.unchanged,
    errors: [...(sofar.errors ?? []), ...errors].slice(0, MOST_ERRORS),
    undoable: step.undoable,
  };
}
