import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { api, body, type Shape } from '../../../api/client.ts';
import { asProblem } from '../../../api/problem.ts';
import { useJob } from '../../../app/job-dialog.tsx';
import { JobProgress } from '../../../ui/feedback/job-progress.tsx';
import { toast } from '../../../ui/feedback/toast.tsx';
import classes from './bulk-bar.module.css';
import type { BulkJob } from './use-bulk.ts';

interface Failure {
  lead_id: string;
  name: string;
  reason: string;
}

interface Props {
  job: BulkJob;
  onEnd: (ended: Shape<'JobView'>) => void;
  onClose: () => void;
}

/** The progress of a bulk job, and the leads that it could not change. */
export function BulkProgress({ job, onEnd, onClose }: Props) {
  const { data, refetch } = useJob(job.id);
  const told = useRef(false);
  const isOver = data !== undefined && data.state !== 'queued' && data.state !== 'running';
  useEffect(() => {
    if (!isOver || told.current) return;
    told.current = true;
    onEnd(data);
  }, [isOver, data, onEnd]);
  if (!data) return null;
  const errors = (data.result['errors'] ?? []) as Failure[];
  const cancel = () =>
    body(api.POST('/v1/jobs/{id}/cancel', { params: { path: { id: job.id } } })).then(
      () => refetch(),
      (error) => toast.error(asProblem(error), 'Could not cancel the job.'),
    );
  return (
    <div className={classes.job}>
      <JobProgress job={data} label={job.label} onCancel={() => void cancel()} />
      {isOver && errors.length > 0 && (
        <ul className={classes.errors} aria-label="Leads that could not be changed">
          {errors.slice(0, 5).map(({ lead_id, name, reason }) => (
            <li key={lead_id}>{`${name}: ${reason}`}</li>
          ))}
          {errors.length > 5 && <li>{`and ${(data.failed - 5).toLocaleString()} more`}</li>}
        </ul>
      )}
      {isOver && <Button onClick={onClose}>Close</Button>}
    </div>
  );
}
