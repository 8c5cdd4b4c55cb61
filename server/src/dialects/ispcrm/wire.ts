import {
  type Command,
  type Dialect,
  invalid,
  type LeadDraft,
  type LeadField,
  type Origin,
  type Problem,
  type Warning,
} from '../dialect.ts';
import { cleanText, FieldRules, type Fields, isAddressLike, isMailable } from '../field-rules.ts';

type Field = Extract<LeadField, 'name' | 'email' | 'phone' | 'address' | 'description'>;

/** The vendor's parameters and the lead field of each. */
const names: Readonly<Record<string, { field: Field; required: boolean }>> = {
  name: { field: 'name', required: true },
  email: { field: 'email', required: true },
  phone: { field: 'phone', required: true },
  address: { field: 'address', required: false },
  remarks: { field: 'description', required: false },
};

/** The table for the documentation page. */
export const leadFields: Dialect['fields'] = Object.entries(names).map(([name, { field, required }]) => ({
  name,
  required,
  means: field,
}));

/** The parameter name of each lead field. */
const origin: Origin = Object.fromEntries(Object.entries(names).map(([wire, { field }]) => [field, wire]));

const MAX_PHONE_LENGTH = 100;
/** Maximum number of undocumented names stored from one request. */
const MAX_EXTRAS = 50;
/** Maximum number of warnings; anything else that was left out can be seen in the journal. */
const MAX_WARNINGS = 20;

/** Turns the body's fields into a lead, or returns all issues with them. */
export function readLead(fields: Fields, exact: Fields): Command | Problem {
  const fieldRules = new FieldRules();
  const { phone, ...values } = readKnown(fieldRules, fields);
  if (values.email && !isAddress(values.email)) fieldRules.fail('email', 'bad_email');
  const { extras, warnings } = readExtras(exact);
  if (!phone || fieldRules.issues.length > 0) return invalid(...fieldRules.issues);
  const draft: LeadDraft = { values, phone: { sent: phone }, ...(extras && { dialect_fields: extras }) };
  return { kind: 'createLead', draft, origin, warnings };
}

function readKnown(fieldRules: FieldRules, fields: Fields): { [F in Field]?: string } {
  const values: { [F in Field]?: string } = {};
  for (const [at, { field, required }] of Object.entries(names)) {
    const maxLength = field === 'phone' ? MAX_PHONE_LENGTH : undefined;
    const text = isWrongType(field, fields.get(at))
      ? fieldRules.fail(at, 'not_text')
      : fieldRules.text(fields, at, maxLength);
    if (text !== undefined) values[field] = text.trim();
    else if (required && !fieldRules.issues.some((issue) => issue.at === at)) fieldRules.fail(at, 'required');
  }
  return values;
}

/** Every parameter must be a string, but phone numbers without quotes are common enough to be accepted. */
function isWrongType(field: Field, value: unknown): boolean {
  return typeof value === 'number' && !(field === 'phone' && Number.isSafeInteger(value) && value >= 0);
}

/** Also accepts addresses in other scripts, which the strict check rejects although they can receive mail. */
function isAddress(text: string): boolean {
  return isMailable(text) || (/[^\p{ASCII}]/u.test(text) && /@[^.@]+(?:\.[^.@]+)+$/.test(text) && isAddressLike(text));
}

/** Undocumented names do not affect the reply; they are stored with the lead. */
function readExtras(fields: Fields): { extras: Record<string, unknown> | undefined; warnings: Warning[] } {
  const stored: [string, unknown][] = [];
  const warnings: Warning[] = [];
  for (const [sent, value] of fields) {
    const name = cleanText(sent);
    if (Object.hasOwn(names, name) || value === null || value === '') continue;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    // `_as` is reserved in a lead's dialect fields.
    const fits = name !== '' && name !== '_as' && stored.length < MAX_EXTRAS && isShort(name, text);
    if (fits) stored.push([name, typeof value === 'string' ? cleanText(value) : value]);
    else if (warnings.length < MAX_WARNINGS)
      warnings.push({ code: 'field_limit_reached', at: name.slice(0, 100), value: text.slice(0, 200) });
  }
  return { extras: stored.length > 0 ? Object.fromEntries(stored) : undefined, warnings };
}

function isShort(name: string, text: string): boolean {
  const fieldRules = new FieldRules();
  fieldRules.text(new Map([['name', name]]), 'name', MAX_PHONE_LENGTH);
  fieldRules.text(new Map([['value', text]]), 'value');
  return fieldRules.issues.length === 0;
}
