import { leadFieldNames } from './fields.ts';
import { leadReferences } from './lead.ts';

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
  'touch_count',
  'version',
  'created_at',
  'updated_at',
].join(', ');
