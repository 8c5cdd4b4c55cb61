import { contactKeysOf, phoneKey } from '../leads/lead-keys.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { emailKey } from '../platform/email.ts';
import { certaintyOf } from '../platform/phone/show-phone.ts';
import { invalid, type Problem } from '../platform/problem.ts';
import type { Person } from './person.ts';
import {
  type Candidate,
  findCandidates,
  findSharing,
  type LeadTraces,
  readRegions,
  readTraces,
} from './person-store.ts';

/** How a person is looked up: by any of these. */
export interface PersonRef {
  phone?: string | undefined;
  email?: string | undefined;
  lead_id?: string | undefined;
}

/** A person, and the leads that share a phone or email with them but are somebody else. */
export interface FoundPerson {
  person: Person;
  leads: Candidate[];
  others: Candidate[];
}

interface Wanted {
  phones: Set<string>;
  emails: Set<string>;
  ids: Set<string>;
  contacts: Set<string>;
}

/**
 * Finds a person by normalised phone or email, or by lead. An email belongs to one person; a phone may be shared. So a
 * lead belongs to the person if it has their email, if it is a lead of the same contact, or if it has no email but a
 * phone that only they have. A phone that leads with several emails share is refused if given alone: it does not say
 * who is meant.
 */
export async function findPerson(tx: Tx, ref: PersonRef): Promise<FoundPerson | Problem> {
  const regions = await readRegions(tx);
  const wanted = readRef(ref, regions[0] ?? 'GB');
  if ('kind' in wanted) return wanted;
  if (wanted.ids.size > 0 && (await grow(tx, wanted)) === 0) return { kind: 'not_found', what: 'lead' };
  const byPhone = await candidatesOf(tx, wanted);
  if (wanted.emails.size === 0 && wanted.ids.size === 0) {
    const emails = new Set(byPhone.flatMap(({ email }) => (email && emailKey(email)) ?? []));
    if (emails.size > 1) return { kind: 'conflict', code: 'several_people' };
    for (const email of emails) wanted.emails.add(email);
  }
  await growFully(tx, wanted);
  return describe(tx, wanted);
}

function readRef({ phone, email, lead_id }: PersonRef, region: string): Wanted | Problem {
  if (!phone && !email && !lead_id) return invalid({ at: 'phone', code: 'required' });
  const key = phone === undefined ? undefined : phoneKey({ sent: phone }, region);
  if (phone !== undefined && !key) return invalid({ at: 'phone', code: 'bad_phone' });
  const address = email === undefined ? undefined : emailKey(email);
  if (email !== undefined && !address) return invalid({ at: 'email', code: 'bad_email' });
  return {
    phones: new Set(key ? [key] : []),
    emails: new Set(address ? [address] : []),
    ids: new Set(lead_id ? [lead_id] : []),
    contacts: new Set(),
  };
}

function candidatesOf(tx: Tx, { phones, emails, ids, contacts }: Wanted): Promise<Candidate[]> {
  return findCandidates(tx, { phones: [...phones], emails: [...emails], ids: [...ids], contacts: [...contacts] });
}

/** Adds the leads that belong to the person, and their phones, emails and contacts. Returns the number of leads. */
async function grow(tx: Tx, wanted: Wanted): Promise<number> {
  const found = await candidatesOf(tx, wanted);
  const shared = sharedPhones(found, wanted);
  const own = found.filter((lead) => belongs(lead, wanted, shared));
  for (const lead of own) {
    const { id, email, contact_id } = lead;
    wanted.ids.add(id);
    wanted.contacts.add(contact_id ?? id);
    const address = email && emailKey(email);
    if (address) wanted.emails.add(address);
    const phone = phoneOf(lead);
    if (phone) wanted.phones.add(phone);
  }
  return own.length;
}

function belongs(lead: Candidate, { phones, emails, ids, contacts }: Wanted, shared: ReadonlySet<string>): boolean {
  if (ids.has(lead.id) || contacts.has(lead.contact_id ?? lead.id)) return true;
  const email = lead.email && emailKey(lead.email);
  if (email) return emails.has(email);
  const phone = phoneOf(lead);
  return phone !== undefined && phones.has(phone) && !shared.has(phone);
}

/** The key of a lead's phone, including the extension: another extension is somebody else's phone. */
function phoneOf(lead: Candidate): string | undefined {
  return contactKeysOf(lead).find(({ kind }) => kind === 'phone')?.value;
}

