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
  const choice = (field: 'role' | 'visibility') => ({
    value: values[field],
    onChange: (chosen: string | null) => chosen && onChange({ ...values, [field]: chosen }),
    error: problem?.of(field),
    disabled: fixed !== undefined,
    allowDeselect: false,
  });
  return (
    <>
      <Select
        {...choice('role')}
        label="Role"
        description={fixed}
        data={roleChoices.map((one) => ({ ...one, disabled: one.value === 'owner' && !mayOwners }))}
      />
      <Select
        {...choice('visibility')}
        label="Can see"
        description={seesAll ? 'Owners and admins always see all leads.' : undefined}
        data={[...visibilityChoices]}
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
