import { Tabs } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { asProblem } from '../../api/problem.ts';
import { useMay } from '../../app/session.ts';
import { useShortcuts } from '../../app/shortcuts.ts';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { ErrorBar } from '../../ui/feedback/error-bar.tsx';
import { SkeletonRows } from '../../ui/feedback/skeleton-rows.tsx';
import { Page } from '../../ui/page.tsx';
import { useKeptScroll } from '../../ui/use-kept-place.ts';
import { type Lead, leadQuery } from '../api/get-lead.ts';
import { Composer } from '../lead/composer/composer.tsx';
import { FieldList } from '../lead/fields/field-list.tsx';
import { Banners } from '../lead/head/banners.tsx';
import { LeadActions } from '../lead/head/lead-actions.tsx';
import { LeadHead } from '../lead/head/lead-head.tsx';
import { NextStepBar } from '../lead/head/next-step.tsx';
import { LeadDeals } from '../lead/related/lead-deals.tsx';
import { LeadTasks } from '../lead/related/lead-tasks.tsx';
import { RawRequests } from '../lead/related/raw-request.tsx';
import { LeadTags } from '../lead/tags/lead-tags.tsx';
import { Lines, Timeline } from '../lead/timeline/timeline.tsx';
import { useLeadWork } from '../lead/use-lead-work.ts';
import { nameOf } from '../lead-name.ts';
import classes from './lead-page.module.css';
import { useNeighbours } from './neighbours.ts';

/** The page of one lead with everything about it. */
export function LeadPage(): ReactNode {
  const { id } = useParams({ strict: false });
  const { data: lead, error, refetch } = useQuery(leadQuery(id ?? ''));
  if (lead) return <OneLead key={lead.id} lead={lead} />;
  const problem = error && asProblem(error);
  return (
    <Page title="Lead">
      {!problem && <SkeletonRows rows={12} label="Loading the lead" />}
      {problem?.status === 404 && (
        <EmptyState title="Lead not found" text="It was deleted, or you do not have access to it.">
          <Link to="/leads">All leads</Link>
        </EmptyState>
      )}
      {problem && problem.status !== 404 && (
        <ErrorBar problem={problem} what="Could not load the lead." onRetry={() => void refetch()} />
      )}
    </Page>
  );
}

function OneLead({ lead }: { lead: Lead }) {
  const navigate = useNavigate();
  const listPosition = useNeighbours(lead.id);
  const work = useLeadWork(lead, listPosition);
  const { changing, asked, answered, compose, state } = work;
  const mayWork = useMay('work leads');
  // On narrow screens they scroll as one.
  const columns = useKeptScroll<HTMLDivElement>('Columns');
  useDocumentTitle(`${nameOf(lead)} · Leadwell`);
  const back = () => void navigate({ to: '/leads', search: ((search: object) => search) as never });
  useShortcuts({ Escape: { label: 'Back to the list', run: back } });
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <Link
          to="/leads"
          search={true as never}
          className={classes.back}
          data-screen-only
          aria-label="Back to the list"
        >
          <IconArrowLeft size={18} />
        </Link>
        <div className={classes.who}>
          <LeadHead lead={lead} state={state} heading="h1" isPage onGone={back} {...listPosition} />
        </div>
      </header>
      <div ref={columns} className={classes.columns}>
        <Column label="Fields">
          <div data-screen-only>
            <LeadActions lead={lead} work={work} />
          </div>
          <p data-print-only>{lead.status}</p>
          <LeadTags lead={lead} />
          <FieldList lead={lead} changing={changing} narrow />
        </Column>
        <Column label="Timeline" isWide>
          <Banners leadId={lead.id} />
          {mayWork && (
            <div data-screen-only>
              <Composer leadId={lead.id} asked={asked} answered={answered} />
            </div>
          )}
          <LeadTabs leadId={lead.id} />
        </Column>
        <Column label="Tasks and deals">
          <NextStepBar lead={lead} onTask={() => compose('task')} />
          <h2 className={classes.title}>Tasks</h2>
          <LeadTasks leadId={lead.id} />
          <h2 className={classes.title}>Deals</h2>
          <LeadDeals leadId={lead.id} />
        </Column>
      </div>
    </div>
  );
}

function Column({ label, isWide = false, children }: { label: string; isWide?: boolean; children: ReactNode }) {
  const column = useKeptScroll(label);
  return (
    <section ref={column} aria-label={label} className={classes.column} data-wide={isWide || undefined}>
      {children}
    </section>
  );
}

/** The timeline, the raw requests and the changes, as tabs. */
function LeadTabs({ leadId }: { leadId: string }) {
  return (
    <Tabs defaultValue="timeline">
      <Tabs.List data-screen-only>
        <Tabs.Tab value="timeline">Timeline</Tabs.Tab>
        <Tabs.Tab value="raw">Raw request</Tabs.Tab>
        <Tabs.Tab value="changes">Changes</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="timeline">
        <Timeline leadId={leadId} />
      </Tabs.Panel>
      <Tabs.Panel value="raw">
        <RawRequests leadId={leadId} />
      </Tabs.Panel>
      <Tabs.Panel value="changes">
        <Lines leadId={leadId} kind="changes" />
      </Tabs.Panel>
    </Tabs>
  );
}
