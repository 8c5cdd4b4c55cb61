import { emailKey } from '../platform/email.ts';
import { parsePhone } from '../platform/phone.ts';
import type { Lead } from './lead.ts';

/** A phone number as sent. Without `callingCode`, the region of the token or workspace applies. */
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

/** Identifies a lead. Phones and emails are used for matching; a contact's document numbers only for look-ups. */
export interface LeadKey {
  kind: 'phone' | 'email' | ContactKeyKind;
  value: string;
}

/** Key for matching a phone, `+<digits>`; undefined if it has too few digits to identify anyone. */
export function phoneKey(phone: PhoneSent, region: string): string | undefined {
  const key = parsePhone(phone.sent, region, phone.callingCode)?.key;
  return key && key.length > 5 ? key : undefined;
}

/** Digits for matching the end of other numbers: the full number if valid, otherwise the digits as sent. */
export function plainDigits(phone: PhoneSent, region: string): string {
  const parsed = parsePhone(phone.sent, region, phone.callingCode);
  const digits = parsed?.valid ? parsed.key.slice(1) : phone.sent.replace(/\D/g, '').replace(/^0+/, '');
  return digits || phone.sent.trim();
}

/** Matching keys derived from the lead's phone and email. */
export function contactKeysOf({ phone, email }: Pick<Lead, 'phone' | 'email'>): LeadKey[] {
  const address = email ? emailKey(email) : undefined;
  return [
    ...(phone && /^\+\d{5,}$/.test(phone) ? [{ kind: 'phone' as const, value: phone }] : []),
    ...(address ? [{ kind: 'email' as const, value: address }] : []),
  ];
}
