/** How the vendor's PHP server sees a request: all parameters as one list of names, and what this dialect calls them. */

import type { Dialect, LeadField, LeadReference, Origin, Pairs, Wire, WireBody } from '../dialect.ts';
import { cleanText, type Fields, objectFields } from '../field-rules.ts';

type TextField = Extract<LeadField, 'name' | 'email' | 'company_name' | 'purpose'>;

/** Text fields of gl-website-contacts, by wire name. */
export const leadTexts: Readonly<Record<string, TextField>> = {
  name: 'name',
  email: 'email',
  company_name: 'company_name',
  purpose: 'purpose',
};

/** The other fields of gl-website-contacts that end in a canonical field or reference. */
const leadOthers: Readonly<Record<string, LeadField | LeadReference>> = {
  mobileno: 'phone',
  date_of_birth: 'date_of_birth',
  source: 'source_id',
  status: 'status_id',
  staff_name: 'owner_id',
  department: 'department_id',
};

/** Campaign names that many websites send along: canonical too, though to the vendor they are additional fields. */
export const campaignFields = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_content'] as const;

/** Everything that is not listed here is an additional field of the lead. */
export const documentedNames: ReadonlySet<string> = new Set([
  'token',
  'countrycode',
  'feedback',
  ...Object.keys(leadTexts),
  ...Object.keys(leadOthers),
]);

/** Fields without which gl-website-contacts refuses. */
const leadMandatory: ReadonlySet<string> = new Set(['countrycode', 'mobileno', 'source']);

/** The tables above for the spec page. */
export const leadFields: Dialect['fields'] = [
  { name: 'countrycode', required: true, about: 'The calling code of the number: 91, +91 or IN.' },
  ...Object.entries({ ...leadOthers, ...leadTexts }).map(([name, means]) => ({
    name,
    required: leadMandatory.has(name),
    means,
  })),
  { name: 'feedback', required: false, about: 'Becomes a note on the lead.' },
];

/** The table read backwards: canonical field to wire name. */
export const leadOrigin: Origin = {
  ...Object.fromEntries(Object.entries({ ...leadTexts, ...leadOthers }).map(([wire, field]) => [field, wire])),
  custom: 'additional fields',
};

/** What the page calls `deal name`, as it arrives from a query or form, from JSON, and doubly encoded. */
export const dealNames = ['deal_name', 'deal name', 'deal+name'] as const;

/**
 * All parameters of a request: the body's win over the query's. Texts are trimmed; blanks and nulls are absent, so that a
 * blank in the body does not hide a value of the query. A body that cannot be read has no parameters.
 */
export function parameters(wire: Wire): Fields {
  const found = new Map<string, unknown>();
  for (const [name, value] of [...phpFields(wire.query), ...bodyParameters(wire.body)]) {
    const settled = settle(value);
    if (settled !== undefined) found.set(cleanText(name), settled);
  }
  return found;
}

/** True when there is a body and none of it became a parameter: the sender should be able to find that out. */
export function isBodyIgnored({ body }: Wire): boolean {
  return body.kind === 'unreadable' || (body.kind === 'json' && objectFields(body.value) === undefined);
}

function bodyParameters(body: WireBody): Fields {
  if (body.kind === 'form') return phpFields(body.pairs);
  return (body.kind === 'json' && objectFields(body.value)) || new Map();
}

/** Of a name that comes twice the last counts; `name[]` gathers all of its values. */
function phpFields(pairs: Pairs): Fields {
  const fields = new Map<string, unknown>();
  for (const [sent, value] of pairs) {
    const name = phpName(sent);
    const before = fields.get(name);
    if (!name.endsWith('[]') || before === undefined) fields.set(name, value);
    else fields.set(name, Array.isArray(before) ? [...before, value] : [before, value]);
  }
  return fields;
}

/** PHP cannot have blanks or dots in names of parameters: they become `_`, except between brackets. */
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
