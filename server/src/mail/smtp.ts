import { createTransport } from 'nodemailer';

/** The mail server named by `SMTP_URL`. */
export interface SmtpSettings {
  host: string;
  port: number;
  /** TLS from the first byte; otherwise STARTTLS is used where the server offers it. */
  secure: boolean;
  auth: { user: string; pass: string } | null;
}

/** A name and an address. They are never joined into one string, because a hostile name could then add recipients. */
export interface Mailbox {
  name: string;
  address: string;
}

/** A message that is ready to be sent. */
export interface Message {
  from: Mailbox;
  to: Mailbox;
  subject: string;
  text: string;
  html: string;
  messageId: string;
  date: Date;
  /** URL with which recipients unsubscribe from this kind of mail in one click. */
  unsubscribe?: string | undefined;
}

/** How the mail server responded to a message. */
export type Delivery =
  | { kind: 'sent' }
  /** The server will never accept the message; the reason is in the server's own words. */
  | { kind: 'refused'; reason: string }
  /** The server may accept the message later, or could not be reached. */
  | { kind: 'later'; reason: string };

const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;

/**
 * Reads `SMTP_URL`: `smtps://user:password@host:465`, or `smtp://host:587`. Null for empty text, undefined for
 * anything else.
 */
export function readSmtpUrl(text: string): SmtpSettings | null | undefined {
  if (text === '') return null;
  if (!/^smtps?:\/\//.test(text) || !URL.canParse(text)) return undefined;
  const { protocol, hostname, port, username, password } = new URL(text);
  const secure = protocol === 'smtps:';
  if (hostname === '') return undefined;
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    auth: username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : null,
  };
}

/** Sends one message to the mail server, over a connection of its own. Never rejects. */
export async function sendBySmtp({ auth, ...server }: SmtpSettings, message: Message): Promise<Delivery> {
  const transport = createTransport({
    ...server,
    ...(auth && { auth }),
    // A password may travel to another machine only over an encrypted connection.
    requireTLS: auth !== null && !/^(localhost|127\.|::1$)/.test(server.host),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const { from, to, subject, text, html, messageId, date, unsubscribe } = message;
  try {
    await transport.sendMail({
      from: boxOf(from),
      to: boxOf(to),
      envelope: { from: from.address, to: [to.address] },
      subject: oneLine(subject),
      text,
      html,
      messageId,
      date,
      headers: {
        'Auto-Submitted': 'auto-generated',
        ...(unsubscribe && {
          'List-Unsubscribe': `<${unsubscribe}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        }),
      },
    });
    return { kind: 'sent' };
  } catch (error) {
    return outcomeOf(error);
  } finally {
    transport.close();
  }
}

/** Reduces a text to a single line, so that the name of a lead or member cannot add headers. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

function boxOf({ name, address }: Mailbox): Mailbox {
  return { name: oneLine(name), address };
}

/**
 * A refusal of the recipient or the message is final. Any other failure, such as a wrong password, can be fixed by the
 * operator, so the message is retried.
 */
function outcomeOf(error: unknown): Delivery {
  const { responseCode, command, response, message } = error as {
    responseCode?: number;
    command?: string;
    response?: string;
    message?: string;
  };
  const reason = oneLine(response ?? message ?? 'unknown').slice(0, 300);
  const isFinal = (responseCode ?? 0) >= 500 && (command === 'RCPT TO' || command === 'DATA');
  return { kind: isFinal ? 'refused' : 'later', reason };
}
