import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ComponentType, ReactNode } from 'react';
import { useMay } from '../app/session.ts';
import { useShortcuts } from '../app/shortcuts.ts';
import { ViewTabs } from '../leads/public.ts';
import { EmptyState } from '../ui/feedback/empty-state.tsx';
import { Page } from '../ui/page.tsx';
import { type ReportName, reportQuery } from './api/get-reports.ts';
import { AgentCard } from './cards/agent-card.tsx';
import { ArrivalsCard } from './cards/arrivals-card.tsx';
import { DayCard } from './cards/day-card.tsx';
import { ForecastCard } from './cards/forecast-card.tsx';
import { FunnelCard } from './cards/funnel-card.tsx';
import { IntakeCard } from './cards/intake-card.tsx';
import { RevenueCard } from './cards/revenue-card.tsx';
import { SourceCard } from './cards/source-card.tsx';
import { SpeedCard } from './cards/speed-card.tsx';
import { StatusCard } from './cards/status-card.tsx';
import { ReportBars } from './report-bars.tsx';
import classes from './reports.module.css';
import { type ReportSearch, readReport, writeReport } from './search.ts';
import { between, span } from './words.ts';

/** The card of each report, in the order of the page. */
const cards: { readonly [N in ReportName]: ComponentType } = {
  'leads-by-day': DayCard,
  sources: SourceCard,
  statuses: StatusCard,
  funnel: FunnelCard,
  'speed-to-lead': SpeedCard,
  intake: IntakeCard,
  agents: AgentCard,
  arrivals: ArrivalsCard,
  revenue: RevenueCard,
  forecast: ForecastCard,
};
const reportNames = Object.keys(cards) as ReportName[];

const tidy = (query: string) => writeReport(readReport(query));

const route = getRouteApi('/shell/reports');

/** All reports; only for people who may see every lead. */
export function ReportsPage(): ReactNode {
  return useMay('read reports') ? <AllReports /> : <NoReports />;
}

function NoReports() {
  return (
    <Page title="Reports">
      <EmptyState title="Reports are for managers" text="Ask an admin of this workspace for the manager role." />
    </Page>
  );
}

function AllReports() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const go = (change: Partial<ReportSearch>) =>
    void navigate({ to: '/reports', search: { ...search, ...change }, replace: true });
  const { data } = useQuery(reportQuery('leads-by-day', search));
  useShortcuts({
    b: { label: 'Compare with previous period', run: () => go({ compare: search.compare ? undefined : true }) },
  });
  return (
    <Page
      title="Reports"
      beside={data && <span className="muted">{span(data.from, data.to)}</span>}
      actions={
        <Button leftSection={<IconPrinter size={15} />} onClick={() => window.print()}>
          Print
        </Button>
      }
      bars={
        <>
          <ViewTabs
            screen="reports"
            all="All reports"
            now={writeReport(search)}
            tidy={tidy}
            viewId={search.view}
            onShow={(query, view) =>
              void navigate({ to: '/reports', search: { ...readReport(query), ...(view && { view }) } })
            }
          />
          <ReportBars search={search} shown={data} go={go} />
        </>
      }
    >
      <Loaded search={search} />
      {data?.totals.leads === 0 && (
        <p role="status" className={classes.empty}>{`No leads ${between(data.from, data.to)}.`}</p>
      )}
      <div className={classes.grid}>
        {Object.entries(cards).map(([name, Card]) => (
          <Card key={name} />
        ))}
      </div>
    </Page>
  );
}

/** A notice when only some of the reports have loaded. */
function Loaded({ search }: { search: ReportSearch }) {
  const all = useQueries({ queries: reportNames.map((name) => reportQuery(name, search)) });
  const failed = all.filter(({ error }) => error).length;
  if (failed === 0) return null;
  return (
    <p role="status" className={classes.empty}>
      {all.length - failed} of {all.length} reports loaded.
    </p>
  );
}
