import type { LeadValues } from '../leads/fields.ts';
import type { PhoneSent } from '../leads/lead-keys.ts';
import { type LeadKey, phoneKey } from '../leads/lead-keys.ts';
import { phoneTail } from '../leads/lead-row.ts';
import { emailKey } from '../platform/email.ts';
import type { LeadDraft } from './command.ts';

/** A draft in canonical form: phones in E.164, keys ready for matching. Absent fields are unchanged, null clears. */
export interface Facts {
  values: LeadValues;
  phone_sent?: string | null;
  other_phone_sent?: string | null;
  phone_tail?: string | null;
  /** The phone comes first because it takes precedence. */
  matchKeys: LeadKey[];
  contactKeys: LeadKey[];
}

/** Converts a draft to canonical form. Pure; `region` is for numbers without a country code. */
export function normalise(draft: LeadDraft, region: string): Facts {
  const facts: Facts = { values: { ...draft.values }, matchKeys: [], contactKeys: [...(draft.contact_keys ?? [])] };
  setPhone(facts, draft.phone, region);
  if (draft.other_phone !== undefined) {
    facts.values.other_phone = canonicalPhone(draft.other_phone, region);
    facts.other_phone_sent = draft.other_phone?.sent ?? null;
  }
  const email = draft.values.email ? emailKey(draft.values.email) : undefined;
  if (email) facts.matchKeys.push({ kind: 'email', value: email });
  return facts;
}

function setPhone(facts: Facts, phone: PhoneSent | null | undefined, region: string): void {
  if (phone === undefined) return;
  const key = phone && phoneKey(phone, region);
  facts.values.phone = phone && (key ?? phone.sent.trim());
  facts.phone_sent = phone?.sent ?? null;
  facts.phone_tail = key ? phoneTail(key) : null;
  if (key) facts.matchKeys.push({ kind: 'phone', value: key });
}

function canonicalPhone(phone: PhoneSent | null, region: string): string | null {
  return phone && (phoneKey(phone, region) ?? phone.sent.trim());
}

/** Whether two values are equal, so that setting one over the other is no change. */
export function sameValue(a: unknown, b: unknown): boolean {
  return a === b || (a ?? null) === (b ?? null) || JSON.stringify(a) === JSON.stringify(b);
}
