import type { Lead } from './lead.ts';
import { keptColumns, leadColumns } from './lead-columns.ts';

/** A row of any table, by column. */
export type Row = Record<string, unknown>;

/** A lead as a row; nulls are left out, they are the default of a column that is not named. */
export function leadRow(workspaceId: string, lead: Lead): Row {
  const row: Row = { workspace_id: workspaceId, phone_tail: lead.phone ? phoneTail(lead.phone) : null };
  for (const name in lead) {
    const value = (lead as unknown as Row)[name];
    if (value !== null) row[name] = value;
  }
  return row;
}

/** How many last digits find a number that was written without its country code. */
const TAIL = 8;

/** The last digits of a phone; null when there are too few to mean anyone. */
export function phoneTail(phone: string): string | null {
  const digits = phone.replace(/\D/g, '');
  return digits.length >= 6 ? digits.slice(-TAIL) : null;
}

const fixed = ['id', 'number', 'created_at', ...keptColumns];
const changeable = leadColumns.split(', ').filter((name) => !fixed.includes(name));

/** SQL that writes all that can change of a lead from rows named `new`. */
export const setLeadColumns = [...changeable, 'phone_tail'].map((name) => `${name} = new.${name}`).join(', ');
