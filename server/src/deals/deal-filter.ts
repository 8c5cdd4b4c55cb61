import Type from 'typebox';
import type { SortedBy } from '../http/keyset.ts';
import { idOf } from '../http/path-ids.ts';
import type { RequestContext } from '../http/request-context.ts';
import { oneOf } from '../http/shapes.ts';
import { findNamed } from '../workspaces/find-named.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { DealFilter, DealOrder } from './deal-list-store.ts';
import type { ShownDeal } from './deal-store.ts';
import { type DealState, dealStates, stateOf } from './deal-view.ts';

/** Query parameters that filter deals. */
export const dealFilterQuery = {
  q: Type.Optional(
    Type.String({
      maxLength: 200,
      description:
        'Part of the name of the deal, its lead or company. Words of one or two letters and very common words are searched for in the newest 20000 deals only.',
    }),
  ),
  stage: Type.Optional(Type.String({ maxLength: 2000, description: 'Names or ids, separated by commas.' })),
  state: Type.Optional(oneOf(dealStates, 'Whether the deal is open, won or lost.')),
  owner: Type.Optional(
    Type.String({ maxLength: 1000, description: '`me`, `none`, or a member by name, username, email or id.' }),
  ),
  lead_id: Type.Optional(Type.String({ maxLength: 100 })),
  closes_by: Type.Optional(
    Type.String({
      format: 'date',
      description: 'Expected to close on or before this day; deals without a date are left out.',
    }),
  ),
  closed_from: Type.Optional(
    Type.String({ format: 'date', description: "Won or lost on or after this day, in the workspace's time zone." }),
  ),
  closed_to: Type.Optional(Type.String({ format: 'date', description: 'Won or lost on or before this day.' })),
};

/** Query parameters that sort GET /v1/deals. */
export const dealSortQuery = {
  sort: Type.Optional(
    oneOf(
      ['newest', 'close_date', 'amount'],
      'Sort order. newest (default); close_date: soonest first, deals without a date last; amount: largest first.',
    ),
  ),
};

/** The query string of a list of deals. */
export interface DealQuery {
  q?: string;
  stage?: string;
  state?: DealState;
  owner?: string;
  lead_id?: string;
  closes_by?: string;
  closed_from?: string;
  closed_to?: string;
}

/** Reads the filters; undefined if one names something unknown, so that no deal can match. */
export function dealFilter(
  query: DealQuery,
  { referenceData, caller, visibility }: Pick<RequestContext, 'referenceData' | 'caller' | 'visibility'>,
): DealFilter | undefined {
  const filter: DealFilter = { visibility };
  const stages = stagesOf(query, referenceData);
  if (stages) filter.stage_ids = stages;
  if (query.owner !== undefined) {
    const owner = ownerOf(query.owner, referenceData, caller.member_id);
    if (owner === undefined) return undefined;
    filter.owner_id = owner;
  }
  if (query.lead_id !== undefined) {
    const id = idOf('lead', query.lead_id);
    if (id === undefined) return undefined;
    filter.lead_id = id;
  }
  for (const day of ['closes_by', 'closed_from', 'closed_to'] as const)
    if (query[day] !== undefined) filter[day] = query[day];
  const text = query.q?.trim();
  if (text) filter.text = text;
  return filter;
}

function ownerOf(
  named: string,
  referenceData: ReferenceData,
  memberId: string | null | undefined,
): string | null | undefined {
  if (named === 'none') return null;
  return named === 'me' ? (memberId ?? undefined) : findNamed(referenceData, 'member', named)?.id;
}

function stagesOf({ stage, state }: DealQuery, referenceData: ReferenceData): string[] | undefined {
  if (stage === undefined && state === undefined) return undefined;
  const named = stage?.split(',').map((one) => findNamed(referenceData, 'deal_stage', one.trim())?.id);
  const knownIn = referenceData.all('deal_stage').map(({ id }) => id);
  return knownIn.filter((id) => (!named || named.includes(id)) && (!state || stateOf(id, referenceData) === state));
}

const isDay = (text: string) => text === 'infinity' || /^\d{4}-\d{2}-\d{2}$/.test(text);
const isAmount = (text: string) => text === '-Infinity' || /^-?\d{1,12}(\.\d{1,2})?$/.test(text);

/** The cursor key of each sort order. */
export const dealsSortedBy: Record<DealOrder, SortedBy<ShownDeal>> = {
  newest: { keyOf: () => '', isKey: (text) => text === '' },
  close_date: { keyOf: ({ end_date }) => end_date ?? 'infinity', isKey: isDay },
  amount: { keyOf: ({ amount }) => (amount === null ? '-Infinity' : String(amount)), isKey: isAmount },
};
