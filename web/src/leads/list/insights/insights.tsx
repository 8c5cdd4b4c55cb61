import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { asProblem } from '../../../api/problem.ts';
import { DataState } from '../../../ui/feedback/data-state.tsx';
import {
  type Figure,
  forReports,
  isBeyondReports,
  minutes,
  useArrivalsByDay,
  useMedianReply,
  useQualified,
  useWaiting,
} from '../../api/get-insights.ts';
import type { LeadFilters } from '../../filters.ts';
import classes from './insights.module.css';
import { InsightsChart } from './insights-chart.tsx';

/** Leads by day and three figures above the list, each linking to the leads it counts. */
export function Insights({ filters }: { filters: LeadFilters }) {
  const byDay = useArrivalsByDay(filters);
  const isBeyond = isBeyondReports(filters);
  const partly = isBeyond ? ', filtered by owner, source and department only' : '';
  return (
    <section className={classes.strip} aria-label="Insights">
      <div className={classes.chart}>
        <h2 className={classes.title}>{`Leads by day, last 14 days${partly}`}</h2>
        <DataState query={byDay} what="Could not load leads by day." skeleton={<div className={classes.skeleton} />}>
          {(report) => <InsightsChart report={report} filters={forReports(filters)} />}
        </DataState>
      </div>
      <Card title="Median first reply" about={`leads of the last 7 days${partly}`} figure={useMedianReply(filters)}>
        {minutes}
      </Card>
      <Card title="Waiting longer than 5 min" about="new or open, without a reply" figure={useWaiting(filters)} alarm />
      <Qualified filters={filters} />
    </section>
  );
}

function Qualified({ filters }: { filters: LeadFilters }) {
  const { name, ...figure } = useQualified(filters);
  return <Card title={`${name} this week`} about="leads of the last 7 days" figure={figure} />;
}

interface CardProps {
  title: string;
  /** A description of the leads that are counted. */
  about: string;
  figure: Figure;
  /** Shown in red unless it is zero. */
  alarm?: boolean;
  children?: (value: number | null) => ReactNode;
}

function Card({ title, about, figure, alarm = false, children = said }: CardProps) {
  const { value, filters, error } = figure;
  const words = (
    <>
      <span className={classes.title}>{title}</span>
      <span className={classes.value} data-alarm={(alarm && typeof value === 'number' && value > 0) || undefined}>
        {value === undefined ? '…' : children(value)}
        {figure.atLeast && '+'}
      </span>
      <span className="small-print">{about}</span>
    </>
  );
  if (!error || value !== undefined)
    return (
      <Link to="/leads" search={filters as LeadFilters} className={classes.card}>
        {words}
      </Link>
    );
  return (
    <div className={classes.card}>
      <span className={classes.title}>{title}</span>
      <span className="small-print">{asProblem(error).message}</span>
      <button type="button" className={classes.retry} onClick={figure.retry}>
        Retry
      </button>
    </div>
  );
}

function said(value: number | null): string {
  return value === null ? '–' : value.toLocaleString();
}
