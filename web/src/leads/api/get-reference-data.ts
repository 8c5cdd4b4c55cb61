import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, body, type Shape } from '../../api/client.ts';
import { membersQuery } from '../../app/members.ts';

/** How long reference data is taken for granted; live updates make it old at once. */
const LONG = 5 * 60_000;

/** The workspace's statuses, in their order. */
const statusesQuery = queryOptions({
  queryKey: ['settings', 'statuses'],
  queryFn: async () => (await body(api.GET('/v1/statuses'))).data,
  staleTime: LONG,
});

const sourcesQuery = queryOptions({
  queryKey: ['settings', 'sources'],
  queryFn: async () => (await body(api.GET('/v1/sources'))).data,
  staleTime: LONG,
});

const typesQuery = queryOptions({
  queryKey: ['settings', 'lead-types'],
  queryFn: async () => (await body(api.GET('/v1/lead-types'))).data,
  staleTime: LONG,
});

const callOutcomesQuery = queryOptions({
  queryKey: ['settings', 'call-outcomes'],
  queryFn: async () => (await body(api.GET('/v1/call-outcomes'))).data,
  staleTime: LONG,
});

const departmentsQuery = queryOptions({
  queryKey: ['settings', 'departments'],
  queryFn: async () => (await body(api.GET('/v1/departments'))).data,
  staleTime: LONG,
});

const customFieldsQuery = queryOptions({
  queryKey: ['settings', 'custom-fields'],
  queryFn: async () => (await body(api.GET('/v1/custom-fields'))).data,
  staleTime: LONG,
});

const listQuery = (kind: 'category' | 'lost_reason' | 'deal_stage') =>
  queryOptions({
    queryKey: ['settings', 'reference', kind],
    queryFn: async () => (await body(api.GET('/v1/reference/{kind}', { params: { path: { kind } } }))).data,
    staleTime: LONG,
  });

/** A status as screens need it. */
export type Status = Pick<Shape<'StatusView'>, 'id' | 'name' | 'state'> & { colour?: string | null };
/** Something that has a name and an id. */
export type Named = Pick<Shape<'StatusView'>, 'id' | 'name'>;

const none: never[] = [];

/** The statuses; an empty list until they are known. */
export function useStatuses(): readonly Status[] {
  return useQuery(statusesQuery).data ?? none;
}

/** Why leads are lost, in the workspace's words. */
export function useLostReasons(): readonly Named[] {
  return useQuery(listQuery('lost_reason')).data ?? none;
}

/** The stages of deals. */
export function useDealStages(): readonly Named[] {
  return useQuery(listQuery('deal_stage')).data ?? none;
}

/** The workspace's own fields. */
export function useCustomFields(): readonly Shape<'CustomFieldView'>[] {
  return useQuery(customFieldsQuery).data ?? none;
}

/** The lead types, with what each asks for. */
export function useLeadTypes(): readonly Shape<'LeadTypeView'>[] {
  return useQuery(typesQuery).data ?? none;
}

/** How calls may end, in the workspace's words. */
export function useCallOutcomes(): readonly Shape<'CallOutcomeView'>[] {
  return useQuery(callOutcomesQuery).data ?? none;
}

/** What a field of a lead can be chosen from. */
export type Choices = 'owner' | 'source' | 'type' | 'department' | 'category' | 'lost_reason' | 'status';

/** The choices of one field; asked for when they are needed. */
export function useChoices(of: Choices | undefined): readonly Named[] {
  const members = useQuery({ ...membersQuery, enabled: of === 'owner' }).data;
  const sources = useQuery({ ...sourcesQuery, enabled: of === 'source' }).data;
  const types = useQuery({ ...typesQuery, enabled: of === 'type' }).data;
  const departments = useQuery({ ...departmentsQuery, enabled: of === 'department' }).data;
  const category = useQuery({ ...listQuery('category'), enabled: of === 'category' }).data;
  const lost_reason = useQuery({ ...listQuery('lost_reason'), enabled: of === 'lost_reason' }).data;
  const status = useQuery({ ...statusesQuery, enabled: of === 'status' }).data;
  if (of === 'owner') return members?.filter(({ active }) => active) ?? none;
  const all = { source: sources, type: types, department: departments, category, lost_reason, status };
  return all[of ?? 'source'] ?? none;
}
