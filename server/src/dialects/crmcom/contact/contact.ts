import type { ContactKeyKind, CreateLead, PhoneSent } from '../../dialect.ts';
import { type Fields, objectFields } from '../../field-rules.ts';
import { fromHexId, oneKey } from '../identifiers.ts';
import { type LeadRequest, readField } from '../lead-request.ts';
import { cleanNested } from '../nested-values.ts';
import { objectNames } from '../wire.ts';
import {
  birthDate,
  contactRows,
  contactSets,
  contactValues,
  emailsOf,
  isCompany,
  phonesOf,
  plain,
} from './contact-fields.ts';

/** Document numbers that can identify a contact, besides its id. */
export const documentKinds = [
  'id_number',
  'passport_number',
  'social_security_number',
  'vat_registration_number',
  'registration_number',
] as const satisfies readonly ContactKeyKind[];

/** What a lead takes from the contact part of a request. */
export interface ContactRead {
  /** The identifier of an existing contact. */
  contact?: CreateLead['contact'];
  emails?: readonly string[];
  phones?: readonly PhoneSent[];
}

/** Reads the contact information: either the identifier of an existing contact, or a complete new one. */
export function readContact(request: LeadRequest): ContactRead {
  const { fieldRules, isUpdate: updates } = request;
  const { at, value } = readField(request, objectNames.contact);
  if (value === undefined || value === null) {
    if (value === null || !updates) fieldRules.fail(at, 'required');
    return {};
  }
  const named = contactKey(value);
  if (named) return readKnown(request, at, named);
  const contact = objectFields(value);
  if (contact) return readNew(request, at, contact);
  fieldRules.fail(at, 'not_object');
  return {};
}

const identifierKeys: readonly string[] = ['id', ...documentKinds];

/** The identifier of an existing contact, alone or with a `type`. Anything more describes a new contact. */
function contactKey(value: unknown): ReturnType<typeof oneKey> {
  const fields = objectFields(value);
  const given = fields ? Object.fromEntries([...fields].filter(([name]) => name !== 'type')) : value;
  const key = oneKey(given);
  return key && identifierKeys.includes(key.key) ? key : undefined;
}

function readKnown(request: LeadRequest, at: string, { key, value }: { key: string; value: string }): ContactRead {
  const kind = documentKinds.find((one) => one === key);
  const id = kind ? undefined : fromHexId(value);
  if (!kind && id === undefined) {
    request.fieldRules.fail(at, 'unknown_reference');
    return {};
  }
  const ref = kind ? { by: kind, value: documentNumber(value) } : { by: 'id' as const, id: id ?? '' };
  return { contact: { ref, at } };
}

/** The normalised form in which document numbers are stored and looked up. */
export function documentNumber(text: string): string {
  return text.replace(/\s+/g, '').toUpperCase();
}

function readNew(request: LeadRequest, at: string, contact: Fields): ContactRead {
  checkContact(request, at, contact);
  const { referenceData } = request.context;
  const clean = objectFields(cleanNested(Object.fromEntries(contact))) ?? contact;
  rememberContact(request, clean);
  const values = contactValues(clean, referenceData);
  // If only part of the name is sent, the full name also depends on what is stored.
  if (request.isUpdate && !isCompany(clean) && !(clean.has('first_name') && clean.has('last_name')))
    values.delete('name');
  Object.assign(request.values, Object.fromEntries(values));
  for (const field of values.keys()) request.origin[field] = at;
  const birth = objectFields(clean.get('demographics'))?.get('date_of_birth');
  if (birth !== undefined && birth !== null && birthDate(birth) === undefined)
    request.warnings.push({
      code: 'value_not_understood',
      at: `${at}.demographics.date_of_birth`,
      value: JSON.stringify(birth).slice(0, 200),
    });
  rememberDocuments(request, clean);
  return { emails: emailsOf(clean), phones: phonesOf(clean, referenceData) };
}

/** Clients spell some sets in several ways; only the newest spelling is remembered. */
function rememberContact({ memory }: LeadRequest, contact: Fields): void {
  for (const spellings of Object.values(contactSets))
    if (spellings.some((name) => contact.has(name))) for (const name of spellings) memory.set(`contact.${name}`, null);
  for (const [name, value] of contact) memory.set(`contact.${name}`, value);
}

function checkContact({ fieldRules, isUpdate: updates }: LeadRequest, at: string, contact: Fields): void {
  const fields = new Map([...contact].map(([name, value]) => [`${at}.${name}`, value]));
  const type = fieldRules.text(fields, `${at}.type`)?.trim().toUpperCase();
  if (type !== undefined && type !== 'PERSON' && type !== 'COMPANY')
    fieldRules.fail(`${at}.type`, 'not_in_list', { allowed: ['PERSON', 'COMPANY'] });
  for (const name of [...contactRows.map(([row]) => row), 'name', 'notes']) fieldRules.text(fields, `${at}.${name}`);
  const due = isCompany(contact) ? ['company_name', 'name'] : ['first_name'];
  const entered = due.some((name) => plain(contact.get(name)) !== undefined);
  const cleared = due.some((name) => contact.has(name));
  if (!entered && (cleared || !updates) && fieldRules.issues.every((issue) => issue.at !== `${at}.${due[0]}`))
    fieldRules.fail(`${at}.${due[0]}`, 'required');
}

function rememberDocuments(request: LeadRequest, contact: Fields): void {
  const places = [contact, ...['demographics', 'company_profile'].map((name) => objectFields(contact.get(name)))];
  for (const kind of documentKinds) {
    const value = places.map((fields) => plain(fields?.get(kind))).find((text) => text !== undefined);
    if (value !== undefined) request.contactKeys.push({ kind, value: documentNumber(value) });
  }
}
