import { useDialects } from '../../../app/dialects.ts';
import { useFieldLabel } from '../../../app/lead-fields.ts';
import { useMe } from '../../../app/session.ts';
import { countedFacets, countWords, useFacetCounts } from '../../api/get-facets.ts';
import type { Choices, Named } from '../../api/get-reference-data.ts';
import { useChoices, useStatuses } from '../../api/get-reference-data.ts';
import { customOf, type LeadFilters, valuesOf, withCustom } from '../../filters.ts';

/** The filters that are set by clicking, besides those on custom fields. */
const fixedFacets = {
  status: { field: 'status', several: true },
  source: { field: 'source', several: true },
  owner: { field: 'owner', several: true },
  type: { field: 'type', several: true },
  department: { field: 'department', several: true },
  tag: { label: 'Tags', several: true },
  state: { label: 'State', several: true },
  created: { label: 'Created', several: false },
  enquired_again: { label: 'Enquired again', several: false },
  next: { label: 'Next step', several: false },
  waiting: { label: 'Waiting', several: false },
  amount: { field: 'target_amount', several: false },
  dialect: { label: 'Via', several: true },
  lacks: { label: 'Has no', several: true },
} as const;
type FixedFacet = keyof typeof fixedFacets;
/** A filter: a fixed one, or one on a custom field. */
export type Facet = FixedFacet | `custom:${string}`;

const OWN = 'custom:';
/** The fixed filters in their default order. */
export const allFacets = Object.keys(fixedFacets) as FixedFacet[];

/** The filter on a custom field. */
export function customFacet(name: string): Facet {
  return `${OWN}${name}` as Facet;
}

/** The custom field of a filter; undefined for fixed filters. */
export function customNameOf(facet: Facet): string | undefined {
  return facet.startsWith(OWN) ? facet.slice(OWN.length) : undefined;
}

/** The label of a filter. */
export function useFacetLabel(): (facet: Facet) => string {
  const fieldLabel = useFieldLabel();
  return (facet) => {
    const custom = customNameOf(facet);
    if (custom !== undefined) return custom;
    const fixed = fixedFacets[facet as FixedFacet];
    return 'field' in fixed ? fieldLabel(fixed.field) : fixed.label;
  };
}

/** Whether a filter takes several values. */
export function takesSeveral(facet: Facet): boolean {
  return customNameOf(facet) === undefined && fixedFacets[facet as FixedFacet].several;
}

/** The filters that may be shown: the fixed ones, and those on custom fields that are set. */
export function facetsOf(filters: LeadFilters): Facet[] {
  return [...allFacets, ...Object.keys(customOf(filters)).map(customFacet)];
}

/** Filters that always have a button; others get one when they are set. */
export const usualFacets: readonly Facet[] = ['status', 'source', 'owner'];

const states: Named[] = [
  { id: 'new', name: 'New' },
  { id: 'open', name: 'Open' },
  { id: 'won', name: 'Won' },
  { id: 'lost', name: 'Lost' },
  { id: 'cancelled', name: 'Cancelled' },
];
const spans: Named[] = [
  { id: 'today', name: 'Today' },
  { id: '7d', name: 'Last 7 days' },
  { id: '30d', name: 'Last 30 days' },
];
const fixed: Partial<Record<Facet, Named[]>> = {
  state: states,
  created: spans,
  enquired_again: spans,
  next: [
    { id: 'overdue', name: 'Overdue' },
    { id: 'today', name: 'Due today' },
    { id: 'callback', name: 'Callback due' },
    { id: 'planned', name: 'Planned' },
    { id: 'none', name: 'No next step' },
  ],
  waiting: [
    { id: '0', name: 'For a first reply' },
    { id: '5', name: 'Longer than 5 minutes' },
    { id: '30', name: 'Longer than 30 minutes' },
    { id: '1440', name: 'Longer than a day' },
  ],
};
/** The fields that a lead can lack, each with the field that gives its label. */
const lackable = {
  phone: 'phone',
  email: 'email',
  name: 'name',
  company: 'company_name',
  owner: 'owner',
  next_step: undefined,
  source: 'source',
  type: 'type',
  department: 'department',
  amount: 'target_amount',
  tags: undefined,
} as const;
const people: Named[] = [
  { id: 'me', name: 'Me' },
  { id: 'none', name: 'Unassigned' },
];
const lackLabels: Readonly<Record<string, string>> = { next_step: 'Next step', tags: 'Tags' };
const referenceFacets: readonly Facet[] = ['source', 'owner', 'type', 'department', 'tag'];
const none: never[] = [];

