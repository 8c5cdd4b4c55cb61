import type { Lead, LeadPatch } from './get-lead.ts';

/** A lead as the user saw it before changing it; cards on the board have only some of its fields. */
export type SeenLead = Pick<Lead, 'id' | 'version'> & Partial<Lead>;

/** A change to some fields, with the values to show until the server responds. */
export interface FieldChange {
  patch: LeadPatch;
  shown: Partial<Lead>;
}

/** A change to a lead, with the lead as the user saw it when they began to edit. */
export interface LeadChange extends FieldChange {
  seen: SeenLead;
}

type Value = string | number | boolean | null;

/** A field that two people changed at the same time. */
export interface ConflictingField {
  /** The field's name in requests; `custom.<name>` for custom fields. */
  name: string;
  mine: Value;
  theirs: Value;
}

/** The fields of a change that somebody else has set to another value meanwhile. */
export function conflictsOf({ seen, patch, shown }: LeadChange, theirs: Lead): ConflictingField[] {
  return namesIn(patch).flatMap((name) => {
    const before = valueIn(seen, name);
    const now = valueIn(theirs, name) ?? null;
    const mine = valueIn(shown, name) ?? valueIn(patch, name) ?? null;
    if (before === undefined || before === now || now === mine) return [];
    return [{ name, mine: wordOf(shown, name) ?? mine, theirs: wordOf(theirs, name) ?? null }];
  });
}

/** The values that `shown` replaces. */
export function valuesBefore(seen: SeenLead, shown: Partial<Lead>): Partial<Lead> {
  const names = Object.keys(shown).filter((name) => name in seen);
  return Object.fromEntries(names.map((name) => [name, seen[name as keyof Lead]]));
}

const CUSTOM = 'custom.';

function namesIn({ custom, ...patch }: LeadPatch): string[] {
  return [...Object.keys(patch), ...Object.keys(custom ?? {}).map((name) => CUSTOM + name)];
}

type Values = Readonly<Record<string, unknown>> & { custom?: Readonly<Record<string, unknown>> };

/** The value of a field, or its id if it is a reference; undefined if it is not known. */
function valueIn(lead: object, name: string): Value | undefined {
  const values = lead as Values;
  if (name.startsWith(CUSTOM)) return values.custom && ((values.custom[name.slice(CUSTOM.length)] ?? null) as Value);
  return (`${name}_id` in values ? values[`${name}_id`] : values[name]) as Value | undefined;
}

/** The displayed value of a field, or its name if it is a reference. */
function wordOf(lead: object, name: string): Value | undefined {
  return name.startsWith(CUSTOM) ? valueIn(lead, name) : ((lead as Values)[name] as Value | undefined);
}
