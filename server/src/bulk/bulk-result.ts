import type { Job } from '../jobs/job-store.ts';
import { typeId } from '../platform/ids.ts';

/** Most leads of which a job says why they could not be done. */
const MOST_ERRORS = 100;

/** What came of a job so far, as `/v1/jobs` shows it. */
export interface BulkResult {
  changed: number;
  /** Leads that were that way already. */
  unchanged: number;
  errors: readonly { lead_id: string; name: string; reason: string }[];
  /** It can be taken back. */
  undoable: boolean;
}

/** One lead that could not be done. */
export interface Failure {
  id: string;
  name: string;
  reason: string;
}

/** Adds what came of a step. */
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
