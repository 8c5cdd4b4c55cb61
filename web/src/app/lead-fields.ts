import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, body, type Shape } from '../api/client.ts';

/** A field of a lead as the server describes it: its name, label, type, and how its values are entered. */
export type LeadField = Shape<'LeadFieldView'>;

const MINUTE = 60_000;

/** The only list of lead fields: the built-in ones, references, and the workspace's custom fields. */
export const leadFieldsQuery = queryOptions({
  queryKey: ['settings', 'lead-fields'],
  queryFn: async () => (await body(api.GET('/v1/lead-fields'))).data,
  staleTime: 5 * MINUTE,
});

const none: LeadField[] = [];

/** The fields a lead can have. Use it only within the shell, which loads them before it is shown. */
export function useLeadFields(): readonly LeadField[] {
  return useQuery(leadFieldsQuery).data ?? none;
}

/** The label of a field; its name if the server does not know it. */
export function useFieldLabel(): (name: string) => string {
  const fields = useLeadFields();
  return (name) => fields.find((field) => field.name === name)?.label ?? name;
}

/** A stand-in for a field that the server does not list: plain text, labelled with its own name. */
export function unlistedField(name: string, label = name): LeadField {
  return { name, label, type: 'text', format: 'plain', allowed_in_rules: false };
}

const CUSTOM = 'custom.';

/** The name of a custom field without its prefix, as its values are stored; undefined for built-in fields. */
export function customNameOf({ name }: Pick<LeadField, 'name'>): string | undefined {
  return name.startsWith(CUSTOM) ? name.slice(CUSTOM.length) : undefined;
}
