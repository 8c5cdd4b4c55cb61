import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, body, type Shape } from '../api/client.ts';

/** A field that leads have, as the server tells of it. */
export type LeadField = Shape<'LeadFieldView'>;

const MINUTE = 60_000;

const leadFieldsQuery = queryOptions({
  queryKey: ['settings', 'lead-fields'],
  queryFn: async () => (await body(api.GET('/v1/lead-fields'))).data,
  staleTime: 5 * MINUTE,
});

const none: LeadField[] = [];

/** What can be said of a lead; an empty list until it is known. */
export function useLeadFields(): readonly LeadField[] {
  return useQuery(leadFieldsQuery).data ?? none;
}

/** What people call a field; its own name until that is known. */
export function useFieldLabel(): (name: string) => string {
  const fields = useLeadFields();
  return (name) => fields.find((field) => field.name === name)?.label ?? name;
}
