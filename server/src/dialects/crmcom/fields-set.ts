import { cleanText, type FieldRules, type Fields } from '../field-rules.ts';

/**
 * Reads `fields_set`, a comma-separated list of the fields to return; a JSON array is accepted too. Returns undefined
 * for all fields. Names that are not `known` are refused.
 */
export function readFieldsSet(
  fields: Fields,
  fieldRules: FieldRules,
  known: (name: string) => boolean,
): readonly string[] | undefined {
  const sent = fields.get('fields_set');
  if (sent === undefined || sent === null) return undefined;
  const parts: unknown[] = Array.isArray(sent) ? sent : [sent];
  if (!parts.every((part) => typeof part === 'string')) return fieldRules.fail('fields_set', 'not_text');
  const names = parts.flatMap((part) => part.split(',')).map((name) => name.trim());
  const requested = names.filter((name) => name !== '');
  for (const name of requested) if (!known(name)) fieldRules.fail(`fields_set ${shorten(name)}`, 'unknown_field');
  return requested.length > 0 ? requested : undefined;
}

function shorten(name: string): string {
  return cleanText([...name].slice(0, 64).join(''));
}

/** Picks the requested fields of an object, under the names and in the order requested. */
export function pickFields(
  shown: ReadonlyMap<string, unknown>,
  wanted: readonly string[] | undefined,
  nameOf: (asked: string) => string = (asked) => asked,
): Record<string, unknown> {
  if (!wanted) return Object.fromEntries(shown);
  return Object.fromEntries(wanted.map((asked) => [asked, shown.get(nameOf(asked)) ?? null]));
}
