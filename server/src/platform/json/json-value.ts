import { restAfter } from './json-place.ts';

/**
 * Puts other values at a place (`type`, `contact.type`, `rows[0].name`) of parsed JSON. What is given stays as it is; the
 * answer shares with it all that did not change, and is the same when nothing did.
 */
export function changeAt(value: unknown, place: string, change: (found: unknown) => unknown): unknown {
  if (place === '') return change(value);
  if (Array.isArray(value)) return changeInList(value, place, change);
  if (typeof value !== 'object' || value === null) return value;
  let changed: Record<string, unknown> | undefined;
  for (const [name, member] of Object.entries(value)) {
    const rest = name === '' ? undefined : restAfter(place, name);
    if (rest === undefined) continue;
    const now = changeAt(member, rest, change);
    // A name may be `__proto__`: that is why it is not assigned.
    if (now !== member) changed = { ...(changed ?? value), [name]: now };
  }
  return changed ?? value;
}

function changeInList(list: readonly unknown[], place: string, change: (found: unknown) => unknown): unknown {
  for (const [at, member] of list.entries()) {
    const rest = restAfter(place, `[${at}]`) ?? restAfter(place, String(at));
    if (rest === undefined) continue;
    const now = changeAt(member, rest, change);
    if (now !== member) return list.with(at, now);
  }
  return list;
}
