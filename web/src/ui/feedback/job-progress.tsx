import { Button } from '@mantine/core';
import classes from './job-progress.module.css';
import { ProgressBar } from './progress-bar.tsx';

/** The parts of a job that are needed to show its progress. */
interface Progress {
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  total: number;
  /** The number of finished steps, failed ones included. */
  done: number;
  failed: number;
  /** Why the job was stopped before it finished. */
  stopped: string | null;
}

const words = {
  queued: 'Waiting to start',
  running: 'Running',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
} as const;

/** The progress of a job, which goes on if the person leaves the page. */
export function JobProgress({ job, label, onCancel }: { job: Progress; label: string; onCancel?: () => void }) {
  const { state, total, done, failed, stopped } = job;
  const ended = state !== 'queued' && state !== 'running';
  const share = state === 'done' ? 1 : total ? Math.min(1, done / total) : 0;
  const counted = total ? `${done.toLocaleString()} of ${total.toLocaleString()}` : done.toLocaleString();
  return (
    <div>
      <div className={classes.words}>
        <strong>{label}</strong>
        <span role="status">
          {stopped ? 'Stopped' : words[state]} · {counted}
          {failed > 0 && ` · ${failed.toLocaleString()} failed`}
        </span>
        {!ended && onCancel && <Button onClick={onCancel}>Cancel</Button>}
      </div>
      <ProgressBar label={label} share={share} state={state} />
      {stopped && <p className={classes.note}>{stopped}</p>}
      {!ended && <p className={classes.note}>You can leave this page; the job continues.</p>}
    </div>
  );
}
