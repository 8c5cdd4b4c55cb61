import type { Command, Problem, Wire } from '../dialect.ts';
import { bodyFields, type Fields, pairFields } from '../field-rules.ts';

/** The parameters of a call: the query's of a GET; of a POST the body's, and the query's where the body says nothing. */
function parameters(wire: Wire): Fields | Problem {
  const query = pairFields(wire.query);
  if (wire.method === 'GET') return query;
  if (wire.body.kind === 'unreadable') return wire.body.problem;
  const body = bodyFields(wire.body);
  return body ? new Map([...query, ...body]) : { kind: 'malformed', detail: 'The body must be a JSON object.' };
}

/** Reads a call from its parameters, if they could be read. */
export function readParameters(wire: Wire, read: (fields: Fields) => Command | Problem): Command | Problem {
  const fields = parameters(wire);
  return 'kind' in fields ? fields : read(fields);
}

/** The parameters of a call that has been read already, for wording its answer. */
export function readAgain(wire: Wire): Fields {
  const fields = parameters(wire);
  return 'kind' in fields ? new Map() : fields;
}
