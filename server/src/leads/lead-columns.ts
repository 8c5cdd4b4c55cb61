import { leadFieldNames } from './fields.ts';
import { leadReferences } from './lead.ts';

/** Columns that follow from what hangs on the lead: they are kept by the database, and never written with a lead. */
export const keptColumns = ['first_reply_at', 'next_step_at', 'next_step_kind', 'next_step'];

/** Columns that make a Lead, in the order of its shape. Names of columns and of the shape's keys are the same. */
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
