import { anyLeadId, fromTypeId } from '../platform/ids.ts';
import type { Problem } from '../platform/problem.ts';
import { notFound } from './refused.ts';

/** The UUID of a thing named as `<prefix>_...`, as UUID or as 32 hex digits; undefined when it is none of these. */
export function idOf(prefix: string, text: string): string | undefined {
  return text.length === 36 || text.length === 32 ? anyLeadId(text) : fromTypeId(prefix, text);
}

/** As `idOf`; what cannot be an id names nothing, and is refused like an id that nobody has. */
export function idOrNotFound(
  prefix: string,
  text: string,
  what: Extract<Problem, { kind: 'not_found' }>['what'] = 'record',
): string {
  const id = idOf(prefix, text);
  if (id === undefined) throw notFound(what);
  return id;
}
