import { REDACTED } from './redact-secrets.ts';

/**
 * The same value without a secret that its sender repeated in it (some clients send their token as a field, too).
 * Answers the very value when there is nothing to take out, which is nearly always.
 */
export function scrub<T>(value: T, secret: string): T {
  return clean(value, secret) as T;
}

function clean(value: unknown, secret: string): unknown {
  if (typeof value === 'string') return value.includes(secret) ? value.replaceAll(secret, REDACTED) : value;
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Array.isArray(value) ? cleanList(value, secret) : cleanObject(value, secret);
}

function cleanList(list: readonly unknown[], secret: string): readonly unknown[] {
  const cleaned = list.map((item) => clean(item, secret));
  return cleaned.some((item, at) => item !== list[at]) ? cleaned : list;
}

function cleanObject(object: object, secret: string): object {
  let changed = false;
  const entries = Object.entries(object).map(([name, value]) => {
    const cleaned = [clean(name, secret), clean(value, secret)] as const;
    changed ||= cleaned[0] !== name || cleaned[1] !== value;
    return cleaned;
  });
  return changed ? Object.fromEntries(entries) : object;
}
