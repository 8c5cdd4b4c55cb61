import Type from 'typebox';
import { oneOf } from '../http/shapes.ts';
import { lifecycleStates } from '../workspaces/reference-data.ts';
import { type Report, tableOf } from './report.ts';
import { shareOf } from './share.ts';
import { countByStatus } from './statuses-store.ts';

const row = Type.Object({
  status_id: Type.String(),
  status: Type.String(),
  state: oneOf(lifecycleStates, 'Lifecycle state of the status.'),
  colour: Type.String({ description: 'Name of its colour.' }),
  leads: Type.Integer(),
  share: Type.Number({ description: 'Share of all leads, 0 to 1.' }),
  list: Type.String({ description: 'Query string that lists these leads.' }),
});
const totals = Type.Object({ leads: Type.Integer() });

/** Leads by current status. */
export const statuses: Report<typeof row, typeof totals> = {
  name: 'statuses',
  shape: 'LeadsByStatus',
  summary: 'Get leads by status',
  definition: 'Leads that arrived in this period, by their current status.',
  row,
  totals,
  async make({ tx, referenceData, cohort, list }) {
    const counted = new Map((await countByStatus(tx, cohort)).map(({ status_id, leads }) => [status_id, leads]));
    const all = [...counted.values()].reduce((sum, leads) => sum + leads, 0);
    const rows = referenceData.all('status').map(({ id, name, state, colour }) => {
      const leads = counted.get(id) ?? 0;
      return {
        status_id: id,
        status: name,
        state,
        colour: colour ?? 'neutral',
        leads,
        share: shareOf(leads, all),
        list: list({ status: id }),
      };
    });
    return { rows, totals: { leads: all } };
  },
  table: ({ rows }) => tableOf(rows, { Status: 'status', State: 'state', Leads: 'leads', Share: 'share' }),
};
