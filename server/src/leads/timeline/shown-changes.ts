import { typeId } from '../../platform/ids.ts';
import type { ReferenceData, ReferenceKind } from '../../workspaces/reference-data.ts';
import { type LeadField, leadFields } from '../fields.ts';

/** A changed field for display, with names in place of ids. */
export interface ShownChange {
  field: string;
  label: string;
  from: string | null;
  to: string | null;
}

const references = new Map<string, { label: string; kind: ReferenceKind }>([
  ['status_id', { label: 'Status', kind: 'status' }],
  ['type_id', { label: 'Type', kind: 'type' }],
  ['category_id', { label: 'Category', kind: 'category' }],
  ['lost_reason_id', { label: 'Lost reason', kind: 'lost_reason' }],
  ['source_id', { label: 'Source', kind: 'source' }],
  ['department_id', { label: 'Department', kind: 'department' }],
  ['owner_id', { label: 'Owner', kind: 'member' }],
]);

/** Formats the changes stored in an activity's detail. */
export function showChanges(detail: Record<string, unknown> | null, referenceData: ReferenceData): ShownChange[] {
  const changes = detail?.['changes'];
  if (!Array.isArray(changes)) return [];
  // Already in the headline.
  const shown = changes.filter(({ field }) => field !== 'do_not_call');
  return shown.map(({ field, from, to }: { field: string; from: unknown; to: unknown }) => ({
    field,
    label: labelOf(field),
    from: showValue(field, from, referenceData),
    to: showValue(field, to, referenceData),
  }));
}

function labelOf(field: string): string {
  const reference = references.get(field);
  if (reference) return reference.label;
  if (field === 'contact_id') return 'Contact';
  if (field === 'tag_ids') return 'Tags';
  if (Object.hasOwn(leadFields, field)) return leadFields[field as LeadField].label;
  return field.replace(/^custom\./, '');
}

function showValue(field: string, value: unknown, referenceData: ReferenceData): string | null {
  if (value === null || value === undefined || value === '') return null;
  const reference = references.get(field);
  if (reference) return referenceData.get(reference.kind, String(value))?.name ?? 'a deleted one';
  if (field === 'contact_id') return typeId('lead', String(value));
  if (field === 'tag_ids') return tagNames(value as string[], referenceData);
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function tagNames(ids: readonly string[], referenceData: ReferenceData): string {
  const names = ids.map((id) => referenceData.get('tag', id)?.name ?? 'a deleted one');
  return names.sort((a, b) => a.localeCompare(b)).join(', ');
}
