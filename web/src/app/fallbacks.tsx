import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { asProblem } from '../api/problem.ts';
import { EmptyState } from '../ui/feedback/empty-state.tsx';
import { ErrorBar } from '../ui/feedback/error-bar.tsx';
import { SkeletonRows } from '../ui/feedback/skeleton-rows.tsx';
import classes from './fallbacks.module.css';

/** Shown when a page has crashed. */
export function FullPageError({ error }: { error: unknown }) {
  return (
    <main className={classes.page}>
      <h1>Could not show this page</h1>
      <ErrorBar problem={asProblem(error)} kept="Nothing was changed." onRetry={() => location.reload()} />
    </main>
  );
}

/** Shown for a URL that has no page. */
export function NotFound() {
  return (
    <EmptyState title="Page not found" text="The address may have changed, or the link is incomplete.">
      <Button renderRoot={(props) => <Link to="/" {...props} />}>Go to leads</Button>
    </EmptyState>
  );
}

/** Placeholder for the shell while the session loads. */
export function ShellSkeleton() {
  return (
    <div className={classes.skeleton}>
      <div className={classes.rail} />
      <main>
        <SkeletonRows rows={12} label="Loading Leadwell" />
      </main>
    </div>
  );
}
