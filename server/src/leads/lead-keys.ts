import { emailKey } from '../platform/email.ts';
import { parsePhone } from '../platform/phone.ts';
import type { Lead } from './lead.ts';

/** A phone as its sender wrote it. Without `callingCode` the region of the token or workspace is assumed. */
export interface PhoneSent {
  sent: string;
  /** Digits only, such as '91'. */
  callingCode?: string;
}

const contactKeyKinds = [
  'id_number',
  'passport_number',
  'social_security_number',
  'vat_registration_number',
  'registration_number',
  'accounts_receivable',
] as const;
export type ContactKeyKind = (typeof contactKeyKinds)[number];

/** By what a lead is found again. Phones and emails are matched on; a contact's document numbers are only looked up. */
export interface LeadKey {
  kind: 'phone' | 'email' | ContactKeyKind;
  value: string;
}

/** The key a phone is matched by, `+<digits>`; undefined when there are too few digits to mean anyone. */
export function phoneKey(phone: PhoneSent, region: string): string | undefined {
  const key = parsePhone(phone.sent, region, phone.callingCode)?.key;
  return key && key.length > 5 ? key : undefined;
}

/** Digits by which a number is recognised at the end of others: in full where it is valid, else as its sender wrote them. */
export function plainDigits(phone: PhoneSent, region: string): string {
  const parsed = parsePhone(phone.sent, region, phone.callingCode);
  const digits = parsed?.valid ? parsed.key.slice(1) : phone.sent.replace(/\D/g, '').replace(/^0+/, '');
  return digits || phone.sent.trim();
}

/** The keys that a lead is matched by, of what stands on it. */
export function contactKeysOf({ phone, email }: Pick<Lead, 'phone' | 'email'>): LeadKey[] {
  const address = email ? emailKey(email) : undefined;
  return [
    ...(phone && /^\+\d{5,}$/.test(phone) ? [{ kind: 'phone' as const, value: phone }] : []),
    ...(address ? [{ kind: 'email' as const, value: address }] : []),
  ];
}
