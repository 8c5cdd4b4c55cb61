import type { LeadReference, ReferenceItem } from '../dialect.ts';
import { parseDate } from '../field-rules.ts';
import { identify } from './identifiers.ts';
import { type Reading, type Sent, take } from './reading.ts';
import { type FieldRow, fieldRow, fieldRows, referenceRow, rememberedRows, udfs } from './wire.ts';

/**
 * Reads the plain fields into their canonical counterparts. Dates and numbers are also remembered as sent, because some
 * carry a time of day or more decimals than a lead stores.
 */
export function readPlainFields(reading: Reading): void {
  for (const row of fieldRows) {
    if (row.field === 'phone') continue;
    const sent = take(reading, row.names);
    const value = typedValue(reading, row, sent);
    if (value === undefined) continue;
    reading.origin[row.field] = sent.at;
    Object.assign(reading.values, { [row.field]: row.field === 'priority' && value !== null ? Number(value) : value });
    if (row.type === 'date' || row.field === 'email') reading.memory.set(row.names[0] ?? '', sent.value);
    if (row.type === 'number') reading.memory.set(row.names[0] ?? '', value);
  }
}

/** The lead's own phone as sent; the contact's phones are read separately. */
export function readContactPhone(reading: Reading): string | null | undefined {
  const row = fieldRow('phone');
  const sent = take(reading, row.names);
  const phone = typedValue(reading, row, sent);
  if (sent.value !== undefined) reading.origin.phone = sent.at;
  if (phone !== undefined) reading.memory.set('contact_phone', phone);
  return phone === undefined || phone === null ? phone : String(phone);
}

function typedValue(reading: Reading, row: FieldRow, { at, value }: Sent): string | number | null | undefined {
  const { fieldRules, updates } = reading;
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

/** Reads one identifier. The item is null to clear, and undefined when absent or invalid. */
export function readReference(reading: Reading, reference: LeadReference): Sent & { item?: ReferenceItem | null } {
  const { fieldRules, context, updates } = reading;
  const row = referenceRow(reference);
  const sent = take(reading, row.names);
  if (sent.value !== undefined) reading.origin[reference] = sent.at;
  if (sent.value === undefined || sent.value === null) {
    const due = row.mandatory && (sent.value === null || !updates);
    if (due) fieldRules.fail(sent.at, 'required');
    return { ...sent, item: due ? undefined : sent.value };
  }
  return { ...sent, item: identify(fieldRules, context.referenceData, row.sort, sent.at, sent.value) };
}

/** Reads group and privacy level, which only this dialect knows. */
export function readRemembered(reading: Reading): void {
  for (const { name, names, sort } of rememberedRows) {
    const { at, value } = take(reading, names);
    if (value === null) reading.memory.set(name, null);
    const item =
      value === undefined || value === null
        ? undefined
        : identify(reading.fieldRules, reading.context.referenceData, sort, at, value);
    if (item) reading.memory.set(name, { id: item.id });
  }
}

export function readUdfs(reading: Reading): void {
  for (const name of [...udfs.text, ...udfs.number, ...udfs.date]) {
    const { value } = take(reading, [name]);
    if (value === null) reading.memory.set(name, null);
    const typed = value === undefined || value === null ? undefined : typedUdf(reading, name);
    if (typed !== undefined) reading.memory.set(name, typed);
  }
}

function typedUdf({ fieldRules, fields }: Reading, name: string): string | number | undefined {
  if (udfs.number.includes(name)) return fieldRules.number(fields, name);
  const text = fieldRules.text(fields, name);
  if (text === undefined || udfs.text.includes(name)) return text;
  return parseDate(text) ? text : fieldRules.fail(name, 'not_date');
}
