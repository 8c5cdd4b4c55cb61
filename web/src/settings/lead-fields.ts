import type { Shape } from '../api/client.ts';

type Field = Shape<'LeadTypeView'>['required_fields'][number];

const names: readonly Field[] = [
  'name',
  'first_name',
  'last_name',
  'email',
  'phone',
  'other_phone',
  'company_name',
  'job_title',
  'website',
  'address',
  'city',
  'state',
  'postal_code',
  'country',
  'description',
  'purpose',
  'subtype',
  'date_of_birth',
  'target_amount',
  'expected_completion_date',
  'utm_source',
  'utm_campaign',
];

/** The fields that a type may ask for. */
export const leadFieldOptions = names.map((value) => ({ value, label: labelOfField(value) }));

/** `postal_code` as people read it. */
export function labelOfField(name: string): string {
  if (name === 'email') return 'E-mail';
  const words = name.replace(/_id$/, '').replaceAll('_', ' ').replace('utm', 'UTM');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
