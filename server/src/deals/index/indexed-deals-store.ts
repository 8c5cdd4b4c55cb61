import type { Conditions } from '../../workspaces/access/conditions.ts';
import type { Visibility } from '../../workspaces/access/visibility.ts';
import { asIndexed } from './deal-index-store.ts';

/** Filters that the index of deals can answer; all must match. */
export interface IndexedFilter {
  stage_ids?: readonly string[];
  /** Null for deals without an owner. */
  owner_id?: string | null;
  /** Owners of the deals; null for deals without one. */
  owner_ids?: readonly (string | null)[];
  lead_id?: string;
  /** YYYY-MM-DD: expected to close on or before this day. */
  closes_by?: string;
  /** YYYY-MM-DD: closed within this range of days, both included. */
  closed_from?: string;
  closed_to?: string;
  /** Limits which leads the caller sees; undefined for all. */
  visibility?: Visibility | undefined;
  /** Owners of the leads; null for leads without one. */
  lead_owner_ids?: readonly (string | null)[];
  department_ids?: readonly string[];
  source_ids?: readonly string[];
}

/** Adds the filters that use only columns of `deals` itself. */
export function narrowDeals(where: Conditions, filter: IndexedFilter): Conditions {
  const { stage_ids, owner_id, lead_id, closes_by, closed_from, closed_to } = filter;
  if (stage_ids) where.add(`d.stage_id = ANY (${where.param(stage_ids)}::uuid[])`);
  if (owner_id === null) where.add('d.owner_id IS NULL');
  else if (owner_id !== undefined) where.add(`d.owner_id = ${where.param(owner_id)}`);
  if (lead_id) where.add(`d.lead_id = ${where.param(lead_id)}`);
  if (closes_by) where.add(`d.end_date <= ${where.param(closes_by)}::date`);
  if (closed_from) where.add(`d.closed_on >= ${where.param(closed_from)}::date`);
  if (closed_to) where.add(`d.closed_on <= ${where.param(closed_to)}::date`);
  return where;
}

/** Adds all filters, for `deal_index` or the sums, whose columns have the same names. */
export function narrowIndexed(where: Conditions, filter: IndexedFilter): Conditions {
  const { owner_ids, lead_owner_ids, department_ids, source_ids, visibility } = filter;
  narrowDeals(where, filter);
  if (owner_ids) where.add(where.isOneOf('d.owner_id', owner_ids));
  if (lead_owner_ids) where.add(where.isOneOf('d.lead_owner_id', lead_owner_ids));
  if (department_ids) where.add(`d.department_id = ANY (${where.param(department_ids)}::uuid[])`);
  if (source_ids) where.add(`d.source_id = ANY (${where.param(source_ids)}::uuid[])`);
  const own = ownOnly(visibility);
  // Compared with `=` instead of a list, because only then is the index read in its order.
  if (own) return where.add(`d.lead_owner_id = ${where.param(own)}`);
  return visibility ? where.add(where.isVisible(visibility, 'd', 'lead_owner_id')) : where;
}

/** The member if they see only their own leads; otherwise undefined. */
export function ownOnly(visibility: Visibility | undefined): string | undefined {
  return visibility?.owners.length === 1 && visibility.departments.length === 0 ? visibility.owners[0] : undefined;
}

/**
 * Common table expressions for reading the index together with pending changes: `waiting` has the leads whose deals are
 * out of date in the index, `live` their deals as they are now, `stale` their deals as indexed. $1 is the workspace.
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
