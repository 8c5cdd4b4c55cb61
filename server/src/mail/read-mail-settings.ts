import { isMailable } from '../platform/email.ts';
import type { MailSettings } from './queue-mail.ts';
import { type Mailbox, readSmtpUrl } from './smtp.ts';

/** Reads `SMTP_URL` and `MAIL_FROM`. Returns an error message if one of them is wrong. */
export function readMailSettings(given: { smtpUrl: string; from: string; base: string }): MailSettings | string {
  const smtp = readSmtpUrl(given.smtpUrl);
  // The value is not repeated, because it contains a password.
  if (smtp === undefined) return 'SMTP_URL must look like smtps://user:password@host:465 or smtp://host:587.';
  const from = readMailbox(given.from || usualSender(smtp?.auth?.user ?? '', given.base));
  if (!from) return `MAIL_FROM must be an address, such as Leadwell <leads@example.com>, not "${given.from}".`;
  return { smtp, from, base: given.base };
}

/** The account at the mail server if it is an address, since many servers accept no other sender. */
function usualSender(user: string, base: string): string {
  return isMailable(user) ? user : `leadwell@${hostOf(base).replace(/^\[.*|^[\d.]+$/, 'localhost')}`;
}

/** The host of the server's URL. An invalid URL is reported elsewhere. */
function hostOf(base: string): string {
  return URL.canParse(base) ? new URL(base).hostname : 'localhost';
}

function readMailbox(text: string): Mailbox | undefined {
  const [, name, bracketed] = /^([^<>]*)<([^<>]+)>$/.exec(text) ?? [];
  const address = (bracketed ?? text).trim();
  const isRight = isMailable(address) || /^[\w.-]+@[\w.-]+$/.test(address);
  return isRight ? { name: (name ?? '').trim().replace(/^"(.*)"$/, '$1') || 'Leadwell', address } : undefined;
}
