import type { Lead, LeadPatch } from './get-lead.ts';

/** A lead as somebody saw it before changing it; a card of the board knows only some of its fields. */
export type SeenLead = Pick<Lead, 'id' | 'version'> & Partial<Lead>;

/** Some fields in the words of a change, and how they are shown until the server answers. */
export interface FieldChange {
  patch: LeadPatch;
  shown: Partial<Lead>;
}

/** A change of a lead, with the lead as it was seen when the person began to make it. */
export interface LeadChange extends FieldChange {
  seen: SeenLead;
}

type Value = string | number | boolean | null;

/** A field that two people changed at the same time. */
export interface ConflictingField {
  /** As requests call it; `custom.` and the name for one of the workspace's own. */
  name: string;
  mine: Value;
  theirs: Value;
}

/** The fields of a change that somebody else has set to another value since the lead was seen. */
export function conflictsOf({ seen, patch, shown }: LeadChange, theirs: Lead): ConflictingField[] {
  return namesIn(patch).flatMap((name) => {
    const before = valueIn(seen, name);
    const now = valueIn(theirs, name) ?? null;
    const mine = valueIn(shown, name) ?? valueIn(patch, name) ?? null;
    if (before === undefined || before === now || now === mine) return [];
    return [{ name, mine: wordOf(shown, name) ?? mine, theirs: wordOf(theirs, name) ?? null }];
  });
}

/** The values that a lead had where `shown` differs. */
export function valuesBefore(seen: SeenLead, shown: Partial<Lead>): Partial<Lead> {
  const names = Object.keys(shown).filter((name) => name in seen);
  return Object.fromEntries(names.map((name) => [name, seen[name as keyof Lead]]));
}

const CUSTOM = 'custom.';

function namesIn({ custom, ...patch }: LeadPatch): string[] {
  return [...Object.keys(patch), ...Object.keys(custom ?? {}).map((name) => CUSTOM + name)];
}

type Values = Readonly<Record<string, unknown>> & { custom?: Readonly<Record<string, unknown>> };

/** What a field holds: the id of what was chosen where it is a choice; undefined if that is not known. */
function valueIn(lead: object, name: string): Value | undefined {
  const values = lead as Values;
  if (name.startsWith(CUSTOM)) return values.custom && ((values.custom[name.slice(CUSTOM.length)] ?? null) as Value);
  return (`${name}_id` in values ? values[`${name}_id`] : values[name]) as Value | undefined;
}

/** What a field is shown as: the name of what was chosen where it is a choice. */
function wordOf(lead: object, name: string): Value | undefined {
  return name.startsWith(CUSTOM) ? valueIn(lead, name) : ((lead as Values)[name] as Value | undefined);
}
