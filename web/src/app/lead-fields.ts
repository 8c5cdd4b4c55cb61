import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, body, type Shape } from '../api/client.ts';

/** A field of a lead as the server describes it: its name, label, type, and how its values are entered. */
export type LeadField = Shape<'LeadFieldView'>;

const MINUTE = 60_000;

/** The one list of lead fields: those of every lead, references, and the workspace's own. */
export const leadFieldsQuery = queryOptions({
  queryKey: ['settings', 'lead-fields'],
  queryFn: async () => (await body(api.GET('/v1/lead-fields'))).data,
  staleTime: 5 * MINUTE,
});

const none: LeadField[] = [];

/** The fields a lead can have. Within the shell, which asks for them before it is shown. */
export function useLeadFields(): readonly LeadField[] {
  return useQuery(leadFieldsQuery).data ?? none;
}

/** The label of a field; its name if the server does not know it. */
export function useFieldLabel(): (name: string) => string {
  const fields = useLeadFields();
  return (name) => fields.find((field) => field.name === name)?.label ?? name;
}

/** A field that the server does not list: text under its own name. */
export function unlistedField(name: string, label = name): LeadField {
  return { name, label, type: 'text', format: 'plain', allowed_in_rules: false };
}

const CUSTOM = 'custom.';

/** The name of one of the workspace's own fields as values are stored under it; undefined for fields of every lead. */
export function customNameOf({ name }: Pick<LeadField, 'name'>): string | undefined {
  return name.startsWith(CUSTOM) ? name.slice(CUSTOM.length) : undefined;
}
