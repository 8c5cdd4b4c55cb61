import '@mantine/charts/styles.css';
import { BarChart, LineChart } from '@mantine/charts';
import type { ReactNode } from 'react';
import classes from '../reports.module.css';
import { count } from '../words.ts';

interface Series {
  key: string;
  label: string;
  colour: string;
}

interface Props {
  /** The accessible summary of the chart. */
  label: string;
  days: readonly Readonly<Record<string, string | number | null>>[];
  series: readonly Series[];
}

const HEIGHT = 220;
/** Tabbing through the columns of a chart is no use; the table serves that purpose. */
const quiet = { accessibilityLayer: false } as const;
const still = { isAnimationActive: false } as const;
const usual = {
  dataKey: 'day',
  gridAxis: 'x',
  tickLine: 'none',
  xAxisProps: { minTickGap: 16 },
  tooltipAnimationDuration: 0,
} as const;

/** Stacked columns by day, with the legend in the order of the stack. */
export function StackedBars({ label, days, series }: Props) {
  return (
    <Figure label={label} series={series}>
      <BarChart
        {...usual}
        h={HEIGHT}
        data={[...days]}
        type="stacked"
        series={chartSeries(series)}
        valueFormatter={count}
        yAxisProps={{ allowDecimals: false, width: 40, domain: [0, topOf], tickCount: 5 }}
        barChartProps={quiet}
        barProps={still}
      />
    </Figure>
  );
}

/** Lines by day; days without a value leave a gap. */
export function Lines({ label, days, series, said }: Props & { said: (value: number) => string }) {
  return (
    <Figure label={label} series={series}>
      <LineChart
        {...usual}
        h={HEIGHT - 60}
        data={[...days]}
        series={chartSeries(series)}
        valueFormatter={said}
        curveType="linear"
        withDots={days.length < 15}
        connectNulls={false}
        yAxisProps={{ width: 56, domain: [0, topOfMinutes], tickCount: 5 }}
        lineChartProps={quiet}
        lineProps={still}
      />
    </Figure>
  );
}

/** A round number above the largest value that divides into four equal steps. */
function topOf(most: number): number {
  const step = Math.max(1, most / 4);
  const digit = 10 ** Math.floor(Math.log10(step));
  const round = [1, 2, 2.5, 5, 10].find((one) => one * digit >= step && Number.isInteger(one * digit)) ?? 10;
  return 4 * round * digit;
}

/** Like `topOf`, but above two hours the steps are based on hours. */
function topOfMinutes(most: number): number {
  return most > 120 ? topOf(most / 60) * 60 : topOf(most);
}

function chartSeries(series: readonly Series[]) {
  return series.map(({ key, label, colour }) => ({ name: key, label, color: colour }));
}

/** The frame of a chart, with its legend. */
function Figure({ label, series, children }: Omit<Props, 'days'> & { children: ReactNode }) {
  return (
    <figure className={classes.figure}>
      <div role="img" aria-label={label} className={classes.chart}>
        {children}
      </div>
      <figcaption>
        <ul className={classes.keys}>
          {series.map((one) => (
            <li key={one.key}>
              <span className={classes.key} style={{ background: one.colour }} aria-hidden />
              {one.label}
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}
