import { REDACTED } from './redact-secrets.ts';

/**
 * Redacts a secret repeated inside a value (some clients also send their token as a field). Returns the same object
 * when there is nothing to redact, which is nearly always.
 */
export function redactValue<T>(value: T, secret: string): T {
  return redactAny(value, secret) as T;
}

function redactAny(value: unknown, secret: string): unknown {
  if (typeof value === 'string') return value.includes(secret) ? value.replaceAll(secret, REDACTED) : value;
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Array.isArray(value) ? cleanList(value, secret) : cleanObject(value, secret);
}

function cleanList(list: readonly unknown[], secret: string): readonly unknown[] {
  const cleaned = list.map((item) => redactAny(item, secret));
  return cleaned.some((item, at) => item !== list[at]) ? cleaned : list;
}

function cleanObject(object: object, secret: string): object {
  let changed = false;
  const entries = Object.entries(object).map(([name, value]) => {
    const cleaned = [redactAny(name, secret), redactAny(value, secret)] as const;
    changed ||= cleaned[0] !== name || cleaned[1] !== value;
    return cleaned;
  });
  return changed ? Object.fromEntries(entries) : object;
}
