import { useMemo } from 'react';
import type { Insert } from '../../ui/table/lines.ts';
import { useLeadList } from '../api/get-leads.ts';
import type { LeadFilters } from '../filters.ts';
import { groupLines } from './groups/group-lines.tsx';
import { useGroups } from './groups/use-groups.ts';

/** The rows of a list and the state of reading them, whether they are grouped or not. */
export type Reading = Pick<
  ReturnType<typeof useLeadList>,
  'rows' | 'loadMore' | 'reload' | 'isWhole' | 'fresh' | 'sortedWithin'
> & {
  list: Pick<ReturnType<typeof useLeadList>['list'], 'error' | 'isPending' | 'isFetching' | 'isPlaceholderData'> & {
    data: unknown;
    refetch: () => unknown;
  };
};

const nothing = () => {};

/** Reads the leads that match the filters, in one list or in groups. */
export function useLeadRows(filters: LeadFilters): { reading: Reading; inserts: readonly Insert[] | undefined } {
  const { group } = filters;
  const plain = useLeadList(filters, group === undefined);
  const grouped = useGroups(filters, group);
  const { counts, groups, rows, sortedWithin, reload } = grouped;
  const shown = groups.map(({ id, name, count, isOpen, rows: { length }, isLoading, hasMore }) =>
    [id, name, count, isOpen, length, isLoading, hasMore].join(' '),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same groups stay the same lines
  const inserts = useMemo(() => groupLines(groups, grouped), [shown.join('\n')]);
  if (!group) return { reading: plain, inserts: undefined };
  const isWhole = groups.every(({ isOpen, isLoading, hasMore }) => isOpen && !isLoading && !hasMore);
  const reading = { list: counts, rows, loadMore: nothing, reload, isWhole, fresh: 0, sortedWithin };
  return { reading, inserts };
}
