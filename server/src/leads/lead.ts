import { type LeadField, type LeadValues, leadFieldNames } from './fields.ts';

/**
 * A lead as stored: a person or company that may buy. References are ids of the workspace's reference data. Ids are
 * UUIDv7; `number` increases across the installation, for dialects that need an integer.
 */
export interface Lead extends Required<LeadValues> {
  id: string;
  number: number;
  /** The phone as sent; `phone` holds its E.164 form if there is one. */
  phone_sent: string | null;
  /** The contact, if several leads concern the same one; null if the lead is its own contact. */
  contact_id: string | null;
  status_id: string;
  type_id: string | null;
  category_id: string | null;
  lost_reason_id: string | null;
  source_id: string | null;
  department_id: string | null;
  /** A member's id. */
  owner_id: string | null;
  /** Ids of its tags, in ascending order; null if it has none. */
  tag_ids: readonly string[] | null;
  /** Custom fields of the workspace, by name. */
  custom: Record<string, unknown>;
  /** Time of the first reply; null while the lead is waiting for one. */
  first_reply_at: Date | null;
  /** Due time of the earliest open task or queued call. */
  next_step_at: Date | null;
  /** call, callback or task; null if nothing is planned. */
  next_step_kind: string | null;
  next_step: string | null;
  /** The lead must not be called from this time on. */
  do_not_call_since: Date | null;
  /** When it last enquired while it was closed. */
  enquired_again_at: Date | null;
  /** Fields that only one dialect knows, returned to it unchanged; keyed by dialect. */
  dialect_fields: Record<string, DialectFields>;
  touch_count: number;
  /** Increases with every change; webhooks include it so that receivers can put events in order. */
  version: number;
  created_at: Date;
  updated_at: Date;
}

/** Data stored for one dialect: its own fields and, under `_as`, the references they stood for when last written. */
export type DialectFields = Record<string, unknown> & {
  _as?: LeadReferences;
  /** Set while a single submitted phone stands for both `phone` and `other_phone`. */
  _main?: unknown;
  /** The lead's name if the dialect made it up from other fields; a real name replaces it. */
  _derived_name?: unknown;
};

export interface LeadReferences {
  status_id?: string | null;
  type_id?: string | null;
  category_id?: string | null;
  lost_reason_id?: string | null;
  source_id?: string | null;
  department_id?: string | null;
  owner_id?: string | null;
}

export type LeadReference = keyof LeadReferences;
export const leadReferences: readonly LeadReference[] = [
  'status_id',
  'type_id',
  'category_id',
  'lost_reason_id',
  'source_id',
  'department_id',
  'owner_id',
];

/** Location of each canonical value in a dialect's request, for use in error messages. */
export type Origin = Partial<Record<LeadField | LeadReference | 'custom', string>>;

const blank = {
  phone_sent: null,
  contact_id: null,
  type_id: null,
  category_id: null,
  lost_reason_id: null,
  source_id: null,
  department_id: null,
  owner_id: null,
  tag_ids: null,
  first_reply_at: null,
  next_step_at: null,
  next_step_kind: null,
  next_step: null,
  do_not_call_since: null,
  enquired_again_at: null,
  ...Object.fromEntries(leadFieldNames.map((name) => [name, null])),
} as Omit<
  Lead,
  'id' | 'number' | 'status_id' | 'custom' | 'dialect_fields' | 'touch_count' | 'version' | 'created_at' | 'updated_at'
>;

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
