import type { Rule } from '../../backup/checks-store.ts';
import { computedFacts } from './facts-store.ts';
import { allKinds, figureColumns, pointsOf } from './kinds-store.ts';

/** What must always be true of the figures; checked by `verify`. */
export const figureRules: readonly Rule[] = [
  {
    name: 'what reports know of every lead is right, or is going to be made',
    sql: `SELECT coalesce(f.lead_id, n.lead_id) AS id
      FROM (SELECT f.* FROM lead_facts f JOIN figure_bases b ON b.workspace_id = f.workspace_id AND b.ready) AS f
      FULL JOIN (${computedFacts('leads l JOIN figure_bases b ON b.workspace_id = l.workspace_id AND b.ready')}) AS n
        ON n.workspace_id = f.workspace_id AND n.lead_id = f.lead_id
      WHERE f IS DISTINCT FROM n AND (coalesce(f.workspace_id, n.workspace_id), coalesce(f.lead_id, n.lead_id)) NOT IN (SELECT q.workspace_id, unnest(q.lead_ids) FROM index_queue q)`,
  },
  {
    name: 'the figures of reports are the sums of what they know of the leads',
    sql: `SELECT min(day)::text AS id FROM (
        SELECT workspace_id, ${figureColumns}, leads, seconds FROM lead_figures
        UNION ALL (${pointsOf(allKinds, '(SELECT -1 AS sign, * FROM lead_facts)')})
      ) AS one GROUP BY workspace_id, ${figureColumns} HAVING sum(leads) <> 0 OR sum(seconds) <> 0`,
  },
];
