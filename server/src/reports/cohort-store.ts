import type { Tx } from '../platform/database/transaction.ts';
import { Conditions } from '../workspaces/access/conditions.ts';
import type { Cohort } from './report.ts';

/** The conditions for the leads of a cohort, and the placeholders of its start and its end, which is exclusive. */
export function ofCohort(tx: Tx, cohort: Cohort): { where: Conditions; start: string; end: string } {
  const where = new Conditions(tx.workspaceId, 'leads');
  const [start, end] = [where.param(cohort.start), where.param(cohort.end)];
  where.add(idsWithin('leads.id', start, end));
  where.add(`leads.created_at >= ${start} AND leads.created_at < ${end}`);
  narrowToOrigin(where, cohort, 'leads');
  narrowToOwners(where, cohort, 'leads');
  return { where: where.visible(cohort.visibility, 'leads'), start, end };
}

/** Ids are in order of arrival, so a range of them contains the leads of the period, and a few more. */
export function idsWithin(id: string, start: string, end: string): string {
  return `${id} >= uuid_from(${start}::timestamptz - interval '1 hour') AND ${id} < uuid_from(${end}::timestamptz + interval '1 hour')`;
}

/** Adds the condition that leads have one of the cohort's owners. */
export function narrowToOwners(where: Conditions, { owners }: Cohort, lead: string): Conditions {
  return owners ? where.add(where.isOneOf(`${lead}.owner_id`, owners)) : where;
}

/** Adds the condition that leads are of the cohort's departments and sources. */
export function narrowToOrigin(where: Conditions, { departments, sources }: Cohort, lead: string): Conditions {
  if (departments) where.add(`${lead}.department_id = ANY (${where.param(departments)}::uuid[])`);
  if (sources) where.add(`${lead}.source_id = ANY (${where.param(sources)}::uuid[])`);
  return where;
}
