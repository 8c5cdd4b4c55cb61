import { useState } from 'react';
import { api, body, type Shape } from '../../../api/client.ts';
import { asProblem } from '../../../api/problem.ts';
import { toast } from '../../../ui/feedback/toast.tsx';
import { type LeadFilters, narrowing } from '../../filters.ts';
import { endOf } from './ended.ts';
import type { Selection } from './use-selection.ts';

type What = Pick<Shape<'LeadBulk'>, 'change' | 'plan_call' | 'delete'>;

/** A bulk job and its label. */
export interface BulkJob {
  id: string;
  label: string;
  /** True if it undoes another job. */
  isUndo?: boolean;
}

/** The state of the bulk actions. */
export interface BulkWork {
  job: BulkJob | undefined;
  start(selection: Selection, what: What, label: string): Promise<void>;
  end(job: Shape<'JobView'>): void;
  /** Closes the list of failures. */
  close(): void;
}

/** Changes many leads with a job, offers to undo it, and reloads the list afterwards. */
export function useBulk(filters: LeadFilters, reload: () => void): BulkWork {
  const [job, setJob] = useState<BulkJob>();
  const begin = async (asked: Promise<{ id: string }>, rest: Omit<BulkJob, 'id'>, failed: string) => {
    try {
      setJob({ ...rest, id: (await asked).id });
      return true;
    } catch (error) {
      toast.error(asProblem(error), failed);
      return false;
    }
  };
  const undo = (id: string, label: string) =>
    void begin(
      body(api.POST('/v1/jobs/{id}/undo', { params: { path: { id } } })),
      { label: `Undone: ${label}`, isUndo: true },
      'Could not undo.',
    );
  return {
    job,
    async start(selection, what, label) {
      const leads = selection.all ? { filter: narrowing(filters) } : { ids: [...selection.ids] };
      const asked = body(api.POST('/v1/leads/bulk', { body: { ...leads, ...what } }));
      if (await begin(asked, { label }, 'Could not change the leads.')) selection.clear();
    },
    end(ended) {
      if (!job || job.id !== ended.id) return;
      if (ended.failed === 0 && ended.stopped === null) setJob(undefined);
      const { said, canUndo } = endOf(ended, job.label);
      if (canUndo) toast.undo(said, () => undo(ended.id, job.label));
      else if (ended.state !== 'failed') toast.done(said);
      reload();
    },
    close: () => setJob(undefined),
  };
}
