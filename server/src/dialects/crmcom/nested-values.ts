import type { ReferenceData, ReferenceItem, ReferenceKind } from '../dialect.ts';
import { cleanText, type FieldRules, type Fields, objectFields } from '../field-rules.ts';
import { type IdentifierRule, identifierRules, identify, productRule, toHexId } from './identifiers.ts';

/** Identifiers inside nested objects and sets, recognised by the end of their names. */
const sorts: readonly (readonly [ending: string, sort: IdentifierRule])[] = [
  ['product_type_identifier', identifierRules.product_type],
  ['product_brand_identifier', identifierRules.product_brand],
  ['product_family_identifier', identifierRules.product_family],
  ['product_identifier', identifierRules.product],
  ['service_identifier', productRule('service')],
  ['physical_good_identifier', productRule('physical_good')],
  ['subscription_package_identifier', productRule('subscription_package')],
  ['competitor_identifier', identifierRules.competitor],
  ['user_identifier', identifierRules.user],
  ['employee_identifier', identifierRules.user],
  ['privacy_level_identifier', identifierRules.privacy_level],
  ['group_identifier', identifierRules.group],
];

/** The kind of product in each set, which is searched first. */
const ownKinds = new Map<string, ReferenceKind>([
  ['services_set', 'service'],
  ['physical_goods_set', 'physical_good'],
]);

function sortOf(name: string, own: ReferenceKind | undefined): IdentifierRule | undefined {
  // `lead_user_identifier` names an entry of the lead's set rather than a user.
  if (name.startsWith('lead_')) return undefined;
  if (name === 'product_identifier' && own) return productRule(own);
  return sorts.find(([ending]) => name === ending || name.endsWith(`_${ending}`))?.[1];
}

/** What is needed to read nested objects; `own` is the kind of product being read. */
export interface NestedContext {
  fieldRules: FieldRules;
  referenceData: ReferenceData;
  own?: ReferenceKind;
}

/** Prepares a nested value for storing: as sent, but with each identifier replaced by the `{"id": ...}` of its item. */
export function resolveNested(context: NestedContext, at: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry) => resolveNested(context, at, entry));
  const fields = objectFields(value);
  if (!fields) return typeof value === 'string' ? cleanText(value) : value;
  const resolved: [string, unknown][] = [];
  for (const [name, inner] of fields) {
    const sort = inner === null ? undefined : sortOf(name, context.own);
    const place = `${at}.${name}`;
    const item = sort && identify(context.fieldRules, context.referenceData, sort, place, inner);
    const own = ownKinds.get(name) ?? context.own;
    resolved.push([cleanText(name), item ? { id: item.id } : resolveNested({ ...context, own }, place, inner)]);
  }
  return Object.fromEntries(resolved);
}

/** A nested value as sent, minus characters that the database cannot store. */
export function cleanNested(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanNested);
  const fields = objectFields(value);
  return fields ? Object.fromEntries([...fields].map(([name, inner]) => [cleanText(name), cleanNested(inner)])) : value;
}

/** Shows a remembered value as CRM.COM does: `user_identifier` becomes `user`, with the details the workspace knows. */
export function showNested(referenceData: ReferenceData, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry) => showNested(referenceData, entry));
  const fields = objectFields(value);
  if (!fields) return value;
  return Object.fromEntries([...fields].map(([name, inner]) => showEntry(referenceData, name, inner)));
}

function showEntry(referenceData: ReferenceData, name: string, inner: unknown): [string, unknown] {
  const sort = sortOf(name, undefined);
  const id = objectFields(inner)?.get('id');
  if (!sort || typeof id !== 'string') return [name, showNested(referenceData, inner)];
  const item = sort.kinds.map((kind) => referenceData.get(kind, id)).find((found) => found !== undefined);
  return [name.slice(0, -'_identifier'.length), item ? showItem(item) : { id: toHexId(id) }];
}

/** Shows an item of reference data: users by their user name, everything else with its codes. */
export function showItem(item: ReferenceItem | undefined): Record<string, unknown> | null {
  if (!item) return null;
  const { id, name, description, alternative_code } = item;
  if ('username' in item) return { id: toHexId(id), username: item.username, name };
  const code = 'code' in item && item.code !== null ? { code: item.code } : undefined;
  return { id: toHexId(id), name, description, alternative_code, ...code };
}

/** The id of the item to which a stored identifier refers. */
export function nestedId(fields: Fields | undefined, name: string): string | undefined {
  const id = objectFields(fields?.get(name))?.get('id');
  return typeof id === 'string' ? id : undefined;
}
