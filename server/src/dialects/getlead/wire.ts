/** Reads a request as the vendor's PHP server does, with all parameters in one list, and maps their names. */

import type { Dialect, LeadField, LeadReference, Origin, Pairs, Wire, WireBody } from '../dialect.ts';
import { cleanText, exactFields, type Fields, objectFields, pairFields, withPhonesAsSent } from '../field-rules.ts';

type TextField = Extract<LeadField, 'name' | 'email' | 'company_name' | 'purpose'>;

/** Text fields of gl-website-contacts by parameter name. */
export const leadTexts: Readonly<Record<string, TextField>> = {
  name: 'name',
  email: 'email',
  company_name: 'company_name',
  purpose: 'purpose',
};

/** The other fields of gl-website-contacts with a canonical field or reference. */
const leadOthers: Readonly<Record<string, LeadField | LeadReference>> = {
  mobileno: 'phone',
  date_of_birth: 'date_of_birth',
  source: 'source_id',
  status: 'status_id',
  staff_name: 'owner_id',
  department: 'department_id',
};

/** Campaign parameters that many websites send. They are canonical fields here, but additional fields to the vendor. */
export const campaignFields = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_content'] as const;

/** The documented parameter names. All others are additional fields of the lead. */
export const documentedNames: ReadonlySet<string> = new Set([
  'token',
  'countrycode',
  'feedback',
  ...Object.keys(leadTexts),
  ...Object.keys(leadOthers),
]);

/** Fields required by gl-website-contacts. */
const leadMandatory: ReadonlySet<string> = new Set(['countrycode', 'mobileno', 'source']);

/** The tables above, for the documentation page. */
export const leadFields: Dialect['fields'] = [
  { name: 'countrycode', required: true, about: 'The calling code of the number: 91, +91 or IN.' },
  ...Object.entries({ ...leadOthers, ...leadTexts }).map(([name, means]) => ({
    name,
    required: leadMandatory.has(name),
    means,
  })),
  { name: 'feedback', required: false, about: 'Becomes a note on the lead.' },
];

/** The parameter name of each canonical field. */
export const leadOrigin: Origin = {
  ...Object.fromEntries(Object.entries({ ...leadTexts, ...leadOthers }).map(([wire, field]) => [field, wire])),
  custom: 'additional fields',
};

/** The vendor's `deal name` as it arrives from a query or form, from JSON, and doubly encoded. */
export const dealNames = ['deal_name', 'deal name', 'deal+name'] as const;

/**
 * All parameters of a request, where the body's take precedence over the query's. Texts are trimmed; blanks and nulls
 * count as absent, so a blank in the body does not hide a query value. An unreadable body has no parameters.
 */
export function parameters(wire: Wire, body: Fields = bodyParameters(wire.body)): Fields {
  const found = new Map<string, unknown>();
  for (const [name, value] of [...phpFields(wire.query), ...body]) {
    const settled = settle(value);
    if (settled !== undefined) found.set(cleanText(name), settled);
  }
  return found;
}

/** True if there is a body but no parameters could be read from it. The sender must be able to find that out. */
export function isBodyIgnored({ body }: Wire): boolean {
  return body.kind === 'unreadable' || (body.kind === 'json' && objectFields(body.value) === undefined);
}

/** The parameters again, with the numbers of a JSON body exactly as written. */
export function exactParameters(wire: Wire, read: Fields): Fields {
  const isExact = wire.body.kind !== 'json' || wire.body.exact === undefined;
  return isExact ? read : parameters(wire, exactFields(wire.body));
}

/** The tokens in the body and in the query. */
export function tokensIn({ body, query }: Wire): (string | undefined)[] {
  return [bodyParameters(body), phpFields(query)].map(tokenOf);
}

function tokenOf(fields: Fields): string | undefined {
  let token: unknown;
  for (const [name, value] of fields) if (cleanText(name) === 'token') token = settle(value) ?? token;
  return typeof token === 'string' ? token : undefined;
}

/** The parameters of all endpoints that contain a phone number. */
const phones = ['mobileno', 'mobile_no', 'mobile', 'SourceNumber'] as const;

function bodyParameters(body: WireBody): Fields {
  if (body.kind === 'form') return phpFields(body.pairs);
  return withPhonesAsSent((body.kind === 'json' && objectFields(body.value)) || new Map(), body, phones);
}

function phpFields(pairs: Pairs): Fields {
  return pairFields(pairs.map(([name, value]) => [phpName(name), value]));
}

/** PHP replaces spaces and dots in parameter names by `_`, except between brackets. */
function phpName(sent: string): string {
  const name = sent.replace(/^ +/, '');
  const bracket = name.indexOf('[');
  if (bracket <= 0 || !name.includes(']', bracket)) return name.replace(/[ .[]/g, '_');
  return name.slice(0, bracket).replace(/[ .]/g, '_') + name.slice(bracket);
}

function settle(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value !== 'string') return value ?? undefined;
  return cleanText(value).trim() || undefined;
}
