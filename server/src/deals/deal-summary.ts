import Type, { type Static } from 'typebox';
import { numberOrNull, oneOf, textOrNull, viewShape } from '../http/shapes.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import { type Chances, weightedSum } from './deal-chances.ts';
import type { StageSum } from './deal-list-store.ts';
import { dealStates, probabilityOf, stateOf } from './deal-view.ts';

const money = (description: string) => Type.Number({ description });

/** Totals of deals in `/v1`. */
export const dealSummary = viewShape('DealSummary', 'Counts and totals of deals.', {
  currency: Type.String({ description: 'ISO 4217 currency code.' }),
  open_count: Type.Integer(),
  open_sum: money('Total amount of all open deals.'),
  weighted_sum: money(
    'Total amount of the open deals, each weighted by the probability of its stage. For a stage without a probability, the share of closed deals that were won is used, or 50 if none has closed.',
  ),
  won_count: Type.Integer({ description: "Deals won since the first of the month, in the workspace's time zone." }),
  won_sum: money('Total amount of those deals.'),
  stages: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      state: oneOf(dealStates, 'Whether deals in this stage are open, won or lost.'),
      probability: numberOrNull('Chance of winning a deal in this stage, 0-100.'),
      colour: textOrNull('One of the named colours.'),
      count: Type.Integer(),
      sum: money('Total amount of its deals.'),
    }),
    { description: 'All stages in order, including those without deals.' },
  ),
});

/** Adds up the totals of all stages. */
export function summarise(
  sums: readonly StageSum[],
  chances: Chances,
  referenceData: ReferenceData,
): Static<typeof dealSummary.schema> {
  const byStage = new Map(sums.map((one) => [one.stage_id, one]));
  const stages = referenceData.all('deal_stage').map((stage) => ({
    id: stage.id,
    name: stage.name,
    state: stateOf(stage.id, referenceData),
    probability: probabilityOf(stage.id, referenceData),
    colour: stage.colour ?? null,
    count: byStage.get(stage.id)?.count ?? 0,
    sum: byStage.get(stage.id)?.sum ?? 0,
  }));
  const open = stages.filter(({ state }) => state === 'open');
  const won = stages.filter(({ state }) => state === 'won').map(({ id }) => byStage.get(id));
  return {
    currency: referenceData.workspace.currency ?? 'USD',
    open_count: total(open.map(({ count }) => count)),
    open_sum: total(open.map(({ sum }) => sum)),
    weighted_sum: weightedSum(open.map(({ id, sum }) => ({ amount: sum, chance: chances.of(id).chance }))),
    won_count: total(won.map((one) => one?.recent_count ?? 0)),
    won_sum: total(won.map((one) => one?.recent_sum ?? 0)),
    stages,
  };
}

/** Rounds to cents, because sums of floating-point numbers drift. */
function total(numbers: readonly number[]): number {
  return Math.round(numbers.reduce((sum, number) => sum + number, 0) * 100) / 100;
}
