import { enqueue } from '../jobs/job-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { isMailable } from '../platform/email.ts';
import { fold } from '../platform/fold/fold.ts';
import { uuidv7 } from '../platform/ids.ts';
import { NO_ADDRESS } from '../workspaces/first-run.ts';
import type { MailBody } from './compose.ts';
import { type MailKindName, optionalKinds } from './mail-kinds.ts';
import { countTo, insertMail } from './mail-store.ts';
import { unwantedKinds } from './member-mail-store.ts';
import type { Mailbox, SmtpSettings } from './smtp.ts';

/** How this server sends mail. */
export interface MailSettings {
  /** Null if this server sends no mail: messages are kept in the outbox, and nothing else changes. */
  smtp: SmtpSettings | null;
  from: Mailbox;
  /** Base of the links in messages: the server's URL without a slash at the end. */
  base: string;
}

/** Mail settings for the services that send mail. */
export interface WithMail {
  mail: MailSettings;
}

/** A server without mail, as in tests. */
export const noMail: MailSettings = { smtp: null, from: { name: 'Leadwell', address: 'leadwell@localhost' }, base: '' };

/** A message to a member or to a lead. */
export interface NewMail {
  kind: MailKindName;
  /** Identifies the occasion in the workspace: only one message is created for it, however often it is reported. */
  cause: string;
  to: { memberId?: string; leadId?: string; name: string; email: string };
  subject: string;
  body: MailBody;
  /** The earliest time to send the message, and why it waits; sent at once by default. */
  waits?: { until: Date; reason: string };
}

const HOUR_MS = 3_600_000;
/**
 * How many notices an address gets individually within an hour; further ones are collected in one message afterwards.
 */
export const MOST_AN_HOUR = 10;
const LONGEST_SUBJECT = 150;

/**
 * Puts a message into the outbox in the current transaction; it is sent after the commit. Does nothing if the member
 * does not want this kind of mail, or has no address yet.
 */
export async function queueMail(tx: Tx, settings: MailSettings, mail: NewMail, now: Date): Promise<void> {
  const { kind, to } = mail;
  if (to.email.endsWith(NO_ADDRESS)) return;
  const isOptional = optionalKinds.includes(kind);
  if (isOptional && to.memberId && (await unwantedKinds(tx, to.memberId)).includes(kind)) return;
  const isHeld =
    isOptional && (await countTo(tx, to.email, optionalKinds, new Date(now.getTime() - HOUR_MS))) >= MOST_AN_HOUR;
  if (isHeld) await collectLater(tx, settings, mail, now);
  await store(tx, settings, mail, isHeld ? 'held' : 'queued', now, mail.waits?.until);
}

/** Makes sure that the held messages to this address are sent together, an hour from now. */
async function collectLater(tx: Tx, settings: MailSettings, { to }: NewMail, now: Date): Promise<void> {
  const hour = Math.floor(now.getTime() / HOUR_MS);
  const collection: NewMail = {
    kind: 'collection',
    cause: `collection:${fold(to.email)}:${hour}`,
    to,
    subject: 'More news from your leads',
    body: { paragraphs: [] },
  };
  await store(tx, settings, collection, 'queued', now, new Date(now.getTime() + HOUR_MS));
}

async function store(
  tx: Tx,
  { smtp, from }: MailSettings,
  { kind, cause, to, subject, body, waits }: NewMail,
  wanted: 'queued' | 'held',
  now: Date,
  at = now,
): Promise<void> {
  const id = uuidv7();
  const host = from.address.slice(from.address.lastIndexOf('@') + 1);
  const isQueued = wanted === 'queued' && (smtp !== null || kind === 'collection') && isMailable(to.email);
  const stored = await insertMail(tx, {
    id,
    kind,
    cause,
    state: wanted === 'held' || isQueued ? wanted : isMailable(to.email) ? 'unsent' : 'refused',
    member_id: to.memberId ?? null,
    lead_id: to.leadId ?? null,
    to_name: to.name,
    to_email: to.email,
    subject: subject.length > LONGEST_SUBJECT ? `${subject.slice(0, LONGEST_SUBJECT - 1)}…` : subject,
    body,
    message_id: `<${id}@${host}>`,
    created_at: now,
    due_at: at,
    reason: isQueued && at > now ? (waits?.reason ?? null) : null,
  });
  if (stored && isQueued) await enqueueSending(tx, id, now, at);
}

/** Enqueues a job that sends a message of the outbox. */
export async function enqueueSending(tx: Tx, mailId: string, now: Date, at = now): Promise<void> {
  const job = { kind: 'send-mail', params: { mail_id: mailId }, total: 1, member_id: null, actor: 'system' } as const;
  await enqueue(tx, { ...job, run_at: at }, now);
}
