import { NOBODY } from '../leads/figures/kinds-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { countedOf, type FiguredCohort, isFigured } from './cohort-figures-store.ts';
import { ofCohort } from './cohort-store.ts';
import type { Cohort } from './report.ts';

interface SourceFigures {
  source_id: string | null;
  leads: number;
  replied: number;
  won: number;
  lost: number;
}

/** Number of leads by source and outcome. */
export async function countBySource(tx: Tx, cohort: Cohort): Promise<SourceFigures[]> {
  if (isFigured(cohort)) return figuresBySource(tx, cohort);
  const { where } = ofCohort(tx, cohort);
  return tx.query(
    `SELECT source_id, count(*) AS leads, count(first_reply_at) AS replied,
       count(*) FILTER (WHERE s.state = 'won') AS won, count(*) FILTER (WHERE s.state = 'lost') AS lost
     FROM leads JOIN statuses s ON s.workspace_id = leads.workspace_id AND s.id = leads.status_id
     WHERE ${where.sql()} GROUP BY 1 ORDER BY 2 DESC, 1`,
    where.params,
  );
}

function figuresBySource(tx: Tx, cohort: FiguredCohort): Promise<SourceFigures[]> {
  const { sql, where } = countedOf(tx, cohort, 'outcome');
  return tx.query(
    `${sql}
     SELECT nullif(source_id, '${NOBODY}') AS source_id, sum(leads)::bigint AS leads,
       coalesce(sum(leads) FILTER (WHERE value % 2 = 1), 0)::bigint AS replied,
       coalesce(sum(leads) FILTER (WHERE s.state = 'won'), 0)::bigint AS won,
       coalesce(sum(leads) FILTER (WHERE s.state = 'lost'), 0)::bigint AS lost
     FROM counted JOIN statuses s ON s.workspace_id = $1 AND s.id = item_id
     GROUP BY 1 HAVING sum(leads) > 0 ORDER BY 2 DESC, 1`,
    where.params,
  );
}
