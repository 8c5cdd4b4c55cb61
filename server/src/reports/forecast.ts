import Type from 'typebox';
import { chancesOf, weightedSum } from '../deals/deal-chances.ts';
import { stagesIn } from '../deals/deal-view.ts';
import { numberOrNull, oneOf, textOrNull } from '../http/shapes.ts';
import type { Report } from './report.ts';
import { sumExpected } from './revenue-store.ts';

const sums = {
  deals: Type.Integer({ description: 'Open deals.' }),
  amount: Type.Number({ description: "Their total amount in the workspace's currency." }),
  weighted: Type.Number({
    description: 'Their total amount, each deal weighted by the chance of winning at its stage.',
  }),
};
const row = Type.Object({
  month: textOrNull('YYYY-MM; null for deals without an expected closing date.'),
  late: Type.Boolean({ description: 'Whether the month is over: these deals should have closed by now.' }),
  ...sums,
});
const totals = Type.Object({
  currency: Type.String({ description: 'ISO 4217 currency code.' }),
  ...sums,
  win_rate: numberOrNull(
    'Share of won deals among all closed deals, 0-100; null if none has closed. Used as the chance at stages without a probability.',
  ),
  stages: Type.Array(
    Type.Object({
      stage_id: Type.String(),
      stage: Type.String(),
      chance: Type.Number({ description: 'Chance of winning a deal at this stage, 0-100.' }),
      basis: oneOf(
        ['probability', 'win_rate', 'even'],
        'Where the chance comes from: the probability of the stage, the win rate, or even odds as long as no deal has closed.',
      ),
    }),
    { description: 'The open stages and the chances used.' },
  ),
});

/** The amounts that the open deals are expected to bring, by month. */
export const forecast: Report<typeof row, typeof totals> = {
  name: 'forecast',
  shape: 'Forecast',
  summary: 'Get the expected amounts of open deals by month',
  definition:
    'Deals that are open now, by the month in which they are expected to close, whatever the period of the report. Each amount is weighted by the probability of its stage; for a stage without one, the share of closed deals that were won is used.',
  isOfNow: true,
  row,
  totals,
  async make({ tx, referenceData, cohort }) {
    const open = stagesIn('open', referenceData);
    const chances = await chancesOf(tx, cohort.visibility, referenceData);
    const found = await sumExpected(tx, cohort, open);
    const months = [...new Set(found.map(({ month }) => month))];
    const total = (rows: typeof found) => ({
      deals: rows.reduce((sum, { deals }) => sum + deals, 0),
      amount: Math.round(rows.reduce((sum, { amount }) => sum + amount, 0) * 100) / 100,
      weighted: weightedSum(rows.map(({ stage_id, amount }) => ({ amount, chance: chances.of(stage_id).chance }))),
    });
    return {
      rows: months.map((month) => ({
        month,
        late: month !== null && month < cohort.today.slice(0, 7),
        ...total(found.filter((one) => one.month === month)),
      })),
      totals: {
        currency: referenceData.workspace.currency ?? 'USD',
        ...total(found),
        win_rate: chances.winRate,
        stages: open.map((id) => ({
          stage_id: id,
          stage: referenceData.get('deal_stage', id)?.name ?? '',
          ...chances.of(id),
        })),
      },
    };
  },
  table: ({ rows }) => [
    ['Month', 'Open deals', 'Amount', 'Weighted'],
    ...rows.map(({ month, deals, amount, weighted }) => [month ?? 'No date', deals, amount, weighted]),
  ],
};
