import type { Choices, Named } from '../book.ts';
import { useChoices, useStatuses } from '../book.ts';
import { type LeadFilters, valuesOf } from '../filters.ts';

/** What leads can be narrowed by with a click. */
export const facets = {
  status: { label: 'Status', several: true },
  source: { label: 'Source', several: true },
  owner: { label: 'Owner', several: true },
  type: { label: 'Type', several: true },
  department: { label: 'Department', several: true },
  state: { label: 'State', several: true },
  created: { label: 'Created', several: false },
  next: { label: 'Next step', several: false },
  waiting: { label: 'Waiting', several: false },
  amount: { label: 'Amount', several: false },
} as const;
export type Facet = keyof typeof facets;

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
const people: Named[] = [
  { id: 'me', name: 'Me' },
  { id: 'none', name: 'Nobody' },
];
const fromBook: readonly Facet[] = ['source', 'owner', 'type', 'department'];

/** What a facet can be chosen from; asked for only when `wanted`. */
export function useFacetChoices(facet: Facet, wanted: boolean): readonly Named[] {
  const statuses = useStatuses();
  const isBook = fromBook.includes(facet);
  const named = useChoices(isBook && wanted ? (facet as Choices) : undefined);
  if (facet === 'status') return statuses;
  if (facet === 'owner') return [...people, ...named];
  return fixed[facet] ?? (isBook ? named : []);
}

/** What is chosen of a facet. */
export function chosenOf(filters: LeadFilters, facet: Facet): string[] {
  if (facet === 'amount') {
    const { amount_from: from, amount_to: to } = filters;
    if (from === undefined && to === undefined) return [];
    return [from === undefined ? `up to ${to}` : to === undefined ? `from ${from}` : `${from} to ${to}`];
  }
  const value = filters[facet];
  return value === undefined ? [] : facets[facet].several ? valuesOf(String(value)) : [String(value)];
}

/** The change of the filters that makes these the chosen ones. */
export function choose(facet: Facet, values: readonly string[]): Partial<LeadFilters> {
  if (facet === 'amount') return { amount_from: undefined, amount_to: undefined };
  const text = values.length > 0 ? values.join(',') : undefined;
  return { [facet]: facet === 'waiting' && text !== undefined ? Number(text) : text };
}

/** What is set besides facets: each with its words, and how to take it away. */
export function otherFilters(filters: LeadFilters): { key: keyof LeadFilters; words: string }[] {
  const { q, phone, email, created_from, created_to } = filters;
  return [
    ...(q ? [{ key: 'q' as const, words: `“${q}”` }] : []),
    ...(phone ? [{ key: 'phone' as const, words: `Phone ${phone}` }] : []),
    ...(email ? [{ key: 'email' as const, words: `E-mail ${email}` }] : []),
    ...(created_from ? [{ key: 'created_from' as const, words: `Created from ${created_from}` }] : []),
    ...(created_to ? [{ key: 'created_to' as const, words: `Created until ${created_to}` }] : []),
  ];
}
