import type { Lead, LeadPatch } from '../../api/get-lead.ts';
import type { Choices } from '../../api/get-reference-data.ts';
import type { FieldChange } from '../../api/lead-change.ts';

/** How a fact is written. */
export type FactKind = 'text' | 'area' | 'email' | 'phone' | 'number' | 'money' | 'date' | 'boolean' | 'choice';

/** One fact of a lead: where it stands, what it is called, how it is changed. */
export interface FactField {
  key: string;
  label: string;
  kind: FactKind;
  choices?: Choices;
  /** A field of the workspace's own. */
  custom?: boolean;
  /** Stays even when it is empty and the rest is folded away. */
  always?: boolean;
}

/** The facts that are always in sight. */
export const mainFacts: readonly FactField[] = [
  { key: 'phone', label: 'Phone', kind: 'phone' },
  { key: 'email', label: 'E-mail', kind: 'email' },
  { key: 'owner', label: 'Owner', kind: 'choice', choices: 'owner' },
  { key: 'department', label: 'Department', kind: 'choice', choices: 'department' },
  { key: 'source', label: 'Source', kind: 'choice', choices: 'source' },
  { key: 'type', label: 'Type', kind: 'choice', choices: 'type' },
  { key: 'target_amount', label: 'Expected value', kind: 'money' },
  { key: 'probability', label: 'Probability, %', kind: 'number' },
];

/** The facts behind 'Show all'; those that are filled are counted there. */
export const moreFacts: readonly FactField[] = [
  { key: 'name', label: 'Name', kind: 'text' },
  { key: 'company_name', label: 'Company', kind: 'text' },
  { key: 'job_title', label: 'Job title', kind: 'text' },
  { key: 'other_phone', label: 'Other phone', kind: 'phone' },
  { key: 'category', label: 'Category', kind: 'choice', choices: 'category' },
  { key: 'subtype', label: 'Subtype', kind: 'text' },
  { key: 'purpose', label: 'Purpose', kind: 'text' },
  { key: 'address', label: 'Address', kind: 'text' },
  { key: 'city', label: 'City', kind: 'text' },
  { key: 'postal_code', label: 'Postal code', kind: 'text' },
  { key: 'state', label: 'State', kind: 'text' },
  { key: 'country', label: 'Country', kind: 'text' },
  { key: 'website', label: 'Website', kind: 'text' },
  { key: 'industry', label: 'Industry', kind: 'text' },
  { key: 'language', label: 'Language', kind: 'text' },
  { key: 'gender', label: 'Gender', kind: 'text' },
  { key: 'date_of_birth', label: 'Date of birth', kind: 'date' },
  { key: 'start_date', label: 'Start date', kind: 'date' },
  { key: 'expected_completion_date', label: 'Expected completion', kind: 'date' },
  { key: 'annual_revenue', label: 'Annual revenue', kind: 'money' },
  { key: 'importance', label: 'Importance', kind: 'text' },
  { key: 'priority', label: 'Priority, 1 to 6', kind: 'number' },
  { key: 'unsubscribed', label: 'Unsubscribed', kind: 'boolean' },
  { key: 'description', label: 'Description', kind: 'area' },
  { key: 'utm_source', label: 'UTM source', kind: 'text' },
  { key: 'utm_medium', label: 'UTM medium', kind: 'text' },
  { key: 'utm_campaign', label: 'UTM campaign', kind: 'text' },
  { key: 'utm_content', label: 'UTM content', kind: 'text' },
];

/** A field of the workspace's own as a fact. */
export function customFact({ name, type }: { name: string; type: 'text' | 'number' | 'date' | 'boolean' }): FactField {
  return { key: name, label: name, kind: type, custom: true };
}

/** What a fact says; null when it says nothing. */
export function factValue(lead: Lead, { key, custom }: FactField): string | number | boolean | null {
  const value = custom ? lead.custom[key] : lead[key as keyof Lead];
  if (value === undefined || value === null || value === '') return null;
  return typeof value === 'object' ? JSON.stringify(value) : (value as string | number | boolean);
}

/** The value that an editor of this fact begins with. */
export function draftOf(lead: Lead, field: FactField): string {
  if (field.kind === 'choice') return String(lead[`${field.key}_id` as keyof Lead] ?? '');
  const value = factValue(lead, field);
  return value === null ? '' : String(value);
}

/** Makes a change of what was typed. `name` is what a choice is shown as. */
export function changeOf(lead: Lead, field: FactField, typed: string, name?: string): FieldChange {
  const value = toValue(field, typed);
  if (field.custom)
    return { patch: { custom: { [field.key]: value } }, shown: { custom: { ...lead.custom, [field.key]: value } } };
  const patch = { [field.key]: value } as LeadPatch;
  if (field.kind === 'choice')
    return { patch, shown: { [field.key]: name ?? null, [`${field.key}_id`]: value } as Partial<Lead> };
  return { patch, shown: { [field.key]: value } as Partial<Lead> };
}

function toValue({ kind }: FactField, typed: string): string | number | boolean | null {
  const text = typed.trim();
  if (text === '') return null;
  if (kind === 'boolean') return text === 'true';
  if (kind !== 'number' && kind !== 'money') return text;
  const number = Number(text.replace(',', '.'));
  // What is no number is the server's to refuse, in its own words.
  return Number.isFinite(number) ? number : text;
}
