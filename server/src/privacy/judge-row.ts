import { fromTypeId, typeId } from '../platform/ids.ts';
import { ERASED, escaped, holdsAny, type IdentifierSearch } from './identifier-search.ts';
import type { Identifier, Person } from './person.ts';
import type { SearchedRow } from './searched-rows-store.ts';
import type { SearchedTable } from './searched-tables.ts';

/** A person, prepared for searching. */
export interface Search {
  person: Person;
  identifiers: IdentifierSearch;
  leadIds: ReadonlySet<string>;
  /** Identifiers of the person that other leads also have, by lead. */
  shared: ReadonlyMap<string, readonly Identifier[]>;
  /** Emails of those leads. */
  sharingEmails: ReadonlySet<string>;
}

export type Judgement = { do: 'keep' } | { do: 'delete' } | { do: 'redact'; texts: (string | undefined)[] };

const keep: Judgement = { do: 'keep' };

/** What to do with a row when the person is erased. */
export function judgeRow(searched: SearchedTable, row: SearchedRow, search: Search): Judgement {
  const own = row.lead_id !== null && search.leadIds.has(row.lead_id);
  if (own && (searched.removes === 'of lead' || searched.removes === 'any')) return { do: 'delete' };
  const which = identifiersFor(row.lead_id, search);
  const texts = searched.columns.map(([, type], at) => {
    const text = row.texts[at];
    if (text === null || text === undefined) return undefined;
    return type === 'text' ? redactText(text, search, which, row.lead_id === null) : redactJson(text, search, which);
  });
  if (texts.every((text) => text === undefined)) return keep;
  const isNamed = row.texts.some((text) => text !== null && search.identifiers.find(text).length > 0);
  if (isNamed && (searched.removes === 'any' || (searched.removes === 'without lead' && row.lead_id === null)))
    return { do: 'delete' };
  return { do: 'redact', texts };
}

/** The identifiers to cut out of a lead's records: all that are not also the lead's own. */
export function identifiersFor(leadId: string | null, { person, shared }: Search): Identifier[] {
  const theirs = (leadId && shared.get(leadId)) || [];
  const all: Identifier[] = [
    ...person.phones.map((value) => ({ kind: 'phone' as const, value })),
    ...person.emails.map((value) => ({ kind: 'email' as const, value })),
  ];
  return all.filter((one) => !theirs.some(({ kind, value }) => kind === one.kind && value === one.value));
}

/** Full names are cut out only of rows without a lead, such as saved views: elsewhere a namesake may be meant. */
function redactText(
  text: string,
  { identifiers, person }: Search,
  which: readonly Identifier[],
  withNames: boolean,
): string | undefined {
  let redacted = identifiers.redact(text, which) ?? text;
  for (const name of withNames ? person.names : [])
    redacted = redacted.replace(new RegExp(`(?<!\\p{L})${escaped(name)}(?!\\p{L})`, 'giu'), ERASED);
  return redacted === text ? undefined : redacted;
}

function redactJson(text: string, search: Search, which: readonly Identifier[]): string | undefined {
  const parsed: unknown = JSON.parse(text);
  let changed = false;
  const walk = (value: unknown, about: boolean): unknown => {
    if (typeof value === 'string') {
      const redacted = about && !isId(value) ? ERASED : (search.identifiers.redact(value, which) ?? value);
      changed ||= redacted !== value;
      return redacted;
    }
    if (Array.isArray(value)) return value.map((one) => walk(one, false));
    if (typeof value !== 'object' || value === null) return value;
    // An object with the id of one of the leads describes that lead: error lists of jobs, entries of the audit log.
    const isAbout = Object.values(value).some((one) => typeof one === 'string' && isLead(one, search));
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [
        walk(name, false),
        walk(one, isAbout && /name|value|text|email|phone/.test(name)),
      ]),
    );
  };
  const result = walk(parsed, false);
  return changed ? JSON.stringify(result) : undefined;
}

function isLead(text: string, { leadIds }: Search): boolean {
  return leadIds.has(text) || leadIds.has(fromTypeId('lead', text) ?? '');
}

const UUID = /^[0-9a-f]{8}-/;

function isId(text: string): boolean {
  return UUID.test(text) || /^[a-z]+_[0-9a-z]{26}$/.test(text);
}

/** Whether a stored response mentions the person: a phone or email, a lead's id, a full name or a longer text. */
export function tellsOf(answer: string, { person, identifiers }: Search): boolean {
  if (answer === '') return false;
  const ids = person.leads.flatMap(({ id }) => [
    id,
    id.replaceAll('-', ''),
    typeId('lead', id).replace(/^[a-z]+_/, ''),
  ]);
  return (
    ids.some((id) => answer.includes(id)) ||
    identifiers.find(answer).length > 0 ||
    holdsAny(answer, [...person.names, ...person.texts])
  );
}
