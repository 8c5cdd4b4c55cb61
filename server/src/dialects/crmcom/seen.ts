import type { Lead, ReferenceData } from '../dialect.ts';
import type { Fields } from '../field-rules.ts';

/** A lead as it is being shown: itself, what this dialect remembers of it, and the workspace's reference data. */
export interface Seen {
  lead: Lead;
  memory: Fields;
  referenceData: ReferenceData;
}

/** The name that this dialect's memory of a lead is kept under. */
export const DIALECT = 'crmcom';

export function see(lead: Lead, referenceData: ReferenceData): Seen {
  const own = Object.hasOwn(lead.dialect_fields, DIALECT) ? lead.dialect_fields[DIALECT] : undefined;
  // In one order always: the store gives what is remembered back in an order of its own.
  const entries = Object.entries<unknown>(own ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
  return { lead, memory: new Map(entries), referenceData };
}

const EXTRA = 'extra:';

/** Under which name a field of no known name is remembered, so that it can never stand for one of ours. */
export function extraName(name: string): string {
  return EXTRA + name;
}

/** The sender's name of a remembered field; undefined for our own. */
export function extraOf(remembered: string): string | undefined {
  return remembered.startsWith(EXTRA) ? remembered.slice(EXTRA.length) : undefined;
}
