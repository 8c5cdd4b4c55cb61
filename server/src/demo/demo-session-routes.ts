import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { auditRequest } from '../http/audit-request.ts';
import { sessionCookie } from '../http/cookie.ts';
import { listOf, wholeList } from '../http/list.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { notFound, orNotFound } from '../http/refused.ts';
import { contextOf, reading, renew } from '../http/request-context.ts';
import { routesAbout } from '../http/route.ts';
import { bodyShape, viewShape } from '../http/shapes.ts';
import { browserOf } from '../people/browser.ts';
import { openWebSession, WEB_SESSION_MS } from '../people/web-session.ts';
import { memberMay } from '../workspaces/access/policies.ts';
import { createSession, endSession, SAMPLE_SESSION } from '../workspaces/access/session-store.ts';
import { audit } from '../workspaces/audit/audit-store.ts';
import { noteOpened, openedFrom, sampleMembers } from './demo-session-store.ts';

const { route, writeRoute } = routesAbout('Sample data');
const HOUR_MS = 3_600_000;
/** How long an owner can look around as a sample member. */
const VIEW_MS = 8 * HOUR_MS;

const sampleMember = viewShape('SampleMember', 'A sample member.', {
  id: Type.String(),
  name: Type.String(),
  role: Type.String(),
});
const viewAs = bodyShape('ViewAs', 'The sample member to look around as.', {
  member_id: Type.String({ maxLength: 100, description: 'A sample member.' }),
});

/** `/v1/demo/members` and `/v1/demo/session`: an owner looks around as one of the sample members. */
export function demoSessionRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/demo/members',
    route('change owners', 'List the sample members', { 200: listOf(sampleMember.ref, 'Sample members, by name.') }),
    async (request) => wholeList(await members(request, api)),
  );
  scope.post(
    '/demo/session',
    writeRoute('change owners', 'Look around as a sample member', {
      about:
        'Signs the browser in as one of the members that came with the sample leads, for eight hours. Real members are refused. The audit log records it.',
      body: viewAs.ref,
      204: 'The cookie is set.',
      or: [404],
    }),
    (request, reply) => enter(request, reply, api),
  );
  scope.delete(
    '/demo/session',
    route('be signed in', 'Return from a sample member to your own account', { 204: 'The cookie is set.', or: [404] }),
    (request, reply) => leave(request, reply, api),
  );
}

/** The sample members that an owner may look around as; those who have been made administrators are excluded. */
async function members(request: FastifyRequest, api: ApiContext) {
  const ids = await reading(api, request, sampleMembers);
  const { referenceData } = contextOf(request);
  return ids.flatMap((id) => {
    const member = referenceData.get('member', id);
    return member && !memberMay(member.role, 'administer') ? [{ id, name: member.name, role: member.role }] : [];
  });
}

async function enter(request: FastifyRequest<{ Body: { member_id: string } }>, reply: FastifyReply, api: ApiContext) {
  const id = idOrNotFound('member', request.body.member_id);
  const browser = browserOf(request, api);
  const { caller } = contextOf(request);
  if (!caller.session_id || !(await members(request, api)).some((one) => one.id === id)) throw notFound();
  const from = caller.session_id;
  const secret = await api.database.tx(caller.workspace_id, async (tx) => {
    const expires_at = new Date(browser.at.getTime() + VIEW_MS);
    const session = {
      kind: 'web',
      dialect: SAMPLE_SESSION,
      member_id: id,
      token_id: null,
      expires_at,
      browser,
    } as const;
    const made = await createSession(tx, session);
    await noteOpened(tx, made.id, from);
    await auditRequest(tx, request, 'sample_entered', { member_id: id });
    return made.secret;
  });
  return reply
    .header('set-cookie', sessionCookie(request, secret, VIEW_MS / 1000))
    .code(204)
    .send();
}

async function leave(request: FastifyRequest, reply: FastifyReply, api: ApiContext) {
  const browser = browserOf(request, api);
  const { caller } = contextOf(request);
  const own = await api.database.tx(caller.workspace_id, async (tx) => {
    const from = orNotFound(caller.session_id ? await openedFrom(tx, caller.session_id, browser.at) : undefined);
    const secret = await openWebSession(tx, from.member_id, browser);
    // Ending the owner's session also ends the sample member's session that was opened from it.
    await endSession(tx, from.id);
    const entry = { actor: `member:${from.member_id}`, detail: { member_id: caller.member_id } };
    await audit(tx, { ...entry, action: 'sample_left' }, browser.at);
    return secret;
  });
  await renew(api, request);
  return reply
    .header('set-cookie', sessionCookie(request, own, WEB_SESSION_MS / 1000))
    .code(204)
    .send();
}
