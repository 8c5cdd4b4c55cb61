import type { Dialect, LeadField, Origin } from '../dialect.ts';

export interface WireField {
  type: 'text' | 'number' | 'boolean';
  /** The canonical lead field. Without one, the value is stored only for this dialect. */
  field?: keyof Origin;
}

const table = {
  lead_name: { type: 'text', field: 'name' },
  company_name: { type: 'text', field: 'company_name' },
  email_id: { type: 'text', field: 'email' },
  lead_owner: { type: 'text', field: 'owner_id' },
  status: { type: 'text', field: 'status_id' },
  salutation: { type: 'text', field: 'salutation' },
  gender: { type: 'text', field: 'gender' },
  customer: { type: 'text' },
  image: { type: 'text' },
  phone: { type: 'text', field: 'other_phone' },
  mobile_no: { type: 'text', field: 'phone' },
  fax: { type: 'text' },
  type: { type: 'text' },
  market_segment: { type: 'text' },
  industry: { type: 'text', field: 'industry' },
  request_type: { type: 'text' },
  company: { type: 'text' },
  website: { type: 'text', field: 'website' },
  territory: { type: 'text' },
  unsubscribed: { type: 'boolean', field: 'unsubscribed' },
  blog_subscriber: { type: 'boolean' },
  title: { type: 'text' },
  language: { type: 'text', field: 'language' },
  first_name: { type: 'text', field: 'first_name' },
  middle_name: { type: 'text', field: 'middle_name' },
  last_name: { type: 'text', field: 'last_name' },
  no_of_employees: { type: 'text' },
  whatsapp_no: { type: 'text' },
  phone_ext: { type: 'text' },
  qualified_by: { type: 'text' },
  qualified_on: { type: 'text' },
  qualification_status: { type: 'text' },
  job_title: { type: 'text', field: 'job_title' },
  annual_revenue: { type: 'number', field: 'annual_revenue' },
  disabled: { type: 'boolean' },
  city: { type: 'text', field: 'city' },
  state: { type: 'text', field: 'state' },
  country: { type: 'text', field: 'country' },
  utm_content: { type: 'text', field: 'utm_content' },
  utm_source: { type: 'text', field: 'utm_source' },
  utm_medium: { type: 'text', field: 'utm_medium' },
  utm_campaign: { type: 'text', field: 'utm_campaign' },
} satisfies Record<string, WireField>;

export type WireName = keyof typeof table;

/** The Lead object's fields after `id`, `created_at` and `updated_at`, in the documented order. */
export const wireFields: ReadonlyMap<WireName, WireField> = new Map(Object.entries(table) as [WireName, WireField][]);

/** The table for the documentation page. Nothing is required. */
export const leadFields: Dialect['fields'] = [...wireFields].map(([name, { type, field }]) => ({
  name,
  required: false,
  ...(field && { means: field }),
  ...(type !== 'text' && { about: `A ${type}.` }),
}));

/** The request field behind each canonical field, for issues raised by intake. */
export function originOf(names: Iterable<WireName>): Origin {
  const places: [string, WireName][] = [];
  for (const name of names) {
    const field = wireFields.get(name)?.field;
    if (field) places.push([field, name]);
  }
  return Object.fromEntries(places);
}

/** Text, number and boolean fields of a lead that need no rule of their own. */
export type PlainField = Exclude<LeadField, 'phone' | 'other_phone'>;

/** The vendor's names for the default status and for 'no owner'. */
export const DEFAULT_STATUS = 'Lead';
export const NO_OWNER = '__user';
