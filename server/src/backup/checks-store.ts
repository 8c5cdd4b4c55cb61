import { isDamage } from '../platform/database/database-errors.ts';
import type { Tx } from '../platform/database/transaction.ts';

/** A consistency rule. `sql` finds its violations, as rows with an `id`. */
export interface Rule {
  name: string;
  sql: string;
}

/** The outcome of a rule: the number of differences, and a few of their ids. */
export interface Finding {
  name: string;
  differences: number;
  ids: string[];
}

const stored = `FROM submissions s WHERE s.command = 'createLead' AND s.outcome IN ('accepted', 'merged')`;
const leadOf = (row: string, id = 'lead_id') =>
  `EXISTS (SELECT FROM leads l WHERE l.workspace_id = ${row}.workspace_id AND l.id = ${row}.${id})`;
const eventOf = (type: string, row: string, id: string) =>
  `EXISTS (SELECT FROM events e WHERE e.workspace_id = ${row}.workspace_id AND e.type = '${type}' AND e.lead_id = ${row}.${id})`;
/** Whether events from that time are still kept. */
const isKept = (at: string, workspace: string) =>
  `${at} > coalesce((SELECT coalesce(now() - make_interval(days => r.event_days), '-infinity') FROM retention r
     WHERE r.workspace_id = ${workspace}), now() - interval '90 days')`;
const queued = `SELECT q.workspace_id, unnest(q.lead_ids) FROM index_queue q`;

