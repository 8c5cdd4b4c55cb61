import type { LeadDraft, Origin, ReadContext, Remark } from '../dialect.ts';
import { FieldRules, type Fields } from '../field-rules.ts';

/** One lead being read from a request: what was sent, what is wrong with it, and what is to be kept of it. */
export interface Reading {
  readonly fields: Fields;
  readonly context: ReadContext;
  /** An update: absent fields say nothing and null clears. A create: both are the same. */
  readonly updates: boolean;
  readonly fieldRules: FieldRules;
  readonly values: LeadDraft['values'];
  readonly references: NonNullable<LeadDraft['references']>;
  /** What only this dialect knows, by the names it is remembered under; null forgets. */
  readonly memory: Map<string, unknown>;
  readonly contactKeys: NonNullable<LeadDraft['contact_keys']>[number][];
  readonly remarks: Remark[];
  /** Where each canonical value was in the request; references only where it spoke of them. */
  readonly origin: Origin;
  /** Names that were read. What is left over is kept as it came. */
  readonly used: Set<string>;
}

export function startReading(fields: Fields, context: ReadContext, updates: boolean): Reading {
  return {
    fields,
    context,
    updates,
    fieldRules: new FieldRules(),
    values: {},
    references: {},
    memory: new Map(),
    contactKeys: [],
    remarks: [],
    origin: {},
    used: new Set(updates ? ['token', 'fields_set', 'lead_identifier'] : ['token', 'fields_set']),
  };
}

/** A value with the name that its sender has for it. `undefined`: says nothing; `null`: to be cleared. */
export interface Sent {
  at: string;
  value: unknown;
}

/** Takes a value under the first of its names that has one. A create takes null and blanks as unsaid. */
export function take(reading: Reading, names: readonly string[]): Sent {
  const { fields, used } = reading;
  const at = names.find((name) => !isBlank(fields.get(name))) ?? names.find((name) => fields.has(name));
  if (at === undefined) return { at: names[0] ?? '', value: undefined };
  used.add(at);
  const value = fields.get(at);
  return { at, value: isBlank(value) ? (reading.updates ? null : undefined) : value };
}

/** What counts as unsaid: null, and text of nothing but blanks. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
