import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { auditRequest } from '../http/audit-request.ts';
import { deviceCookie, deviceOf, sessionCookie, sessionOf } from '../http/cookie.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { orNotFound } from '../http/refused.ts';
import { accountIdIn, contextOf, renew } from '../http/request-context.ts';
import { routesAbout } from '../http/route.ts';
import { blankless } from '../http/text.ts';
import { workplacesOf } from '../workspaces/access/account-store.ts';
import { endSession } from '../workspaces/access/session-store.ts';
import { audit } from '../workspaces/audit/audit-store.ts';
import { browserOf } from './browser.ts';
import { type SignedIn, signIn } from './sign-in.ts';
import { signInBody, workspaceChoice } from './sign-in-shapes.ts';
import { DEVICE_MS, openWebSession, WEB_SESSION_MS } from './web-session.ts';

const { route, writeRoute } = routesAbout('Session');

/** `/v1/session`: sign in to the web app, sign out, and switch workspaces. */
export function signInRoutes(scope: ApiScope, api: ApiContext): void {
  const afterResponse = runAfterResponse(scope, api, 'A failed sign-in could not be written into the audit log.');
  scope.post(
    '/session',
    writeRoute('public', 'Sign in', {
      about: 'For pages of this server: the response sets a cookie. Programs use a token.',
      body: signInBody.ref,
      204: 'The cookie is set.',
      or: [429],
    }),
    async (request, reply) => {
      const { login, password, code, workspace_id: workspaceId } = request.body;
      const workspace = blankless(request.body.workspace);
      const browser = browserOf(request, api);
      const brought = { session: sessionOf(request), device: deviceOf(request) };
      const made = await signIn(
        { login, password, code, workspace, workspaceId, browser, ...brought },
        { ...api, afterResponse },
      );
      return setCookies(request, reply, made).code(204).send();
    },
  );
  scope.delete(
    '/session',
    route('be signed in', 'Sign out', { 204: 'The session has ended.' }),
    async (request, reply) => {
      await endOwn(request, api, 'signed_out');
      return reply
        .header('set-cookie', sessionCookie(request, undefined, 0))
        .code(204)
        .send();
    },
  );
  addSwitch(scope, api);
}

function addSwitch(scope: ApiScope, api: ApiContext): void {
  scope.post(
    '/session/workspace',
    writeRoute('be signed in', 'Switch to another workspace', {
      body: workspaceChoice.ref,
      204: 'The cookie is set for the other workspace.',
      or: [404],
    }),
    async (request, reply) => {
      const workspaceId = idOrNotFound('workspace', request.body.workspace_id);
      const browser = browserOf(request, api);
      const places = await api.database.global((tx) => workplacesOf(tx, accountIdIn(request)));
      const place = orNotFound(places.find(({ workspace_id, active }) => workspace_id === workspaceId && active));
      const session = await api.database.tx(place.workspace_id, async (tx) => {
        const actor = `member:${place.member_id}`;
        await audit(tx, { actor, action: 'workspace_entered', detail: { address: browser.address } }, browser.at);
        return openWebSession(tx, place.member_id, browser);
      });
      await endOwn(request, api, 'session_ended');
      return setCookies(request, reply, { session }).code(204).send();
    },
  );
}

/** Ends the session of the request. */
async function endOwn(request: FastifyRequest, api: ApiContext, action: 'signed_out' | 'session_ended'): Promise<void> {
  const { caller } = contextOf(request);
  await api.database.tx(caller.workspace_id, async (tx) => {
    if (caller.session_id) await endSession(tx, caller.session_id);
    await auditRequest(tx, request, action);
  });
  await renew(api, request);
}

/** Sets the browser's cookies. */
export function setCookies(request: FastifyRequest, reply: FastifyReply, { session, device }: SignedIn): FastifyReply {
  const cookies = [sessionCookie(request, session, WEB_SESSION_MS / 1000)];
  if (device) cookies.push(deviceCookie(request, device, DEVICE_MS / 1000));
  return reply.header('set-cookie', cookies);
}

/**
 * Runs work that must not affect response times. The server waits for it when it stops; a failure is logged as `fault`.
 */
export function runAfterResponse(scope: ApiScope, { log }: ApiContext, fault: string): (work: Promise<void>) => void {
  const open = new Set<Promise<void>>();
  scope.addHook('onClose', async () => void (await Promise.all(open)));
  return (work) => {
    const done = work.catch(() => log.error(fault)).finally(() => open.delete(done));
    open.add(done);
  };
}