/** What must always hold between the journal, the leads and the records that belong to them. */
const rules: readonly Rule[] = [
  {
    name: 'every lead that was taken is there, or was deleted',
    sql: `SELECT s.id ${stored} AND (s.lead_id IS NULL OR NOT (${leadOf('s')} OR ${eventOf('lead.deleted', 's', 'lead_id')}))
      AND ${isKept('s.received_at', 's.workspace_id')}`,
  },
  {
    name: 'every lead that was taken has the touch of its submission',
    sql: `SELECT s.id ${stored} AND ${leadOf('s')}
      AND NOT EXISTS (SELECT FROM touches t WHERE t.workspace_id = s.workspace_id AND t.submission_id = s.id)`,
  },
  {
    name: 'every lead has as many touches as it counts, at least one',
    sql: `SELECT l.id FROM leads l
      LEFT JOIN (SELECT workspace_id, lead_id, count(*) AS count FROM touches GROUP BY 1, 2) t
        ON t.workspace_id = l.workspace_id AND t.lead_id = l.id
      WHERE coalesce(t.count, 0) <> l.touch_count OR l.touch_count < 1`,
  },
  {
    name: 'every lead has a timeline',
    sql: `SELECT l.id FROM leads l WHERE NOT EXISTS
      (SELECT FROM activities a WHERE a.workspace_id = l.workspace_id AND a.lead_id = l.id)`,
  },
  {
    name: 'every lead was announced',
    sql: `SELECT l.id FROM leads l WHERE NOT ${eventOf('lead.created', 'l', 'id')}
      AND ${isKept('l.created_at', 'l.workspace_id')}`,
  },
  {
    name: 'every phone and email that leads are found by belongs to a lead',
    sql: `SELECT k.value AS id FROM lead_keys k WHERE NOT ${leadOf('k')}
      UNION ALL SELECT t.value FROM lead_twins t WHERE NOT ${leadOf('t')}`,
  },
  {
    name: 'no phone or email has two owners',
    sql: 'SELECT value AS id FROM lead_keys GROUP BY workspace_id, kind, value HAVING count(*) > 1',
  },
  {
    name: 'every phone finds a lead',
    // A number that ends in six equal digits is never a key; a number with an extension has its own key. Compared by
    // equality, because anything else compares every phone with every key.
    sql: `SELECT l.id FROM leads l WHERE l.phone ~ '^\\+[0-9]{5,}$' AND l.phone !~ '([0-9])\\1{5}$' AND NOT EXISTS
      (SELECT FROM lead_keys k WHERE k.workspace_id = l.workspace_id AND k.kind = 'phone'
        AND split_part(k.value, ';ext=', 1) = l.phone)`,
  },
  {
    name: 'no two leads of a workspace have one number',
    sql: 'SELECT min(id::text) AS id FROM leads GROUP BY workspace_id, number HAVING count(*) > 1',
  },
  {
    name: 'the counters and what they have not seen yet add up to the leads',
    sql: `SELECT w.id FROM workspaces w
      LEFT JOIN (SELECT workspace_id, count(*) AS leads FROM leads GROUP BY 1) l ON l.workspace_id = w.id
      LEFT JOIN lead_counts c ON c.workspace_id = w.id
      LEFT JOIN (SELECT workspace_id, sum(delta) AS delta FROM index_queue GROUP BY 1) q ON q.workspace_id = w.id
      WHERE coalesce(c.leads, 0) + coalesce(q.delta, 0) <> coalesce(l.leads, 0)`,
  },
  {
    name: 'the search text of every lead is right, or is going to be made',
    sql: `SELECT l.id FROM leads l LEFT JOIN lead_search s ON s.workspace_id = l.workspace_id AND s.lead_id = l.id
      WHERE s.text IS DISTINCT FROM lead_text(l) AND (l.workspace_id, l.id) NOT IN (${queued})
      UNION ALL SELECT s.lead_id FROM lead_search s WHERE NOT ${leadOf('s')} AND (s.workspace_id, s.lead_id) NOT IN (${queued})`,
  },
  {
    name: 'the sums of leads and what they have not seen yet add up to the leads of each status',
    sql: `SELECT status_id AS id FROM (
        SELECT workspace_id, status_id, leads, amount FROM lead_sums WHERE kind = 'all'
        UNION ALL SELECT workspace_id, status_id, leads, amount FROM lead_sum_changes
        UNION ALL SELECT workspace_id, status_id, -count(*), -coalesce(sum(target_amount), 0) FROM leads GROUP BY 1, 2
      ) AS counted GROUP BY workspace_id, status_id HAVING sum(leads) <> 0 OR sum(amount) <> 0`,
  },
  {
    name: 'the sums of deals are those of the deals in the index',
    sql: `SELECT stage_id AS id FROM (
        SELECT workspace_id, stage_id, closed_on, deals, amount FROM deal_sums WHERE kind = 'all'
        UNION ALL SELECT workspace_id, stage_id, closed_on, -1, -coalesce(amount, 0) FROM deal_index
      ) AS counted GROUP BY workspace_id, stage_id, closed_on HAVING sum(deals) <> 0 OR sum(amount) <> 0`,
  },
  {
    name: 'the index has every deal as it is, or is going to have it',
    sql: `SELECT d.id FROM deals d JOIN leads l ON l.workspace_id = d.workspace_id AND l.id = d.lead_id
      LEFT JOIN deal_index i ON i.workspace_id = d.workspace_id AND i.deal_id = d.id
      WHERE (i.lead_id, i.stage_id, i.owner_id, i.lead_owner_id, i.department_id, i.source_id, i.closed_on, i.end_date, i.amount)
        IS DISTINCT FROM (d.lead_id, d.stage_id, d.owner_id, l.owner_id, l.department_id, l.source_id, d.closed_on, d.end_date,
          d.amount)
        AND (d.workspace_id, d.lead_id) NOT IN (SELECT workspace_id, lead_id FROM deals_to_index)`,
  },
  {
    name: 'no call has been claimed for a day longer than it was to be',
    sql: "SELECT c.id FROM calls c WHERE c.state = 'claimed' AND c.claim_expires_at < now() - interval '1 day'",
  },
];

/**
 * Checks every rule, including those in `more`, in all workspaces, acting as the owner. Each rule is one statement, so
 * that it sees a single moment. A rule that cannot be checked because stored data is damaged counts as broken; the
 * others are still checked.
 */
export async function* checkTotals(
  transaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
  more: readonly Rule[] = [],
): AsyncGenerator<Finding> {
  for (const { name, sql } of [...rules, ...more]) {
    try {
      const [row] = await transaction(async (tx) => {
        // Tables that were just restored look small to the planner, which would then compare all rows with all others.
        await tx.query('SET LOCAL enable_nestloop = off');
        return tx.query<{ count: number; ids: string[] }>(
          `WITH breach AS MATERIALIZED (${sql})
           SELECT count(*) AS count, ARRAY(SELECT id::text FROM breach LIMIT 5) AS ids FROM breach`,
        );
      });
      yield { name, differences: row?.count ?? 0, ids: row?.ids ?? [] };
    } catch (error) {
      yield { name, differences: 1, ids: [damageIn(error)] };
    }
  }
}

/** PostgreSQL's message about the damage it found; any other error is rethrown. */
export function damageIn(error: unknown): string {
  if (isDamage(error) && error instanceof Error) return error.message;
  throw error;
}
