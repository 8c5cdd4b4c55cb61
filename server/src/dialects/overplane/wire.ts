import type { Dialect, LeadField, Origin } from '../dialect.ts';

export interface WireField {
  /** Text unless said otherwise. */
  type?: 'number' | 'boolean';
  /** The canonical lead field. Without one, the value is stored only for this dialect. */
  field?: keyof Origin;
}

const table = {
  lead_name: { field: 'name' },
  company_name: { field: 'company_name' },
  email_id: { field: 'email' },
  lead_owner: { field: 'owner_id' },
  status: { field: 'status_id' },
  salutation: { field: 'salutation' },
  gender: { field: 'gender' },
  customer: {},
  image: {},
  phone: { field: 'other_phone' },
  mobile_no: { field: 'phone' },
  fax: {},
  type: {},
  market_segment: {},
  industry: { field: 'industry' },
  request_type: {},
  company: {},
  website: { field: 'website' },
  territory: {},
  unsubscribed: { type: 'boolean', field: 'unsubscribed' },
  blog_subscriber: { type: 'boolean' },
  title: {},
  language: { field: 'language' },
  first_name: { field: 'first_name' },
  middle_name: { field: 'middle_name' },
  last_name: { field: 'last_name' },
  no_of_employees: {},
  whatsapp_no: {},
  phone_ext: {},
  qualified_by: {},
  qualified_on: {},
  qualification_status: {},
  job_title: { field: 'job_title' },
  annual_revenue: { type: 'number', field: 'annual_revenue' },
  disabled: { type: 'boolean' },
  city: { field: 'city' },
  state: { field: 'state' },
  country: { field: 'country' },
  utm_content: { field: 'utm_content' },
  utm_source: { field: 'utm_source' },
  utm_medium: { field: 'utm_medium' },
  utm_campaign: { field: 'utm_campaign' },
} satisfies Record<string, WireField>;

export type WireName = keyof typeof table;

/** The Lead object's fields after `id`, `created_at` and `updated_at`, in the documented order. */
export const wireFields: ReadonlyMap<WireName, WireField> = new Map(Object.entries(table) as [WireName, WireField][]);

/** The table for the documentation page. Nothing is required. */
export const leadFields: Dialect['fields'] = [...wireFields].map(([name, { type, field }]) => ({
  name,
  required: false,
  ...(field && { means: field }),
  ...(type && { about: `A ${type}.` }),
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
