import type { ReactNode } from 'react';
import '@mantine/core/styles/Radio.css';
import { useQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import { meQuery } from '../api/me.ts';
import { asProblem } from '../api/problem.ts';
import { ErrorBar } from '../ui/feedback/error-bar.tsx';
import { SkeletonRows } from '../ui/feedback/skeleton-rows.tsx';
import { FirstStepsForm } from './first-steps-form.tsx';
import { Frame } from './frame.tsx';

/** The second page of the first run: sets up the workspace. */
export function FirstStepsPage(): ReactNode {
  const me = useQuery(meQuery);
  if (me.data) return <FirstStepsForm workspace={me.data.workspace} />;
  if (!me.error)
    return (
      <Frame title="Your workspace">
        <SkeletonRows rows={3} label="Loading the workspace" />
      </Frame>
    );
  const problem = asProblem(me.error);
  if (problem.status === 401) return <Navigate to="/sign-in" search={{ next: '/first-steps' }} />;
  return (
    <Frame title="Your workspace">
      <ErrorBar problem={problem} what="Could not load the workspace." onRetry={() => void me.refetch()} />
    </Frame>
  );
}
