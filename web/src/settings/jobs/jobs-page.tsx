import { Button, Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, body, type Shape } from '../../api/client.ts';
import { Card } from '../../ui/card.tsx';
import { DataState } from '../../ui/feedback/data-state.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { Column } from '../layout/column.tsx';
import { useNarrowing } from '../layout/use-narrowing.ts';
import { JobRow } from './job-row.tsx';
import classes from './jobs.module.css';
import { Schedules } from './schedules.tsx';
import { kindChoices, stateChoices } from './words.ts';

type State = Shape<'JobView'>['state'];
type Kind = Shape<'JobScheduleView'>['kind'];

const WHILE_RUNNING_MS = 5_000;

/** The server's background work: jobs and their progress, and the schedules that start jobs. */
export function JobsPage(): ReactNode {
  const [{ state = null, kind = null }, narrow] = useNarrowing('state', 'kind');
  return (
    <Column
      title="Jobs"
      intro="Long-running work in the background. Finished jobs are listed for 90 days, and the server’s own jobs for a week."
    >
      <Schedules />
      <Card
        title="Jobs"
        flush
        actions={
          <div className="buttons">
            <Select
              aria-label="State"
              placeholder="Any state"
              data={stateChoices}
              value={state}
              onChange={(value) => narrow({ state: value ?? undefined })}
              clearable
              clearButtonProps={{ 'aria-label': 'Any state' }}
            />
            <Select
              aria-label="Kind"
              placeholder="Any kind"
              data={kindChoices}
              value={kind}
              onChange={(value) => narrow({ kind: value ?? undefined })}
              clearable
              clearButtonProps={{ 'aria-label': 'Any kind' }}
              searchable
            />
          </div>
        }
      >
        <JobList state={state as State | null} kind={kind as Kind | null} />
      </Card>
    </Column>
  );
}

function JobList({ state, kind }: { state: State | null; kind: Kind | null }) {
  const filters = { ...(state && { state }), ...(kind && { kind }) };
  const jobs = useInfiniteQuery({
    queryKey: ['jobs', 'list', filters],
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/v1/jobs', { params: { query: { limit: 20, ...filters, ...(pageParam && { cursor: pageParam }) } } }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next_cursor }) => next_cursor,
    select: ({ pages }) => pages.flatMap(({ data }) => data),
    refetchInterval: ({ state: { data } }) => (data?.pages.some(hasRunning) ? WHILE_RUNNING_MS : false),
  });
  const isFiltered = state !== null || kind !== null;
  return (
    <DataState
      query={jobs}
      what="Could not load the jobs."
      isEmpty={(data) => data.length === 0}
      empty={
        isFiltered ? (
          <EmptyState title="No jobs match" text="There are no jobs of this kind in this state." />
        ) : (
          <EmptyState
            title="No jobs yet"
            text="Long-running work, such as changing many leads at once, is listed here."
          />
        )
      }
    >
      {(data) => (
        <>
          <ol className="plain-list" aria-label="Jobs, newest first">
            {data.map((job) => (
              <JobRow key={job.id} job={job} />
            ))}
          </ol>
          {jobs.hasNextPage && (
            <div className={classes.more}>
              <Button loading={jobs.isFetchingNextPage} onClick={() => void jobs.fetchNextPage()}>
                Show earlier
              </Button>
            </div>
          )}
        </>
      )}
    </DataState>
  );
}

function hasRunning({ data }: { data: Shape<'JobView'>[] }): boolean {
  return data.some(({ state }) => state === 'running' || state === 'queued');
}
