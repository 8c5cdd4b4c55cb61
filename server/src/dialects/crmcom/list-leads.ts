import { Demands, type Fields } from '../demand.ts';
import type {
  AnsweredCall,
  Command,
  ContactRef,
  LeadFilter,
  Problem,
  ReadContext,
  Result,
  Wire,
  WireReply,
} from '../dialect.ts';
import { invalid } from '../dialect.ts';
import { accountKey } from './account.ts';
import { documentKinds, documentNumber } from './contact.ts';
import { ok } from './envelope.ts';
import { pickFields, readFieldsSet } from './fields-set.ts';
import { fromHexId, identify, keyOf, oneKey } from './identifiers.ts';
import { isShownName, showLead, shownName } from './lead-view.ts';
import { readAgain, readParameters } from './parameters.ts';
import { isBlank } from './reading.ts';
import { refuse } from './refuse.ts';
import { fieldRow, referenceRow } from './wire.ts';

/** How many leads a call gives when it does not say, and at most. */
const USUAL = 100;
const MOST = 1000;

/** `leads/list`: the leads that meet every filter given. The page of jobs/list names `number_of_results` and `offset`. */
export function readList(wire: Wire, { book }: ReadContext): Command | Problem {
  return readParameters(wire, (fields) => {
    const demands = new Demands();
    const filter = { ...references(fields, demands, book), ...choices(fields, demands), ...source(fields, book) };
    const contact = readContactFilter(fields, demands);
    const size = ['number_of_results', 'limit', 'results_per_page'].find((name) => fields.has(name)) ?? 'limit';
    const limit = demands.integer(fields, size, { min: 1, max: MOST }) ?? USUAL;
    const offset = demands.integer(fields, 'offset', { min: 0, max: 1_000_000_000 }) ?? 0;
    readFieldsSet(fields, demands, isShownName);
    if (demands.issues.length > 0) return invalid(...demands.issues);
    return { kind: 'listLeads', filter: { ...filter, ...(contact && { contact }) }, limit, offset };
  });
}

function references(fields: Fields, demands: Demands, book: ReadContext['book']): LeadFilter {
  const found: LeadFilter = {};
  for (const reference of ['type_id', 'status_id', 'category_id', 'owner_id'] as const) {
    const { names, sort } = referenceRow(reference);
    const at = names.find((name) => !isBlank(fields.get(name)));
    const item = at === undefined ? undefined : identify(demands, book, sort, at, fields.get(at));
    if (item) found[reference] = item.id;
  }
  return found;
}

function choices(fields: Fields, demands: Demands): LeadFilter {
  const chosen: LeadFilter = {};
  for (const field of ['importance', 'priority'] as const) {
    const value = demands.text(fields, field)?.trim().toUpperCase();
    const allowed = fieldRow(field).choices ?? [];
    if (value === undefined) continue;
    if (!allowed.includes(value)) demands.fail(field, 'not_in_list', { allowed });
    else if (field === 'priority') chosen.priority = Number(value);
    else chosen.importance = value;
  }
  return chosen;
}

/** A source by name, type or id; a name that no source has finds no leads. */
function source(fields: Fields, book: ReadContext['book']): LeadFilter {
  if (isBlank(fields.get('source_identifier'))) return {};
  const sent = fields.get('source_identifier');
  const given = oneKey(sent);
  const id = given?.key === 'id' ? fromHexId(given.value) : undefined;
  return { source_name: book.get('source', id)?.name ?? given?.value ?? String(sent) };
}

/** The contact tells more than the account; where both are given, the contact is gone by. */
function readContactFilter(fields: Fields, demands: Demands): ContactRef | undefined {
  const at = 'contact_information_identifier';
  if (!isBlank(fields.get(at))) {
    const given = keyOf(demands, ['id', ...documentKinds], at, fields.get(at));
    const kind = documentKinds.find((one) => one === given?.key);
    if (given && kind) return { by: kind, value: documentNumber(given.value) };
    const id = given && fromHexId(given.value);
    return given && id === undefined ? demands.fail(at, 'unknown_reference') : id ? { by: 'id', id } : undefined;
  }
  const account = 'accounts_receivable_identifier';
  if (isBlank(fields.get(account))) return undefined;
  const given = keyOf(demands, ['number', 'id'], account, fields.get(account));
  return given && { by: 'accounts_receivable', value: accountKey(given) };
}

/** A bare list, as CRM.COM's other lists answer. */
export function answerList(result: Result, { wire, book }: AnsweredCall): WireReply {
  if (result.kind !== 'leads') return refuse({ kind: 'internal' });
  const wanted = readFieldsSet(readAgain(wire), new Demands(), isShownName);
  return ok(result.leads.map((lead) => pickFields(showLead(lead, book), wanted, shownName)));
}
