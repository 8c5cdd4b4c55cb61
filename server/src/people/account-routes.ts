import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { auditRequest } from '../http/audit-request.ts';
import { listOf, wholeList } from '../http/list.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { notFound } from '../http/refused.ts';
import { accountIdIn, changingSettings, contextOf, reading } from '../http/request-context.ts';
import { oneId, routesAbout } from '../http/route.ts';
import { instant, instantOrNull, textOrNull, viewShape } from '../http/shapes.ts';
import { changePassword } from '../workspaces/access/account-store.ts';
import { endSessionsOf, endWebSession, webSessionsOf } from '../workspaces/access/session-store.ts';
import { hashNewPassword, requirePassword } from './prove-password.ts';
import { passwordChange } from './sign-in-shapes.ts';

const { route, writeRoute } = routesAbout('Me');

const sessionView = viewShape('SessionView', 'A browser in which the person is signed in.', {
  id: Type.String(),
  workspace: Type.String({ description: 'The workspace it is signed in to.' }),
  created_at: instant('When the person signed in.'),
  last_seen_at: instantOrNull('When it was last used, to within a few seconds.'),
  expires_at: instant('When it expires.'),
  address: Type.String({ description: 'IP address.' }),
  user_agent: textOrNull('User agent of the browser.'),
  current: Type.Boolean({ description: 'Whether this is the session making the request.' }),
});

/** `/v1/me/password` and `/v1/me/sessions`: change the password, list and end sessions. */
export function accountRoutes(scope: ApiScope, api: ApiContext): void {
  scope.post(
    '/me/password',
    writeRoute('be signed in', 'Change your password', {
      about: 'All other sessions of the person end, in every workspace.',
      body: passwordChange.ref,
      204: 'Password changed.',
      or: [409, 429],
    }),
    async (request, reply) => {
      const { old_password, new_password } = request.body;
      const user = await requirePassword(request, api, old_password);
      const hash = await hashNewPassword(new_password, 'new_password');
      await changingSettings(api, request, async (tx) => {
        await changePassword(tx, user.id, hash);
        await endSessionsOf(tx, user.id, contextOf(request).caller.session_id);
        await auditRequest(tx, request, 'password_changed');
      });
      return reply.code(204).send();
    },
  );
  scope.get(
    '/me/sessions',
    route('be signed in', 'List your sessions', { 200: listOf(sessionView.ref, 'Sessions, newest first.') }),
    (request) => listSessions(request, api),
  );
  scope.delete(
    '/me/sessions/:id',
    writeRoute('be signed in', 'End one of your sessions', { params: oneId, 204: 'Session ended.' }),
    async (request, reply) => {
      const id = idOrNotFound('session', request.params.id);
      await changingSettings(api, request, async (tx) => {
        if (!(await endWebSession(tx, accountIdIn(request), id))) throw notFound();
        await auditRequest(tx, request, 'session_ended');
      });
      return reply.code(204).send();
    },
  );
}

async function listSessions(request: FastifyRequest, api: ApiContext) {
  const { caller, at } = contextOf(request);
  const sessions = await reading(api, request, (tx) => webSessionsOf(tx, accountIdIn(request)));
  const live = sessions.filter(({ expires_at }) => expires_at > at);
  return wholeList(
    live.map((session) => ({
      ...session,
      created_at: session.created_at.toISOString(),
      last_seen_at: session.last_seen_at?.toISOString() ?? null,
      expires_at: session.expires_at.toISOString(),
      current: session.id === caller.session_id,
    })),
  );
}
