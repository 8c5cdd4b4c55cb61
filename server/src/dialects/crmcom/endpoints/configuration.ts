import type {
  AnsweredCall,
  Command,
  LeadType,
  Problem,
  ReadContext,
  ReferenceData,
  Result,
  Status,
  Wire,
  WireReply,
} from '../../dialect.ts';
import { invalid } from '../../dialect.ts';
import { FieldRules, type Fields } from '../../field-rules.ts';
import { ok } from '../envelope.ts';
import { pickFields, readFieldsSet } from '../fields-set.ts';
import { identifierRules, identify, toHexId } from '../identifiers.ts';
import { isBlank } from '../lead-request.ts';
import { lifeCycleStates, showStatus } from '../lead-view.ts';
import { showItem } from '../nested-values.ts';
import { acceptedParameters, readParameters } from '../parameters.ts';
import { refuse } from '../refuse.ts';
import { referenceRow, udfs } from '../wire.ts';

const statusNames = ['default', 'status', 'id'];
const typeNames = ['id', 'name', 'alternative_code', 'description', ...udfs.text];

/** `leads/configuration/statuses/list`: the statuses for a lead type, with its default marked. */
export function readStatuses(wire: Wire, { referenceData }: ReadContext): Command | Problem {
  return readParameters(wire, (fields) => {
    const fieldRules = new FieldRules();
    readStatusFilter(fields, fieldRules, referenceData);
    readFieldsSet(fields, fieldRules, (name) => statusNames.includes(name));
    return fieldRules.issues.length > 0 ? invalid(...fieldRules.issues) : { kind: 'listReferences', of: 'status' };
  });
}

/** The lead type whose default status is marked and, optionally, the lifecycle state to filter by. */
function readStatusFilter(
  fields: Fields,
  fieldRules: FieldRules,
  referenceData: ReferenceData,
): { type?: LeadType; state?: string } {
  const [plain = '', own = ''] = referenceRow('type_id').names;
  const at = fields.has(plain) && !fields.has(own) ? plain : own;
  const sent = fields.get(at);
  const item = isBlank(sent)
    ? fieldRules.fail(at, 'required')
    : identify(fieldRules, referenceData, identifierRules.type, at, sent);
  const state = fieldRules.text(fields, 'life_cycle_state')?.trim().toUpperCase().replaceAll('_', ' ');
  const allowed = Object.values(lifeCycleStates);
  if (state !== undefined && !allowed.includes(state)) fieldRules.fail('life_cycle_state', 'not_in_list', { allowed });
  return { type: referenceData.get('type', item?.id), state };
}

export function answerStatuses(result: Result, { wire, referenceData }: AnsweredCall): WireReply {
  if (result.kind !== 'references') return refuse({ kind: 'internal' });
  const fields = acceptedParameters(wire);
  const { type, state } = readStatusFilter(fields, new FieldRules(), referenceData);
  const wanted = readFieldsSet(fields, new FieldRules(), (name) => statusNames.includes(name));
  const statuses = result.items.flatMap((item) => referenceData.get('status', item.id) ?? []);
  const initial = statuses.find(({ id }) => id === type?.default_status_id) ?? statuses.find((one) => one.is_default);
  return ok(
    statuses
      .filter((status) => state === undefined || lifeCycleStates[status.state] === state)
      .map((status) => pickFields(statusEntry(status, initial), wanted)),
  );
}

function statusEntry(status: Status, initial: Status | undefined): Map<string, unknown> {
  return new Map<string, unknown>([
    ['default', status.id === initial?.id],
    ['status', showStatus(status)],
    ['id', toHexId(status.id)],
  ]);
}

/** `leads/configuration/types/list`. All groups and units have the same types here, so naming one does not filter. */
export function readTypes(wire: Wire): Command | Problem {
  return readParameters(wire, (fields) => {
    const fieldRules = new FieldRules();
    readFieldsSet(fields, fieldRules, (name) => typeNames.includes(name));
    return fieldRules.issues.length > 0 ? invalid(...fieldRules.issues) : { kind: 'listReferences', of: 'type' };
  });
}

export function answerTypes(result: Result, { wire }: AnsweredCall): WireReply {
  if (result.kind !== 'references') return refuse({ kind: 'internal' });
  const wanted = readFieldsSet(acceptedParameters(wire), new FieldRules(), (name) => typeNames.includes(name));
  return ok(
    result.items.map((item) => {
      const known = new Map(Object.entries(showItem(item) ?? {}));
      return pickFields(new Map(typeNames.map((name) => [name, known.get(name) ?? null])), wanted);
    }),
  );
}
