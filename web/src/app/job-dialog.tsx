import { useQuery } from '@tanstack/react-query';
import { api, body } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { DataState } from '../ui/feedback/data-state.tsx';
import { JobProgress } from '../ui/feedback/job-progress.tsx';
import { toast } from '../ui/feedback/toast.tsx';

/** A job and its progress, kept up to date while it runs. */
export function useJob(id: string) {
  return useQuery({
    queryKey: keys.job(id),
    queryFn: () => body(api.GET('/v1/jobs/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (['queued', 'running'].includes(state.data?.state ?? 'queued') ? 2_000 : false),
  });
}

/** Progress of a running job, with a button to cancel it. */
export function RunningJob({ id, label }: { id: string; label: string }) {
  const job = useJob(id);
  const cancel = () =>
    body(api.POST('/v1/jobs/{id}/cancel', { params: { path: { id } } })).then(
      () => job.refetch(),
      (error) => toast.error(error, 'Could not cancel the job.'),
    );
  return (
    <DataState query={job} what="Could not load the job.">
      {(now) => <JobProgress job={now} label={label} onCancel={() => void cancel()} />}
    </DataState>
  );
}
