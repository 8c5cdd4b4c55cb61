import type { Tx } from '../../platform/database/transaction.ts';

/** Workspaces whose deals or leads have changed since the last update of the sums. Runs outside any workspace. */
export async function workspacesToSum(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ id: string }>('SELECT workspaces_to_sum() AS id');
  return rows.map(({ id }) => id);
}

/** The columns of `deal_index` from which the sums are calculated. */
const counted = 'stage_id, owner_id, lead_owner_id, department_id, source_id, closed_on, end_date, amount';

/** A deal `d` and its lead `l` as a row of `deal_index`. */
export const asIndexed = `d.id AS deal_id, d.lead_id, d.stage_id, d.owner_id, l.owner_id AS lead_owner_id, l.department_id,
  l.source_id, d.closed_on, d.end_date, d.amount, l.next_step_at,
  concat_ws(E'\\n', fold_text(d.name), fold_text(l.name), fold_text(l.company_name)) AS text`;

/**
 * Takes up to `most` entries from the queue and brings the deals of their leads up to date in the index and in the
 * sums. One statement does both, so that the sums always match the index. Returns the number of entries taken.
 */
export async function indexDeals(tx: Tx, most: number): Promise<number> {
  // LATERAL makes PostgreSQL look up leads and deals one by one instead of reading all of them.
  const [row] = await tx.query<{ taken: number }>(
    `WITH taken AS (
       DELETE FROM deals_to_index WHERE workspace_id = $1 AND id = ANY (ARRAY(
         SELECT id FROM deals_to_index WHERE workspace_id = $1 ORDER BY id LIMIT $2
       )) RETURNING lead_id
     ), touched AS MATERIALIZED (
       SELECT DISTINCT lead_id FROM taken
     ), present AS MATERIALIZED (
       SELECT one.* FROM touched CROSS JOIN LATERAL (
         SELECT ${asIndexed} FROM deals d JOIN leads l ON l.workspace_id = $1 AND l.id = touched.lead_id
         WHERE d.workspace_id = $1 AND d.lead_id = touched.lead_id OFFSET 0
       ) AS one
     ), past AS MATERIALIZED (
       SELECT one.* FROM touched CROSS JOIN LATERAL (
         SELECT deal_id, ${counted} FROM deal_index i WHERE i.workspace_id = $1 AND i.lead_id = touched.lead_id OFFSET 0
       ) AS one
     ), stored AS (
       INSERT INTO deal_index (workspace_id, deal_id, lead_id, ${counted}, next_step_at, text)
       SELECT $1, deal_id, lead_id, ${counted}, next_step_at, text FROM present
       ON CONFLICT (workspace_id, deal_id) DO UPDATE SET lead_id = excluded.lead_id, stage_id = excluded.stage_id,
         owner_id = excluded.owner_id, lead_owner_id = excluded.lead_owner_id, department_id = excluded.department_id,
         source_id = excluded.source_id, closed_on = excluded.closed_on, end_date = excluded.end_date,
         amount = excluded.amount, next_step_at = excluded.next_step_at, text = excluded.text
     ), gone AS (
       DELETE FROM deal_index WHERE workspace_id = $1 AND deal_id = ANY (ARRAY(
         SELECT deal_id FROM past EXCEPT SELECT deal_id FROM present))
     ), added AS (
       INSERT INTO deal_sums (workspace_id, kind, owner_id, lead_owner_id, department_id, source_id, stage_id, closed_on,
         end_date, deals, amount)
       SELECT $1, kind, owner, seen_by, department, source, stage_id, closed, expected, sum(sign), sum(sign * coalesce(amount, 0))
       FROM (SELECT 1 AS sign, ${counted} FROM present UNION ALL SELECT -1, ${counted} FROM past) AS changes
       CROSS JOIN LATERAL (VALUES
         ('all', NULL::uuid, NULL::uuid, NULL::uuid, NULL::uuid, closed_on, NULL::date),
         ('owner', owner_id, NULL, NULL, NULL, closed_on, NULL),
         ('sight', NULL, lead_owner_id, department_id, NULL, closed_on, NULL),
         ('source', NULL, NULL, NULL, source_id, closed_on, NULL),
         ('expected', NULL, NULL, NULL, NULL, date_trunc('month', closed_on)::date, end_date)
       ) AS one (kind, owner, seen_by, department, source, closed, expected)
       GROUP BY 2, 3, 4, 5, 6, 7, 8, 9 HAVING sum(sign) <> 0 OR sum(sign * coalesce(amount, 0)) <> 0
       ON CONFLICT (workspace_id, kind, lead_owner_id, owner_id, department_id, source_id, stage_id, closed_on, end_date)
         DO UPDATE SET deals = deal_sums.deals + excluded.deals, amount = deal_sums.amount + excluded.amount
     )
     SELECT count(*) AS taken FROM taken`,
    [tx.workspaceId, most],
    { name: 'index_deals' },
  );
  await tx.query('DELETE FROM deal_sums WHERE workspace_id = $1 AND deals = 0 AND amount = 0', [tx.workspaceId], {
    name: 'drop_empty_deal_sums',
  });
  return row?.taken ?? 0;
}
