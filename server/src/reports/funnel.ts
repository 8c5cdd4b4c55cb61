import Type from 'typebox';
import { numberOrNull } from '../http/shapes.ts';
import { countReached } from './funnel-store.ts';
import { stepsOf } from './open-figures.ts';
import { type Report, tableOf } from './report.ts';
import { shareOf } from './share.ts';

const row = Type.Object({
  step: Type.String({ description: 'Name of the status; Won stands for all won leads.' }),
  leads: Type.Integer({ description: 'Leads that have reached this step or a later one.' }),
  of_all: Type.Number({ description: 'Share of all leads, 0 to 1.' }),
  of_step_before: Type.Number({ description: 'Share of the leads that reached the previous step, 0 to 1.' }),
  median_days: numberOrNull('Median number of days from arrival to this step; null if no lead has reached it.'),
});
const totals = Type.Object({ leads: Type.Integer(), won: Type.Integer() });

/** The funnel from new to won. */
export const funnel: Report<typeof row, typeof totals> = {
  name: 'funnel',
  shape: 'Funnel',
  summary: 'Get the funnel from new to won',
  definition:
    'Leads that arrived in this period by the furthest step they have reached, including lost ones. A skipped step counts as reached.',
  row,
  totals,
  async make({ tx, referenceData, cohort }) {
    const { names, steps } = stepsOf(referenceData.all('status'));
    const reached = await countReached(tx, cohort, steps, names.length);
    const leadsAt = (step: number) => reached[step]?.leads ?? 0;
    const rows = names.map((step, at) => ({
      step,
      leads: leadsAt(at),
      of_all: shareOf(leadsAt(at), leadsAt(0)),
      of_step_before: shareOf(leadsAt(at), leadsAt(Math.max(0, at - 1))),
      median_days: rounded(reached[at]?.median_days ?? null),
    }));
    return { rows, totals: { leads: leadsAt(0), won: leadsAt(names.length - 1) } };
  },
  table: ({ rows }) =>
    tableOf(rows, {
      Step: 'step',
      Leads: 'leads',
      'Of all': 'of_all',
      'Of previous step': 'of_step_before',
      'Median days': 'median_days',
    }),
};

function rounded(days: number | null): number | null {
  return days === null ? null : Math.round(days * 100) / 100;
}
