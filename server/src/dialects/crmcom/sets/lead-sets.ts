import type { ReferenceKind } from '../../dialect.ts';

/** One of the lead's sets: its names, and the identifiers its entries may contain. */
export interface LeadSet {
  name: string;
  names: readonly string[];
  /** The identifier of the item the set is about. */
  main: string;
  /** Further identifiers of an entry. */
  others: readonly string[];
  /** Any of the identifiers can replace the main one. */
  anyOf?: true;
  /** Products are looked up in this kind first. */
  own?: ReferenceKind;
}

const spellings = (stem: string) => [`${stem}_set`, `lead_${stem}_set`, `lead_${stem}`, stem];
const productParts = {
  main: 'product_identifier',
  others: ['product_type_identifier', 'product_brand_identifier', 'product_family_identifier'],
};

export const leadSets: readonly LeadSet[] = [
  { name: 'competitors_set', names: spellings('competitors'), main: 'competitor_identifier', others: [] },
  { name: 'users_set', names: spellings('users'), main: 'user_identifier', others: [] },
  { name: 'products_set', names: spellings('products'), ...productParts, own: 'product' },
  { name: 'services_set', names: spellings('services'), ...productParts, anyOf: true, own: 'service' },
  {
    name: 'physical_goods_set',
    names: spellings('physical_goods'),
    ...productParts,
    anyOf: true,
    own: 'physical_good',
  },
];

/** The name under which a change to one entry is stored. */
export function changeName(set: LeadSet, id: string): string {
  return `${set.name}#${id}`;
}
