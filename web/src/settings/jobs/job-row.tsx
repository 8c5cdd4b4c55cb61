import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, body, type Shape } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { ProgressBar } from '../../ui/feedback/progress-bar.tsx';
import { toast } from '../../ui/feedback/toast.tsx';
import { Pill } from '../../ui/pill.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import classes from './jobs.module.css';
import { kindText, stateText } from './words.ts';

type Job = Shape<'JobView'>;

/** A job: what it does, its progress, why it failed, and what can be done about it. */
export function JobRow({ job }: { job: Job }) {
  const { kind, state, total, done, failed, reason, result, created_at, updated_at, next_attempt_at } = job;
  const { label, tone } = stateText(job);
  const isOver = state !== 'queued' && state !== 'running';
  return (
    <li className={classes.job}>
      <div className={classes.head}>
        <strong>{kindText(kind)}</strong>
        <Pill tone={tone}>{label}</Pill>
        <span className={classes.actions}>
          {state === 'failed' && <Act job={job} action="retry" />}
          {!isOver && <Act job={job} action="cancel" />}
          {isOver && result['undoable'] === true && <Act job={job} action="undo" />}
        </span>
      </div>
      {state === 'running' && total > 0 && (
        <ProgressBar label={kindText(kind)} share={Math.min(1, done / total)} thin />
      )}
      {reason && (
        <p className={classes.reason} data-failed={state === 'failed' || undefined}>
          {reason}
        </p>
      )}
      <div className={classes.facts}>
        <span>{counted(done, total)}</span>
        {failed > 0 && <span>{failed.toLocaleString()} failed</span>}
        <span>by {job.actor === 'system' ? 'the server' : job.actor_name}</span>
        <span>
          started <RelativeTime at={created_at} />
        </span>
        {isOver && (
          <span>
            ended <RelativeTime at={updated_at} />
          </span>
        )}
        {next_attempt_at && reason && (
          <span>
            next attempt <RelativeTime at={next_attempt_at} />
          </span>
        )}
      </div>
    </li>
  );
}

function counted(done: number, total: number): string {
  return total > 0 ? `${done.toLocaleString()} of ${total.toLocaleString()}` : `${done.toLocaleString()} done`;
}

const actions = {
  retry: { label: 'Retry', done: 'Retrying the job', failed: 'Could not retry the job.' },
  cancel: { label: 'Cancel', done: 'Job cancelled. Changes already made stay.', failed: 'Could not cancel the job.' },
  undo: { label: 'Undo', done: 'Undoing the changes', failed: 'Could not undo the changes.' },
} as const;

function Act({ job, action }: { job: Job; action: keyof typeof actions }) {
  const client = useQueryClient();
  const { label, done, failed } = actions[action];
  const params = { path: { id: job.id } };
  const act = useMutation({
    mutationFn: () => body(api.POST(`/v1/jobs/{id}/${action}`, { params })),
    onSuccess: () => toast.done(done),
    onError: (error) => toast.error(asProblem(error), failed),
    onSettled: () => client.invalidateQueries({ queryKey: ['jobs'] }),
  });
  return (
    <Button aria-label={`${label}: ${kindText(job.kind)}`} loading={act.isPending} onClick={() => act.mutate()}>
      {label}
    </Button>
  );
}
