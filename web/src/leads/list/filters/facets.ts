import { useDialects } from '../../../app/dialects.ts';
import { useFieldLabel } from '../../../app/lead-fields.ts';
import type { Choices, Named } from '../../api/get-reference-data.ts';
import { useChoices, useStatuses } from '../../api/get-reference-data.ts';
import { customOf, type LeadFilters, valuesOf, withCustom } from '../../filters.ts';

/** What leads can be narrowed by with a click, besides the workspace's own fields. */
const fixedFacets = {
  status: { field: 'status', several: true },
  source: { field: 'source', several: true },
  owner: { field: 'owner', several: true },
  type: { field: 'type', several: true },
  department: { field: 'department', several: true },
  state: { label: 'State', several: true },
  created: { label: 'Created', several: false },
  next: { label: 'Next step', several: false },
  waiting: { label: 'Waiting', several: false },
  amount: { field: 'target_amount', several: false },
  dialect: { label: 'Via', several: true },
  lacks: { label: 'Has no', several: true },
} as const;
type FixedFacet = keyof typeof fixedFacets;
/** One way to narrow leads: a known one, or a field of the workspace's own. */
export type Facet = FixedFacet | `custom:${string}`;

const OWN = 'custom:';
/** The known ways to narrow, in their usual order. */
export const allFacets = Object.keys(fixedFacets) as FixedFacet[];

/** The facet of a field of the workspace's own. */
export function customFacet(name: string): Facet {
  return `${OWN}${name}` as Facet;
}

/** The name of the field that a facet is of; undefined: a known facet. */
export function customNameOf(facet: Facet): string | undefined {
  return facet.startsWith(OWN) ? facet.slice(OWN.length) : undefined;
}

/** The label of a facet. */
export function useFacetLabel(): (facet: Facet) => string {
  const fieldLabel = useFieldLabel();
  return (facet) => {
    const custom = customNameOf(facet);
    if (custom !== undefined) return custom;
    const fixed = fixedFacets[facet as FixedFacet];
    return 'field' in fixed ? fieldLabel(fixed.field) : fixed.label;
  };
}

/** Whether several may be chosen of it at a time. */
export function takesSeveral(facet: Facet): boolean {
  return customNameOf(facet) === undefined && fixedFacets[facet as FixedFacet].several;
}

/** The facets that narrow these filters may show: the known ones, and the fields of one's own that are set. */
export function facetsOf(filters: LeadFilters): Facet[] {
  return [...allFacets, ...Object.keys(customOf(filters)).map(customFacet)];
}

/** Those that always have a button; the others get one when they are set. */
export const usualFacets: readonly Facet[] = ['status', 'source', 'owner'];

const states: Named[] = [
  { id: 'new', name: 'New' },
  { id: 'open', name: 'Open' },
  { id: 'won', name: 'Won' },
  { id: 'lost', name: 'Lost' },
  { id: 'cancelled', name: 'Cancelled' },
];
const fixed: Partial<Record<Facet, Named[]>> = {
  state: states,
  created: [
    { id: 'today', name: 'Today' },
    { id: '7d', name: 'Last 7 days' },
    { id: '30d', name: 'Last 30 days' },
  ],
  next: [
    { id: 'overdue', name: 'Overdue' },
    { id: 'today', name: 'Due today' },
    { id: 'callback', name: 'Callback due' },
    { id: 'planned', name: 'Planned' },
    { id: 'none', name: 'Nothing planned' },
  ],
  waiting: [
    { id: '0', name: 'For a first reply' },
    { id: '5', name: 'Longer than 5 minutes' },
    { id: '30', name: 'Longer than 30 minutes' },
    { id: '1440', name: 'Longer than a day' },
  ],
};
/** What a lead can lack, each with the field whose label it goes by. */
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
} as const;
const people: Named[] = [
  { id: 'me', name: 'Me' },
  { id: 'none', name: 'Nobody' },
];
const fromBook: readonly Facet[] = ['source', 'owner', 'type', 'department'];
const none: Named[] = [];

/** What a facet can be chosen from; asked for only when `wanted`. */
export function useFacetChoices(facet: Facet, wanted: boolean): readonly Named[] {
  const statuses = useStatuses();
  const fieldLabel = useFieldLabel();
  const isBook = fromBook.includes(facet);
  const named = useChoices(isBook && wanted ? (facet as Choices) : undefined);
  const dialects = useDialects(facet === 'dialect' && wanted);
  if (customNameOf(facet) !== undefined) return ofCustom;
  if (facet === 'status') return statuses;
  if (facet === 'lacks')
    return Object.entries(lackable).map(([id, field]) => ({ id, name: field ? fieldLabel(field) : 'Next step' }));
  if (facet === 'dialect') return dialects.map(({ name, title }) => ({ id: name, name: title }));
  if (facet === 'owner') return [...people, ...named];
  return fixed[facet] ?? (isBook ? named : none);
}

/** How the values of the workspace's own fields are said where they are no text. */
const ofCustom: Named[] = [
  { id: '', name: 'none' },
  { id: 'true', name: 'Yes' },
  { id: 'false', name: 'No' },
];

/** What is chosen of a facet. */
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

/** The change of the filters that makes these the chosen ones. */
export function choose(filters: LeadFilters, facet: Facet, values: readonly string[]): Partial<LeadFilters> {
  const own = customNameOf(facet);
  if (own !== undefined) return withCustom(filters, own, values[0]);
  const text = values.length > 0 ? values.join(',') : undefined;
  if (facet === 'amount') return { amount_from: undefined, amount_to: undefined };
  if (facet === 'created')
    return { created: text as LeadFilters['created'], created_from: undefined, created_to: undefined };
  return { [facet]: facet === 'waiting' && text !== undefined ? Number(text) : text };
}

/** What is set besides facets: each with its words, and how to take it away. */
export function otherFilters(filters: LeadFilters): { key: keyof LeadFilters; words: string }[] {
  const { q, phone, email } = filters;
  return [
    ...(q ? [{ key: 'q' as const, words: `“${q}”` }] : []),
    ...(phone ? [{ key: 'phone' as const, words: `Phone ${phone}` }] : []),
    ...(email ? [{ key: 'email' as const, words: `E-mail ${email}` }] : []),
  ];
}
