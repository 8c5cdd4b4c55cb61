import { pgJson } from './pg-json.ts';

/**
 * An array in PostgreSQL's text form, for parameters of any array type. pg can write arrays too, but takes longer to do
 * so than PostgreSQL takes for the whole statement.
 */
export function pgArray(values: readonly (string | number | null)[]): string {
  return `{${values.map(element).join(',')}}`;
}

/** An array of JSON texts in PostgreSQL's text form. */
export function pgJsonArray(values: readonly unknown[]): string {
  // JSON text has no control characters, so its string escapes are also right for an array.
  return `{${values.map((value) => JSON.stringify(pgJson(value))).join(',')}}`;
}

function element(value: string | number | null): string | number {
  if (typeof value !== 'string') return value ?? 'NULL';
  return `"${/["\\]/.test(value) ? value.replace(/["\\]/g, '\\$&') : value}"`;
}
