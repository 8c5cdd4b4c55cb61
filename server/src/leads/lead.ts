import type { LeadField, LeadValues } from './fields.ts';

/**
 * A lead as stored: a person or firm that may buy. References are ids of the workspace's reference data (see Book).
 * Ids are UUIDv7; `number` counts up over the installation, for dialects that need an integer.
 */
export interface Lead extends Required<LeadValues> {
  id: string;
  number: number;
  /** The phone as its sender wrote it; `phone` is its E.164 form where it has one. */
  phone_sent: string | null;
  /** Whom the lead is about, when several leads are about one contact; null: the lead is its own contact. */
  contact_id: string | null;
  status_id: string;
  type_id: string | null;
  category_id: string | null;
  lost_reason_id: string | null;
  source_id: string | null;
  department_id: string | null;
  /** A member's id. */
  owner_id: string | null;
  /** Workspace-defined fields, by their literal names. */
  custom: Record<string, unknown>;
  /** When somebody first replied; null: the lead still waits. */
  first_reply_at: Date | null;
  /** The open task or waiting call that is due first. */
  next_step_at: Date | null;
  /** call, callback or task; null: nothing is planned. */
  next_step_kind: string | null;
  next_step: string | null;
  /** Nobody calls from then on. */
  do_not_call_since: Date | null;
  /** What only one dialect knows, returned to it faithfully; keyed by dialect. */
  dialect_fields: Record<string, DialectFields>;
  touch_count: number;
  /** Counts every change; webhooks carry it so that receivers can order. */
  version: number;
  created_at: Date;
  updated_at: Date;
}

/** One dialect's memory of a lead: its own fields, and under `_as` the references they stood for when last written. */
export type DialectFields = Record<string, unknown> & {
  _as?: LeadReferences;
  /** Set while the one phone that was sent stands for both `phone` and `other_phone`. */
  _main?: unknown;
};

/** The reference columns of a lead. */
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

/** Where in a dialect's request a canonical value was, for wording refusals. */
export type Origin = Partial<Record<LeadField | LeadReference | 'custom', string>>;
