import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { asProblem } from '../../api/problem.ts';
import { useMay } from '../../app/session.ts';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { ErrorBar } from '../../ui/feedback/error-bar.tsx';
import { SkeletonRows } from '../../ui/feedback/skeleton-rows.tsx';
import { SideDrawer } from '../../ui/side-drawer.tsx';
import { type Lead, leadDealsQuery, leadQuery, leadTasksQuery } from '../api/get-lead.ts';
import { Composer } from '../lead/composer/composer.tsx';
import { FieldList } from '../lead/fields/field-list.tsx';
import { Banners } from '../lead/head/banners.tsx';
import { LeadActions } from '../lead/head/lead-actions.tsx';
import { LeadHead } from '../lead/head/lead-head.tsx';
import { NextStepBar } from '../lead/head/next-step.tsx';
import type { ListPosition } from '../lead/list-position.ts';
import { LeadDeals } from '../lead/related/lead-deals.tsx';
import { LeadTasks } from '../lead/related/lead-tasks.tsx';
import { RawRequests } from '../lead/related/raw-request.tsx';
import { LeadTags } from '../lead/tags/lead-tags.tsx';
import { Lines, Timeline } from '../lead/timeline/timeline.tsx';
import { useLeadWork } from '../lead/use-lead-work.ts';
import { nameOf } from '../lead-name.ts';
import classes from './lead-drawer.module.css';

interface Props extends ListPosition {
  leadId: string;
  /** Increases each time the lead is opened to write a note. */
  notesAsked?: number;
  onClose: () => void;
}

/** A lead beside the list it was opened from; the list stays usable. */
export function LeadDrawer({ leadId, onClose, ...listPosition }: Props) {
  const { data: lead, error, refetch } = useQuery(leadQuery(leadId));
  if (lead) return <OneLead key={lead.id} lead={lead} onClose={onClose} {...listPosition} />;
  const problem = error && asProblem(error);
  return (
    <SideDrawer label="Lead" header={null} onClose={onClose}>
      {!problem && <SkeletonRows rows={10} label="Loading the lead" />}
      {problem?.status === 404 && (
        <EmptyState title="Lead not found" text="It was deleted, or you do not have access to it." />
      )}
      {problem && problem.status !== 404 && (
        <ErrorBar problem={problem} what="Could not load the lead." onRetry={() => void refetch()} />
      )}
    </SideDrawer>
  );
}

function OneLead({ lead, notesAsked = 0, onClose, ...listPosition }: Omit<Props, 'leadId'> & { lead: Lead }) {
  const [tab, setTab] = useState<string | null>('timeline');
  const work = useLeadWork(lead, listPosition, () => setTab('timeline'));
  const { changing, asked, answered, compose, state } = work;
  const mayWork = useMay('work leads');
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when it is asked for
  useEffect(() => {
    if (notesAsked > 0 && mayWork) compose('note');
  }, [notesAsked]);
  return (
    <SideDrawer
      label={nameOf(lead)}
      onClose={onClose}
      header={<LeadHead lead={lead} state={state} heading="h2" onGone={onClose} {...listPosition} />}
    >
      <LeadActions lead={lead} work={work} />
      <LeadTags lead={lead} />
      <Banners leadId={lead.id} />
      <NextStepBar lead={lead} onTask={() => compose('task')} />
      <FieldList lead={lead} changing={changing} />
      <LeadTabs lead={lead} tab={tab} onTab={setTab}>
        {mayWork && <Composer leadId={lead.id} asked={asked} answered={answered} />}
        <Timeline leadId={lead.id} />
      </LeadTabs>
    </SideDrawer>
  );
}

interface TabsProps {
  lead: Lead;
  tab: string | null;
  onTab: (tab: string | null) => void;
  children: ReactNode;
}

function LeadTabs({ lead, tab, onTab, children }: TabsProps) {
  const openTasks = useQuery(leadTasksQuery(lead.id)).data?.filter(({ done }) => !done).length;
  const deals = useQuery(leadDealsQuery(lead.id)).data?.length;
  return (
    <Tabs value={tab} onChange={onTab} className={classes.tabs}>
      <Tabs.List className={classes.row}>
        <Tabs.Tab value="timeline">Timeline</Tabs.Tab>
        <Tabs.Tab value="tasks">{`Tasks${openTasks ? ` ${openTasks}` : ''}`}</Tabs.Tab>
        <Tabs.Tab value="deals">{`Deals${deals ? ` ${deals}` : ''}`}</Tabs.Tab>
        <Tabs.Tab value="raw">Raw request</Tabs.Tab>
        <Tabs.Tab value="changes">Changes</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="timeline">{children}</Tabs.Panel>
      <Tabs.Panel value="tasks">
        <LeadTasks leadId={lead.id} />
      </Tabs.Panel>
      <Tabs.Panel value="deals">
        <LeadDeals leadId={lead.id} />
      </Tabs.Panel>
      <Tabs.Panel value="raw">
        <RawRequests leadId={lead.id} />
      </Tabs.Panel>
      <Tabs.Panel value="changes">
        <Lines leadId={lead.id} kind="changes" />
      </Tabs.Panel>
    </Tabs>
  );
}
