import type { LeadReference, ReferenceItem } from '../dialect.ts';
import { parseDate } from '../field-rules.ts';
import { identify } from './identifiers.ts';
import { type LeadRequest, readField, type SentValue } from './lead-request.ts';
import { type FieldRow, fieldRow, fieldRows, referenceRow, rememberedRows, udfs } from './wire.ts';

/**
 * Reads the plain fields into their canonical counterparts. Dates and numbers are also remembered as sent, because some
 * carry a time of day or more decimals than a lead stores.
 */
export function readPlainFields(request: LeadRequest): void {
  for (const row of fieldRows) {
    if (row.field === 'phone') continue;
    const sent = readField(request, row.names);
    const value = typedValue(request, row, sent);
    if (value === undefined) continue;
    request.origin[row.field] = sent.at;
    Object.assign(request.values, { [row.field]: row.field === 'priority' && value !== null ? Number(value) : value });
    if (row.type === 'date' || row.field === 'email') request.memory.set(row.names[0] ?? '', sent.value);
    if (row.type === 'number') request.memory.set(row.names[0] ?? '', value);
  }
}

/** The lead's own phone as sent; the contact's phones are read separately. */
export function readContactPhone(request: LeadRequest): string | null | undefined {
  const row = fieldRow('phone');
  const sent = readField(request, row.names);
  const phone = typedValue(request, row, sent);
  if (sent.value !== undefined) request.origin.phone = sent.at;
  if (phone !== undefined) request.memory.set('contact_phone', phone);
  return phone === undefined || phone === null ? phone : String(phone);
}

function typedValue(request: LeadRequest, row: FieldRow, { at, value }: SentValue): string | number | null | undefined {
  const { fieldRules, isUpdate: updates } = request;
  if (value === undefined || value === null) {
    if (row.mandatory && (value === null || !updates)) return fieldRules.fail(at, 'required');
    return value;
  }
  const fields = new Map([[at, value]]);
  if (row.type === 'number') return fieldRules.number(fields, at, row);
  const text = fieldRules.text(fields, at);
  if (text === undefined || row.type === 'text') return text;
  if (row.type === 'date') return parseDate(text) ?? fieldRules.fail(at, 'not_date');
  const choice = text.trim().toUpperCase();
  const allowed = row.choices ?? [];
  return allowed.includes(choice) ? choice : fieldRules.fail(at, 'not_in_list', { allowed });
}

/** Reads one identifier. `item` is null if the reference is to be cleared, and undefined if it is absent or invalid. */
export function readReference(
  request: LeadRequest,
  reference: LeadReference,
): SentValue & { item?: ReferenceItem | null } {
  const { fieldRules, context, isUpdate: updates } = request;
  const row = referenceRow(reference);
  const sent = readField(request, row.names);
  if (sent.value !== undefined) request.origin[reference] = sent.at;
  if (sent.value === undefined || sent.value === null) {
    const due = row.mandatory && (sent.value === null || !updates);
    if (due) fieldRules.fail(sent.at, 'required');
    return { ...sent, item: due ? undefined : sent.value };
  }
  return { ...sent, item: identify(fieldRules, context.referenceData, row.sort, sent.at, sent.value) };
}

/** Reads the group and the privacy level, which only this dialect knows. */
export function readRemembered(request: LeadRequest): void {
  for (const { name, names, sort } of rememberedRows) {
    const { at, value } = readField(request, names);
    if (value === null) request.memory.set(name, null);
    const item =
      value === undefined || value === null
        ? undefined
        : identify(request.fieldRules, request.context.referenceData, sort, at, value);
    if (item) request.memory.set(name, { id: item.id });
  }
}

export function readUdfs(request: LeadRequest): void {
  for (const name of [...udfs.text, ...udfs.number, ...udfs.date]) {
    const { value } = readField(request, [name]);
    if (value === null) request.memory.set(name, null);
    const typed = value === undefined || value === null ? undefined : typedUdf(request, name);
    if (typed !== undefined) request.memory.set(name, typed);
  }
}

function typedUdf({ fieldRules, fields }: LeadRequest, name: string): string | number | undefined {
  if (udfs.number.includes(name)) return fieldRules.number(fields, name);
  const text = fieldRules.text(fields, name);
  if (text === undefined || udfs.text.includes(name)) return text;
  return parseDate(text) ? text : fieldRules.fail(name, 'not_date');
}
