import Type, { type Static } from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { auditRequest } from '../http/audit-request.ts';
import { listOf, pageQuery, readPage } from '../http/list.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { orNotFound, Refused } from '../http/refused.ts';
import { changing, contextOf, reading } from '../http/request-context.ts';
import { oneId, routesAbout } from '../http/route.ts';
import { closed, instant, instantOrNull, oneOf, textOrNull, viewShape } from '../http/shapes.ts';
import { typeId } from '../platform/ids.ts';
import { htmlOf, type MailLinks, textOf } from './compose.ts';
import { mailKindNames, mailKinds } from './mail-kinds.ts';
import { getMail, listMails, type Mail, mailStates, saveMail } from './mail-store.ts';
import { enqueueSending, type WithMail } from './queue-mail.ts';

const { route, writeRoute } = routesAbout('Mail');
const stateWords =
  'queued: to be sent; held: over the hourly limit, to be combined with others into one message; collected: sent in such a message; ' +
  'sent: accepted by the mail server; refused: refused by the recipient’s server; failed: given up; unsent: there was no ' +
  'mail server.';

const fields = {
  id: Type.String(),
  kind: oneOf(mailKindNames, 'Kind of mail.'),
  label: Type.String({ description: 'Name of the kind of mail.' }),
  state: oneOf(mailStates, stateWords),
  to_name: Type.String(),
  to_email: Type.String(),
  subject: Type.String(),
  member_id: textOrNull('The member it is for.'),
  lead_id: textOrNull('The lead it is for.'),
  attempts: Type.Integer({ description: 'How often it was handed to the mail server.' }),
  reason: textOrNull('The last reply of the mail server, or why the message was not sent.'),
  created_at: instant('When it was written.'),
  sent_at: instantOrNull('When the mail server accepted it.'),
};
const mailView = viewShape('MailView', 'A message in the outbox.', fields);
const mailContents = viewShape('MailContents', 'A message with its text.', {
  ...fields,
  message_id: Type.String({ description: 'Its Message-ID, the same in every attempt.' }),
  text: Type.String({ description: 'Its plain text. The recipient’s personal links are left out.' }),
  html: Type.String({ description: 'The same text as HTML.' }),
});

/** `/v1/outbox`: every message that was sent, or would have been if this server sent mail. */
export function outboxRoutes(scope: ApiScope, api: ApiContext & WithMail): void {
  scope.get(
    '/outbox',
    route('administer', 'List outgoing mail', {
      about: 'Newest first.',
      querystring: closed({
        ...pageQuery,
        state: Type.Optional(oneOf(mailStates, stateWords)),
        kind: Type.Optional(oneOf(mailKindNames, 'Kind of mail.')),
      }),
      200: listOf(mailView.ref, 'Messages, newest first.'),
    }),
    (request) => {
      const { state, kind } = request.query;
      return readPage(
        request.query,
        (limit, after) => reading(api, request, (tx) => listMails(tx, limit, { after, state, kind })),
        view,
      );
    },
  );
  scope.get(
    '/outbox/:id',
    route('administer', 'Get an outgoing message', { params: oneId, 200: mailContents.ref }),
    async (request) => {
      const id = idOrNotFound('mail', request.params.id);
      const mail = orNotFound(await reading(api, request, (tx) => getMail(tx, id)));
      return viewContents(mail, api.mail.base);
    },
  );
  addResend(scope, api);
}

function addResend(scope: ApiScope, api: ApiContext & WithMail): void {
  scope.post(
    '/outbox/:id/resend',
    writeRoute('administer', 'Send a message again', {
      about: 'For messages that were not sent. The Message-ID stays the same.',
      params: oneId,
      200: mailView.ref,
      or: [409],
    }),
    async (request) => {
      const id = idOrNotFound('mail', request.params.id);
      return changing(api, request, async (tx) => {
        const mail = orNotFound(await getMail(tx, id));
        if (!['refused', 'failed', 'unsent'].includes(mail.state))
          throw needed('Only mail that was not sent can be sent again.');
        if (!api.mail.smtp) throw needed('This server has no mail server: SMTP_URL is not set.');
        const queued: Mail = { ...mail, state: 'queued', reason: null, attempts: 0 };
        await saveMail(tx, id, queued);
        await enqueueSending(tx, id, contextOf(request).at);
        await auditRequest(tx, request, 'mail_resent', { mail_id: id });
        return view(queued);
      });
    },
  );
}

function needed(detail: string): Refused {
  return new Refused({ kind: 'own_conflict', code: 'needed', detail });
}

function view(mail: Mail): Static<typeof mailView.schema> {
  const { id, kind, state, to_name, to_email, subject, member_id, lead_id, attempts, reason, created_at, sent_at } =
    mail;
  return {
    id,
    kind,
    label: mailKinds[kind].label,
    state,
    to_name,
    to_email,
    subject,
    member_id,
    lead_id: lead_id && typeId('lead', lead_id),
    attempts,
    reason,
    created_at: created_at.toISOString(),
    sent_at: sent_at?.toISOString() ?? null,
  };
}

function viewContents(mail: Mail, base: string): Static<typeof mailContents.schema> {
  const path = mail.body.button?.path;
  const links: MailLinks = { base, button: path === undefined ? null : base + path, unsubscribe: null };
  return {
    ...view(mail),
    message_id: mail.message_id,
    text: textOf(mail.body, links),
    html: htmlOf(mail.subject, mail.body, links),
  };
}
