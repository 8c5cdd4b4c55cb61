import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ConfirmDanger } from '../ui/feedback/confirm-danger.tsx';
import { DataState } from '../ui/feedback/data-state.tsx';
import { SkeletonRows } from '../ui/feedback/skeleton-rows.tsx';
import { Page } from '../ui/page.tsx';
import { queueQuery } from './api/get-calls.ts';
import { CallWork } from './call/call-work.tsx';
import { LeadColumn } from './call/lead-column.tsx';
import { LostClaim } from './call/lost-claim.tsx';
import classes from './calls.module.css';
import { DeskActions } from './desk/desk-actions.tsx';
import { Figures, StateChip } from './desk/status-strip.tsx';
import { UpNext } from './desk/up-next.tsx';
import { type Desk, useDesk } from './desk/use-desk.ts';
import { useHeartbeat, useNext } from './desk/use-heartbeat.ts';
import { Waiting } from './desk/waiting.tsx';
import { dayTime } from './words.ts';

/** The call screen: takes the next call from the queue and records its outcome. */
export function CallsPage(): ReactNode {
  const { desk, error, retry } = useDesk();
  useHeartbeat(desk);
  useNext(desk);
  const query = { data: desk, error, isPending: !desk, isFetching: false, refetch: retry };
  return (
    <Page
      title="Call queue"
      padded={false}
      beside={desk && <StateChip desk={desk} />}
      actions={desk && <DeskActions desk={desk} />}
      bars={<Figures />}
    >
      <DataState query={query} what="Could not load your calls." skeleton={<SkeletonRows />}>
        {(known) => <Columns desk={known} />}
      </DataState>
    </Page>
  );
}

function Columns({ desk }: { desk: Desk }) {
  const queue = useQuery(queueQuery);
  const claimed = desk.current ?? desk.lost;
  return (
    <>
      {desk.asks && <OutsideHours asks={desk.asks} />}
      <div className={classes.columns} data-lead={claimed ? true : undefined}>
        <UpNext desk={desk} queue={queue} />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
        <section className={classes.work} aria-label="Call" tabIndex={0}>
          {desk.lost && !desk.current && <LostClaim key={desk.lost.claim_id} desk={desk} claimed={desk.lost} />}
          {desk.current && <CallWork key={desk.current.call.id} desk={desk} claimed={desk.current} />}
          {!claimed && <Waiting desk={desk} queue={queue.data} />}
        </section>
        {claimed && <LeadColumn key={claimed.lead.id} claimed={claimed} />}
      </div>
    </>
  );
}

/** The instants in a sentence of the server, in local time. */
function timesIn(text: string): string {
  return text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, (at) => `${dayTime(Date.parse(at), Date.now())} your time`);
}

/** Asks before a lead is called outside the calling hours. */
function OutsideHours({ asks }: { asks: NonNullable<Desk['asks']> }) {
  return (
    <ConfirmDanger opened title="Outside calling hours" action="Call anyway" onClose={asks.leave} onConfirm={asks.take}>
      {timesIn(asks.detail)} The lead’s timeline and the audit log record that you called all the same.
    </ConfirmDanger>
  );
}
