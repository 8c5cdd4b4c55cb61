import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { refuseForeignPage } from '../http/authenticate.ts';
import { orNotFound } from '../http/refused.ts';
import { changing, reading, signedIn } from '../http/request-context.ts';
import { routesAbout } from '../http/route.ts';
import { bodyShape, closed, oneOf, textOrNull, viewShape } from '../http/shapes.ts';
import { mailKinds, optionalKinds } from './mail-kinds.ts';
import { mailKeyIfAny, setWanted, unwantedKinds } from './member-mail-store.ts';
import type { WithMail } from './queue-mail.ts';
import { readUnsubscription, type Unsubscription } from './unsubscribe.ts';

const { route, writeRoute } = routesAbout('Mail');

const mailPreferences = viewShape('MailPreferences', 'The kinds of mail that a member receives.', {
  email: Type.String({ description: 'The address that mail is sent to.' }),
  sends: Type.Boolean({ description: 'Whether this server sends mail at all.' }),
  bounced: textOrNull('Why a mail server refused the address; null if no refusal is known.'),
  kinds: Type.Array(
    Type.Object({
      kind: oneOf(optionalKinds, 'Kind of mail.'),
      label: Type.String(),
      about: Type.String(),
      wanted: Type.Boolean(),
    }),
  ),
});
const mailPreferencesPatch = bodyShape('MailPreferencesPatch', 'Switches a kind of mail on or off.', {
  kind: oneOf(optionalKinds, 'Kind of mail.'),
  wanted: Type.Boolean(),
});
const unsubscription = viewShape('MailUnsubscription', 'The kind of mail that an unsubscribe link switches off.', {
  kind: oneOf(optionalKinds, 'Kind of mail.'),
  label: Type.String(),
  wanted: Type.Boolean(),
});
const oneToken = closed({ token: Type.String({ maxLength: 200, description: 'The last part of the link.' }) });

/** `/v1/me/mail` and `/v1/unsubscriptions`: which kinds of mail members want. */
export function preferenceRoutes(scope: ApiScope, api: ApiContext & WithMail): void {
  scope.get('/me/mail', route('be signed in', 'Get your mail preferences', { 200: mailPreferences.ref }), (request) =>
    show(request, api),
  );
  scope.patch(
    '/me/mail',
    writeRoute('be signed in', 'Set your mail preferences', {
      body: mailPreferencesPatch.ref,
      200: mailPreferences.ref,
    }),
    async (request) => {
      const { kind, wanted } = request.body;
      await changing(api, request, (tx) => setWanted(tx, signedIn(request).id, kind, wanted));
      return show(request, api);
    },
  );
  addUnsubscribing(scope, api);
}

/** The link itself is the credential: recipients follow it without signing in, and mail programs send a POST to it. */
function addUnsubscribing(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/unsubscriptions/:token',
    route('public', 'Get the kind of mail that an unsubscribe link switches off', {
      params: oneToken,
      200: unsubscription.ref,
      or: [404],
    }),
    async (request) => {
      const found = await verified(request.params.token, api);
      const unwanted = await api.database.tx(found.workspaceId, (tx) => unwantedKinds(tx, found.memberId));
      return { kind: found.kind, label: mailKinds[found.kind].label, wanted: !unwanted.includes(found.kind) };
    },
  );
  scope.post(
    '/unsubscriptions/:token',
    writeRoute('public', 'Unsubscribe from a kind of mail', { params: oneToken, 204: 'Switched off.', or: [404] }),
    async (request, reply) => {
      refuseForeignPage(request);
      const found = await verified(request.params.token, api);
      await api.database.tx(found.workspaceId, (tx) => setWanted(tx, found.memberId, found.kind, false));
      return reply.code(204).send();
    },
  );
}

type Secrets = Pick<ApiContext, 'database' | 'keyring'>;

/**
 * `/unsubscribe/{token}`, the link in messages: redirects people to a page of the web app, and unsubscribes at once
 * when a mail program sends a POST (RFC 8058).
 */
export function unsubscribeLinks(app: FastifyInstance, api: Secrets): void {
  app.register(async (scope) => {
    // The body, `List-Unsubscribe=One-Click`, adds nothing to the request itself.
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 4096 }, (_request, _body, done) => done(null));
    scope.get<{ Params: { token: string } }>('/unsubscribe/:token', ({ params }, reply) =>
      reply.redirect(`/app/unsubscribe/${encodeURIComponent(params.token)}`, 302),
    );
    scope.post<{ Params: { token: string } }>('/unsubscribe/:token', async ({ params }, reply) => {
      const found = await findVerified(params.token, api);
      if (!found) return reply.code(404).type('text/plain').send('This link is not valid.\n');
      await api.database.tx(found.workspaceId, (tx) => setWanted(tx, found.memberId, found.kind, false));
      return reply.type('text/plain').send('You will get no more mail of this kind.\n');
    });
  });
}

async function verified(token: string, api: Secrets): Promise<Unsubscription> {
  return orNotFound(await findVerified(token, api));
}

async function findVerified(token: string, { database, keyring }: Secrets): Promise<Unsubscription | undefined> {
  const found = readUnsubscription(token);
  const key = found && (await database.tx(found.workspaceId, (tx) => mailKeyIfAny(tx, keyring)));
  return key && found.holds(key) ? found : undefined;
}

async function show(
  request: FastifyRequest,
  api: ApiContext & WithMail,
): Promise<Static<typeof mailPreferences.schema>> {
  const { id, email, bounced = null } = signedIn(request);
  const unwanted = await reading(api, request, (tx) => unwantedKinds(tx, id));
  return {
    email,
    sends: api.mail.smtp !== null,
    bounced,
    kinds: optionalKinds.map((kind) => {
      const { label, about } = mailKinds[kind];
      return { kind, label, about, wanted: !unwanted.includes(kind) };
    }),
  };
}
