import type { Warning } from '../dialect.ts';
import { cleanText, type Fields } from '../field-rules.ts';
import { wireFields } from './wire.ts';

const MAX_FIELDS = 50;
const MAX_NAME = 64;
/** The name that a lead's dialect fields use for their own purposes. */
const RESERVED = '_as';

/** Stores fields the vendor does not document with the lead; those beyond the limit are mentioned on the timeline. */
export function unknownFields(fields: Fields, warnings: Warning[]): [name: string, value: unknown][] {
  const stored: [string, unknown][] = [];
  for (const [sentName, value] of fields) {
    if (wireFields.has(sentName) || value === null || value === undefined) continue;
    const name = cleanText(sentName);
    const fits = name !== '' && name !== RESERVED && [...name].length <= MAX_NAME && stored.length < MAX_FIELDS;
    if (fits) stored.push([name, value]);
    else warnings.push({ code: 'field_limit_reached', at: name.slice(0, MAX_NAME), value: shorten(value) });
  }
  return stored;
}

function shorten(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
