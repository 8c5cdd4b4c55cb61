import type { ReactNode } from 'react';
import classes from './data-state.module.css';
import { EmptyState } from './empty-state.tsx';
import { ErrorBar, type Failure } from './error-bar.tsx';
import { SkeletonRows } from './skeleton-rows.tsx';

/** The part of a query result that is needed to show its state. */
interface Asked<T> {
  data: T | undefined;
  error: Error | null;
  isPending: boolean;
  isFetching: boolean;
  isPlaceholderData?: boolean;
  refetch: () => unknown;
}

interface Props<T> {
  query: Asked<T>;
  /** `Could not load leads.` */
  what: string;
  /** By default, a list without items is empty. */
  isEmpty?: (data: T) => boolean;
  empty?: ReactNode;
  /** A notice above the content when only part of it arrived. */
  partial?: (data: T) => string | undefined;
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}

/**
 * Shows a query in each of its states: loading, empty, failed, partial, loaded. Old data stays while new data loads.
 */
export function DataState<T>({ query, what, isEmpty = hasNone, empty, partial, skeleton, children }: Props<T>) {
  const { data, error } = query;
  const bar = error && <Failed error={error} what={what} hasOld={data !== undefined} onRetry={() => query.refetch()} />;
  if (data === undefined && isMissing(error))
    return <EmptyState title="Not found" text="It was deleted, or you do not have access to it." />;
  if (data === undefined) return bar ? <div className={classes.alone}>{bar}</div> : (skeleton ?? <SkeletonRows />);
  const missing = partial?.(data);
  const waits = query.isPlaceholderData && !error;
  return (
    <div className={classes.state} aria-busy={query.isFetching} data-old={waits || undefined}>
      {waits && <div className={classes.progress} />}
      {bar}
      {missing && (
        <p role="status" className={classes.partial}>
          {missing}
        </p>
      )}
      {empty && isEmpty(data) ? empty : <div className={classes.content}>{children(data)}</div>}
    </div>
  );
}

const isMissing = (error: Failure | null) => error?.status === 404;
const hasNone = (data: unknown) => Array.isArray(data) && data.length === 0;

function Failed(props: { error: Error; what: string; hasOld: boolean; onRetry: () => void }) {
  const problem: Failure = props.error;
  const kept = props.hasOld ? 'What you see may be out of date.' : '';
  return <ErrorBar problem={problem} what={props.what} kept={kept} onRetry={props.onRetry} />;
}
