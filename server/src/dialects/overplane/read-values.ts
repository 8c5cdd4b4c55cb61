import { type Issue, invalid, type Problem, type WireBody } from '../dialect.ts';
import { bodyFields, cleanText, FieldRules, type Fields, toNumber } from '../field-rules.ts';
import { type WireField, type WireName, wireFields } from './wire.ts';

/** A value of the documented type. Null and blank text clear the field. */
export type SentValue = string | number | boolean | null;
export type SentValues = ReadonlyMap<WireName, SentValue>;

/**
 * Reads the Lead fields of a body, in the vendor's order. Values must have the documented type; undocumented names,
 * `id` and timestamps are ignored. A missing body counts as an empty one.
 */
export function readValues(body: WireBody): SentValues | Problem {
  const fields = bodyFields(body);
  if (!fields) return invalid({ at: 'body', code: 'not_object' });
  const fieldRules = new FieldRules();
  const readers = body.kind === 'form' ? formReaders : jsonReaders;
  const values = new Map<WireName, SentValue>();
  for (const [name, { type = 'text' }] of wireFields) {
    const value = fields.get(name);
    if (value === undefined) continue;
    const sent = value === null ? null : readers[type](fieldRules, fields, name);
    if (sent !== undefined) values.set(name, sent);
  }
  return fieldRules.issues.length > 0 ? invalid(...fieldRules.issues.map(withField)) : values;
}

type Reader = (fieldRules: FieldRules, fields: Fields, at: WireName) => SentValue | undefined;
type Readers = Readonly<Record<NonNullable<WireField['type']> | 'text', Reader>>;

const jsonReaders: Readers = {
  text(fieldRules, fields, at) {
    const value = fields.get(at);
    if (typeof value !== 'string') return fieldRules.fail(at, 'not_text');
    const before = fieldRules.issues.length;
    const text = fieldRules.text(fields, at);
    return text === undefined && fieldRules.issues.length === before ? cleanText(value) : text;
  },
  number(fieldRules, fields, at) {
    return typeof fields.get(at) === 'number' ? fieldRules.number(fields, at) : fieldRules.fail(at, 'not_number');
  },
  boolean(fieldRules, fields, at) {
    const value = fields.get(at);
    return typeof value === 'boolean' ? value : fieldRules.fail(at, 'not_boolean');
  },
};

const flags = new Map<string, SentValue>([
  ['', null],
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** Forms contain only text, so numbers and booleans are parsed from it. */
const formReaders: Readers = {
  text: jsonReaders.text,
  number(fieldRules, fields, at) {
    const text = String(fields.get(at)).trim();
    if (text === '') return null;
    return toNumber(text) === undefined ? fieldRules.fail(at, 'not_number') : fieldRules.number(fields, at);
  },
  boolean(fieldRules, fields, at) {
    const flag = flags.get(String(fields.get(at)).trim().toLowerCase());
    return flag === undefined ? fieldRules.fail(at, 'not_boolean') : flag;
  },
};

function withField(issue: Issue): Issue {
  const field = wireFields.get(issue.at as WireName)?.field;
  return field ? { ...issue, field } : issue;
}
