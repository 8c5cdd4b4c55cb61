import { leadFieldNames } from './fields.ts';
import { type Lead, leadReferences } from './lead.ts';

/** Columns derived from related rows: the database maintains them, so they are never written with a lead. */
export const keptColumns = ['first_reply_at', 'next_step_at', 'next_step_kind', 'next_step'];

/** Columns selected for a Lead, in the order of its properties, which have the same names. */
export const leadColumns = [
  'id',
  'number',
  'contact_id',
  ...leadReferences,
  ...leadFieldNames,
  'phone_sent',
  'tag_ids',
  'custom',
  'dialect_fields',
  ...keptColumns,
  'do_not_call_since',
  'enquired_again_at',
  'touch_count',
  'version',
  'created_at',
  'updated_at',
].join(', ');

/** A database row, keyed by column name. */
export type Row = Record<string, unknown>;

/** Converts a lead to a row. Nulls are omitted because they are the column default. */
export function leadRow(workspaceId: string, lead: Lead): Row {
  const row: Row = { workspace_id: workspaceId };
  for (const name in lead) {
    const value = (lead as unknown as Row)[name];
    if (value !== null) row[name] = value;
  }
  return row;
}

/** Whether a stored phone is a number, rather than text stored as sent. */
export function isNumber(phone: string): boolean {
  return /^\+\d{6,}$/.test(phone);
}

const fixed = ['id', 'number', 'created_at', ...keptColumns];
const changeable = leadColumns.split(', ').filter((name) => !fixed.includes(name));

/** SQL that assigns all mutable lead columns from the row called `from`. */
export function setLeadColumns(from: 'new' | 'excluded'): string {
  return changeable.map((name) => `${name} = ${from}.${name}`).join(', ');
}
