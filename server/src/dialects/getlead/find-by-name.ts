import type { Named, PhoneSent, ReferenceData, Warning } from '../dialect.ts';
import { type FieldRules, type Fields, toCallingCode } from '../field-rules.ts';

/** Warnings about values that are unknown or not understood; they are never a reason to lose a lead. */
export type Warnings = Warning[];

/** The calling code from the request; adds an issue if it is missing or unknown. */
export function requiredCallingCode(fieldRules: FieldRules, fields: Fields): string | undefined {
  const sent = fieldRules.requiredText(fields, 'countrycode');
  if (sent === undefined) return undefined;
  return callingCode(sent) ?? fieldRules.fail('countrycode', 'not_in_list');
}

/** The calling code, for endpoints that do not require one: an unknown code adds a warning, and the region applies. */
export function optionalCallingCode(fieldRules: FieldRules, fields: Fields, warnings: Warnings): string | undefined {
  const sent = fieldRules.text(fields, 'countrycode');
  const code = sent && callingCode(sent);
  if (sent && !code) warnings.push({ code: 'value_not_understood', at: 'countrycode', value: shorten(sent) });
  return code;
}

/** Country lists on websites use `1-876` or `1876` for Jamaica and the like: the area code is part of the number. */
function callingCode(sent: string): string | undefined {
  return toCallingCode(sent) ?? (/^(?:\+|00)?1[- ]?\d{3}$/.test(sent) ? '1' : undefined);
}

export function phoneSent(sent: string, code: string | undefined): PhoneSent {
  return code ? { sent, callingCode: code } : { sent };
}

/** The id of the active member with this name, username, e-mail address, code or id; adds a warning if none has it. */
export function memberId(
  referenceData: ReferenceData,
  at: string,
  value: string | undefined,
  warnings: Warnings,
): string | undefined {
  if (value === undefined) return undefined;
  for (const by of ['name', 'username', 'email', 'alternative_code', 'id'] as const) {
    const member = referenceData.find('member', { by, value: value });
    if (member?.active) return member.id;
  }
  warnings.push({ code: 'unknown_staff', at, value: shorten(value) });
  return undefined;
}

/** The id of the department with this name, code or id. */
export function departmentId(referenceData: ReferenceData, said: string): string | undefined {
  for (const by of ['name', 'alternative_code', 'id'] as const) {
    const department = referenceData.find('department', { by, value: said });
    if (department) return department.id;
  }
  return undefined;
}

/** A status or stage by name; one that does not exist will be created. */
export function named(referenceData: ReferenceData, kind: 'status' | 'deal_stage', said: string): Named {
  const known = referenceData.find(kind, { by: 'name', value: said });
  return known ? { id: known.id } : { make: said };
}

/** Shortens a value to what is needed to recognise it on a timeline. */
export function shorten(value: string): string {
  return value.length > 200 ? `${value.slice(0, 200)}…` : value;
}
