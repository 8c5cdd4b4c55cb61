import { pgJson } from './pg-json.ts';

/**
 * An array as PostgreSQL reads it, for parameters of any array type. The client writes arrays, too, but takes longer for
 * them than PostgreSQL for the statement.
 */
export function pgArray(values: readonly (string | number | null)[]): string {
  return `{${values.map(element).join(',')}}`;
}

/** An array of JSON texts that PostgreSQL accepts. */
export function pgJsonArray(values: readonly unknown[]): string {
  // JSON has no control characters, so that its own escapes are those of an array.
  return `{${values.map((value) => JSON.stringify(pgJson(value))).join(',')}}`;
}

function element(value: string | number | null): string | number {
  if (typeof value !== 'string') return value ?? 'NULL';
  return `"${/["\\]/.test(value) ? value.replace(/["\\]/g, '\\$&') : value}"`;
}
