import Type from 'typebox';
import { stagesIn } from '../deals/deal-view.ts';
import { textOrNull } from '../http/shapes.ts';
import { plusDays } from '../platform/time/calendar.ts';
import type { Cohort, Report } from './report.ts';
import { sumWon } from './revenue-store.ts';

const won = {
  deals: Type.Integer({ description: 'Deals won.' }),
  amount: Type.Number({ description: "Their total amount in the workspace's currency." }),
};
const list = textOrNull('Query string for GET /v1/deals that lists these deals; null if no query can.');
const row = Type.Object({ month: Type.String({ description: 'YYYY-MM.' }), ...won, list });
const totals = Type.Object({
  currency: Type.String({ description: 'ISO 4217 currency code.' }),
  ...won,
  list,
  owners: Type.Array(
    Type.Object({ owner_id: textOrNull('null for deals without an owner.'), owner: Type.String(), ...won, list }),
    { description: 'The same figures by owner of the deal, largest amount first.' },
  ),
  sources: Type.Array(
    Type.Object({ source_id: textOrNull('null for leads without a source.'), source: Type.String(), ...won }),
    { description: 'The same figures by source of the lead, largest amount first.' },
  ),
});

/** The amounts of won deals, by month, owner and source. */
export const revenue: Report<typeof row, typeof totals> = {
  name: 'revenue',
  shape: 'Revenue',
  summary: 'Get the amounts of won deals by month, owner and source',
  definition:
    'Deals won in this period, by the day they were won. Owners are those of the deals; departments and sources are those of their leads.',
  row,
  totals,
  async make({ tx, referenceData, cohort }) {
    const stages = stagesIn('won', referenceData);
    const [months, owners, sources] = [
      await sumWon(tx, cohort, stages, 'month'),
      await sumWon(tx, cohort, stages, 'owner'),
      await sumWon(tx, cohort, stages, 'source'),
    ];
    const list = (days: Readonly<Record<string, string>>) => listOf(cohort, days);
    const all = { closed_from: cohort.from, closed_to: cohort.to };
    return {
      rows: months.map(({ key, ...sums }) => ({
        month: key ?? '',
        ...sums,
        list: list(within(cohort, key ?? '')),
      })),
      totals: {
        currency: referenceData.workspace.currency ?? 'USD',
        deals: months.reduce((sum, { deals }) => sum + deals, 0),
        amount: rounded(months.reduce((sum, { amount }) => sum + amount, 0)),
        list: list(all),
        owners: owners.map(({ key, ...sums }) => ({
          owner_id: key,
          owner: referenceData.get('member', key)?.name ?? 'Nobody',
          ...sums,
          list: list({ ...all, owner: key ?? 'none' }),
        })),
        sources: sources.map(({ key, ...sums }) => ({
          source_id: key,
          source: referenceData.get('source', key)?.name ?? 'No source',
          ...sums,
        })),
      },
    };
  },
  table: ({ rows, totals: { owners, sources } }) => [
    ['By', 'Name', 'Deals won', 'Amount'],
    ...rows.map(({ month, deals, amount }) => ['Month', month, deals, amount]),
    ...owners.map(({ owner, deals, amount }) => ['Owner', owner, deals, amount]),
    ...sources.map(({ source, deals, amount }) => ['Source', source, deals, amount]),
  ],
};

/** The days of a month that are within the period. */
function within({ from, to }: Cohort, month: string) {
  const first = `${month}-01`;
  const last = plusDays(`${plusDays(first, 31).slice(0, 7)}-01`, -1);
  return { closed_from: first > from ? first : from, closed_to: last < to ? last : to };
}

/** Query string that lists the deals; null if none can, since it takes only one owner and no departments or sources. */
function listOf({ owners, departments, sources, words }: Cohort, filters: Readonly<Record<string, string>>) {
  if (departments || sources || (owners && owners.length !== 1)) return null;
  return new URLSearchParams({ state: 'won', ...words, ...filters }).toString();
}

/** Rounded to cents, because sums of doubles are inexact. */
function rounded(amount: number): number {
  return Math.round(amount * 100) / 100;
}
