import { Demands, type Fields, pairFields } from '../demand.ts';
import { invalid, type Pairs, type Problem } from '../dialect.ts';

const USUAL = 20;
const MOST = 1000;

/** Which part of the list is wanted. More than a thousand at once is cut to a thousand, and `has_more` says so. */
export function readPage(query: Pairs): { limit: number; offset: number } | Problem {
  const fields = pairFields(query);
  const demands = new Demands();
  const limit = readCount(demands, fields, 'limit', 1) ?? USUAL;
  const offset = readCount(demands, fields, 'offset', 0) ?? 0;
  if (demands.issues.length > 0) return invalid(...demands.issues);
  return { limit: Math.min(limit, MOST), offset: Math.min(offset, Number.MAX_SAFE_INTEGER) };
}

function readCount(demands: Demands, fields: Fields, at: string, min: number): number | undefined {
  const text = String(fields.get(at) ?? '').trim();
  if (text === '') return undefined;
  if (!/^-?\d+$/.test(text)) return demands.fail(at, 'not_integer');
  return Number(text) < min ? demands.fail(at, 'too_small', { min }) : Number(text);
}
