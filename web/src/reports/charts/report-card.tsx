import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChartBar, IconDownload, IconInfoCircle, IconTable } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type CSSProperties, type ReactNode, useId, useState } from 'react';
import { DataState } from '../../ui/feedback/data-state.tsx';
import { csvAddress, type ReportName, type Reports, useReport } from '../api/get-reports.ts';
import classes from '../reports.module.css';
import type { ReportSearch } from '../search.ts';
import { between } from '../words.ts';
import { ChartTable, type TableData } from './chart-table.tsx';

interface Props<N extends ReportName> {
  name: N;
  title: string;
  search: ReportSearch;
  /** The width, in columns of a grid of twelve. */
  span: 4 | 5 | 6 | 7 | 8 | 12;
  /** True if there is nothing to draw. */
  isEmpty: (report: Reports[N]) => boolean;
  /** What is missing if the report is empty, in words; leads by default. */
  nothing?: string;
  /** A note below the title. */
  remark?: string | undefined;
  /** The figure above the chart. */
  headline?: (report: Reports[N]) => ReactNode;
  table: (report: Reports[N]) => TableData;
  /** A link to the records that the report counts. */
  link?: (report: Reports[N]) => ReactNode;
  children: (report: Reports[N]) => ReactNode;
}

/** One report: title, headline, chart or table, and links to the leads and the CSV file. */
export function Card<N extends ReportName>(props: Props<N>) {
  const { name, title, search, span, headline } = props;
  const query = useReport(name, search);
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
        <div className={classes.ways}>
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
            {props.isEmpty(report) && (
              <p className="note">{`No ${props.nothing ?? 'leads'} ${between(report.from, report.to)}`}</p>
            )}
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

/** A link to the leads that a figure counts. */
export function ViewLeads({ list, title, children }: { list: string; title: string; children?: ReactNode }) {
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
