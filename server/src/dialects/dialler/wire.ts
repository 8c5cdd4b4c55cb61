import type { Dialect, Issue, Origin } from '../dialect.ts';

interface WireField {
  /** The field's label in the vendor's messages. */
  label: string;
  /** The canonical field of a lead. */
  field?: keyof Origin;
}

const table = {
  email: { label: 'Email', field: 'email' },
  first_name: { label: 'First Name', field: 'first_name' },
  surname: { label: 'Surname', field: 'last_name' },
  mobile: { label: 'Mobile', field: 'phone' },
  type: { label: 'Type', field: 'type_id' },
  subtype: { label: 'Subtype', field: 'subtype' },
  other_phone: { label: 'Other Phone', field: 'other_phone' },
  data: { label: 'Data' },
  delays: { label: 'Delays' },
  test: { label: 'Test' },
  // Some clients repeat the key in the body. It is a credential, so it is not stored with the lead.
  key: { label: 'Key' },
} satisfies Record<string, WireField>;

export type WireName = keyof typeof table;

/** The vendor's field names, for reading requests and formatting errors. The README describes them. */
export const wireFields: ReadonlyMap<string, WireField> = new Map(Object.entries(table));

/** The request field behind each canonical field, for issues raised by intake. */
export const origin: Origin = Object.fromEntries(
  [...wireFields].flatMap(([name, { field }]) => (field ? [[field, name]] : [])),
);

export type RuleKind = 'be_there' | 'be_email' | 'be_text' | 'be_phone' | 'be_json_text' | 'be_delay';

/** A rule and the fields it applies to. */
export interface Rule {
  must: RuleKind;
  of: readonly WireName[];
}

/** The rules of `lead/add` in the order they are checked and reported. */
export const addRules: readonly Rule[] = [
  { must: 'be_there', of: ['email', 'first_name', 'surname', 'mobile', 'type'] },
  { must: 'be_email', of: ['email'] },
  { must: 'be_text', of: ['first_name', 'surname', 'type', 'subtype', 'other_phone'] },
  { must: 'be_phone', of: ['mobile'] },
  { must: 'be_json_text', of: ['data'] },
  { must: 'be_delay', of: ['delays'] },
];

const mandatory: ReadonlySet<string> = new Set(addRules.find(({ must }) => must === 'be_there')?.of);
const descriptions: { readonly [N in WireName]?: string } = {
  data: 'Further facts, as JSON in a string.',
  delays: 'Seconds until the call; a year at most.',
  test: 'true: the format is checked, nothing is saved.',
};

/** The fields of `lead/add` for the documentation page. */
export const addFields: Dialect['fields'] = (Object.keys(table) as WireName[])
  .filter((name) => name !== 'key')
  .map((name) => {
    const means = wireFields.get(name)?.field;
    return {
      name,
      required: mandatory.has(name),
      ...(means && { means }),
      ...(descriptions[name] && { about: descriptions[name] }),
    };
  });

/** The rules of `lead/cancel`. */
export const cancelRules: readonly Rule[] = [
  { must: 'be_there', of: ['type', 'mobile'] },
  { must: 'be_text', of: ['type'] },
  { must: 'be_phone', of: ['mobile'] },
];

/** An issue together with the canonical field of the request field. */
export function issueAt(at: WireName, issue: Omit<Issue, 'at' | 'field'>): Issue {
  const field = wireFields.get(at)?.field;
  return field ? { at, field, ...issue } : { at, ...issue };
}

/** True for values Yii treats as empty: null, blank text, an empty list or object. */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.replaceAll('\0', '').trim() === '';
  return typeof value === 'object' && Object.keys(value).length === 0;
}
