import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { CopyButton } from '../copy-button.tsx';
import classes from './error-bar.module.css';

/** The parts of a failure that the bar shows; a Problem of the API has them. */
export interface Failure {
  message: string;
  status?: number;
  requestId?: string | undefined;
}

interface Props {
  problem: Failure;
  /** The failed action: `Could not load leads.` */
  what?: string;
  /** Reassures the user about what is safe: `Your text is kept.` */
  kept?: string;
  onRetry?: (() => void) | undefined;
}

/** Says what failed, what is safe, how to retry, and the request id to quote. */
export function ErrorBar({ problem, what, kept, onRetry }: Props) {
  const { message, status, requestId } = problem;
  return (
    <div role="alert" className={classes.bar}>
      <IconAlertTriangle size={16} aria-hidden className={classes.icon} />
      <p className={classes.words}>
        {what && <strong>{what} </strong>}
        {message} {kept}
        {requestId && (
          <span className={classes.id}>
            {status ? `${status}, ` : ''}
            <span className="mono">{requestId}</span>
            <CopyButton value={requestId} label="Copy the request ID" />
          </span>
        )}
      </p>
      {onRetry && <Button onClick={onRetry}>Retry</Button>}
    </div>
  );
}
