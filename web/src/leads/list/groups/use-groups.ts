import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { membersQuery } from '../../../app/members.ts';
import { countWords, useFacetCounts } from '../../api/get-facets.ts';
import type { Lead } from '../../api/get-lead.ts';
import { type LeadPage, readPage } from '../../api/get-leads.ts';
import { useChoices } from '../../api/get-reference-data.ts';
import { type Group, type LeadFilters, narrowing, writeFilters } from '../../filters.ts';

/** Leads of a list that share a value. */
export interface LeadGroup {
  /** Id of the value; null for leads without one. */
  id: string | null;
  name: string;
  /** The number of leads in the group, in words. */
  count: string;
  isOpen: boolean;
  rows: readonly Lead[];
  isLoading: boolean;
  hasMore: boolean;
}

const PAGE = 30;
/** This many groups are open at first; for the others, only the headings are loaded. */
const OPEN_AT_FIRST = 8;
const nobodys: Readonly<Record<Group, string>> = {
  status: 'No status',
  owner: 'Unassigned',
  source: 'No source',
  type: 'No type',
};

/** Groups that were opened or closed by hand, by the list's filters, so that they are the same on return. */
const turned = new Map<string, ReadonlySet<string>>();

/** The groups of the leads that match the filters, in the order of the workspace's settings; empty without `by`. */
export function useGroups(filters: LeadFilters, by: Group | undefined) {
  const client = useQueryClient();
  const counts = useFacetCounts(by, filters, by !== undefined);
  const named = useNames(by);
  const address = writeFilters(filters);
  const [, setTurns] = useState(0);
  const pages = useRef(new Map<string, number>());
  const isTurned = turned.get(address) ?? new Set<string>();
  const found = (by ? (counts.data ?? []) : []).map(({ id, ...count }) => ({ id, count: countWords(count) }));
  const placeOf = (id: string | null) => (id === null ? named.length + 1 : named.findIndex((one) => one.id === id));
  const sorted = found.sort((a, b) => placeOf(a.id) - placeOf(b.id));
  const groups = sorted.map(({ id, count }, at) => ({
    id,
    count,
    name: id === null ? nobodys[by ?? 'status'] : (named.find((one) => one.id === id)?.name ?? '…'),
    isOpen: at < OPEN_AT_FIRST !== isTurned.has(String(id)),
  }));
  const keyOf = (id: string | null) => ['leads', 'groups', address, id];
  const lists = useQueries({
    queries: groups.map(({ id, isOpen }) => ({
      queryKey: keyOf(id),
      queryFn: () => readPages(withValue(filters, by ?? 'status', id), pages.current.get(`${address} ${id}`) ?? 1),
      enabled: isOpen,
    })),
  });
  const listed = groups.map((group, at): LeadGroup => {
    const { data, isPending } = lists[at] ?? { data: undefined, isPending: true };
    return {
      ...group,
      rows: (group.isOpen && data?.data) || [],
      isLoading: group.isOpen && isPending,
      hasMore: group.isOpen && Boolean(data?.next_cursor),
    };
  });
  return {
    counts,
    groups: listed,
    rows: listed.flatMap(({ rows }) => rows),
    sortedWithin: lists.map(({ data }) => data?.sorted_within).find((within) => typeof within === 'number'),
    toggle(id: string | null) {
      const next = new Set(isTurned);
      if (!next.delete(String(id))) next.add(String(id));
      turned.set(address, next);
      setTurns((count) => count + 1);
    },
    more(id: string | null) {
      const place = `${address} ${id}`;
      pages.current.set(place, (pages.current.get(place) ?? 1) + 1);
      void client.invalidateQueries({ queryKey: keyOf(id) });
    },
    reload: () => void client.invalidateQueries({ queryKey: ['leads'] }),
  };
}

/** The values to group by, in order. Owners include members who have left. */
function useNames(by: Group | undefined): readonly { id: string; name: string }[] {
  const members = useQuery({ ...membersQuery, enabled: by === 'owner' }).data;
  const choices = useChoices(by);
  return by === 'owner' ? (members ?? []) : choices;
}

/** The filters that find the leads of a group. */
function withValue(filters: LeadFilters, by: Group, id: string | null): LeadFilters {
  const query: LeadFilters = { ...narrowing(filters), sort: filters.sort };
  if (id !== null) return { ...query, [by]: id };
  if (by === 'owner') return { ...query, owner: 'none' };
  return { ...query, lacks: [filters.lacks, by].filter(Boolean).join(',') };
}

async function readPages(filters: LeadFilters, count: number): Promise<LeadPage> {
  let all = await readPage(filters, '', PAGE);
  // A page may hold fewer leads than asked for without being the last.
  while (all.next_cursor && all.data.length < count * PAGE) {
    const next = await readPage(filters, all.next_cursor, PAGE);
    all = { ...next, data: [...all.data, ...next.data] };
  }
  return all;
}
