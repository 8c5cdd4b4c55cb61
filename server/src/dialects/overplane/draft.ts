import type { LeadDraft, PhoneSent, ReferenceData, Warning } from '../dialect.ts';
import { textIn } from './derive-names.ts';
import { findOwner, findStatusId } from './find-by-name.ts';
import type { SentValue, SentValues } from './read-values.ts';
import { NO_OWNER, type PlainField, type WireName, wireFields } from './wire.ts';

/** A draft under construction. */
interface DraftState {
  referenceData: ReferenceData;
  values: Map<PlainField, SentValue>;
  /** Values this dialect stores with the lead, by field name; null removes one. */
  memory: Map<string, unknown>;
  warnings: Warning[];
  status?: LeadDraft['status'];
  owner_id?: string | null;
  phone?: PhoneSent | null;
  other_phone?: PhoneSent | null;
}

/**
 * Builds a draft from the values sent, and lists those that could not be understood. `isNew` is true if the lead does
 * not exist yet.
 */
export function draftOf(
  sent: SentValues,
  referenceData: ReferenceData,
  isNew: boolean,
): { draft: LeadDraft; warnings: Warning[] } {
  const making: DraftState = { referenceData, values: new Map(), memory: new Map(), warnings: [] };
  for (const [name, value] of sent) (rules.get(name) ?? plain)(making, value, name);
  fillMainPhone(making, sent, isNew);
  const { status, owner_id, phone, other_phone, warnings } = making;
  const whatsapp = textIn(sent.get('whatsapp_no'));
  const memory = [...making.memory].filter(([, value]) => !isNew || value !== null);
  const draft: LeadDraft = {
    values: Object.fromEntries(making.values) as LeadDraft['values'],
    ...(status && { status }),
    ...(owner_id !== undefined && { references: { owner_id } }),
    ...(phone !== undefined && { phone }),
    ...(other_phone !== undefined && { other_phone }),
    ...(whatsapp !== undefined && { other_contacts: { phones: [{ sent: whatsapp }] } }),
    ...(memory.length > 0 && { dialect_fields: Object.fromEntries(memory) }),
  };
  return { draft, warnings };
}

type Rule = (making: DraftState, value: SentValue, name: WireName) => void;

/** Blank text clears a field. It is also remembered as sent, because it is shown blank again rather than as null. */
function plain({ values, memory }: DraftState, value: SentValue, name: WireName): void {
  const field = wireFields.get(name)?.field as PlainField | undefined;
  if (field === undefined) memory.set(name, value);
  else if (typeof value === 'number') takeAmount(values, memory, field, value, name);
  else {
    const isBlank = value === null || (typeof value === 'string' && value.trim() === '');
    values.set(field, isBlank ? null : value);
    if (isBlank) memory.set(name, value);
  }
}

/** Amounts are stored with two decimals; one with more is also remembered, so that it can be shown as sent. */
function takeAmount(
  values: DraftState['values'],
  memory: DraftState['memory'],
  field: PlainField,
  sent: number,
  at: string,
): void {
  const stored = toHundredth(sent);
  values.set(field, stored);
  memory.set(at, stored === sent ? null : sent);
}

/** Rounds an amount to two decimals. */
export function toHundredth(amount: number): number {
  return Number(amount.toFixed(2));
}

const rules: ReadonlyMap<WireName, Rule> = new Map<WireName, Rule>([
  [
    'status',
    (making, value) => {
      const id = findStatusId(making.referenceData, value);
      if (id) making.status = { id };
      making.memory.set('status', textIn(value) ?? null);
    },
  ],
  [
    'lead_owner',
    (making, value) => {
      const name = textIn(value);
      const isNobody = name === undefined || name === NO_OWNER;
      const owner = isNobody ? undefined : findOwner(making.referenceData, name);
      if (isNobody || owner) making.owner_id = owner?.id ?? null;
      else making.warnings.push({ code: 'unknown_staff', at: 'lead_owner', value: name.slice(0, 200) });
      making.memory.set('lead_owner', isNobody ? null : name);
    },
  ],
  [
    'phone',
    (making, value) => {
      const text = textIn(value);
      making.other_phone = text === undefined ? null : { sent: text };
      making.memory.set('phone', value);
    },
  ],
  [
    'mobile_no',
    (making, value) => {
      const text = textIn(value);
      making.phone = text === undefined ? null : { sent: text };
      making.memory.set('mobile_no', value);
      if (text !== undefined) making.memory.set('_main', null);
    },
  ],
  // A title that was cleared on purpose is not derived again.
  ['title', ({ memory }, value) => memory.set('title', value ?? false)],
]);

/**
 * A lead with a `phone` but no `mobile_no` is called and matched by `phone`. `_main` remembers that text, so that it is
 * not shown as a mobile number.
 */
function fillMainPhone(making: DraftState, sent: SentValues, isNew: boolean): void {
  const phone = textIn(sent.get('phone'));
  const lacksMobile = isNew || sent.has('mobile_no');
  if (phone === undefined || !lacksMobile || textIn(sent.get('mobile_no')) !== undefined) return;
  const extension = textIn(sent.get('phone_ext'));
  making.phone = {
    sent: extension && /^\d{1,7}$/.test(extension.trim()) ? `${phone} ext. ${extension.trim()}` : phone,
  };
  making.memory.set('_main', phone);
}
