import type { Tx } from '../../platform/database/transaction.ts';
import { Conditions } from '../../workspaces/access/conditions.ts';
import type { Visibility } from '../../workspaces/access/visibility.ts';

/** Number and total amount of the leads of a status. */
export interface StatusSum {
  status_id: string;
  count: number;
  sum: number;
}

/** Filters that sums of leads support. */
export interface SummedFilter {
  owner_ids?: readonly (string | null)[];
  department_ids?: readonly string[];
  source_ids?: readonly string[];
  type_ids?: readonly string[];
}

const columns = ['department_id', 'source_id', 'type_id'] as const;

/** Exact sums of leads by status: the stored sums plus the changes not yet added to them. */
export async function sumLeads(tx: Tx, filter: SummedFilter, visibility: Visibility | undefined): Promise<StatusSum[]> {
  const where = new Conditions(tx.workspaceId);
  const isWhole = !visibility && Object.keys(filter).length === 0;
  if (filter.owner_ids) where.add(where.isOneOf('owner_id', filter.owner_ids));
  for (const column of columns) {
    const ids = filter[`${column}s`];
    if (ids) where.add(`${column} = ANY (${where.param(ids)}::uuid[])`);
  }
  where.visible(visibility);
  return tx.query<StatusSum>(
    `SELECT status_id, sum(leads)::bigint AS count, sum(amount) AS sum FROM (
       SELECT status_id, leads, amount FROM lead_sums WHERE ${where.sql()} AND kind = '${isWhole ? 'all' : 'filter'}'
       UNION ALL SELECT status_id, leads, amount FROM lead_sum_changes WHERE ${where.sql()}
     ) AS counted GROUP BY status_id`,
    where.params,
  );
}

/**
 * Adds up to `most` changes to leads to the stored sums in one statement, so that sums and changes together always
 * count every lead once. Returns the number of changes taken. Only one process per workspace may do this at a time.
 */
export async function addLeadChanges(tx: Tx, most: number): Promise<number> {
  const [row] = await tx.query<{ taken: number }>(
    `WITH taken AS (
       DELETE FROM lead_sum_changes WHERE workspace_id = $1 AND id = ANY (ARRAY(
         SELECT id FROM lead_sum_changes WHERE workspace_id = $1 ORDER BY id LIMIT $2
       )) RETURNING status_id, owner_id, department_id, source_id, type_id, leads, amount
     ), added AS (
       INSERT INTO lead_sums (workspace_id, kind, status_id, owner_id, department_id, source_id, type_id, leads, amount)
       SELECT $1, kind, status_id, owner, department, source, type, sum(leads), sum(amount)
       FROM taken CROSS JOIN LATERAL (VALUES
         ('all', NULL::uuid, NULL::uuid, NULL::uuid, NULL::uuid), ('filter', owner_id, department_id, source_id, type_id)
       ) AS counted (kind, owner, department, source, type)
       GROUP BY 2, 3, 4, 5, 6, 7 HAVING sum(leads) <> 0 OR sum(amount) <> 0
       ON CONFLICT (workspace_id, kind, owner_id, department_id, source_id, type_id, status_id)
         DO UPDATE SET leads = lead_sums.leads + excluded.leads, amount = lead_sums.amount + excluded.amount
     )
     SELECT count(*) AS taken FROM taken`,
    [tx.workspaceId, most],
    { name: 'add_lead_changes' },
  );
  await tx.query('DELETE FROM lead_sums WHERE workspace_id = $1 AND leads = 0 AND amount = 0', [tx.workspaceId], {
    name: 'drop_empty_lead_sums',
  });
  return row?.taken ?? 0;
}
