import type { LeadDraft, Origin, ReadContext, Warning } from '../dialect.ts';
import { FieldRules, type Fields } from '../field-rules.ts';

/** The state of reading one lead from a request: what was sent, the issues found, and what will be stored. */
export interface LeadRequest {
  readonly fields: Fields;
  readonly context: ReadContext;
  /** In an update, absent fields stay unchanged and null clears a field; in a create, both mean 'not set'. */
  readonly isUpdate: boolean;
  readonly fieldRules: FieldRules;
  readonly values: LeadDraft['values'];
  readonly references: NonNullable<LeadDraft['references']>;
  /** Values that only this dialect stores, by name; null removes one. */
  readonly memory: Map<string, unknown>;
  readonly contactKeys: NonNullable<LeadDraft['contact_keys']>[number][];
  readonly warnings: Warning[];
  /** The request field behind each canonical value; references only where the request named them. */
  readonly origin: Origin;
  /** Names of the fields already read; the others are stored as sent. */
  readonly used: Set<string>;
}

export function newLeadRequest(fields: Fields, context: ReadContext, updates: boolean): LeadRequest {
  return {
    fields,
    context,
    isUpdate: updates,
    fieldRules: new FieldRules(),
    values: {},
    references: {},
    memory: new Map(),
    contactKeys: [],
    warnings: [],
    origin: {},
    used: new Set(updates ? ['token', 'fields_set', 'lead_identifier'] : ['token', 'fields_set']),
  };
}

/** A value with the sender's name for it. `undefined` means not sent, `null` to be cleared. */
export interface SentValue {
  at: string;
  value: unknown;
}

/** Reads the value of the first name that has one. A create treats null and blanks as absent. */
export function readField(request: LeadRequest, names: readonly string[]): SentValue {
  const { fields, used } = request;
  const at = names.find((name) => !isBlank(fields.get(name))) ?? names.find((name) => fields.has(name));
  if (at === undefined) return { at: names[0] ?? '', value: undefined };
  used.add(at);
  const value = fields.get(at);
  return { at, value: isBlank(value) ? (request.isUpdate ? null : undefined) : value };
}

/** True for undefined, null and blank text. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
