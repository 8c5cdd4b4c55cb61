import Type from 'typebox';
import { textOrNull } from '../http/shapes.ts';
import { countByDayAndSource } from './leads-by-day-store.ts';
import type { Figures, Report, ReportInput } from './report.ts';
import { daysOf } from './report-query.ts';

/** If there are more sources than this, the smallest are combined as Other. */
const MOST_SERIES = 6;

const row = Type.Object({
  day: Type.String({ format: 'date' }),
  leads: Type.Integer(),
  by_source: Type.Array(Type.Integer(), { description: 'Leads of each source in `totals.series`, in the same order.' }),
  list: Type.String({ description: 'Query string that lists these leads.' }),
});
const totals = Type.Object({
  leads: Type.Integer(),
  series: Type.Array(
    Type.Object({
      source_id: textOrNull('Id of the source; null for leads without one, and for Other.'),
      source: Type.String(),
      leads: Type.Integer(),
    }),
    { description: 'Sources with the most leads, largest first. The rest are combined as Other, in last place.' },
  ),
});

/** Leads by day, stacked by source. */
export const leadsByDay: Report<typeof row, typeof totals> = {
  name: 'leads-by-day',
  shape: 'LeadsByDay',
  summary: 'Get leads by day and source',
  definition: "Leads by the day they arrived, in the workspace's time zone, and by source.",
  row,
  totals,
  make,
  table: ({ rows, totals: { series } }) => [
    ['Day', 'Leads', ...series.map(({ source }) => source)],
    ...rows.map(({ day, leads, by_source }) => [day, leads, ...by_source]),
  ],
};

async function make({ tx, referenceData, cohort, list }: ReportInput): Promise<Figures<typeof row, typeof totals>> {
  const counted = await countByDayAndSource(tx, cohort, referenceData.workspace.time_zone);
  const all = sumBy(counted, ({ source_id }) => source_id);
  const sources = [...all].sort((a, b) => b[1] - a[1]);
  const isShown = sources.length <= MOST_SERIES ? sources.length : MOST_SERIES - 1;
  const shown = sources.slice(0, isShown).map(([id]) => id);
  const series = sources.slice(0, isShown).map(([source_id, leads]) => ({
    source_id,
    source: referenceData.get('source', source_id)?.name ?? 'No source',
    leads,
  }));
  const rest = sources.slice(isShown).reduce((sum, [, leads]) => sum + leads, 0);
  if (rest > 0) series.push({ source_id: null, source: 'Other', leads: rest });
  const days = groupByDay(counted);
  const rows = daysOf(cohort).map((day) => {
    const by_source = series.map(() => 0);
    for (const { source_id, leads } of days.get(day) ?? []) {
      const at = shown.indexOf(source_id);
      const place = at < 0 ? series.length - 1 : at;
      by_source[place] = (by_source[place] ?? 0) + leads;
    }
    const leads = by_source.reduce((sum, one) => sum + one, 0);
    return { day, leads, by_source, list: list({ created_from: day, created_to: day }) };
  });
  return { rows, totals: { leads: rows.reduce((sum, { leads }) => sum + leads, 0), series } };
}

function sumBy<T extends { leads: number }, K>(items: readonly T[], key: (item: T) => K): Map<K, number> {
  const sums = new Map<K, number>();
  for (const item of items) sums.set(key(item), (sums.get(key(item)) ?? 0) + item.leads);
  return sums;
}

function groupByDay<T extends { day: string }>(items: readonly T[]): Map<string, T[]> {
  const days = new Map<string, T[]>();
  for (const item of items) days.set(item.day, [...(days.get(item.day) ?? []), item]);
  return days;
}
