import type { WireBody } from '../dialect.ts';
import { bodyFields, cleanText, type Fields, readPhone, withPhonesAsSent } from '../field-rules.ts';
import type { WireName } from './wire.ts';

/** The fields of a body; empty unless the body is an object or a form. */
export function fieldsOf(body: WireBody): Fields {
  return withPhonesAsSent(bodyFields(body) ?? new Map(), body, ['mobile', 'other_phone']);
}

/** A field's trimmed text; numbers are read as text. Undefined when blank or of another type. */
export function textOf(fields: Fields, at: WireName): string | undefined {
  const value = fields.get(at);
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = cleanText(String(value)).trim();
  return text === '' ? undefined : text;
}

const MAX_LOCAL_PART = 64;

/** Yii also limits the length of the part before the `@`. */
export function hasShortLocalPart(email: string): boolean {
  return email.indexOf('@') <= MAX_LOCAL_PART;
}

/** Phone numbers reserved for examples and fiction. They cannot be called, but partners test with them. */
const EXAMPLE_NUMBER = /^\+(?:447700900\d{3}|441632960\d{3}|1\d{3}55501\d{2}|1555\d{7})$/;

/** More digits than any phone number has, even with prefixes and an extension. */
const MOST_DIGITS = 20;

/** True for a phone number that is valid in its numbering plan or reserved for examples. */
export function isCallable(text: string, region: string): boolean {
  if ((text.match(/\p{Nd}/gu) ?? []).length > MOST_DIGITS) return false;
  const { number, certainty } = readPhone(text, region);
  return certainty === 'valid' || (number !== undefined && EXAMPLE_NUMBER.test(number));
}
