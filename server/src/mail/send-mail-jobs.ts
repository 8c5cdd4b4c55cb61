import type { EffectHandler, Step, StepContext } from '../jobs/job-handler.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { Keyring } from '../secrets/keyring.ts';
import { createSession } from '../workspaces/access/session-store.ts';
import { announceChange } from '../workspaces/change-store.ts';
import { htmlOf, type MailBody, type MailLinks, textOf } from './compose.ts';
import { linkOf, optionalKinds } from './mail-kinds.ts';
import { getMail, lockHeld, type Mail, saveCollection, saveMail } from './mail-store.ts';
import { forgetBounce, mailKey, noteBounce, unwantedKinds } from './member-mail-store.ts';
import type { MailSettings } from './queue-mail.ts';
import { type Delivery, type Message, type SmtpSettings, sendBySmtp } from './smtp.ts';
import { signUnsubscription } from './unsubscribe.ts';

export const SEND_MAIL_JOB = 'send-mail';

const TIME_LIMIT = 60_000;
const MINUTE_MS = 60_000;
/** How long to wait after each failed attempt, in minutes; two days in all. */
const RETRY_MINUTES = [1, 5, 15, 60, 180, 360, 720, 1440];
/** How long mailed links are valid, in ms: an hour for a forgotten password, a week for an invitation. */
const LINK_MS = { reset_link: 60 * MINUTE_MS, welcome_link: 7 * 24 * 60 * MINUTE_MS };

interface Parts {
  mail: MailSettings;
  keyring: Keyring;
}

interface Work {
  smtp: SmtpSettings;
  message: Message;
}

/** Sends one message of the outbox. After a crash the message may be sent again, with the same Message-ID. */
export function sendMailHandler(parts: Parts): EffectHandler<Work, Delivery> {
  return {
    policy: null,
    timeLimit: TIME_LIMIT,
    prepare: (tx, job, context) => prepare(tx, job.params['mail_id'], context, parts),
    perform: ({ smtp, message }) => sendBySmtp(smtp, message),
    store: (tx, outcome, job, { now }) => store(tx, String(job.params['mail_id']), outcome, now),
  };
}

/** Returns undefined if the message must not be sent; the reason is then stored with the message. */
async function prepare(
  tx: Tx,
  id: unknown,
  context: StepContext,
  { mail: { smtp, from, base }, keyring }: Parts,
): Promise<Work | undefined> {
  const mail = typeof id === 'string' ? await getMail(tx, id) : undefined;
  if (mail?.state !== 'queued') return undefined;
  const body = mail.kind === 'collection' ? await collect(tx, mail) : mail.body;
  const obstacle = body ? await obstacleOf(tx, mail, context) : 'There was nothing left to report.';
  if (obstacle || !body || !smtp) {
    const state = obstacle ? 'failed' : 'unsent';
    await saveMail(tx, mail.id, { ...mail, state, reason: obstacle ?? null });
    return undefined;
  }
  const links = await linksOf(tx, mail, body, { base, keyring, now: context.now });
  return {
    smtp,
    message: {
      from,
      to: { name: mail.to_name, address: mail.to_email },
      subject: mail.subject,
      text: textOf(body, links),
      html: htmlOf(mail.subject, body, links),
      messageId: mail.message_id,
      date: mail.created_at,
      unsubscribe: links.unsubscribe ?? undefined,
    },
  };
}

/** Why a message must no longer be sent; undefined if it may be. */
async function obstacleOf(tx: Tx, mail: Mail, { referenceData }: StepContext): Promise<string | undefined> {
  const { member_id: memberId, kind } = mail;
  if (!memberId) return undefined;
  const member = referenceData.get('member', memberId);
  if (!member?.active) return 'The member is no longer active.';
  if (linkOf(kind) === 'welcome_link' && member.joined) return 'The person has joined already.';
  if (linkOf(kind) === 'reset_link' && !member.joined) return 'The person has no account here.';
  if (!optionalKinds.includes(kind)) return undefined;
  if ((await unwantedKinds(tx, memberId)).includes(kind)) return 'The member has switched off this kind of mail.';
  return member.bounced ? 'Earlier mail to this address was refused.' : undefined;
}

/** Combines the held messages into one body; undefined if there are none. */
async function collect(tx: Tx, mail: Mail): Promise<MailBody | undefined> {
  const held = await lockHeld(tx, mail.to_email);
  // On a retry they have been collected already, and the body is the one stored then.
  if (held.length === 0) return mail.body.paragraphs.length > 0 ? mail.body : undefined;
  const body: MailBody = {
    paragraphs: ['There were more notices for you within an hour than are sent one by one. Here they are together.'],
    items: held.map(({ subject, body: said }) => {
      const path = said.button?.path;
      return { text: subject, ...(path && { path }) };
    }),
    footer: held.at(-1)?.body.footer ?? '',
  };
  await saveCollection(
    tx,
    mail.id,
    body,
    held.map(({ id }) => id),
  );
  return body;
}

async function linksOf(
  tx: Tx,
  mail: Mail,
  { button }: MailBody,
  { base, keyring, now }: { base: string; keyring: Keyring; now: Date },
): Promise<MailLinks> {
  const { kind, member_id: memberId } = mail;
  const linkKind = linkOf(kind);
  const secret = linkKind && memberId ? await makeLink(tx, mail, linkKind, now) : undefined;
  const path = secret ? `/welcome/${secret}` : button?.path;
  const isOptional = optionalKinds.includes(kind) && memberId !== null;
  const token =
    isOptional && signUnsubscription({ workspaceId: tx.workspaceId ?? '', memberId, kind }, await mailKey(tx, keyring));
  return {
    base,
    button: path === undefined ? null : base + path,
    unsubscribe: token ? `${base}/unsubscribe/${token}` : null,
  };
}

/**
 * Creates a link that only the recipient gets: its secret is not stored, and administrators do not see it. Each attempt
 * creates a new link, since nobody knows whether the earlier message arrived; using one of them invalidates all.
 */
async function makeLink(tx: Tx, { member_id }: Mail, kind: keyof typeof LINK_MS, now: Date): Promise<string> {
  const { secret } = await createSession(tx, {
    kind,
    dialect: null,
    member_id,
    token_id: null,
    expires_at: new Date(now.getTime() + LINK_MS[kind]),
  });
  return secret;
}

async function store(tx: Tx, id: string, outcome: Delivery, now: Date): Promise<Step> {
  const done: Step = { done: 1, finished: true };
  const mail = await getMail(tx, id);
  if (!mail) return done;
  const attempts = mail.attempts + 1;
  if (outcome.kind === 'sent') {
    await saveMail(tx, id, { state: 'sent', reason: null, attempts, sent_at: now });
    if (mail.member_id && (await forgetBounce(tx, mail.member_id))) await announceChange(tx);
    return done;
  }
  const { reason } = outcome;
  if (outcome.kind === 'refused') {
    await saveMail(tx, id, { state: 'refused', reason, attempts, sent_at: null });
    if (mail.member_id) {
      await noteBounce(tx, mail.member_id, mail.to_email, reason, now);
      await announceChange(tx);
    }
    return done;
  }
  const minutes = RETRY_MINUTES[mail.attempts];
  const state = minutes === undefined ? 'failed' : 'queued';
  await saveMail(tx, id, { state, reason, attempts, sent_at: null });
  if (minutes === undefined) return { ...done, failure: 'The mail server has not accepted the message for two days.' };
  const until = new Date(now.getTime() + minutes * MINUTE_MS);
  return { done: 0, finished: false, waits: { until, reason: 'The mail server has not accepted the message yet.' } };
}
