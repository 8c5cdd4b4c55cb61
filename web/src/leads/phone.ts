import type { Lead } from './api/get-lead.ts';

type Called = Pick<Lead, 'phone' | 'phone_extension' | 'phone_problem' | 'do_not_call'>;

/** The link that calls a lead; undefined if the lead has no phone number or must not be called. */
export function callLink(lead: Called): string | undefined {
  return lead.phone && !lead.phone_problem && !lead.do_not_call
    ? dialLink(lead.phone, lead.phone_extension)
    : undefined;
}

/** The link that dials a number and its extension. */
export function dialLink(number: string, extension: string | null): string {
  return `tel:${number}${extension ? `;ext=${extension}` : ''}`;
}

/** Why a lead cannot be called, as a tooltip. */
export function whyNotCalled(lead: Called): string {
  if (lead.do_not_call) return 'Marked “do not call”';
  return lead.phone ? 'Not a phone number' : 'No phone';
}

/** A note below a lead's phone: that it is not a phone number, or the text it was sent as, if that says more. */
export function phoneNote({ phone_problem, phone_sent }: Pick<Lead, 'phone_problem' | 'phone_sent'>) {
  if (phone_problem) return { text: 'Not a phone number', isProblem: true };
  const says = phone_sent?.replace(/^\s*(?:tel|p|whatsapp):/i, '').trim() ?? '';
  const saysMore = /[\p{L},;/#]/u.test(says);
  return saysMore ? { text: `Sent as “${phone_sent?.trim()}”`, isProblem: false } : undefined;
}
