/**
 * The canonical lead fields: typed columns of `leads` used by more than one dialect or screen. Types, columns, filters,
 * import targets and documentation are derived from this list.
 */
export const leadFields = {
  name: { type: 'text', label: 'Name' },
  salutation: { type: 'text', label: 'Salutation' },
  first_name: { type: 'text', label: 'First name' },
  middle_name: { type: 'text', label: 'Middle name' },
  last_name: { type: 'text', label: 'Last name' },
  email: { type: 'text', format: 'email', label: 'Email' },
  /** E.164 if it can be parsed, otherwise as sent. */
  phone: { type: 'text', format: 'phone', label: 'Phone' },
  other_phone: { type: 'text', format: 'phone', label: 'Other phone' },
  company_name: { type: 'text', label: 'Company' },
  job_title: { type: 'text', label: 'Job title' },
  website: { type: 'text', label: 'Website' },
  gender: { type: 'text', label: 'Gender' },
  language: { type: 'text', label: 'Language' },
  industry: { type: 'text', label: 'Industry' },
  address: { type: 'text', label: 'Address' },
  city: { type: 'text', label: 'City' },
  state: { type: 'text', label: 'State' },
  postal_code: { type: 'text', label: 'Postal code' },
  country: { type: 'text', label: 'Country' },
  description: { type: 'text', format: 'long', label: 'Description' },
  purpose: { type: 'text', label: 'Purpose' },
  subtype: { type: 'text', label: 'Subtype' },
  date_of_birth: { type: 'date', label: 'Date of birth' },
  start_date: { type: 'date', label: 'Start date' },
  expected_completion_date: { type: 'date', label: 'Expected completion' },
  target_amount: { type: 'number', format: 'money', label: 'Target amount' },
  annual_revenue: { type: 'number', format: 'money', label: 'Annual revenue' },
  probability: { type: 'number', label: 'Probability of winning (0-100)' },
  importance: { type: 'text', label: 'Importance' },
  priority: { type: 'number', label: 'Priority (1-6)' },
  unsubscribed: { type: 'boolean', label: 'Unsubscribed' },
  utm_source: { type: 'text', label: 'UTM source' },
  utm_medium: { type: 'text', label: 'UTM medium' },
  utm_campaign: { type: 'text', label: 'UTM campaign' },
  utm_content: { type: 'text', label: 'UTM content' },
} as const;

/** Labels of the references from a lead to the workspace's lists. */
export const referenceLabels = {
  status: 'Status',
  type: 'Type',
  category: 'Category',
  lost_reason: 'Lost reason',
  source: 'Source',
  department: 'Department',
  owner: 'Owner',
} as const;

/** Label of a field or reference, with or without its `_id` suffix; undefined if there is none. */
export function labelOf(name: string): string | undefined {
  if (Object.hasOwn(leadFields, name)) return leadFields[name as LeadField].label;
  const reference = name.replace(/_id$/, '');
  return Object.hasOwn(referenceLabels, reference)
    ? referenceLabels[reference as keyof typeof referenceLabels]
    : undefined;
}

/** Refines how values of a field are entered and displayed, beyond their type. */
export const fieldFormats = ['plain', 'email', 'phone', 'long', 'money'] as const;

export type LeadField = keyof typeof leadFields;
export const leadFieldNames = Object.keys(leadFields) as LeadField[];

type ValueOf = { text: string; date: string; number: number; boolean: boolean };

/** Canonical values; dates are YYYY-MM-DD. A missing key leaves the field unchanged; null clears it. */
export type LeadValues = { [F in LeadField]?: ValueOf[(typeof leadFields)[F]['type']] | null };

/** Maximum length of a text field, in code points. Longer text is refused, not truncated. */
export const LONGEST_TEXT = 10_000;
/** Largest amount of either sign that a double holds exactly with two decimals. */
export const LARGEST_AMOUNT = 999_999_999_999.99;
