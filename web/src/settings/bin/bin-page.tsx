import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, body, type Shape } from '../../api/client.ts';
import { pagedQuery } from '../../api/paged.ts';
import { asProblem } from '../../api/problem.ts';
import { LeadLink } from '../../app/lead-link.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { PagedList } from '../../ui/feedback/paged-list.tsx';
import { toast } from '../../ui/feedback/toast.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { absolute } from '../../ui/times.ts';
import { Column } from '../layout/column.tsx';
import classes from './bin.module.css';

type Binned = Shape<'BinnedLead'>;

/** Deleted leads, which can be restored one by one, or all those that one job deleted. */
export function BinPage(): ReactNode {
  const deleted = useInfiniteQuery(
    pagedQuery(['leads', 'bin'], (page) => body(api.GET('/v1/bin', { params: { query: page } }))),
  );
  const work = useRestoring();
  return (
    <Column
      title="Bin"
      intro="Deleted leads stay here for 30 days, or for as long as the workspace keeps the requests of deleted leads, and are then removed for good. Erasing a person, under Privacy, removes their leads from here immediately."
    >
      <PagedList
        query={deleted}
        what="Could not load the bin."
        empty={<EmptyState title="The bin is empty" text="Deleted leads appear here." />}
        label="Deleted leads"
        className={classes.list}
      >
        {(lead, at, all) => (
          <Row key={lead.lead_id} lead={lead} work={work} isFirstOfJob={lead.job_id !== all[at - 1]?.job_id} />
        )}
      </PagedList>
    </Column>
  );
}

type Restoring = ReturnType<typeof useRestoring>;

function useRestoring() {
  const client = useQueryClient();
  const refresh = () => void client.invalidateQueries({ queryKey: ['leads'] });
  const one = useMutation({
    mutationFn: (lead: Binned) => body(api.POST('/v1/bin/{id}/restore', { params: { path: { id: lead.lead_id } } })),
    onSuccess: (lead, { name }) => {
      toast.done(
        <>
          Restored: <LeadLink id={lead.id}>{name}</LeadLink>
        </>,
      );
      refresh();
    },
    onError: (error) => toast.error(asProblem(error), 'Could not restore the lead.'),
  });
  const all = useMutation({
    mutationFn: (jobId: string) => body(api.POST('/v1/jobs/{id}/undo', { params: { path: { id: jobId } } })),
    onSuccess: ({ total }) => {
      toast.done(total === 1 ? 'Restoring 1 lead' : `Restoring ${total.toLocaleString()} leads`);
      refresh();
    },
    onError: (error) => toast.error(asProblem(error), 'Could not restore the leads.'),
  });
  return { one, all };
}

interface RowProps {
  lead: Binned;
  work: Restoring;
  /** True for the first of the leads that one job deleted, which are listed together: it offers to restore them all. */
  isFirstOfJob: boolean;
}

function Row({ lead, work, isFirstOfJob }: RowProps) {
  const { name, company_name, deleted_at, deleted_by, kept_until, job_id } = lead;
  return (
    <li className={classes.row}>
      <div className={classes.who}>
        <span className={classes.name}>{[name, company_name].filter(Boolean).join(' · ')}</span>
        <span className="small-print">
          Deleted by {deleted_by} <RelativeTime at={deleted_at} />, kept until {absolute(kept_until)}
        </span>
      </div>
      {job_id && isFirstOfJob && (
        <Button variant="subtle" loading={work.all.isPending} onClick={() => work.all.mutate(job_id)}>
          Restore everything deleted with it
        </Button>
      )}
      <Button
        aria-label={`Restore ${name}`}
        loading={work.one.isPending && work.one.variables?.lead_id === lead.lead_id}
        onClick={() => work.one.mutate(lead)}
      >
        Restore
      </Button>
    </li>
  );
}
