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
} from '../../dialect.ts';
import { invalid } from '../../dialect.ts';
import { FieldRules, type Fields } from '../../field-rules.ts';
import { accountKey } from '../account.ts';
import { documentKinds, documentNumber } from '../contact/contact.ts';
import { ok } from '../envelope.ts';
import { pickFields, readFieldsSet } from '../fields-set.ts';
import { fromHexId, identify, keyOf, oneKey } from '../identifiers.ts';
import { isBlank } from '../lead-request.ts';
import { isShownName, showLead, shownName } from '../lead-view.ts';
import { acceptedParameters, readParameters } from '../parameters.ts';
import { refuse } from '../refuse.ts';
import { fieldRow, referenceRow } from '../wire.ts';

/** Default and maximum number of leads per call. */
const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1000;

/** `leads/list`: the leads that match all given filters. `number_of_results` and `offset` come from jobs/list. */
export function readList(wire: Wire, { referenceData }: ReadContext): Command | Problem {
  return readParameters(wire, (fields) => {
    const fieldRules = new FieldRules();
    const filter = {
      ...references(fields, fieldRules, referenceData),
      ...choices(fields, fieldRules),
      ...source(fields, referenceData),
    };
    const contact = readContactFilter(fields, fieldRules);
    const size = ['number_of_results', 'limit', 'results_per_page'].find((name) => fields.has(name)) ?? 'limit';
    const limit = fieldRules.integer(fields, size, { min: 1, max: MAX_LIMIT }) ?? DEFAULT_LIMIT;
    const offset = fieldRules.integer(fields, 'offset', { min: 0, max: 1_000_000_000 }) ?? 0;
    readFieldsSet(fields, fieldRules, isShownName);
    if (fieldRules.issues.length > 0) return invalid(...fieldRules.issues);
    return { kind: 'listLeads', filter: { ...filter, ...(contact && { contact }) }, limit, offset };
  });
}

function references(fields: Fields, fieldRules: FieldRules, referenceData: ReadContext['referenceData']): LeadFilter {
  const found: LeadFilter = {};
  for (const reference of ['type_id', 'status_id', 'category_id', 'owner_id'] as const) {
    const { names, sort } = referenceRow(reference);
    const at = names.find((name) => !isBlank(fields.get(name)));
    const item = at === undefined ? undefined : identify(fieldRules, referenceData, sort, at, fields.get(at));
    if (item) found[reference] = item.id;
  }
  return found;
}

function choices(fields: Fields, fieldRules: FieldRules): LeadFilter {
  const chosen: LeadFilter = {};
  for (const field of ['importance', 'priority'] as const) {
    const value = fieldRules.text(fields, field)?.trim().toUpperCase();
    const allowed = fieldRow(field).choices ?? [];
    if (value === undefined) continue;
    if (!allowed.includes(value)) fieldRules.fail(field, 'not_in_list', { allowed });
    else if (field === 'priority') chosen.priority = Number(value);
    else chosen.importance = value;
  }
  return chosen;
}

/** Finds a source by name, type or id; an unknown name matches no lead. */
function source(fields: Fields, referenceData: ReadContext['referenceData']): LeadFilter {
  if (isBlank(fields.get('source_identifier'))) return {};
  const sent = fields.get('source_identifier');
  const given = oneKey(sent);
  const id = given?.key === 'id' ? fromHexId(given.value) : undefined;
  return { source_name: referenceData.get('source', id)?.name ?? given?.value ?? String(sent) };
}

/** When both a contact and an account are given, the contact is used because it is more specific. */
function readContactFilter(fields: Fields, fieldRules: FieldRules): ContactRef | undefined {
  const at = 'contact_information_identifier';
  if (!isBlank(fields.get(at))) {
    const given = keyOf(fieldRules, ['id', ...documentKinds], at, fields.get(at));
    const kind = documentKinds.find((one) => one === given?.key);
    if (given && kind) return { by: kind, value: documentNumber(given.value) };
    const id = given && fromHexId(given.value);
    return given && id === undefined ? fieldRules.fail(at, 'unknown_reference') : id ? { by: 'id', id } : undefined;
  }
  const account = 'accounts_receivable_identifier';
  if (isBlank(fields.get(account))) return undefined;
  const given = keyOf(fieldRules, ['number', 'id'], account, fields.get(account));
  return given && { by: 'accounts_receivable', value: accountKey(given) };
}

/** Replies with a bare list, as CRM.COM's other list methods do. */
export function answerList(result: Result, { wire, referenceData }: AnsweredCall): WireReply {
  if (result.kind !== 'leads') return refuse({ kind: 'internal' });
  const wanted = readFieldsSet(acceptedParameters(wire), new FieldRules(), isShownName);
  return ok(result.leads.map((lead) => pickFields(showLead(lead, referenceData), wanted, shownName)));
}
