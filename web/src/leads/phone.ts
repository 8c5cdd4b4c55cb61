import type { Lead } from './api/get-lead.ts';

type Called = Pick<Lead, 'phone' | 'phone_extension' | 'phone_problem' | 'do_not_call'>;

/** The link that calls a lead; undefined when it has no number, or must not be called. */
export function callLink(lead: Called): string | undefined {
  return lead.phone && !lead.phone_problem && !lead.do_not_call
    ? dialLink(lead.phone, lead.phone_extension)
    : undefined;
}

/** The link that dials a number and its extension. */
export function dialLink(number: string, extension: string | null): string {
  return `tel:${number}${extension ? `;ext=${extension}` : ''}`;
}

/** Why a lead cannot be called, for a button that stays off. */
export function whyNotCalled(lead: Called): string {
  if (lead.do_not_call) return 'Marked as do not call';
  return lead.phone ? 'Not a phone number' : 'No phone';
}

/** What to say below a lead's phone: that it is none, or the text in which the number was sent, if it says more. */
export function phoneNote({ phone_problem, phone_sent }: Pick<Lead, 'phone_problem' | 'phone_sent'>) {
  if (phone_problem) return { text: 'Not a phone number', isProblem: true };
  const says = phone_sent?.replace(/^\s*(?:tel|p|whatsapp):/i, '').trim() ?? '';
  const saysMore = /[\p{L},;/#]/u.test(says);
  return saysMore ? { text: `Sent as “${phone_sent?.trim()}”`, isProblem: false } : undefined;
}
