/** What a lead may be without, and the column that is then empty. */
export const lackable = {
  name: 'name',
  phone: 'phone',
  email: 'email',
  company: 'company_name',
  owner: 'owner_id',
  source: 'source_id',
  type: 'type_id',
  department: 'department_id',
  next_step: 'next_step_kind',
  amount: 'target_amount',
} as const;
export type Lack = keyof typeof lackable;
/** The same as words, in their usual order. */
export const lacks = Object.keys(lackable) as Lack[];
