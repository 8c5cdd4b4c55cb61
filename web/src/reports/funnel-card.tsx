import { Bars } from './bars.tsx';
import { Card } from './card.tsx';
import classes from './reports.module.css';
import type { ReportSearch } from './search.ts';
import { count, days, share } from './words.ts';

/** From new to won, with how many go on from each step. */
export function FunnelCard({ search }: { search: ReportSearch }) {
  return (
    <Card
      name="funnel"
      title="Funnel"
      search={search}
      span={6}
      twin={({ rows }) => ({
        head: ['Step', 'Leads', 'Of all', 'Of the step before', 'Median days'],
        lines: rows.map((row) => [
          row.step,
          count(row.leads),
          share(row.of_all),
          share(row.of_step_before),
          days(row.median_days),
        ]),
      })}
    >
      {({ rows }) => (
        <Bars
          bars={rows.map((row, at) => ({
            key: row.step,
            name: row.step,
            value: row.leads,
            said: (
              <>
                {count(row.leads)}
                {at > 0 && (
                  <span className={classes.quiet}>
                    {' '}
                    {share(row.of_step_before)} · {days(row.median_days)}
                  </span>
                )}
              </>
            ),
          }))}
        />
      )}
    </Card>
  );
}
