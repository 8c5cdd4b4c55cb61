import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { OutsideHours } from '../leads/public.ts';
import { DataState } from '../ui/feedback/data-state.tsx';
import { SkeletonRows } from '../ui/feedback/skeleton-rows.tsx';
import { Page } from '../ui/page.tsx';
import { useMinute } from '../ui/times.ts';
import { type CallList, listQuery, queueQuery } from './api/get-calls.ts';
import { CallWork } from './call/call-work.tsx';
import { LeadColumn } from './call/lead-column.tsx';
import { LostClaim } from './call/lost-claim.tsx';
import classes from './calls.module.css';
import { ListFigures, ListWaiting, useListName } from './desk/call-list.tsx';
import { DeskActions } from './desk/desk-actions.tsx';
import { Figures, StateChip } from './desk/status-strip.tsx';
import { listedLeads, queuedCalls, UpNext } from './desk/up-next.tsx';
import { type Desk, useDesk } from './desk/use-desk.ts';
import { useHeartbeat, useNext } from './desk/use-heartbeat.ts';
import { Waiting } from './desk/waiting.tsx';
import type { CallSearch } from './search.ts';

const route = getRouteApi('/shell/calls');

/** The call screen: takes the next call from the queue, or from a list of leads, and records its outcome. */
export function CallsPage(): ReactNode {
  const search = route.useSearch();
  const { leads, since } = search;
  const list = leads === undefined ? undefined : { query: leads, ...(since && { since }) };
  const name = useListName(search);
  const { desk, error, retry } = useDesk(list);
  useHeartbeat(desk);
  useNext(desk);
  const query = { data: desk, error, isPending: !desk, isFetching: false, refetch: retry };
  return (
    <Page
      title={list ? `Call list: ${name}` : 'Call queue'}
      padded={false}
      beside={desk && <StateChip desk={desk} />}
      actions={desk && <DeskActions desk={desk} />}
      bars={list ? <FiguresOf list={list} search={search} /> : <Figures />}
    >
      <DataState query={query} what="Could not load your calls." skeleton={<SkeletonRows />}>
        {(known) => (
          <>
            {known.asks && (
              <OutsideHours detail={known.asks.detail} onLeave={known.asks.leave} onCall={known.asks.take} />
            )}
            {list ? <ListColumns desk={known} list={list} search={search} /> : <QueueColumns desk={known} />}
          </>
        )}
      </DataState>
    </Page>
  );
}

function FiguresOf({ list, search }: { list: CallList; search: CallSearch }) {
  return <ListFigures search={search} list={useQuery(listQuery(list)).data} />;
}

function QueueColumns({ desk }: { desk: Desk }) {
  const { data } = useQuery(queueQuery);
  const now = useMinute();
  return (
    <Columns
      desk={desk}
      next={<UpNext desk={desk} upcoming={data && queuedCalls(data, now)} empty="The queue is empty." />}
      waiting={<Waiting desk={desk} queue={data} />}
    />
  );
}

function ListColumns({ desk, list, search }: { desk: Desk; list: CallList; search: CallSearch }) {
  const { data } = useQuery(listQuery(list));
  return (
    <Columns
      desk={desk}
      next={<UpNext desk={desk} upcoming={data && listedLeads(data)} empty="No leads left to call." />}
      waiting={<ListWaiting desk={desk} search={search} list={data} />}
    />
  );
}

/** The columns of the screen: what is up next, the call, and its lead. */
function Columns({ desk, next, waiting }: { desk: Desk; next: ReactNode; waiting: ReactNode }) {
  const claimed = desk.current ?? desk.lost;
  return (
    <div className={classes.columns} data-lead={claimed ? true : undefined}>
      {next}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section className={classes.work} aria-label="Call" tabIndex={0}>
        {desk.lost && !desk.current && <LostClaim key={desk.lost.claim_id} desk={desk} claimed={desk.lost} />}
        {desk.current && <CallWork key={desk.current.call.id} desk={desk} claimed={desk.current} />}
        {!claimed && waiting}
      </section>
      {claimed && <LeadColumn key={claimed.lead.id} claimed={claimed} />}
    </div>
  );
}
