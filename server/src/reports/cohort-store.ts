import type { Tx } from '../platform/database/transaction.ts';
import { Conditions } from '../workspaces/access/conditions.ts';
import type { Cohort } from './report.ts';

/** The conditions for the leads of a cohort, and the placeholders of its first instant and of the one after its last. */
export function ofCohort(tx: Tx, cohort: Cohort): { where: Conditions; start: string; end: string } {
  const where = new Conditions(tx.workspaceId, 'leads');
  const [start, end] = [where.param(cohort.start), where.param(cohort.end)];
  where.add(idsWithin('leads.id', start, end));
  where.add(`leads.created_at >= ${start} AND leads.created_at < ${end}`);
  narrowToOrigin(where, cohort, 'leads');
  narrowToOwners(where, cohort, 'leads');
  return { where: where.visible(cohort.visibility, 'leads'), start, end };
}

/** Ids are in the order of arrival: a range of them holds the leads of the days, and a few more. */
export function idsWithin(id: string, start: string, end: string): string {
  return `${id} >= uuid_from(${start}::timestamptz - interval '1 hour') AND ${id} < uuid_from(${end}::timestamptz + interval '1 hour')`;
}

/** Leads of the owners of a cohort. */
export function narrowToOwners(where: Conditions, { owners }: Cohort, lead: string): Conditions {
  return owners ? where.add(where.isOneOf(`${lead}.owner_id`, owners)) : where;
}

/** Leads of the departments and sources of a cohort. */
export function narrowToOrigin(where: Conditions, { departments, sources }: Cohort, lead: string): Conditions {
  if (departments) where.add(`${lead}.department_id = ANY (${where.param(departments)}::uuid[])`);
  if (sources) where.add(`${lead}.source_id = ANY (${where.param(sources)}::uuid[])`);
  return where;
}
