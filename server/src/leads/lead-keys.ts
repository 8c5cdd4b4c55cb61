import { emailKey, isFillerEmail } from '../platform/email.ts';
import { type PhoneReading, readPhone } from '../platform/phone/read-phone.ts';
import { certaintyOf, identityOf, nationalOf, regionsOf } from '../platform/phone/show-phone.ts';
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

/** A key by which leads are matched, with the text as sent. If it is not certain, it may belong to somebody else. */
export interface MatchKey extends LeadKey {
  kind: 'phone' | 'email';
  sent: string;
  isCertain: boolean;
}

/** Key for matching a phone; undefined if it is not a number, or only digits that people type to get past a form. */
export function phoneKey(phone: PhoneSent, region: string): string | undefined {
  return phoneKeyOf(readPhone(phone.sent, region, phone.callingCode))?.value;
}

/** Matching key of a phone that was parsed. Each extension has a key of its own, because it is a different person. */
export function phoneKeyOf({ sent, number, extension }: Omit<PhoneReading, 'certainty'>): MatchKey | undefined {
  const identity = number ? identityOf(number) : 'none';
  if (!number || identity === 'none') return undefined;
  return { kind: 'phone', value: withExtension(number, extension), sent, isCertain: identity === 'certain' };
}

function withExtension(number: string, extension: string | undefined): string {
  return extension ? `${number};ext=${extension}` : number;
}

/** Key for matching an email; undefined if it is not an address, or a placeholder for having none. */
export function emailKeyOf(sent: string): MatchKey | undefined {
  const value = emailKey(sent);
  return value && !isFillerEmail(value) ? { kind: 'email', value, sent, isCertain: true } : undefined;
}

/**
 * The digits of a number as stored in source number rules: E.164 without the plus if it is valid, otherwise as sent.
 */
export function plainDigits(phone: PhoneSent, region: string): string {
  const { number, certainty } = readPhone(phone.sent, region, phone.callingCode);
  return certainty === 'valid' && number ? number.slice(1) : digitsOf(phone.sent) || phone.sent.trim();
}

/** The forms in which source number rules may contain a phone: with its country code, and as a national number. */
export function routedNumbers(phone: string): string[] {
  return [digitsOf(phone), nationalOf(phone)].filter((digits) => digits !== undefined && digits !== '') as string[];
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '').replace(/^0+/, '');
}

type Contactable = Pick<Lead, 'phone' | 'phone_sent' | 'other_phone' | 'email'>;

/** The extension in the phone as sent. */
export function extensionOf({ phone, phone_sent }: Pick<Lead, 'phone' | 'phone_sent'>): string | undefined {
  if (!phone || !phone_sent || certaintyOf(phone) === 'none') return undefined;
  const read = readPhone(phone_sent, regionsOf(phone)[0] ?? 'ZZ');
  return read.number === phone ? read.extension : undefined;
}

/** Matching keys derived from the lead's phone and email. */
export function contactKeysOf(lead: Contactable): MatchKey[] {
  const { phone, phone_sent, email } = lead;
  const key = phone && phoneKeyOf({ sent: phone_sent ?? phone, number: phone, extension: extensionOf(lead) });
  const address = email ? emailKeyOf(email) : undefined;
  return [...(key ? [key] : []), ...(address ? [address] : [])];
}

/**
 * Keys of the second phone and, if the main phone has an extension, of its number alone. They make leads possible
 * duplicates but never match one.
 */
export function secondKeysOf(lead: Contactable): MatchKey[] {
  const { phone, other_phone } = lead;
  const other = other_phone ? phoneKeyOf(readPhone(other_phone, 'ZZ')) : undefined;
  const line = phone && extensionOf(lead) ? phoneKeyOf({ sent: phone, number: phone }) : undefined;
  const main = new Set(contactKeysOf(lead).map(({ value }) => value));
  return [other, line].flatMap((key) => (key && !main.has(key.value) ? key : []));
}
