/**
 * Validation rules and value conversions shared by all dialects, so that, for example, a number where text is expected
 * is handled the same way everywhere. Nothing here does any I/O.
 */
import { LARGEST_AMOUNT, LONGEST_TEXT } from '../leads/fields.ts';
import { findInJson } from '../platform/json/json-path.ts';
import type { Issue, IssueCode } from '../platform/problem.ts';
import type { Pairs, Wire, WireBody } from '../platform/wire.ts';

export { isAddressLike, isMailable } from '../platform/email.ts';
export { fromTypeId, typeId } from '../platform/ids.ts';
export { readPhone } from '../platform/phone/read-phone.ts';
export { toCallingCode } from '../platform/phone/show-phone.ts';
export { dayIn, parseDue } from '../platform/time/calendar.ts';
export { parseDate } from '../platform/time/dates.ts';

/** Request fields by literal name. A Map, so that `__proto__` and `constructor` are ordinary names. */
export type Fields = ReadonlyMap<string, unknown>;

/** The fields of a JSON object; undefined for anything else (a list, text, null ...). */
export function objectFields(value: unknown): Fields | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return new Map(Object.entries(value));
}

/** The fields of a JSON object or form; none for an empty body, undefined for anything else. */
export function bodyFields(body: WireBody): Fields | undefined {
  if (body.kind === 'json') return objectFields(body.value);
  if (body.kind === 'form') return pairFields(body.pairs);
  return body.kind === 'empty' ? new Map() : undefined;
}

/** Like `bodyFields`, but numbers that JavaScript would write differently are text, digit for digit. */
export function exactFields(body: WireBody): Fields | undefined {
  return body.kind === 'json' ? objectFields(body.exact ?? body.value) : bodyFields(body);
}

/**
 * The fields, with phone numbers sent as JSON numbers replaced by their text in the request where JavaScript would
 * change them: `4.47911E+11`, or 20 digits, would become somebody else's number.
 */
export function withPhonesAsSent(fields: Fields, body: WireBody, phones: readonly string[]): Fields {
  if (body.kind !== 'json' || body.exact === undefined) return fields;
  const exact = exactFields(body);
  const written = phones.flatMap((name) => {
    const sent = typeof fields.get(name) === 'number' ? exact?.get(name) : undefined;
    return typeof sent === 'string' ? [[name, sent] as const] : [];
  });
  return written.length > 0 ? new Map([...fields, ...written]) : fields;
}

/** The source text of a value in a JSON body, if the body has numbers that would otherwise lose digits. */
export function sourceOf({ body, text }: Wire, at: string): string | undefined {
  const span = body.kind === 'json' && body.exact !== undefined ? findInJson(text, at) : undefined;
  return span && text.slice(span.start, span.end);
}

/**
 * Converts pairs to fields. If a name is repeated, the last value wins, as on most servers. `name[]`, `name[0]` and
 * `name[1]` become one field, `name[]`, with all their values.
 */
export function pairFields(pairs: Pairs): Fields {
  const fields = new Map<string, unknown>();
  for (const [sent, value] of pairs) {
    const name = sent.replace(LIST, '[]');
    const before = name.endsWith('[]') ? fields.get(name) : undefined;
    fields.set(name, before === undefined ? value : [before, value].flat());
  }
  return fields;
}

const LIST = /\[\d{0,4}\]$/;

/** Collects all issues of one request, in the order in which they are checked. */
export class FieldRules {
  readonly issues: Issue[] = [];

  fail(at: string, code: IssueCode, limits?: Issue['limits']): undefined {
    this.issues.push(limits ? { at, code, limits } : { at, code });
    return undefined;
  }

  /** Text as sent, without NUL and lone surrogates. Numbers are read as text; null and blanks count as absent. */
  text(fields: Fields, at: string, longest = LONGEST_TEXT): string | undefined {
    const value = fields.get(at);
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string' && typeof value !== 'number') return this.fail(at, 'not_text');
    const text = cleanText(String(value));
    if (text.trim() === '') return undefined;
    return codePoints(text) > longest ? this.fail(at, 'too_long', { max: longest }) : text;
  }

  requiredText(fields: Fields, at: string): string | undefined {
    const before = this.issues.length;
    const text = this.text(fields, at);
    return text === undefined && this.issues.length === before ? this.fail(at, 'required') : text;
  }

  /** A finite number within the limits, sent as a number or numeric text. */
  number(fields: Fields, at: string, limits: { min?: number; max?: number } = {}): number | undefined {
    const value = fields.get(at);
    if (value === undefined || value === null || value === '') return undefined;
    const number = toNumber(value);
    if (number === undefined) return this.fail(at, 'not_number');
    const { min = -LARGEST_AMOUNT, max = LARGEST_AMOUNT } = limits;
    if (number < min) return this.fail(at, 'too_small', { min, max });
    return number > max ? this.fail(at, 'too_big', { min, max }) : number;
  }

  integer(fields: Fields, at: string, limits: { min?: number; max?: number } = {}): number | undefined {
    const number = this.number(fields, at, limits);
    return number !== undefined && !Number.isInteger(number) ? this.fail(at, 'not_integer') : number;
  }
}

/** Makes text storable in PostgreSQL: removes NUL and replaces lone surrogates. */
export function cleanText(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes('\0') ? whole.replaceAll('\0', '') : whole;
}

/** Parses a number or the text of a decimal number; undefined for NaN, Infinity, '1,234', hex and the like. */
export function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : undefined;
  if (
    typeof value !== 'string' ||
    !/^\s*[+-]?(?:\d{1,400}(?:\.\d{0,400})?|\.\d{1,400})(?:e[+-]?\d{1,3})?\s*$/i.test(value)
  )
    return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number + 0 : undefined;
}

function codePoints(text: string): number {
  if (text.length <= LONGEST_TEXT) return text.length;
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
