import type { Remark } from '../dialect.ts';
import { cleanText, type Fields } from '../field-rules.ts';
import { wireFields } from './wire.ts';

const MOST = 50;
const LONGEST_NAME = 64;
/** The name that a lead's dialect fields use for their own purposes. */
const RESERVED = '_as';

/** Stores fields the vendor does not document with the lead; those beyond the limit are mentioned on the timeline. */
export function unknownFields(fields: Fields, remarks: Remark[]): [name: string, value: unknown][] {
  const kept: [string, unknown][] = [];
  for (const [sentName, value] of fields) {
    if (wireFields.has(sentName) || value === null || value === undefined) continue;
    const name = cleanText(sentName);
    const fits = name !== '' && name !== RESERVED && [...name].length <= LONGEST_NAME && kept.length < MOST;
    if (fits) kept.push([name, value]);
    else remarks.push({ code: 'field_limit_reached', at: name.slice(0, LONGEST_NAME), value: shorten(value) });
  }
  return kept;
}

function shorten(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
