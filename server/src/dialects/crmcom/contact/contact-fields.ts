import type { LeadField, PhoneSent, ReferenceData } from '../../dialect.ts';
import { cleanText, type Fields, objectFields, parseDate, toCallingCode } from '../../field-rules.ts';
import { findItem, identifierRules, oneKey } from '../identifiers.ts';

/** The contact fields with a canonical counterpart: the vendor's name and the canonical one. */
export const contactRows: readonly (readonly [name: string, field: LeadField])[] = [
  ['title', 'salutation'],
  ['first_name', 'first_name'],
  ['middle_name', 'middle_name'],
  ['last_name', 'last_name'],
  ['company_name', 'company_name'],
  ['preferred_language', 'language'],
];

/** The contact's sets: for each, the name it is shown under, then other spellings that clients use. */
export const contactSets = {
  emails: ['emails_set', 'email_set', 'emails'],
  phones: ['phones_set', 'phone_set', 'phones'],
  addresses: ['addresses_set', 'address_set', 'addresses', 'address'],
} as const;

export type ContactValues = Map<LeadField, string | null>;

/** Translates a contact into canonical fields: fields it does not mention are absent, and nulls stay null. */
export function contactValues(contact: Fields, referenceData: ReferenceData): ContactValues {
  const values: ContactValues = new Map();
  for (const [name, field] of contactRows) put(values, field, contact, name);
  const demographics = objectFields(contact.get('demographics')) ?? new Map();
  put(values, 'gender', demographics, 'gender');
  if (demographics.has('date_of_birth'))
    values.set('date_of_birth', birthDate(demographics.get('date_of_birth')) ?? null);
  const address = mainEntry(contact, contactSets.addresses);
  if (address) for (const [field, text] of addressValues(address, referenceData)) values.set(field, text);
  const name = isCompany(contact)
    ? (plain(contact.get('company_name')) ?? plain(contact.get('name')))
    : fullName(contact);
  if (name !== undefined) values.set('name', name);
  if (isCompany(contact) && name !== undefined && !contact.has('company_name')) values.set('company_name', name);
  return values;
}

function put(values: ContactValues, field: LeadField, fields: Fields, name: string): void {
  if (fields.has(name)) values.set(field, plain(fields.get(name)) ?? null);
}

/** The text of a string or number; undefined for blanks and everything else. */
export function plain(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = cleanText(String(value)).trim();
  return text === '' ? undefined : text;
}

/** Whether the contact is a company. `type` decides; without it, a contact with only a company name is one. */
export function isCompany(contact: Fields): boolean {
  const type = plain(contact.get('type'))?.toUpperCase();
  if (type !== undefined) return type === 'COMPANY';
  const person = plain(contact.get('first_name')) ?? plain(contact.get('last_name'));
  return person === undefined && plain(contact.get('company_name')) !== undefined;
}

function fullName(contact: Fields): string | undefined {
  const parts = ['first_name', 'middle_name', 'last_name'].flatMap((name) => plain(contact.get(name)) ?? []);
  return parts.length > 0 ? parts.join(' ') : plain(contact.get('name'));
}

/** Reads `{"day":1,"month":2,"year":1980}` or an ISO date as YYYY-MM-DD. */
export function birthDate(value: unknown): string | undefined {
  const parts = objectFields(value);
  if (!parts) return typeof value === 'string' ? parseDate(value) : undefined;
  const [year, month, day] = ['year', 'month', 'day'].map((name) => plain(parts.get(name)) ?? '');
  return parseDate(`${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`);
}

/** The entries of one of the contact's sets; a single object counts as a set of one. */
export function entriesOf(contact: Fields, names: readonly string[]): unknown[] {
  const value = names.map((name) => contact.get(name)).find((one) => one !== undefined && one !== null);
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function mainEntry(contact: Fields, names: readonly string[]): Fields | undefined {
  const entries = entriesOf(contact, names).flatMap((entry) => objectFields(entry) ?? []);
  return entries.find((entry) => entry.get('is_primary') === true) ?? entries[0];
}

/** The contact's email addresses, in the order sent. */
export function emailsOf(contact: Fields): string[] {
  return entriesOf(contact, contactSets.emails).flatMap(
    (entry) =>
      plain(entry) ?? plain(objectFields(entry)?.get('email_address') ?? objectFields(entry)?.get('email')) ?? [],
  );
}

/** The contact's phones in the order sent, each with the calling code of its country if the entry names one. */
export function phonesOf(contact: Fields, referenceData: ReferenceData): PhoneSent[] {
  return entriesOf(contact, contactSets.phones).flatMap((entry) => {
    const fields = objectFields(entry);
    const number = plain(entry) ?? plain(fields?.get('number'));
    if (number === undefined) return [];
    const area = number.startsWith('+') ? '' : (plain(fields?.get('area_code')) ?? '');
    const callingCode = callingCodeOf(fields?.get('country_identifier'), referenceData);
    return { sent: area + number, ...(callingCode !== undefined && { callingCode }) };
  });
}

function callingCodeOf(identifier: unknown, referenceData: ReferenceData): string | undefined {
  const given = oneKey(identifier);
  const item = given && findItem(referenceData, identifierRules.country, given);
  const code = item && 'code' in item ? plain(item.code) : given?.value;
  return code === undefined ? undefined : toCallingCode(code);
}

const addressLines = ['address_line_1', 'address_line_2', 'address_line_3', 'address_line_4'];

function addressValues(address: Fields, referenceData: ReferenceData): ContactValues {
  const join = (names: readonly string[]) => names.flatMap((name) => plain(address.get(name)) ?? []);
  const street = [
    join(['street_name', 'street_number']).join(' '),
    ...join(['apartment_number', 'area', ...addressLines]),
  ];
  const country = oneKey(address.get('country_identifier') ?? address.get('country'));
  const item = country && findItem(referenceData, identifierRules.country, country);
  return new Map([
    ['address', street.filter(Boolean).join(', ') || null],
    ['city', plain(address.get('town_city')) ?? null],
    ['state', plain(address.get('district')) ?? null],
    ['postal_code', plain(address.get('postal_code')) ?? plain(address.get('po_box_postal_code')) ?? null],
    ['country', item?.name ?? country?.value ?? null],
  ]);
}
