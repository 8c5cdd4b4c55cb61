import { type Member, membersQuery } from '../../app/members.ts';

/** A department as an option. */
export interface Choice {
  value: string;
  label: string;
}

/** The members, active ones first, by name; always refetched. */
export const sortedMembersQuery = {
  ...membersQuery,
  staleTime: 0,
  select: (data: Member[]) =>
    data.toSorted((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name)),
};

/** The roles, with what each of them may do. */
export const roleChoices = [
  { value: 'owner', label: 'Owner – everything, including other owners' },
  { value: 'admin', label: 'Admin – everything except owners' },
  { value: 'manager', label: 'Manager – leads, intake, reports, the calling team' },
  { value: 'agent', label: 'Agent – works on leads, makes calls' },
  { value: 'viewer', label: 'Viewer – read only' },
] as const satisfies readonly { value: Member['role']; label: string }[];

/** The options for which leads a member may see. */
export const visibilityChoices = [
  { value: 'all', label: 'All leads' },
  { value: 'team', label: 'Leads of their departments and colleagues' },
  { value: 'own', label: 'Their own leads' },
] as const satisfies readonly { value: Member['visibility']; label: string }[];

/** These options in a word each. */
export const visibilityWords: { readonly [S in Member['visibility']]: string } = {
  all: 'All',
  team: 'Department',
  own: 'Own',
};
