import Type from 'typebox';
import { textOrNull } from '../http/shapes.ts';
import type { Report } from './report.ts';
import { shareOf } from './share.ts';
import { countBySource } from './sources-store.ts';

const figures = {
  leads: Type.Integer(),
  replied: Type.Integer({ description: 'Those that somebody has replied to.' }),
  won: Type.Integer(),
  lost: Type.Integer(),
  conversion: Type.Number({ description: 'Won of all, 0 to 1.' }),
};
const row = Type.Object({
  source_id: textOrNull('null: none was named.'),
  source: Type.String(),
  ...figures,
  list: textOrNull('The part of an address that lists them; null where no list can.'),
});
const totals = Type.Object(figures);

/** Leads by source, with how many of them were won. */
export const sources: Report<typeof row, typeof totals> = {
  name: 'sources',
  shape: 'LeadsBySource',
  summary: 'Leads by source, with conversion',
  definition: 'Leads that arrived in these days by source; conversion is the share of them that are won by now.',
  row,
  totals,
  async make({ tx, referenceData, cohort, list }) {
    const counted = await countBySource(tx, cohort);
    const sum = (name: 'leads' | 'replied' | 'won' | 'lost') => counted.reduce((all, one) => all + one[name], 0);
    return {
      rows: counted.map(({ source_id, ...counts }) => ({
        source_id,
        source: referenceData.get('source', source_id)?.name ?? 'No source',
        ...counts,
        conversion: shareOf(counts.won, counts.leads),
        list: source_id && list({ source: source_id }),
      })),
      totals: {
        leads: sum('leads'),
        replied: sum('replied'),
        won: sum('won'),
        lost: sum('lost'),
        conversion: shareOf(sum('won'), sum('leads')),
      },
    };
  },
  table: ({ rows }) => [
    ['Source', 'Leads', 'Replied', 'Won', 'Lost', 'Conversion'],
    ...rows.map(({ source, leads, replied, won, lost, conversion }) => [source, leads, replied, won, lost, conversion]),
  ],
};
