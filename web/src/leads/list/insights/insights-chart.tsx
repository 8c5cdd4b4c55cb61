import { Link } from '@tanstack/react-router';
import type { Shape } from '../../../api/client.ts';
import type { LeadFilters } from '../../filters.ts';
import classes from './insights.module.css';

const short = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const dayOf = (day: string) => short.format(new Date(`${day}T00:00:00Z`));
const colour = (at: number) => `var(--chart-${(at % 7) + 1})`;

/**
 * Leads by day, stacked by source; each column links to its leads. It is built from plain elements because fourteen
 * columns need no chart library.
 */
export function InsightsChart({ report, filters }: { report: Shape<'LeadsByDay'>; filters: LeadFilters }) {
  const { rows, totals } = report;
  const most = Math.max(1, ...rows.map(({ leads }) => leads));
  return (
    <>
      <ol className={classes.days}>
        {rows.map(({ day, leads, by_source }) => (
          <li key={day} className={classes.day}>
            <Link
              to="/leads"
              search={{ ...filters, created_from: day, created_to: day }}
              className={classes.column}
              aria-label={`${dayOf(day)}: ${leads.toLocaleString()} ${leads === 1 ? 'lead' : 'leads'}`}
              title={tip(report, day)}
            >
              {by_source.map((count, at) => (
                <span
                  // biome-ignore lint/suspicious/noArrayIndexKey: the place says which source it is
                  key={at}
                  className={classes.part}
                  style={{ height: `${(100 * count) / most}%`, background: colour(at) }}
                />
              ))}
            </Link>
            <span className={classes.date} aria-hidden>
              {dayOf(day)}
            </span>
          </li>
        ))}
      </ol>
      {totals.leads === 0 ? (
        <p className={classes.none}>No leads in this period.</p>
      ) : (
        <ul className={classes.legend} aria-label="Sources">
          {totals.series.map(({ source }, at) => (
            <li key={source}>
              <span className={classes.key} style={{ background: colour(at) }} aria-hidden />
              {source}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function tip({ rows, totals }: Shape<'LeadsByDay'>, day: string): string {
  const row = rows.find((one) => one.day === day);
  const parts = totals.series.flatMap(({ source }, at) => {
    const count = row?.by_source[at] ?? 0;
    return count > 0 ? [`${source} ${count.toLocaleString()}`] : [];
  });
  return [dayOf(day), ...parts].join('\n');
}
