import type { Lead, LeadField } from '../../dialect.ts';
import { type Fields, objectFields } from '../../field-rules.ts';
import { toHexId } from '../identifiers.ts';
import type { ViewContext } from '../view-context.ts';
import {
  type ContactValues,
  contactRows,
  contactSets,
  contactValues,
  emailsOf,
  entriesOf,
  isCompany,
  phonesOf,
  plain,
} from './contact-fields.ts';

type Shown = Map<string, unknown>;

/**
 * The contact of a lead as CRM.COM shows it: as it was sent, except for values that have changed on the lead since. For
 * leads from other dialects it is built from the lead's own fields.
 */
export function showContact({ lead, memory, referenceData }: ViewContext): Record<string, unknown> {
  const sent = sentContact(memory);
  const derived = contactValues(sent, referenceData);
  const company = sent.size > 0 ? isCompany(sent) : isFirm(lead);
  const shown: Shown = new Map([
    ['id', toHexId(lead.contact_id ?? lead.id)],
    ['type', company ? 'COMPANY' : 'PERSON'],
    ['life_cycle_state', memory.has('accounts_receivable') ? 'FINANCIAL' : 'MARKETING'],
    ['name', lead.name],
  ]);
  for (const [name, field] of contactRows)
    shown.set(name, changed(lead, derived, field) ? lead[field] : sent.get(name));
  shown.set('notes', sent.get('notes'));
  if (!company) showNameParts(shown, lead);
  showDemographics(shown, sent, lead, derived);
  shown.set('emails_set', showEmails(sent, lead, memory));
  shown.set('phones_set', showPhones(sent, { lead, memory, referenceData }));
  shown.set('addresses_set', showAddresses(sent, lead, derived));
  for (const [name, value] of sent) if (!shown.has(name)) shown.set(name, value);
  return Object.fromEntries([...shown].map(([name, value]) => [name, value ?? null]));
}

function sentContact(memory: Fields): Fields {
  const start = 'contact.';
  return new Map(
    [...memory].flatMap(([name, value]) => (name.startsWith(start) ? [[name.slice(start.length), value]] : [])),
  );
}

function isFirm(lead: Lead): boolean {
  const person = lead.first_name ?? lead.last_name;
  return !person && Boolean(lead.company_name) && (!lead.name || lead.name === lead.company_name);
}

function changed(lead: Lead, derived: ContactValues, field: LeadField): boolean {
  return (derived.get(field) ?? null) !== lead[field];
}

/** A full name stored in one piece is split for display only. */
function showNameParts(shown: Shown, lead: Lead): void {
  if (shown.get('first_name') || shown.get('last_name') || !lead.name) return;
  const [, first, last] = /^(.*\S)\s+(\S+)$/s.exec(lead.name.trim()) ?? [];
  shown.set('first_name', first ?? lead.name.trim());
  shown.set('last_name', last ?? null);
}

function showDemographics(shown: Shown, sent: Fields, lead: Lead, derived: ContactValues): void {
  const demographics = new Map(objectFields(sent.get('demographics')) ?? []);
  for (const field of ['gender', 'date_of_birth'] as const)
    if (changed(lead, derived, field)) demographics.set(field, field === 'gender' ? lead.gender : dateParts(lead));
  shown.set('demographics', demographics.size > 0 ? Object.fromEntries(demographics) : null);
}

function dateParts(lead: Lead): Record<string, number> | null {
  const [year, month, day] = lead.date_of_birth?.split('-').map(Number) ?? [];
  return day && month && year ? { day, month, year } : null;
}

/** The lead's own address is `contact_email`. Without it, the contact's first entry shows the lead's address. */
function showEmails(sent: Fields, lead: Lead, memory: Fields): unknown[] {
  const entries = entriesOf(sent, contactSets.emails);
  const own = memory.get('contact_email');
  if (own !== undefined || !lead.email || lead.email === emailsOf(sent)[0]) return entries;
  const [first, ...others] = entries;
  return [{ type: 'PERSONAL', ...asObject(first), email_address: lead.email }, ...others];
}

function showPhones(sent: Fields, { lead, memory, referenceData }: ViewContext): unknown[] {
  const entries = entriesOf(sent, contactSets.phones);
  const phone = lead.phone_sent ?? lead.phone;
  const own = memory.get('contact_phone');
  if (own !== undefined || !phone || phone === phonesOf(sent, referenceData)[0]?.sent) return entries;
  const [first, ...others] = entries;
  const landline = lead.other_phone && entries.length === 0 ? [{ type: 'LANDLINE', number: lead.other_phone }] : [];
  return [{ type: 'MOBILE', ...asObject(first), number: phone }, ...others, ...landline];
}

const addressRows: readonly (readonly [name: string, field: LeadField])[] = [
  ['street_name', 'address'],
  ['town_city', 'city'],
  ['district', 'state'],
  ['postal_code', 'postal_code'],
];

function showAddresses(sent: Fields, lead: Lead, derived: ContactValues): unknown[] {
  const entries = entriesOf(sent, contactSets.addresses);
  const fields: LeadField[] = [...addressRows.map(([, field]) => field), 'country'];
  if (!fields.some((field) => changed(lead, derived, field))) return entries;
  if (fields.every((field) => lead[field] === null)) return entries.slice(1);
  const shown = addressRows.map(([name, field]) => [name, plain(lead[field]) ?? null]);
  const country = lead.country === null ? null : { name: lead.country };
  const now = { type: 'HOME', ...Object.fromEntries(shown), country_identifier: country };
  return [now, ...entries.slice(1)];
}

function asObject(value: unknown): Record<string, unknown> {
  return Object.fromEntries(objectFields(value) ?? []);
}
