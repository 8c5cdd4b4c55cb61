import type { Conditions } from '../../workspaces/access/conditions.ts';
import type { Visibility } from '../../workspaces/access/visibility.ts';
import { asIndexed } from './deal-index-store.ts';

/** Filters that the index of deals answers; all must match. */
export interface IndexedFilter {
  stage_ids?: readonly string[];
  /** Null for deals without an owner. */
  owner_id?: string | null;
  lead_id?: string;
  /** YYYY-MM-DD: expected to close on or before this day. */
  closes_by?: string;
  /** Limits which leads the caller sees; undefined for all. */
  visibility?: Visibility | undefined;
  /** Owners of the leads; null for leads without one. */
  lead_owner_ids?: readonly (string | null)[];
  department_ids?: readonly string[];
  source_ids?: readonly string[];
}

/** The filters that only name columns of `deals` itself. */
export function narrowDeals(where: Conditions, { stage_ids, owner_id, lead_id, closes_by }: IndexedFilter): Conditions {
  if (stage_ids) where.add(`d.stage_id = ANY (${where.param(stage_ids)}::uuid[])`);
  if (owner_id === null) where.add('d.owner_id IS NULL');
  else if (owner_id !== undefined) where.add(`d.owner_id = ${where.param(owner_id)}`);
  if (lead_id) where.add(`d.lead_id = ${where.param(lead_id)}`);
  if (closes_by) where.add(`d.end_date <= ${where.param(closes_by)}::date`);
  return where;
}

/** All filters, in terms of the columns of `deal_index` and of the sums, which have the same names. */
export function narrowIndexed(where: Conditions, filter: IndexedFilter): Conditions {
  const { lead_owner_ids, department_ids, source_ids, visibility } = filter;
  narrowDeals(where, filter);
  if (lead_owner_ids) {
    const members = where.param(lead_owner_ids.filter((id) => id !== null));
    const nobody = lead_owner_ids.includes(null) ? ' OR d.lead_owner_id IS NULL' : '';
    where.add(`(d.lead_owner_id = ANY (${members}::uuid[])${nobody})`);
  }
  if (department_ids) where.add(`d.department_id = ANY (${where.param(department_ids)}::uuid[])`);
  if (source_ids) where.add(`d.source_id = ANY (${where.param(source_ids)}::uuid[])`);
  return visibility ? where.add(where.isVisible(visibility, 'd', 'lead_owner_id')) : where;
}

/**
 * Common table expressions for reading the index together with what it lacks: `waiting` has the leads whose deals are not up to
 * date in it, `live` their deals as they are, `stale` their deals as they are indexed. $1 is the workspace.
 */
export const withLive = `WITH waiting AS MATERIALIZED (
    SELECT DISTINCT lead_id FROM deals_to_index WHERE workspace_id = $1
  ), live AS MATERIALIZED (
    SELECT one.* FROM waiting CROSS JOIN LATERAL (
      SELECT d.workspace_id, ${asIndexed} FROM deals d JOIN leads l ON l.workspace_id = $1 AND l.id = waiting.lead_id
      WHERE d.workspace_id = $1 AND d.lead_id = waiting.lead_id OFFSET 0
    ) AS one
  ), stale AS MATERIALIZED (
    SELECT one.* FROM waiting CROSS JOIN LATERAL (
      SELECT * FROM deal_index i WHERE i.workspace_id = $1 AND i.lead_id = waiting.lead_id OFFSET 0
    ) AS one
  )`;

/** Condition for the rows of the index that are up to date. */
export const isUpToDate = 'd.lead_id NOT IN (SELECT lead_id FROM waiting)';
