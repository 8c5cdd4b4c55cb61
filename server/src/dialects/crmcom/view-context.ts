import type { Lead, ReferenceData } from '../dialect.ts';
import type { Fields } from '../field-rules.ts';

/**
 * What is needed to show a lead: the lead, the values this dialect remembers of it, and the workspace's reference data.
 */
export interface ViewContext {
  lead: Lead;
  memory: Fields;
  referenceData: ReferenceData;
}

/** The key under which this dialect's values are stored on a lead. */
export const DIALECT_KEY = 'crmcom';

export function viewContextOf(lead: Lead, referenceData: ReferenceData): ViewContext {
  const stored = Object.hasOwn(lead.dialect_fields, DIALECT_KEY) ? lead.dialect_fields[DIALECT_KEY] : undefined;
  // Sorted, because the store returns the remembered values in an order of its own.
  const entries = Object.entries<unknown>(stored ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
  return { lead, memory: new Map(entries), referenceData };
}

const EXTRA = 'extra:';

/** The name under which an unknown field is stored; prefixed so that it cannot collide with our own names. */
export function extraName(name: string): string {
  return EXTRA + name;
}

/** The sender's name for a stored unknown field; undefined for our own names. */
export function extraOf(remembered: string): string | undefined {
  return remembered.startsWith(EXTRA) ? remembered.slice(EXTRA.length) : undefined;
}
