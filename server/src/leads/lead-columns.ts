import { leadFieldNames } from './fields.ts';
import { leadReferences } from './lead.ts';

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
  'custom',
  'dialect_fields',
  ...keptColumns,
  'do_not_call_since',
  'touch_count',
  'version',
  'created_at',
  'updated_at',
].join(', ');
