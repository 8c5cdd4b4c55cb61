import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense, useMemo } from 'react';
import { useMay } from '../../app/session.ts';
import { DataState } from '../../ui/data-state.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Count, Page } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { type LeadFilters, narrowing, readFilters, writeFilters } from '../filters.ts';
import { BulkBar } from './bulk-bar.tsx';
import { DisplayMenu } from './display-menu.tsx';
import { NoLeads, NoMatches } from './empty-leads.tsx';
import { FilterBar } from './filter-bar.tsx';
import { LeadGrid } from './lead-grid.tsx';
import classes from './lead-list-page.module.css';
import { useBulk } from './use-bulk.ts';
import { useDisplay } from './use-display.ts';
import { useLeadCount, useLeadList } from './use-lead-list.ts';
import { useSelection } from './use-selection.ts';
import { ViewTabs } from './view-tabs.tsx';

const LeadDrawer = lazy(() => import('../drawer/lead-drawer.tsx').then((loaded) => ({ default: loaded.LeadDrawer })));
const route = getRouteApi('/shell/leads');

/** Every lead that the filters of the address find. */
export function LeadsPage() {
  const address = useAddress();
  const { filters, text, viewId, openId, narrow, openLead, show } = address;
  const isPhone = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false });
  const { list, rows, loadMore, patch, reload, isWhole, fresh } = useLeadList(filters);
  const display = useDisplay();
  const count = useLeadCount(filters);
  const selection = useSelection(rows, text);
  const bulk = useBulk(filters, reload);
  const total = count ? `${count.count.toLocaleString()}${count.exact ? '' : '+'}` : '';
  const onSort = (sort: LeadFilters['sort']) => narrow({ sort });
  return (
    <Page
      title="Leads"
      beside={total && <Count of={total} />}
      actions={<NewLeadButton isPhone={isPhone} />}
      padded={false}
      bars={
        <>
          <ViewTabs filters={filters} viewId={viewId} onShow={show} />
          <FilterBar filters={filters} onChange={narrow}>
            <DisplayMenu {...display} sort={filters.sort} onSort={onSort} />
          </FilterBar>
        </>
      }
    >
      <div className={classes.content}>
        <Arrivals count={fresh} onShow={reload} />
        <DataState
          query={{ ...list, data: list.data && rows }}
          what="Could not load leads."
          skeleton={<SkeletonRows rows={12} height={isPhone ? 64 : 38} label="Loading leads" />}
          isEmpty={(found) => found.length === 0 && isWhole}
          empty={<Nothing {...address} />}
        >
          {(found) => (
            <LeadGrid
              rows={found}
              total={count?.exact ? count.count : -1}
              filters={filters}
              display={display.display}
              selection={selection}
              isPhone={isPhone}
              openId={openId}
              onOpen={({ id }) => openLead(id)}
              onNearEnd={loadMore}
              onShow={patch}
              onSort={onSort}
            />
          )}
        </DataState>
        {!isPhone && <BulkBar selection={selection} total={total} hasMore={!isWhole} bulk={bulk} />}
      </div>
      {openId && <OpenLead rows={rows} openId={openId} total={total} onOpen={openLead} />}
    </Page>
  );
}

/** What the address says, and the ways to another. */
function useAddress() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { view: viewId, lead: openId } = search;
  const text = writeFilters(search);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same filters stay the same object
  const filters = useMemo(() => readFilters(search as Record<string, unknown>), [text]);
  return {
    filters,
    text,
    viewId,
    openId,
    narrow: (change: Partial<LeadFilters>) =>
      void navigate({ search: (now) => ({ ...now, ...change, lead: undefined }), replace: true }),
    openLead: (id: string | undefined) =>
      void navigate({ search: (now) => ({ ...now, lead: id }), replace: openId !== undefined }),
    show: (next: LeadFilters, view: string | undefined) => void navigate({ search: { ...next, view } }),
  };
}

function Nothing({ filters, narrow, show }: Pick<ReturnType<typeof useAddress>, 'filters' | 'narrow' | 'show'>) {
  if (Object.keys(narrowing(filters)).length === 0) return <NoLeads />;
  return <NoMatches filters={filters} onChange={narrow} onClear={() => show({}, undefined)} />;
}

/** Leads that came meanwhile; they wait above until somebody wants to see them. */
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

const MOST_COUNTED = 10_000;

interface OpenLeadProps {
  rows: readonly { id: string }[];
  openId: string;
  total: string;
  onOpen: (id: string | undefined) => void;
}

/** The lead that is open beside the list, with the ways to its neighbours. */
function OpenLead({ rows, openId, total, onOpen }: OpenLeadProps) {
  const at = rows.findIndex(({ id }) => id === openId);
  const neighbour = (place: number) => {
    const lead = at < 0 ? undefined : rows[place];
    return lead && (() => onOpen(lead.id));
  };
  return (
    <Suspense>
      <LeadDrawer
        leadId={openId}
        onClose={() => onOpen(undefined)}
        onPrevious={neighbour(at - 1)}
        onNext={neighbour(at + 1)}
        position={at >= 0 && total ? `${at + 1} of ${total}` : undefined}
      />
    </Suspense>
  );
}

function NewLeadButton({ isPhone }: { isPhone: boolean }) {
  if (!useMay('work leads')) return null;
  const asNew = (search: object) => ({ ...search, new: 1 });
  if (isPhone)
    return (
      <Link to="/leads" search={asNew} className={classes.round} aria-label="New lead">
        <IconPlus size={24} aria-hidden />
      </Link>
    );
  return (
    <Button
      component={Link}
      to="/leads"
      search={asNew as never}
      variant="filled"
      leftSection={<IconPlus size={16} aria-hidden />}
      rightSection={<Kbd keys="c" />}
    >
      New lead
    </Button>
  );
}
