import type { Member, ReferenceData } from '../reference-data.ts';

/** The owners and departments whose leads a member sees. */
export interface Visibility {
  owners: readonly string[];
  departments: readonly string[];
}

/** The visibility of a member; undefined for all leads. Owners and admins always see everything. */
export function visibilityOf(member: Member, referenceData: ReferenceData): Visibility | undefined {
  if (member.visibility === 'all' || member.role === 'owner' || member.role === 'admin') return undefined;
  if (member.visibility === 'own') return { owners: [member.id], departments: [] };
  const departments = referenceData.all('department').filter(({ member_ids }) => member_ids.includes(member.id));
  const colleagues = departments.flatMap(({ member_ids }) => member_ids);
  return { owners: [...new Set([member.id, ...colleagues])], departments: departments.map(({ id }) => id) };
}

/** Whether a lead with this owner and department is visible; undefined for all leads. */
export function isVisible(
  visibility: Visibility | undefined,
  lead: { owner_id: string | null; department_id: string | null },
): boolean {
  if (!visibility) return true;
  const { owner_id: owner, department_id: department } = lead;
  const isOwned = owner !== null && visibility.owners.includes(owner);
  return isOwned || (department !== null && visibility.departments.includes(department));
}

/** Settings that limit a transaction to these leads; read by the row-level policies. */
export function visibilitySettings(visibility: Visibility | undefined): Record<string, string> {
  if (!visibility) return {};
  return {
    'leadwell.sees': `{${visibility.owners.join(',')}}`,
    'leadwell.departments': `{${visibility.departments.join(',')}}`,
  };
}
