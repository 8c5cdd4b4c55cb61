import { invalid, type Pairs, type Problem } from '../dialect.ts';
import { FieldRules, type Fields, pairFields } from '../field-rules.ts';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 1000;

/** Reads the requested part of the list. A limit above a thousand is reduced to a thousand, and `has_more` shows it. */
export function readPage(query: Pairs): { limit: number; offset: number } | Problem {
  const fields = pairFields(query);
  const fieldRules = new FieldRules();
  const limit = readCount(fieldRules, fields, 'limit', 1) ?? DEFAULT_LIMIT;
  const offset = readCount(fieldRules, fields, 'offset', 0) ?? 0;
  if (fieldRules.issues.length > 0) return invalid(...fieldRules.issues);
  return { limit: Math.min(limit, MAX_LIMIT), offset: Math.min(offset, Number.MAX_SAFE_INTEGER) };
}

function readCount(fieldRules: FieldRules, fields: Fields, at: string, min: number): number | undefined {
  const text = String(fields.get(at) ?? '').trim();
  if (text === '') return undefined;
  if (!/^-?\d+$/.test(text)) return fieldRules.fail(at, 'not_integer');
  return Number(text) < min ? fieldRules.fail(at, 'too_small', { min }) : Number(text);
}
