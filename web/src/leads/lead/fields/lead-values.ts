import type { Problem } from '../../../api/problem.ts';
import type { LeadField } from '../../../app/lead-fields.ts';
import type { LeadPatch } from '../../api/get-lead.ts';

const OWN = 'custom.';

/** The texts typed into a form, by field name. */
export type Typed = Readonly<Record<string, string>>;

/** The typed values as a change; blank ones are left out. */
export function patchOf(fields: readonly LeadField[], typed: Typed): LeadPatch {
  const said = fields.flatMap((field) => {
    const text = typed[field.name]?.trim();
    return text ? [[field.name, valueIn(field, text)] as const] : [];
  });
  const custom = said.flatMap(([name, value]) => (name.startsWith(OWN) ? [[name.slice(OWN.length), value]] : []));
  return {
    ...Object.fromEntries(said.filter(([name]) => !name.startsWith(OWN))),
    ...(custom.length > 0 && { custom: Object.fromEntries(custom) }),
  };
}

function valueIn({ type }: LeadField, text: string): string | number | boolean {
  if (type === 'boolean') return text === 'true';
  return type === 'number' ? numberOr(text) : text;
}

/** The text as a number; if it is not one, the text itself, which the server refuses with its own message. */
export function numberOr(text: string): string | number {
  const number = Number(text.replace(',', '.'));
  return Number.isFinite(number) ? number : text;
}

/** The fields whose absence made the server refuse a change; undefined if anything else is wrong with it. */
export function missingFieldsIn(problem: Problem | undefined | null): readonly string[] | undefined {
  if (!problem || problem.errors.length === 0 || problem.errors.some(({ code }) => code !== 'required'))
    return undefined;
  return problem.errors.map(({ field }) => field);
}

type Label = (name: string) => string;

/** The server's message about a field, with labels in place of field names. */
export function messageOf(problem: Problem | undefined | null, field: string, label: Label): string | undefined {
  const said = problem?.of(field);
  if (said === undefined) return undefined;
  const named = said.startsWith(field) ? label(field) + said.slice(field.length) : said;
  return named.replace(
    / when (.+) is (given[.]|“)/,
    (_, other: string, rest: string) => ` when ${label(other)} is ${rest}`,
  );
}

/** All of the server's messages about a change, with labels. */
export function messagesOf(problem: Problem, label: Label): string {
  const fields = [...new Set(problem.errors.map(({ field }) => field))];
  return fields.map((field) => messageOf(problem, field, label)).join(' ') || problem.message;
}

/** Merges two changes; the later one wins. */
export function mergePatches(first: LeadPatch, then: LeadPatch): LeadPatch {
  const custom = { ...first.custom, ...then.custom };
  return { ...first, ...then, ...(Object.keys(custom).length > 0 && { custom }) };
}
