import { lazy, Suspense } from 'react';
import { useMay } from '../../../app/session.ts';
import classes from '../lead-list-page.module.css';

const Insights = lazy(() => import('./insights.tsx').then((loaded) => ({ default: loaded.Insights })));

/** The figures above the list, fetched when they are opened; only for those who may read reports. */
export function InsightsStrip() {
  if (!useMay('read reports')) return null;
  return (
    <Suspense fallback={<div className={classes.insights} />}>
      <Insights />
    </Suspense>
  );
}
