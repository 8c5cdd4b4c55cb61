import { REDACTED, type SecretFinder, secretFinder, withoutSecret } from './redact-secrets.ts';
import { isSecretName } from './secret-names.ts';

/**
 * Redacts a secret repeated inside a value (some clients also send their token as a field). Returns the same object
 * when there is nothing to redact, which is nearly always.
 */
export function redactValue<T>(value: T, secret: string): T {
  return redactAny(value, secretFinder(secret)) as T;
}

/**
 * Redacts the values of fields named "password" or the like, which some websites send with everything else. A warning
 * about such a field loses the value that it quotes.
 */
export function redactNamed<T>(value: T): T {
  return redactFields(value) as T;
}

function redactAny(value: unknown, finder: SecretFinder): unknown {
  if (typeof value === 'string') return withoutSecret(value, finder);
  return mapped(value, (item) => redactAny(item, finder));
}

function redactFields(value: unknown): unknown {
  if (isNamedValue(value)) return value[1] ? [value[0], REDACTED] : value;
  return mapped(value, redactFields, (name, item, object) =>
    isSecretName(name) || (name === 'value' && 'at' in object && isSecretName(String(object.at)))
      ? item && REDACTED
      : redactFields(item),
  );
}

/** Custom fields are pairs of a name and a value. */
function isNamedValue(value: unknown): value is [string, unknown] {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && isSecretName(value[0]);
}

type Change = (item: unknown) => unknown;
type ChangeMember = (name: string, item: unknown, object: object) => unknown;

/** A list or object with every item changed, and names in the same way; the same object if nothing changed. */
function mapped(value: unknown, change: Change, changeMember: ChangeMember = (_, item) => change(item)): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) {
    let items: unknown[] | undefined;
    for (let at = 0; at < value.length; at += 1) {
      const safe = change(value[at]);
      if (safe === value[at]) continue;
      items ??= [...value];
      items[at] = safe;
    }
    return items ?? value;
  }
  let entries: (readonly [unknown, unknown])[] | undefined;
  const names = Object.keys(value);
  for (let at = 0; at < names.length; at += 1) {
    const name = names[at] as string;
    const item = (value as Record<string, unknown>)[name];
    const [safeName, safe] = [change(name), changeMember(name, item, value)];
    if (safeName === name && safe === item) continue;
    entries ??= Object.entries(value);
    entries[at] = [safeName, safe];
  }
  return entries ? Object.fromEntries(entries as [string, unknown][]) : value;
}
