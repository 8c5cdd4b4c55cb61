import { useQuery } from '@tanstack/react-query';
import { keys } from '../api/keys.ts';
import { readProblem } from '../api/problem.ts';
import { DataState } from '../ui/data-state.tsx';
import { type Job, JobProgress } from '../ui/job-progress.tsx';

async function ask(id: string): Promise<Job> {
  const response = await fetch(`/v1/jobs/${encodeURIComponent(id)}`, { credentials: 'same-origin' });
  if (!response.ok) throw await readProblem(response);
  return (await response.json()) as Job;
}

/** A job as it stands; live news make it move, and while it runs it is asked for anyway. */
export function useJob(id: string) {
  return useQuery({
    queryKey: keys.job(id),
    queryFn: () => ask(id),
    refetchInterval: ({ state }) => (['queued', 'running'].includes(state.data?.state ?? 'queued') ? 2_000 : false),
  });
}

/** How far the job of this number is. */
export function RunningJob({ id, label, onCancel }: { id: string; label: string; onCancel?: () => void }) {
  return (
    <DataState query={useJob(id)} what="Could not load the job.">
      {(job) => <JobProgress job={job} label={label} {...(onCancel && { onCancel })} />}
    </DataState>
  );
}
