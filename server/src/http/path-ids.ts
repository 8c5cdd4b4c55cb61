import { anyLeadId, fromTypeId } from '../platform/ids.ts';
import type { Problem } from '../platform/problem.ts';
import { notFound } from './refused.ts';

/** Parses an id given as `<prefix>_...`, UUID or 32 hex digits; undefined if it is none of these. */
export function idOf(prefix: string, text: string): string | undefined {
  return text.length === 36 || text.length === 32 ? anyLeadId(text) : fromTypeId(prefix, text);
}

/** Like `idOf`, but throws `not found` for text that cannot be an id. */
export function idOrNotFound(
  prefix: string,
  text: string,
  what: Extract<Problem, { kind: 'not_found' }>['what'] = 'record',
): string {
  const id = idOf(prefix, text);
  if (id === undefined) throw notFound(what);
  return id;
}
