import { restOfPath } from './json-path.ts';

/**
 * Replaces the values at a path (`type`, `contact.type`, `rows[0].name`) of parsed JSON. The input is not modified: the
 * result shares its unchanged parts, and is the same object if nothing changed.
 */
export function replaceAt(value: unknown, place: string, change: (found: unknown) => unknown): unknown {
  if (place === '') return change(value);
  if (Array.isArray(value)) return replaceInList(value, place, change);
  if (typeof value !== 'object' || value === null) return value;
  let changed: Record<string, unknown> | undefined;
  for (const [name, member] of Object.entries(value)) {
    const rest = name === '' ? undefined : restOfPath(place, name);
    if (rest === undefined) continue;
    const now = replaceAt(member, rest, change);
    // Spread rather than assigned, because the name may be `__proto__`.
    if (now !== member) changed = { ...(changed ?? value), [name]: now };
  }
  return changed ?? value;
}

function replaceInList(list: readonly unknown[], place: string, change: (found: unknown) => unknown): unknown {
  for (const [at, member] of list.entries()) {
    const rest = restOfPath(place, `[${at}]`) ?? restOfPath(place, String(at));
    if (rest === undefined) continue;
    const now = replaceAt(member, rest, change);
    if (now !== member) return list.with(at, now);
  }
  return list;
}
