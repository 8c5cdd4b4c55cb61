import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { type LeadFilters, readFilters, writeFilters } from '../filters.ts';

const route = getRouteApi('/shell/leads');

/** The filters and the open lead in the URL, and the functions that change them. */
export function useLeadSearch() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { view: viewId, lead: openId } = search;
  const text = writeFilters(search);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same filters stay the same object
  const filters = useMemo(() => readFilters(search as Record<string, unknown>), [text]);
  return {
    filters,
    text,
    viewId,
    openId,
    narrow: (change: Partial<LeadFilters>) =>
      void navigate({ search: (now) => ({ ...now, ...change, lead: undefined }), replace: true }),
    openLead: (id: string | undefined) =>
      void navigate({ search: (now) => ({ ...now, lead: id }), replace: openId !== undefined }),
    show: (next: LeadFilters, view: string | undefined) => void navigate({ search: { ...next, view } }),
  };
}
