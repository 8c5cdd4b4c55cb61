import Type from 'typebox';
import { textOrNull } from '../http/shapes.ts';
import { type Report, tableOf } from './report.ts';
import { shareOf } from './share.ts';
import { countBySource } from './sources-store.ts';

const figures = {
  leads: Type.Integer(),
  replied: Type.Integer({ description: 'Leads that someone has replied to.' }),
  won: Type.Integer(),
  lost: Type.Integer(),
  conversion: Type.Number({ description: 'Won leads divided by all leads, 0 to 1.' }),
};
const row = Type.Object({
  source_id: textOrNull('null for leads without a source.'),
  source: Type.String(),
  ...figures,
  list: textOrNull('Query string that lists these leads; null if no query can.'),
});
const totals = Type.Object(figures);

/** Leads and conversion by source. */
export const sources: Report<typeof row, typeof totals> = {
  name: 'sources',
  shape: 'LeadsBySource',
  summary: 'Get leads by source, with conversion',
  definition: 'Leads that arrived in this period by source. Conversion is the share of them that are won now.',
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
  table: ({ rows }) =>
    tableOf(rows, {
      Source: 'source',
      Leads: 'leads',
      Replied: 'replied',
      Won: 'won',
      Lost: 'lost',
      Conversion: 'conversion',
    }),
};
