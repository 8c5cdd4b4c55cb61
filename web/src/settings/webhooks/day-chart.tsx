import type { CSSProperties } from 'react';
import { DataState } from '../../ui/feedback/data-state.tsx';
import { clockTime } from '../../ui/times.ts';
import { type Hour, useHours } from './get-webhooks.ts';
import classes from './webhooks.module.css';

/** Attempts of the last 24 hours, by hour: delivered and failed. Screen readers read them as a list. */
export function DayChart({ id }: { id: string }) {
  const hours = useHours(id);
  return (
    <DataState query={hours} what="Could not load the last 24 hours.">
      {(all) => <Columns hours={all} />}
    </DataState>
  );
}

function Columns({ hours }: { hours: readonly Hour[] }) {
  const busiest = Math.max(...hours.map(({ succeeded, failed }) => succeeded + failed));
  const most = Math.max(1, busiest);
  return (
    <div>
      <ol className={classes.chart} aria-label="Attempts by hour">
        {hours.map((hour) => (
          <li key={hour.hour} className={classes.hour} title={said(hour)}>
            <span className={classes.failed} style={part(hour.failed / most)} />
            <span className={classes.delivered} style={part(hour.succeeded / most)} />
            <span className="unseen">{said(hour)}</span>
          </li>
        ))}
      </ol>
      <div className={classes.axis} aria-hidden>
        {[hours[0], hours[Math.floor(hours.length / 2)], hours.at(-1)].map((hour) => (
          <span key={hour?.hour}>{hour && clock(hour.hour)}</span>
        ))}
      </div>
      <div className={classes.legendRow}>
        <span className={classes.key}>
          <span className={classes.delivered} /> Delivered
        </span>
        <span className={classes.key}>
          <span className={classes.failed} /> Failed
        </span>
        {busiest > 0 && (
          <span className="muted">
            Busiest hour: {busiest.toLocaleString()} {busiest === 1 ? 'attempt' : 'attempts'}
          </span>
        )}
      </div>
    </div>
  );
}

function said({ hour, succeeded, failed, median_ms: median }: Hour): string {
  const took = median === null ? '' : `, median ${median.toLocaleString()} ms`;
  return `${clock(hour)}: ${succeeded.toLocaleString()} delivered, ${failed.toLocaleString()} failed${took}`;
}

function clock(at: string): string {
  return clockTime(Date.parse(at));
}

/** The height of a part of a column; even a single attempt among thousands is visible. */
function part(share: number): CSSProperties {
  return { blockSize: share > 0 ? `max(2px, ${share * 100}%)` : 0 };
}
