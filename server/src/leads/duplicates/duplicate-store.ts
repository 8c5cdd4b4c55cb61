import type { Tx } from '../../platform/database/transaction.ts';
import { Conditions } from '../../workspaces/access/conditions.ts';
import type { Visibility } from '../../workspaces/access/visibility.ts';
import type { Lead } from '../lead.ts';
import { leadColumns } from '../lead-row.ts';

/** A lead that may be the same person, with the kinds of keys that both leads share. */
export interface PossibleDuplicate extends Lead {
  kinds: string[];
}

const MOST_DUPLICATES = 20;

/**
 * Leads that share a key with this one, newest first. Leaves out leads of the same contact, which are known to be the
 * same person, and pairs marked as not duplicates.
 */
export async function listPossibleDuplicates(
  tx: Tx,
  lead: Lead,
  visibility: Visibility | undefined,
): Promise<PossibleDuplicate[]> {
  const where = new Conditions(tx.workspaceId, 'l').visible(visibility, 'l');
  const [id, contact] = [where.param(lead.id), where.param(lead.contact_id ?? lead.id)];
  const columns = leadColumns
    .split(', ')
    .map((name) => `l.${name}`)
    .join(', ');
  return tx.query<PossibleDuplicate>(
    `WITH mine AS (
       SELECT kind, value FROM lead_keys WHERE workspace_id = $1 AND lead_id = ${id}
       UNION SELECT kind, value FROM lead_twins WHERE workspace_id = $1 AND lead_id = ${id}
     ), sharing AS (
       SELECT k.lead_id, kind FROM mine JOIN lead_keys k USING (kind, value) WHERE k.workspace_id = $1
       UNION SELECT t.lead_id, kind FROM mine JOIN lead_twins t USING (kind, value) WHERE t.workspace_id = $1
     ), duplicates AS (
       SELECT lead_id, array_agg(DISTINCT kind) AS kinds FROM sharing WHERE lead_id <> ${id}
       GROUP BY lead_id ORDER BY lead_id DESC LIMIT 200
     )
     SELECT ${columns}, duplicates.kinds FROM duplicates JOIN leads l ON l.id = duplicates.lead_id
     WHERE ${where.sql()} AND coalesce(l.contact_id, l.id) <> ${contact} AND NOT EXISTS (
       SELECT 1 FROM lead_distinctions d
       WHERE d.workspace_id = $1 AND d.lead_id = least(l.id, ${id}) AND d.other_id = greatest(l.id, ${id}))
     ORDER BY l.id DESC LIMIT ${MOST_DUPLICATES}`,
    where.params,
  );
}

/** Records that two leads are not the same person. */
export async function markNotDuplicates(
  tx: Tx,
  ids: readonly [string, string],
  { actor, at }: { actor: string; at: Date },
): Promise<void> {
  await tx.query(
    `INSERT INTO lead_distinctions (workspace_id, lead_id, other_id, actor, at)
     VALUES ($1, least($2::uuid, $3), greatest($2::uuid, $3), $4, $5) ON CONFLICT DO NOTHING`,
    [tx.workspaceId, ...ids, actor, at],
  );
}
