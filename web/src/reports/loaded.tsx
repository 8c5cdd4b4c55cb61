import { useReport } from './api/get-reports.ts';
import classes from './reports.module.css';
import type { ReportSearch } from './search.ts';

/** Says so when only some of the reports came. */
export function Loaded({ search }: { search: ReportSearch }) {
  const all = [
    useReport('leads-by-day', search),
    useReport('sources', search),
    useReport('statuses', search),
    useReport('funnel', search),
    useReport('speed-to-lead', search),
    useReport('agents', search),
    useReport('intake', search),
    useReport('arrivals', search),
  ];
  const failed = all.filter(({ error }) => error).length;
  if (failed === 0) return null;
  return (
    <p role="status" className={classes.empty}>
      {all.length - failed} of {all.length} cards loaded.
    </p>
  );
}