/** The choices of a filter, loaded only while `wanted`. */
export function useFacetChoices(facet: Facet, wanted: boolean): readonly Named[] {
  const statuses = useStatuses();
  const fieldLabel = useFieldLabel();
  const isReference = referenceFacets.includes(facet);
  const named = useChoices(isReference && wanted ? (facet as Choices) : undefined);
  const dialects = useDialects(facet === 'dialect' && wanted);
  if (customNameOf(facet) !== undefined) return ofCustom;
  if (facet === 'status') return statuses;
  if (facet === 'lacks')
    return Object.entries(lackable).map(([id, field]) => ({
      id,
      name: field ? fieldLabel(field) : (lackLabels[id] ?? id),
    }));
  if (facet === 'dialect') return dialects.map(({ name, title }) => ({ id: name, name: title }));
  if (facet === 'owner') return [...people, ...named];
  return fixed[facet] ?? (isReference ? named : none);
}

/** The choices for custom fields that are not text. */
const ofCustom: Named[] = [
  { id: '', name: 'Empty' },
  { id: 'true', name: 'Yes' },
  { id: 'false', name: 'No' },
];

/** The chosen values of a filter. */
export function chosenOf(filters: LeadFilters, facet: Facet): string[] {
  const own = customNameOf(facet);
  if (own !== undefined) return [customOf(filters)[own]].filter((value) => value !== undefined);
  if (facet === 'amount') return span(filters.amount_from, filters.amount_to);
  if (facet === 'created' && filters.created === undefined) return span(filters.created_from, filters.created_to);
  const value = filters[facet as Exclude<FixedFacet, 'amount'>];
  return value === undefined ? [] : takesSeveral(facet) ? valuesOf(String(value)) : [String(value)];
}

function span(from: string | number | undefined, to: string | number | undefined): string[] {
  if (from === undefined && to === undefined) return [];
  if (from === to) return [`${from}`];
  return [from === undefined ? `up to ${to}` : to === undefined ? `from ${from}` : `${from} to ${to}`];
}

/** The change to the filters that sets these values. */
export function choose(filters: LeadFilters, facet: Facet, values: readonly string[]): Partial<LeadFilters> {
  const own = customNameOf(facet);
  if (own !== undefined) return withCustom(filters, own, values[0]);
  const text = values.length > 0 ? values.join(',') : undefined;
  if (facet === 'amount') return { amount_from: undefined, amount_to: undefined };
  if (facet === 'created')
    return { created: text as LeadFilters['created'], created_from: undefined, created_to: undefined };
  return { [facet]: facet === 'waiting' && text !== undefined ? Number(text) : text };
}

/** Active filters without a button, with their labels. */
export function otherFilters(filters: LeadFilters): { key: keyof LeadFilters; words: string }[] {
  const { q, phone, email } = filters;
  return [
    ...(q ? [{ key: 'q' as const, words: `“${q}”` }] : []),
    ...(phone ? [{ key: 'phone' as const, words: `Phone ${phone}` }] : []),
    ...(email ? [{ key: 'email' as const, words: `Email ${email}` }] : []),
  ];
}

/** The number of leads for each choice of a filter, given the other filters; loaded only while `wanted`. */
export function useChoiceCounts(facet: Facet, filters: LeadFilters, wanted: boolean): ReadonlyMap<string, string> {
  const me = useMe().member.id;
  const by = countedFacets.find((one) => one === facet);
  const { data = none } = useFacetCounts(by, by ? { ...filters, [by]: undefined } : filters, wanted);
  const counts = new Map<string, string>();
  for (const { id, ...count } of data) {
    counts.set(id ?? 'none', countWords(count));
    if (by === 'owner' && id === me) counts.set('me', countWords(count));
  }
  return counts;
}
