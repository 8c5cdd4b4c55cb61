import type { Command, LeadDraft, ReferenceData } from '../dialect.ts';
import { type FieldRules, type Fields, parseDate } from '../field-rules.ts';
import { getleadEndpoint, type Sent } from './endpoint.ts';
import { departmentId, memberId, requiredCallingCode, shorten, type Warnings } from './find-by-name.ts';
import { refuseWith } from './refuse.ts';
import { campaignFields, documentedNames, exactParameters, isBodyIgnored, leadOrigin, leadTexts } from './wire.ts';

/** Creates a lead, or updates the one with the same number; the reply is the same. */
export const websiteContacts = getleadEndpoint({
  name: 'gl-website-contacts',
  about: 'Receives a lead.',
  says: 'Lead Added Successfully.',
  read,
  refuse: (problem) => refuseWith('fail', problem),
});

function read({ wire, fields, fieldRules, warnings, referenceData }: Sent): Command {
  const exact = exactParameters(wire, fields);
  if (isBodyIgnored(wire)) warnings.push({ code: 'value_not_understood', at: 'body', value: 'not a JSON object' });
  const phone = readPhone(fieldRules, fields);
  const source = fieldRules.requiredText(fields, 'source');
  const status = fieldRules.text(fields, 'status');
  const note = fieldRules.text(exact, 'feedback');
  const birth = readBirth(fieldRules, fields, warnings);
  const draft: LeadDraft = {
    values: { ...readTexts(fieldRules, exact), ...birth.values },
    references: readReferences(fieldRules, fields, referenceData, warnings),
    ...(phone && { phone }),
    ...(status && { status: { make: status } }),
    ...(source && { source: { make: source } }),
    custom: [...birth.custom, ...additionalFields(fieldRules, exact)],
  };
  return { kind: 'createLead', draft, origin: leadOrigin, ...(note && { note }), warnings };
}

/** The vendor's rule for `mobileno`: 8 to 14 digits and nothing else, with or without the country code. */
function readPhone(fieldRules: FieldRules, fields: Fields): LeadDraft['phone'] {
  const callingCode = requiredCallingCode(fieldRules, fields);
  const sent = fieldRules.requiredText(fields, 'mobileno');
  if (sent === undefined) return undefined;
  if (!/^\d{8,14}$/.test(sent)) return fieldRules.fail('mobileno', 'bad_digits', { min: 8, max: 14 });
  return callingCode === undefined ? undefined : { sent, callingCode };
}

function readTexts(fieldRules: FieldRules, fields: Fields): LeadDraft['values'] {
  const values: LeadDraft['values'] = {};
  for (const [wireName, field] of Object.entries(leadTexts)) {
    const text = fieldRules.text(fields, wireName);
    if (text !== undefined) values[field] = text;
  }
  for (const name of campaignFields) {
    const value = fields.get(name);
    if (typeof value === 'string' || typeof value === 'number') values[name] = String(value);
  }
  return values;
}

/** A date that is ambiguous or cannot be read is stored as an additional field, as it was sent. */
function readBirth(fieldRules: FieldRules, fields: Fields, warnings: Warnings) {
  const at = 'date_of_birth';
  const sent = fieldRules.text(fields, at);
  const date = sent && parseDate(sent);
  if (date) return { values: { date_of_birth: date }, custom: [] };
  if (!sent) return { values: {}, custom: [] };
  warnings.push({ code: 'value_not_understood', at, value: shorten(sent) });
  return { values: {}, custom: [[at, sent] as const] };
}

function readReferences(
  fieldRules: FieldRules,
  fields: Fields,
  referenceData: ReferenceData,
  warnings: Warnings,
): LeadDraft['references'] {
  const owner_id = memberId(referenceData, 'staff_name', fieldRules.text(fields, 'staff_name'), warnings);
  const department = fieldRules.text(fields, 'department');
  const department_id = department && departmentId(referenceData, department);
  if (department && !department_id)
    warnings.push({ code: 'unknown_department', at: 'department', value: shorten(department) });
  return { ...(owner_id && { owner_id }), ...(department_id && { department_id }) };
}

/** The undocumented parameters, stored under the names that were sent, as the vendor does. */
function additionalFields(fieldRules: FieldRules, fields: Fields): [string, unknown][] {
  const kept: [string, unknown][] = [];
  for (const [name, value] of fields) {
    if (name === '' || documentedNames.has(name)) continue;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    if (fieldRules.text(new Map([[name, text]]), name) !== undefined) kept.push([name, value]);
  }
  return kept;
}
