import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, body, type Shape } from '../../api/client.ts';
import { membersQuery } from '../../app/members.ts';

/** How long reference data is considered fresh; live updates invalidate it earlier. */
const LONG = 5 * 60_000;

function itemsQuery<Item>(key: readonly string[], read: () => Promise<{ data?: { data: Item[] } }>) {
  return queryOptions({
    queryKey: ['settings', ...key],
    queryFn: async () => (await body(read())).data,
    staleTime: LONG,
  });
}

const statusesQuery = itemsQuery(['statuses'], () => api.GET('/v1/statuses'));
const sourcesQuery = itemsQuery(['sources'], () => api.GET('/v1/sources'));
const typesQuery = itemsQuery(['lead-types'], () => api.GET('/v1/lead-types'));
const callOutcomesQuery = itemsQuery(['call-outcomes'], () => api.GET('/v1/call-outcomes'));
const departmentsQuery = itemsQuery(['departments'], () => api.GET('/v1/departments'));
const tagsQuery = itemsQuery<Tag>(['tags'], () => api.GET('/v1/tags'));
const customFieldsQuery = itemsQuery(['custom-fields'], () => api.GET('/v1/custom-fields'));

const listQuery = (kind: 'category' | 'lost_reason' | 'deal_stage') =>
  itemsQuery(['reference', kind], () => api.GET('/v1/reference/{kind}', { params: { path: { kind } } }));

/** A status as the screens need it. */
export type Status = Pick<Shape<'StatusView'>, 'id' | 'name' | 'state'> & { colour?: string | null };
export type Named = Pick<Shape<'StatusView'>, 'id' | 'name'>;

export type Tag = Named & { colour?: string | null };

const none: never[] = [];

/** The statuses; empty until they have loaded. */
export function useStatuses(): readonly Status[] {
  return useQuery(statusesQuery).data ?? none;
}

/** The workspace's reasons for losing a lead. */
export function useLostReasons(): readonly Named[] {
  return useQuery(listQuery('lost_reason')).data ?? none;
}

/** The stages of deals. */
export function useDealStages(): readonly Named[] {
  return useQuery(listQuery('deal_stage')).data ?? none;
}

/** The workspace's custom fields. */
export function useCustomFields(): readonly Shape<'CustomFieldView'>[] {
  return useQuery(customFieldsQuery).data ?? none;
}

/** The lead types with their rules. */
export function useLeadTypes(): readonly Shape<'LeadTypeView'>[] {
  return useQuery(typesQuery).data ?? none;
}

/** The workspace's tags, by name. */
export function useTags(): readonly Tag[] {
  return useQuery(tagsQuery).data ?? none;
}

/** The workspace's call outcomes. */
export function useCallOutcomes(): readonly Shape<'CallOutcomeView'>[] {
  return useQuery(callOutcomesQuery).data ?? none;
}

/** The reference fields of a lead. */
export type Choices = 'owner' | 'source' | 'type' | 'department' | 'category' | 'lost_reason' | 'status' | 'tag';

/** The options of a reference field, loaded when needed. */
export function useChoices(of: Choices | undefined): readonly Named[] {
  const members = useQuery({ ...membersQuery, enabled: of === 'owner' }).data;
  const sources = useQuery({ ...sourcesQuery, enabled: of === 'source' }).data;
  const types = useQuery({ ...typesQuery, enabled: of === 'type' }).data;
  const departments = useQuery({ ...departmentsQuery, enabled: of === 'department' }).data;
  const category = useQuery({ ...listQuery('category'), enabled: of === 'category' }).data;
  const lost_reason = useQuery({ ...listQuery('lost_reason'), enabled: of === 'lost_reason' }).data;
  const status = useQuery({ ...statusesQuery, enabled: of === 'status' }).data;
  const tag = useQuery({ ...tagsQuery, enabled: of === 'tag' }).data;
  if (of === 'owner') return members?.filter(({ active }) => active) ?? none;
  const all = { source: sources, type: types, department: departments, category, lost_reason, status, tag };
  return all[of ?? 'source'] ?? none;
}
