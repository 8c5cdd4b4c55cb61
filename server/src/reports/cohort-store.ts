import type { Cohort } from './report.ts';

/**
 * SQL condition for the leads of a cohort: narrowed by the range of time-ordered ids, then checked by exact arrival
 * time. Uses the first seven parameters, as returned by `cohortParams`.
 */
export const inCohort = `leads.workspace_id = $1
  AND leads.id >= uuid_from($2::timestamptz - interval '1 hour') AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
  AND leads.created_at >= $2 AND leads.created_at < $3
  AND ($4::uuid[] IS NULL OR leads.department_id = ANY ($4))
  AND ($5::uuid[] IS NULL OR leads.source_id = ANY ($5))
  AND ($6::uuid[] IS NULL OR leads.owner_id = ANY ($6) OR ($7 AND leads.owner_id IS NULL))`;

/** Parameters of `inCohort`; the next free one is $8. */
export function cohortParams(workspaceId: string | null, cohort: Cohort): unknown[] {
  const { start, end, departments, sources, owners } = cohort;
  const members = owners?.filter((id) => id !== null) ?? null;
  return [workspaceId, start, end, departments, sources, members, owners?.includes(null) ?? false];
}
