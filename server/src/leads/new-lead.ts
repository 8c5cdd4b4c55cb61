import type { ReferenceData, Status } from '../workspaces/reference-data.ts';
import { leadFieldNames } from './fields.ts';
import type { Lead } from './lead.ts';

const blank = {
  phone_sent: null,
  contact_id: null,
  type_id: null,
  category_id: null,
  lost_reason_id: null,
  source_id: null,
  department_id: null,
  owner_id: null,
  first_reply_at: null,
  next_step_at: null,
  next_step_kind: null,
  next_step: null,
  do_not_call_since: null,
  ...Object.fromEntries(leadFieldNames.map((name) => [name, null])),
} as Omit<
  Lead,
  'id' | 'number' | 'status_id' | 'custom' | 'dialect_fields' | 'touch_count' | 'version' | 'created_at' | 'updated_at'
>;

/** Default status of a new lead: that of its type, otherwise that of the workspace. */
export function firstStatus(referenceData: ReferenceData, typeId: string | null | undefined): Status {
  const all = referenceData.all('status');
  const status =
    referenceData.get('status', referenceData.get('type', typeId)?.default_status_id) ??
    all.find((one) => one.is_default) ??
    all[0];
  if (!status) throw new Error('The workspace has no status.');
  return status;
}

/** An empty lead, before its first touch is applied. */
export function newLead(id: string, number: number, statusId: string, now: Date): Lead {
  return {
    id,
    number,
    status_id: statusId,
    ...blank,
    custom: {},
    dialect_fields: {},
    touch_count: 1,
    version: 1,
    created_at: now,
    updated_at: now,
  };
}
