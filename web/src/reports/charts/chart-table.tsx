import type { ReactNode } from 'react';
import classes from './chart-table.module.css';

/** A report as a table: the first cell of a row is its heading, numbers are right-aligned. */
export interface TableData {
  head: readonly string[];
  lines: readonly (readonly ReactNode[])[];
}

/** The accessible table behind a chart; its caption says what is counted. */
export function ChartTable({ caption, table: { head, lines } }: { caption: string; table: TableData }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it by the arrow keys
    <section className={classes.scroll} aria-label={caption} tabIndex={0}>
      <table className={classes.table}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map((name, at) => (
              <th key={name} scope="col" data-number={at > 0 || undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((cells, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are replaced together
            <tr key={line}>
              {cells.map((cell, at) =>
                at === 0 ? (
                  <th key={head[at]} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={head[at]} data-number>
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
