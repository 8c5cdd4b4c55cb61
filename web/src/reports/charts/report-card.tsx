import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChartBar, IconDownload, IconInfoCircle, IconTable } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type CSSProperties, type ReactNode, useId, useState } from 'react';
import { DataState } from '../../ui/feedback/data-state.tsx';
import { csvAddress, type ReportName, type Reports, reportQuery } from '../api/get-reports.ts';
import classes from '../reports.module.css';
import { between } from '../words.ts';
import { ChartTable, type TableData } from './chart-table.tsx';
import { reportLayouts } from './report-layouts.ts';

interface Props<N extends ReportName> {
  name: N;
  /** A note below the title. */
  remark?: string | undefined;
  /** The figure above the chart. */
  headline?: (report: Reports[N]) => ReactNode;
  table: (report: Reports[N]) => TableData;
  /** A link to the records that the report counts. */
  link?: (report: Reports[N]) => ReactNode;
  children: (report: Reports[N]) => ReactNode;
}

const route = getRouteApi('/shell/reports');

/** The period and the filters of the reports, from the URL. */
export const useReportSearch = () => route.useSearch();

/** One report: title, headline, chart or table, and links to the leads and the CSV file. */
export function Card<N extends ReportName>(props: Props<N>) {
  const { name, headline } = props;
  const search = useReportSearch();
  const { title, span, isEmpty, nothing = 'leads' } = reportLayouts[name];
  const query = useQuery(reportQuery(name, search));
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  const { data } = query;
  return (
    <section className={classes.card} style={{ '--span': span } as CSSProperties} aria-labelledby={id}>
      <header className={classes.head}>
        <h2 id={id} className="small-title">
          {title}
        </h2>
        {data && <Definition text={data.definition} title={title} />}
        <div className={classes.ways} data-screen-only>
          {data && (props.link?.(data) ?? <ViewLeads list={data.list} title={title} />)}
          <Tooltip label="CSV">
            <ActionIcon
              component="a"
              href={csvAddress(name, search)}
              download
              variant="subtle"
              aria-label={`${title} as CSV`}
            >
              <IconDownload size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={asTable ? 'Show the chart' : 'Show as a table'}>
            <ActionIcon
              variant="subtle"
              aria-label={`${title} as a table`}
              aria-pressed={asTable}
              onClick={() => setAsTable(!asTable)}
            >
              {asTable ? <IconChartBar size={16} aria-hidden /> : <IconTable size={16} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        </div>
      </header>
      <DataState query={query} what={`Could not load “${title}”.`} skeleton={<div className={classes.skeleton} />}>
        {(report) => (
          <div className={classes.body}>
            {headline && <p className={classes.headline}>{headline(report)}</p>}
            {props.remark && <p className="note">{props.remark}</p>}
            {isEmpty(report) && <p className="note">{`No ${nothing} ${between(report.from, report.to)}`}</p>}
            {asTable ? <ChartTable caption={report.definition} table={props.table(report)} /> : props.children(report)}
          </div>
        )}
      </DataState>
    </section>
  );
}

function Definition({ text, title }: { text: string; title: string }) {
  return (
    <Tooltip label={text} multiline w={280} events={{ hover: true, focus: true, touch: true }}>
      <ActionIcon variant="subtle" size={24} aria-label={`What “${title}” counts: ${text}`}>
        <IconInfoCircle size={15} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

/** A link to the leads that a figure counts; the title is that of the report, if the link says nothing else. */
export function ViewLeads({ list, title, children }: { list: string; title?: string; children?: ReactNode }) {
  return (
    <Link
      to="/leads"
      search={Object.fromEntries(new URLSearchParams(list))}
      className={classes.way}
      aria-label={children ? undefined : `View leads of “${title}”`}
    >
      {children ?? 'View leads'}
    </Link>
  );
}
