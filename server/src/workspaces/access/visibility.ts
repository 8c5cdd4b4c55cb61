import type { Member, ReferenceData } from '../reference-data.ts';

/** Whose leads somebody sees, besides those of whole departments. */
export interface Visibility {
  owners: readonly string[];
  departments: readonly string[];
}

/** What a member sees: undefined is everything. Owners and admins always see everything. */
export function visibilityOf(member: Member, referenceData: ReferenceData): Visibility | undefined {
  if (member.visibility === 'all' || member.role === 'owner' || member.role === 'admin') return undefined;
  if (member.visibility === 'own') return { owners: [member.id], departments: [] };
  const departments = referenceData.all('department').filter(({ member_ids }) => member_ids.includes(member.id));
  const colleagues = departments.flatMap(({ member_ids }) => member_ids);
  return { owners: [...new Set([member.id, ...colleagues])], departments: departments.map(({ id }) => id) };
}

/** The settings of a transaction that is confined to what is seen; see the policies `sight` in the database. */
export function visibilitySettings(visibility: Visibility | undefined): Record<string, string> {
  if (!visibility) return {};
  return {
    'leadwell.sees': `{${visibility.owners.join(',')}}`,
    'leadwell.departments': `{${visibility.departments.join(',')}}`,
  };
}
