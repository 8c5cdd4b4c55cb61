import { MultiSelect, Select } from '@mantine/core';
import type { Problem } from '../../api/problem.ts';
import type { Member } from '../../app/members.ts';
import { useMay } from '../../app/session.ts';
import { type Choice, roleChoices, visibilityChoices } from './get-members.ts';

/** The editable settings of a member. */
export type MemberValues = Pick<Member, 'role' | 'visibility' | 'department_ids'>;

interface Props {
  values: MemberValues;
  onChange: (values: MemberValues) => void;
  departments: readonly Choice[];
  problem: Problem | undefined;
  /** Why role and visibility cannot be changed. */
  fixed?: string | undefined;
}

/** Role, visibility and departments, for new and existing members. */
export function MemberFields({ values, onChange, departments, problem, fixed }: Props) {
  const mayOwners = useMay('change owners');
  const seesAll = values.role === 'owner' || values.role === 'admin';
  return (
    <>
      <Select
        label="Role"
        description={fixed}
        data={roleChoices.map((choice) => ({ ...choice, disabled: choice.value === 'owner' && !mayOwners }))}
        value={values.role}
        onChange={(role) => role && onChange({ ...values, role: role as Member['role'] })}
        error={problem?.of('role')}
        disabled={fixed !== undefined}
        allowDeselect={false}
      />
      <Select
        label="Can see"
        description={seesAll ? 'Owners and admins always see all leads.' : undefined}
        data={[...visibilityChoices]}
        value={values.visibility}
        onChange={(visibility) => visibility && onChange({ ...values, visibility: visibility as Member['visibility'] })}
        error={problem?.of('visibility')}
        disabled={fixed !== undefined}
        allowDeselect={false}
      />
      <MultiSelect
        label="Departments"
        description="New leads in these departments are assigned to their members in turn."
        data={[...departments]}
        value={values.department_ids}
        onChange={(department_ids) => onChange({ ...values, department_ids })}
        error={problem?.of('department_ids')}
        placeholder={values.department_ids.length === 0 ? 'None' : ''}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Clear departments' }}
      />
    </>
  );
}
