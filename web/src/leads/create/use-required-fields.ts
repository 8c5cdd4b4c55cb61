import { type LeadField, useLeadFields } from '../../app/lead-fields.ts';
import { useLeadTypes } from '../api/get-reference-data.ts';

/** What a lead type asks for in any case, and fields that the form has to have besides its own. */
export interface Asked {
  always: ReadonlySet<string>;
  extra: readonly LeadField[];
}

/**
 * The fields that the type always asks for, and those that the server found missing: when else a rule asks is the
 * server's to say.
 */
export function useAsked(typeId: string, missing: readonly string[], own: readonly string[]): Asked {
  const fields = useLeadFields();
  const rules = useLeadTypes().find(({ id }) => id === typeId)?.rules ?? [];
  const always = new Set(rules.flatMap(({ field, when }) => (when === 'always' ? [field] : [])));
  const wanted = new Set([...always, ...missing].filter((name) => !own.includes(name)));
  return { always, extra: fields.filter(({ name }) => wanted.has(name)) };
}
