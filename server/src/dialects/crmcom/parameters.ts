import type { Command, Problem, Wire } from '../dialect.ts';
import { exactFields, type Fields, pairFields } from '../field-rules.ts';

/** A GET's parameters are in the query; a POST's are in the body and, if missing there, in the query. */
function parameters(wire: Wire): Fields | Problem {
  const query = pairFields(wire.query);
  if (wire.method === 'GET') return query;
  if (wire.body.kind === 'unreadable') return wire.body.problem;
  const body = exactFields(wire.body);
  return body ? new Map([...query, ...body]) : { kind: 'malformed', detail: 'The body must be a JSON object.' };
}

/** Reads a call from its parameters, or returns the problem with them. */
export function readParameters(wire: Wire, read: (fields: Fields) => Command | Problem): Command | Problem {
  const fields = parameters(wire);
  return 'kind' in fields ? fields : read(fields);
}

/** The parameters of a call that has already been accepted, for building its reply. */
export function acceptedParameters(wire: Wire): Fields {
  const fields = parameters(wire);
  return 'kind' in fields ? new Map() : fields;
}
