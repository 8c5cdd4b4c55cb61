import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { asProblem } from '../api/problem.ts';
import { EmptyState } from '../ui/feedback/empty-state.tsx';
import { ErrorBar } from '../ui/feedback/error-bar.tsx';
import { SkeletonRows } from '../ui/feedback/skeleton-rows.tsx';
import { Page } from '../ui/page.tsx';
import classes from './fallbacks.module.css';

/** Shown when a page outside the shell, or the shell itself, has crashed. */
export function FullPageError({ error }: { error: unknown }) {
  return (
    <main className={classes.page}>
      <h1>Could not show this page</h1>
      <ErrorBar problem={asProblem(error)} kept="Nothing was changed." onRetry={() => location.reload()} />
    </main>
  );
}

/** Shown within the shell in place of a screen that has crashed. */
export function ScreenError({ error }: { error: unknown }) {
  return (
    <Page title="Could not show this page">
      <ErrorBar problem={asProblem(error)} kept="Nothing was changed." onRetry={() => location.reload()} />
    </Page>
  );
}

/** Shown within the shell for a URL that has no page. */
export function NotFound() {
  return (
    <Page title="Page not found">
      <EmptyState title="There is nothing here" text="The address may have changed, or the link is incomplete.">
        <Button variant="filled" renderRoot={(props) => <Link to="/leads" {...props} />}>
          Go to leads
        </Button>
      </EmptyState>
    </Page>
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
