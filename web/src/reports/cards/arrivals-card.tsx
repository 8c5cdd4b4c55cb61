import { useState } from 'react';
import { Segments } from '../../ui/segments.tsx';
import type { Reports } from '../api/get-reports.ts';
import { Card } from '../charts/report-card.tsx';
import { change, count, weekdays } from '../words.ts';
import classes from './arrivals-card.module.css';

type What = 'arrivals' | 'answers';
const hours = Array.from({ length: 24 }, (_, hour) => hour);
const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;

/** When leads arrive and when they are answered, by hour of the week. */
export function ArrivalsCard() {
  const [what, setWhat] = useState<What>('arrivals');
  return (
    <Card
      name="arrivals"
      headline={({ totals, previous }) => (
        <>
          <b>{count(totals.answers)}</b> of {count(totals.arrivals)} replied to
          {previous && <span>{change(totals.arrivals, previous.totals.arrivals)}</span>}
        </>
      )}
      table={(report) => ({
        head: ['Hour', ...weekdays],
        lines: hours.map((hour) => [
          clock(hour),
          ...weekdays.map((_, day) => {
            const cell = report.rows[day * 24 + hour];
            return `${count(cell?.arrivals ?? 0)} / ${count(cell?.answers ?? 0)}`;
          }),
        ]),
      })}
    >
      {(report) => (
        <>
          <Segments
            label="Show"
            value={what}
            onChange={setWhat}
            segments={[
              { value: 'arrivals', label: 'Arrivals', count: report.totals.arrivals },
              { value: 'answers', label: 'First replies', count: report.totals.answers },
            ]}
          />
          <Heat report={report} what={what} />
        </>
      )}
    </Card>
  );
}

function Heat({ report: { rows }, what }: { report: Reports['arrivals']; what: What }) {
  const most = Math.max(1, ...rows.map((row) => row[what]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it by the arrow keys
    <section className={classes.scroll} aria-label="Hours of the week" tabIndex={0}>
      <table className={classes.heat}>
        <caption className="unseen">
          {what === 'arrivals' ? 'Leads that arrived' : 'First replies'} by weekday and hour
        </caption>
        <thead>
          <tr>
            <td />
            {hours.map((hour) => (
              <th key={hour} scope="col">
                <span data-shown={hour % 6 === 0 || undefined}>{hour}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weekdays.map((name, day) => (
            <tr key={name}>
              <th scope="row">
                <abbr title={name}>{name.slice(0, 3)}</abbr>
              </th>
              {hours.map((hour) => {
                const value = rows[day * 24 + hour]?.[what] ?? 0;
                return (
                  <td key={hour} title={`${name} ${clock(hour)}: ${count(value)}`} style={shade(value / most)}>
                    <span>{count(value)}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function shade(part: number) {
  return { background: `color-mix(in srgb, var(--chart-1) ${Math.round(part * 100)}%, var(--hover))` };
}
