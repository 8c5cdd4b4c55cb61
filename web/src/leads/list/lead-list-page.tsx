import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { lazyPart } from '../../app/lazy-part.tsx';
import { Count, Page } from '../../ui/page.tsx';
import { useLeadCount } from '../api/get-leads.ts';
import type { BulkBarProps } from './bulk/bulk-bar.tsx';
import { useBulk } from './bulk/use-bulk.ts';
import { useSelection } from './bulk/use-selection.ts';
import { CallListButton } from './call-list-button.tsx';
import { ListOrBoard } from './display/list-or-board.tsx';
import { useDisplay } from './display/use-display.ts';
import { FilterBar } from './filters/filter-bar.tsx';
import { FirstSteps } from './first-steps.tsx';
import classes from './lead-list-page.module.css';
import { LeadRows } from './lead-rows.tsx';
import { ListTools } from './list-tools.tsx';
import { NewLeadButton } from './new-lead-button.tsx';
import { OpenLead } from './open-lead.tsx';
import { useLeadRows } from './use-lead-rows.ts';
import { useLeadSearch } from './use-lead-search.ts';
import { LeadViews } from './views/lead-views.tsx';

/** The list of leads that match the filters in the URL. */
export function LeadsPage() {
  const address = useLeadSearch();
  const { filters, viewId, openId, narrow, show } = address;
  const isPhone = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false });
  const [selecting, setSelecting] = useState(false);
  const { reading, inserts } = useLeadRows(filters);
  const { rows, reload, isWhole, fresh, sortedWithin } = reading;
  const display = useDisplay();
  const count = useLeadCount(filters);
  const selection = useSelection(rows, address.text);
  const bulk = useBulk(filters, reload);
  const { asked, openLead, openForNote } = useNotesAsked(address.openLead);
  const total = totalWords(count);
  const switcher = <ListOrBoard shown="list" filters={filters} viewId={viewId} />;
  const select = (on: boolean) => {
    setSelecting(on);
    if (!on) selection.clear();
  };
  return (
    <Page
      title="Leads"
      beside={total && <Count of={total} />}
      actions={
        <>
          {isPhone && switcher}
          <CallListButton address={address} isPhone={isPhone} />
          {!(isPhone && selecting) && <NewLeadButton isPhone={isPhone} />}
        </>
      }
      padded={false}
      bars={
        <>
          <LeadViews filters={filters} viewId={viewId} onShow={show} />
          <FilterBar filters={filters} onChange={narrow}>
            {!isPhone && switcher}
            <ListTools
              {...display}
              order={filters}
              onOrder={narrow}
              isPhone={isPhone}
              selecting={selecting}
              onSelecting={select}
            />
          </FilterBar>
        </>
      }
    >
      <FirstSteps isPhone={isPhone} />
      {display.display.insights && !isPhone && <Insights filters={filters} />}
      <div className={classes.content}>
        <Arrivals count={fresh} onShow={reload} />
        <Within most={sortedWithin} />
        <LeadRows
          {...{ address, reading, inserts, count, display, selection, isPhone, selecting }}
          onSelecting={() => select(true)}
          onOpen={openLead}
          onNote={openForNote}
        />
        <Bulk
          selection={selection}
          total={total}
          hasMore={!isWhole}
          bulk={bulk}
          isPhone={isPhone}
          selecting={isPhone && selecting}
        />
      </div>
      {openId && (
        <OpenLead
          rows={rows}
          openId={openId}
          total={total}
          notesAsked={asked?.id === openId ? asked.times : 0}
          onOpen={openLead}
        />
      )}
    </Page>
  );
}

function totalWords(count: ReturnType<typeof useLeadCount>): string {
  return count ? `${count.count.toLocaleString()}${count.exact ? '' : '+'}` : '';
}

const MOST_COUNTED = 10_000;

/** Says how many new leads have arrived; they join the list only on request. */
function Arrivals({ count, onShow }: { count: number; onShow: () => void }) {
  const many = count >= MOST_COUNTED ? `${MOST_COUNTED.toLocaleString()}+` : count.toLocaleString();
  return (
    <div role="status" className={classes.arrivals}>
      {count > 0 && (
        <Button variant="filled" radius="xl" onClick={onShow}>
          {`${many} new ${count === 1 ? 'lead' : 'leads'} · Show`}
        </Button>
      )}
    </div>
  );
}

/** Says so when only some of the leads are sorted. */
function Within({ most }: { most: number | undefined }) {
  if (most === undefined) return null;
  return (
    <p role="status" className={classes.within}>
      {`Only the newest ${most.toLocaleString()} of these leads are sorted. Add a filter to narrow the list.`}
    </p>
  );
}

/** Opens leads, and counts how often a lead was opened to write a note. */
function useNotesAsked(openLead: (id: string | undefined) => void) {
  const [asked, setAsked] = useState<{ id: string; times: number }>();
  return {
    asked,
    openLead: (id: string | undefined) => {
      setAsked(undefined);
      openLead(id);
    },
    openForNote: (id: string) => {
      setAsked((before) => ({ id, times: (before?.times ?? 0) + 1 }));
      openLead(id);
    },
  };
}

/** The bar of bulk actions, loaded when it is first shown. */
function Bulk(props: BulkBarProps) {
  const { selection, selecting, bulk } = props;
  const isShown = selection.all || selection.ids.size > 0 || selecting || bulk.job !== undefined;
  return isShown && <BulkBar {...props} />;
}

const BulkBar = lazyPart(async () => (await import('./bulk/bulk-bar.tsx')).BulkBar, { soon: true });

/** The figures above the list, loaded when they are opened; only for people who may read reports. */
const Insights = lazyPart(async () => (await import('./insights/insights.tsx')).Insights, {
  waiting: <div className={classes.insights} />,
});