/** Phones that a lead with another email also has. */
function sharedPhones(found: readonly Candidate[], { emails, ids }: Wanted): Set<string> {
  const others = found.filter((lead) => {
    const email = lead.email && emailKey(lead.email);
    return email && !emails.has(email) && !ids.has(lead.id);
  });
  return new Set(others.flatMap((lead) => phoneOf(lead) ?? []));
}

/** Rebuilds the person of an earlier erasure from what was found again in a restored backup. */
export async function recognisePerson(
  tx: Tx,
  identifiers: Pick<Person, 'phones' | 'emails'>,
  known: { leads: readonly string[]; requests: readonly string[] },
): Promise<Person> {
  const wanted: Wanted = {
    phones: new Set(identifiers.phones),
    emails: new Set(identifiers.emails),
    ids: new Set(known.leads),
    contacts: new Set(),
  };
  await growFully(tx, wanted);
  const { person } = await describe(tx, wanted);
  const former = known.leads.filter((id) => !person.leads.some((lead) => lead.id === id));
  return {
    ...person,
    leads: [...person.leads, ...former.map((id) => ({ id, number: 0 }))],
    requests: [...new Set([...person.requests, ...known.requests])],
  };
}

async function growFully(tx: Tx, wanted: Wanted): Promise<void> {
  for (let before = -1; before !== wanted.ids.size; ) {
    before = wanted.ids.size;
    await grow(tx, wanted);
  }
}

async function describe(tx: Tx, wanted: Wanted): Promise<FoundPerson> {
  const found = await candidatesOf(tx, wanted);
  const leads = found.filter(({ id }) => wanted.ids.has(id));
  const traces = await readTraces(tx, [...wanted.ids]);
  const person: Person = {
    phones: [...wanted.phones],
    emails: [...wanted.emails],
    leads: leads.map(({ id, number }) => ({ id, number })),
    requests: traces.requests,
    names: namesIn(traces.fields),
    texts: textsIn(traces),
  };
  await addFormer(tx, person, traces);
  return { person, leads, others: found.filter(({ id }) => !wanted.ids.has(id)) };
}

/** Adds the leads' former phones and emails, unless somebody else has them now. */
async function addFormer(tx: Tx, person: Person, { keys, fields }: LeadTraces): Promise<void> {
  const phones = fields.flatMap(({ phone }) =>
    typeof phone === 'string' && certaintyOf(phone) !== 'none' ? phone : [],
  );
  const emails = fields.flatMap(({ email }) => (typeof email === 'string' ? (emailKey(email) ?? []) : []));
  const all = {
    phones: [...phones, ...keys.flatMap(({ kind, value }) => (kind === 'phone' ? value : []))],
    emails: [...emails, ...keys.flatMap(({ kind, value }) => (kind === 'email' ? value : []))],
    leads: person.leads,
  };
  const taken = new Set((await findSharing(tx, all)).map(({ kind, value }) => `${kind}:${value}`));
  const add = (kind: 'phone' | 'email', known: string[], more: string[]) => {
    for (const value of more) if (!known.includes(value) && !taken.has(`${kind}:${value}`)) known.push(value);
  };
  add('phone', person.phones, all.phones);
  add('email', person.emails, all.emails);
}

const SHORTEST_TEXT = 8;
const LONGEST_TEXT = 500;

function namesIn(fields: LeadTraces['fields']): string[] {
  const names = fields.flatMap(({ name, first_name, last_name }) => [
    name,
    [first_name, last_name].filter((part) => typeof part === 'string').join(' '),
  ]);
  return [...new Set(names.flatMap((name) => (typeof name === 'string' && /\S\s+\S/.test(name) ? name.trim() : [])))];
}

const personal = ['address', 'description', 'purpose', 'website', 'phone_sent', 'other_phone'];

function textsIn({ fields, notes }: LeadTraces): string[] {
  const texts = fields.flatMap((one) => [
    ...personal.map((name) => one[name]),
    ...valuesOf(one['custom']),
    ...valuesOf(one['dialect_fields']),
  ]);
  const long = [...texts, ...notes].flatMap((text) =>
    typeof text === 'string' && text.trim().length >= SHORTEST_TEXT ? text.trim().slice(0, LONGEST_TEXT) : [],
  );
  return [...new Set(long)];
}

function valuesOf(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap((one) => [one, ...valuesOf(one)])
    : [];
}
