import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconLayoutKanban, IconPlus, IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useRef, useState } from 'react';
import { useMembers } from '../app/members.ts';
import { useMay } from '../app/session.ts';
import { useShortcuts } from '../app/shortcuts.ts';
import { DataState } from '../ui/feedback/data-state.tsx';
import { EmptyState } from '../ui/feedback/empty-state.tsx';
import { Page } from '../ui/page.tsx';
import { Segments } from '../ui/segments.tsx';
import { type DealSummary, dealSummaryQuery, dealsQuery } from './api/get-deals.ts';
import { DayFilters } from './day-filters.tsx';
import { DealDrawer } from './deal-drawer.tsx';
import { DealGrid } from './deal-grid.tsx';
import classes from './deals.module.css';
import { NewDeal } from './new-deal.tsx';
import type { DealsSearch } from './search.ts';
import { SumLine } from './sum-line.tsx';

const route = getRouteApi('/shell/deals');

/** The deals of the workspace, filtered and sorted, with their totals. */
export function DealsPage(): ReactNode {
  const { deal, sort = 'newest', state = 'open', ...filter } = route.useSearch();
  const navigate = route.useNavigate();
  const search = (patch: DealsSearch) => void navigate({ search: (old) => ({ ...old, ...patch }) });
  const query = useInfiniteQuery({
    ...dealsQuery({ ...filter, sort, ...(state !== 'all' && { state }) }),
    placeholderData: keepPreviousData,
  });
  const summary = useQuery({ ...dealSummaryQuery(filter), placeholderData: keepPreviousData }).data;
  const [adding, setAdding] = useState(false);
  const may = useMay('work leads');
  useShortcuts({ n: { label: 'New deal', run: () => setAdding(true) } }, may);
  const narrowed = Object.keys(filter).length > 0;
  return (
    <Page
      title="Deals"
      padded={false}
      actions={<Actions may={may} onAdd={() => setAdding(true)} />}
      bars={<Bars summary={summary} />}
    >
      <DataState query={query} what="Could not load the deals." empty={<NoDeals state={state} narrowed={narrowed} />}>
        {(deals) => (
          <DealGrid
            deals={deals}
            more={query.hasNextPage}
            openId={deal}
            sort={sort}
            summary={summary}
            onSort={(by) => search({ sort: by === sort ? 'newest' : by })}
            onOpen={({ id }) => search({ deal: id })}
            onNearEnd={() => query.hasNextPage && !query.isFetchingNextPage && void query.fetchNextPage()}
          />
        )}
      </DataState>
      {deal && <DealDrawer id={deal} onClose={() => void navigate({ search: ({ deal: _, ...old }) => old })} />}
      {adding && <NewDeal onClose={() => setAdding(false)} onAdded={({ id }) => search({ deal: id })} />}
    </Page>
  );
}

function Actions({ may, onAdd }: { may: boolean; onAdd: () => void }) {
  return (
    <>
      <Button
        renderRoot={(props) => <Link to="/pipeline" search={{ board: 'deals' }} {...props} />}
        leftSection={<IconLayoutKanban size={15} aria-hidden />}
      >
        Board
      </Button>
      {may && (
        <Button variant="filled" onClick={onAdd} leftSection={<IconPlus size={15} aria-hidden />}>
          New deal
        </Button>
      )}
    </>
  );
}

function NoDeals({ state, narrowed }: { state: string; narrowed: boolean }) {
  if (narrowed)
    return (
      <EmptyState title="No deals match" text="Try another search or owner.">
        <Button component={Link} to="/deals">
          Clear all
        </Button>
      </EmptyState>
    );
  if (state === 'won' || state === 'lost') return <EmptyState title={`No ${state} deals yet`} />;
  return (
    <EmptyState
      title="No deals yet"
      text="A deal is a possible sale to a lead, with an amount, a stage and a close date."
    />
  );
}

function Bars({ summary }: { summary: DealSummary | undefined }) {
  const { state = 'open', q, owner, stage } = route.useSearch();
  const navigate = route.useNavigate();
  const members = useMembers();
  const box = useRef<HTMLInputElement>(null);
  const set = (name: 'q' | 'owner' | 'stage', value: string | null) =>
    void navigate({
      search: ({ [name]: _, ...old }) => (value ? { ...old, [name]: value } : old),
      replace: name === 'q',
    });
  const find = useDebouncedCallback((text: string) => set('q', text.trim()), 150);
  useShortcuts({ '/': { label: 'Search deals', run: () => box.current?.focus() } });
  const count = (of: string) =>
    summary?.stages.filter((one) => one.state === of).reduce((sum, one) => sum + one.count, 0);
  return (
    <>
      <SumLine summary={summary} />
      <div className={classes.filters}>
        <TextInput
          ref={box}
          aria-label="Search deals"
          className={classes.search}
          placeholder="Deal, lead or company"
          leftSection={<IconSearch size={15} aria-hidden />}
          defaultValue={q ?? ''}
          onChange={(event) => find(event.currentTarget.value)}
        />
        <div className={classes.narrow}>
          <Segments
            label="State"
            value={state}
            onChange={(chosen) => void navigate({ search: (old) => ({ ...old, state: chosen }) })}
            segments={[
              { value: 'open', label: 'Open', count: count('open') },
              { value: 'won', label: 'Won', count: count('won') },
              { value: 'lost', label: 'Lost', count: count('lost') },
              { value: 'all', label: 'All' },
            ]}
          />
          <Select
            aria-label="Stage"
            className={classes.filter}
            placeholder="Any stage"
            data={summary?.stages.map(({ id, name }) => ({ value: id, label: name })) ?? []}
            value={stage ?? null}
            onChange={(chosen) => set('stage', chosen)}
            clearable
            clearButtonProps={{ 'aria-label': 'Any stage' }}
          />
          <Select
            aria-label="Owner"
            className={classes.filter}
            placeholder="Any owner"
            data={[
              { value: 'me', label: 'Mine' },
              { value: 'none', label: 'Unassigned' },
              ...members.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={owner ?? null}
            onChange={(chosen) => set('owner', chosen)}
            clearable
            clearButtonProps={{ 'aria-label': 'Any owner' }}
          />
          <DayFilters />
        </div>
      </div>
    </>
  );
}
