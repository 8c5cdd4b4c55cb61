import type { Ref, ReferenceData, ReferenceItem, ReferenceKind } from '../dialect.ts';
import { type FieldRules, objectFields } from '../field-rules.ts';

/** The kinds of item an identifier may name, and the keys it may use. */
export interface IdentifierRule {
  kinds: readonly ReferenceKind[];
  keys: readonly string[];
}

const list = ['id', 'name', 'alternative_code'];
const coded = [...list, 'code', 'number'];
const goods: readonly ReferenceKind[] = ['product', 'service', 'physical_good', 'subscription_package'];

/** The vendor's identifier objects. Where the vendor documents no keys, those of a similar identifier are accepted. */
export const identifierRules = {
  type: { kinds: ['type'], keys: list },
  status: { kinds: ['status'], keys: list },
  category: { kinds: ['category'], keys: list },
  lost_reason: { kinds: ['lost_reason'], keys: list },
  group: { kinds: ['group'], keys: list },
  privacy_level: { kinds: ['privacy_level'], keys: list },
  user: { kinds: ['member'], keys: ['id', 'username'] },
  unit: { kinds: ['department'], keys: ['id', 'name', 'alternative_code', 'code'] },
  competitor: { kinds: ['competitor'], keys: coded },
  product: { kinds: goods, keys: coded },
  product_type: { kinds: ['product_type'], keys: coded },
  product_brand: { kinds: ['product_brand'], keys: coded },
  product_family: { kinds: ['product_family'], keys: coded },
  country: { kinds: ['country'], keys: [...coded, 'two_character_code'] },
} as const satisfies Record<string, IdentifierRule>;

/** Products are looked up among their own kind first: in a set of services, a name means the service of that name. */
export function productRule(own: ReferenceKind): IdentifierRule {
  return { kinds: [own, ...goods.filter((kind) => kind !== own)], keys: coded };
}

/** The single key given in an identifier. */
export interface OneKey {
  key: string;
  value: string;
}

/** Reads `{"name":"Sales"}` from a body or `name=Sales` from a query; undefined unless exactly one key has a value. */
export function oneKey(sent: unknown): OneKey | undefined {
  if (typeof sent === 'string') return queryKey(sent);
  const given = [...(objectFields(sent) ?? [])].filter(([, value]) => value !== null && value !== '');
  const [key, value] = given.length === 1 && given[0] ? given[0] : [];
  if (key === undefined || (typeof value !== 'string' && typeof value !== 'number')) return undefined;
  return String(value).trim() === '' ? undefined : { key, value: String(value).trim() };
}

function queryKey(text: string): OneKey | undefined {
  if (text.trimStart().startsWith('{')) return oneKey(parseJson(text));
  const [, key, value] = /^\s*([a-z_]+)\s*=(.*)$/s.exec(text) ?? [];
  return key && value?.trim() ? { key, value: value.trim() } : undefined;
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Finds the item an identifier names, or records an issue under the sender's name for the field. */
export function identify(
  fieldRules: FieldRules,
  referenceData: ReferenceData,
  sort: IdentifierRule,
  at: string,
  sent: unknown,
): ReferenceItem | undefined {
  const given = keyOf(fieldRules, sort.keys, at, sent);
  return given && (findItem(referenceData, sort, given) ?? fieldRules.fail(at, 'unknown_reference'));
}

/** Reads an identifier that must give exactly one of `keys`. */
export function keyOf(fieldRules: FieldRules, keys: readonly string[], at: string, sent: unknown): OneKey | undefined {
  if (typeof sent !== 'string' && !objectFields(sent)) return fieldRules.fail(at, 'not_object');
  const given = oneKey(sent);
  return given && keys.includes(given.key) ? given : fieldRules.fail(at, 'one_key', { allowed: keys });
}

export function findItem(
  referenceData: ReferenceData,
  { kinds }: IdentifierRule,
  { key, value }: OneKey,
): ReferenceItem | undefined {
  for (const kind of kinds)
    for (const by of lookupKeys(key)) {
      const item = referenceData.find(kind, { by, value });
      if (item) return item;
    }
  return undefined;
}

/** Products have a code and an alternative code; the workspace may have entered only one of them. */
function lookupKeys(key: string): readonly Ref['by'][] {
  if (key === 'code' || key === 'alternative_code')
    return key === 'code' ? ['code', 'alternative_code'] : ['alternative_code', 'code'];
  if (key === 'two_character_code') return ['code'];
  return key === 'id' || key === 'name' || key === 'username' || key === 'number' ? [key] : [];
}

/** CRM.COM's form of an id: the UUID as 32 upper-case hex digits. */
export function toHexId(id: string): string {
  return id.replaceAll('-', '').toUpperCase();
}

/** The UUID for 32 hex digits in either case, dashes allowed; undefined for anything else. */
export function fromHexId(text: string): string | undefined {
  const hex = text.trim().toLowerCase().replaceAll('-', '');
  if (!/^[0-9a-f]{32}$/.test(hex)) return undefined;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
