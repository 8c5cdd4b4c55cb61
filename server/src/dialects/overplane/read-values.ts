import { bodyFields, cleanText, Demands, type Fields, toNumber } from '../demand.ts';
import { type Issue, invalid, type Problem, type WireBody } from '../dialect.ts';
import { type WireField, type WireName, wireFields } from './wire.ts';

/** One value of the right type. null clears; text may be blank, and then says 'clear it' too. */
export type Sent = string | number | boolean | null;
export type SentValues = ReadonlyMap<WireName, Sent>;

/**
 * The Lead fields of a body, in the page's order. Values must have the documented type; names that the page does not
 * have are passed over, `id` and the timestamps with them. No body is an empty one.
 */
export function readValues(body: WireBody): SentValues | Problem {
  const fields = bodyFields(body);
  if (!fields) return invalid({ at: 'body', code: 'not_object' });
  const demands = new Demands();
  const readers = body.kind === 'form' ? formReaders : jsonReaders;
  const values = new Map<WireName, Sent>();
  for (const [name, { type }] of wireFields) {
    const value = fields.get(name);
    if (value === undefined) continue;
    const sent = value === null ? null : readers[type](demands, fields, name);
    if (sent !== undefined) values.set(name, sent);
  }
  return demands.issues.length > 0 ? invalid(...demands.issues.map(withField)) : values;
}

type Reader = (demands: Demands, fields: Fields, at: WireName) => Sent | undefined;
type Readers = Readonly<Record<WireField['type'], Reader>>;

const jsonReaders: Readers = {
  text(demands, fields, at) {
    const value = fields.get(at);
    if (typeof value !== 'string') return demands.fail(at, 'not_text');
    const before = demands.issues.length;
    const text = demands.text(fields, at);
    return text === undefined && demands.issues.length === before ? cleanText(value) : text;
  },
  number(demands, fields, at) {
    return typeof fields.get(at) === 'number' ? demands.number(fields, at) : demands.fail(at, 'not_number');
  },
  boolean(demands, fields, at) {
    const value = fields.get(at);
    return typeof value === 'boolean' ? value : demands.fail(at, 'not_boolean');
  },
};

const flags = new Map<string, Sent>([
  ['', null],
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** A form has text only; numbers and flags are read from it. */
const formReaders: Readers = {
  text: jsonReaders.text,
  number(demands, fields, at) {
    const text = String(fields.get(at)).trim();
    if (text === '') return null;
    return toNumber(text) === undefined ? demands.fail(at, 'not_number') : demands.number(fields, at);
  },
  boolean(demands, fields, at) {
    const flag = flags.get(String(fields.get(at)).trim().toLowerCase());
    return flag === undefined ? demands.fail(at, 'not_boolean') : flag;
  },
};

function withField(issue: Issue): Issue {
  const field = wireFields.get(issue.at as WireName)?.field;
  return field ? { ...issue, field } : issue;
}
