import { customNameOf, type LeadField, unlistedField, useLeadFields } from '../../../app/lead-fields.ts';
import type { Lead, LeadPatch } from '../../api/get-lead.ts';
import type { FieldChange } from '../../api/lead-change.ts';
import { numberOr } from './lead-values.ts';

/** The fields that are always shown, in this order. */
const mainNames = ['phone', 'email', 'owner', 'department', 'source', 'type', 'target_amount', 'probability'];
/** Fields that are edited elsewhere on the page. */
const elsewhere = new Set(['status', 'lost_reason']);

/** The fields of a lead's page: the main ones, the custom ones with the filled ones first, and the rest. */
export function useLeadPageFields(lead: Lead): { main: LeadField[]; custom: LeadField[]; more: LeadField[] } {
  const fields = useLeadFields();
  const known = fields.filter((field) => customNameOf(field) !== undefined);
  const unlisted = Object.keys(lead.custom)
    .filter((name) => !known.some((field) => customNameOf(field) === name))
    .map((name) => unlistedField(`custom.${name}`, name));
  const custom = [...known, ...unlisted];
  const isFilled = (field: LeadField) => fieldValue(lead, field) !== null;
  return {
    main: mainNames.flatMap((name) => fields.filter((field) => field.name === name)),
    custom: [...custom.filter(isFilled), ...custom.filter((field) => !isFilled(field))],
    more: fields.filter(
      (field) => customNameOf(field) === undefined && !mainNames.includes(field.name) && !elsewhere.has(field.name),
    ),
  };
}

/** The value of a field; null if it is empty. */
export function fieldValue(lead: Lead, field: LeadField): string | number | boolean | null {
  const custom = customNameOf(field);
  const value = custom === undefined ? lead[field.name as keyof Lead] : lead.custom[custom];
  if (value === undefined || value === null || value === '') return null;
  return typeof value === 'object' ? JSON.stringify(value) : (value as string | number | boolean);
}

/** The text that the field's editor starts with. */
export function draftOf(lead: Lead, field: LeadField): string {
  if (field.type === 'choice') return String(lead[`${field.name}_id` as keyof Lead] ?? '');
  const value = fieldValue(lead, field);
  return value === null ? '' : String(value);
}

/** The change that results from the typed text. `choice` is the label of the chosen option. */
export function changeOf(lead: Lead, field: LeadField, typed: string, choice?: string): FieldChange {
  const value = toValue(field, typed);
  const custom = customNameOf(field);
  if (custom !== undefined)
    return { patch: { custom: { [custom]: value } }, shown: { custom: { ...lead.custom, [custom]: value } } };
  const patch = { [field.name]: value } as LeadPatch;
  if (field.type === 'choice')
    return { patch, shown: { [field.name]: choice ?? null, [`${field.name}_id`]: value } as Partial<Lead> };
  return { patch, shown: { [field.name]: value } as Partial<Lead> };
}

function toValue({ type }: LeadField, typed: string): string | number | boolean | null {
  const text = typed.trim();
  if (text === '') return null;
  if (type === 'boolean') return text === 'true';
  return type === 'number' ? numberOr(text) : text;
}
