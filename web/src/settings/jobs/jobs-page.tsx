import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, body, type Shape } from '../../api/client.ts';
import { pagedQuery } from '../../api/paged.ts';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { PagedList } from '../../ui/feedback/paged-list.tsx';
import { Column } from '../layout/column.tsx';
import { FilterSelect } from '../layout/filter-select.tsx';
import { usePageFilters } from '../layout/use-page-filters.ts';
import { JobRow } from './job-row.tsx';
import classes from './jobs.module.css';
import { Schedules } from './schedules.tsx';
import { kindChoices, stateChoices } from './words.ts';

interface Filters {
  state?: Shape<'JobView'>['state'];
  kind?: Shape<'JobScheduleView'>['kind'];
}

const WHILE_RUNNING_MS = 5_000;

/** The server's background work: jobs and their progress, and the schedules that start jobs. */
export function JobsPage(): ReactNode {
  const [filters, narrow] = usePageFilters('state', 'kind');
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
          <div className={classes.filters}>
            <FilterSelect
              label="State"
              any="Any state"
              data={stateChoices}
              value={filters.state}
              onChange={(state) => narrow({ state })}
            />
            <FilterSelect
              label="Kind"
              any="Any kind"
              data={kindChoices}
              value={filters.kind}
              onChange={(kind) => narrow({ kind })}
              searchable
            />
          </div>
        }
      >
        <JobList filters={filters as Filters} />
      </Card>
    </Column>
  );
}

function JobList({ filters }: { filters: Filters }) {
  const jobs = useInfiniteQuery({
    ...pagedQuery(['jobs', 'list', filters], (page) =>
      body(api.GET('/v1/jobs', { params: { query: { limit: 20, ...filters, ...page } } })),
    ),
    refetchInterval: ({ state: { data } }) => (data?.pages.some(hasRunning) ? WHILE_RUNNING_MS : false),
  });
  return (
    <PagedList
      query={jobs}
      what="Could not load the jobs."
      empty={
        filters.state || filters.kind ? (
          <EmptyState title="No jobs match" text="There are no jobs of this kind in this state." />
        ) : (
          <EmptyState
            title="No jobs yet"
            text="Long-running work, such as changing many leads at once, is listed here."
          />
        )
      }
      label="Jobs, newest first"
      className="plain-list"
      moreClass={classes.more}
      isOrdered
    >
      {(job) => <JobRow key={job.id} job={job} />}
    </PagedList>
  );
}

function hasRunning({ data }: { data: Shape<'JobView'>[] }): boolean {
  return data.some(({ state }) => state === 'running' || state === 'queued');
}
