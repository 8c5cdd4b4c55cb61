import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { auditRequest } from '../http/audit-request.ts';
import { sessionCookie } from '../http/cookie.ts';
import { listOf, wholeList } from '../http/list.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { notFound } from '../http/refused.ts';
import { nothing, replies, writeReplies } from '../http/replies.ts';
import { contextOf, inWorkspace } from '../http/request-context.ts';
import { closed, shape } from '../http/shapes.ts';
import { browserOf } from '../people/browser.ts';
import { openWebSession, WEB_SESSION_MS } from '../people/web-session.ts';
import { memberMay } from '../workspaces/access/policies.ts';
import { createSession, endSession, SAMPLE_SESSION } from '../workspaces/access/session-store.ts';
import { audit } from '../workspaces/audit/audit-store.ts';
import { noteOpened, openedFrom, sampleMembers } from './demo-session-store.ts';

const tags = ['Sample data'];
const HOUR_MS = 3_600_000;
/** How long an owner can look around as a sample member. */
const VIEW_MS = 8 * HOUR_MS;

const sampleMember = shape(
  'SampleMember',
  Type.Object({ id: Type.String(), name: Type.String(), role: Type.String() }, { description: 'A sample member.' }),
);
const viewAs = shape(
  'ViewAs',
  closed(
    { member_id: Type.String({ maxLength: 100, description: 'A sample member.' }) },
    'The sample member to look around as.',
  ),
);

/** `/v1/demo/members` and `/v1/demo/session`: an owner looks around as one of the sample members. */
export function demoSessionRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/demo/members',
    {
      config: { policy: 'change owners' },
      schema: {
        summary: 'List the sample members',
        tags,
        response: replies({ 200: listOf(sampleMember.ref, 'Sample members, by name.') }),
      },
    },
    async (request) => wholeList(await members(request, api)),
  );
  scope.post(
    '/demo/session',
    {
      config: { policy: 'change owners' },
      schema: {
        summary: 'Look around as a sample member',
        description:
          'Signs the browser in as one of the members that came with the sample leads, for eight hours. Real members are refused. The audit log records it.',
        tags,
        body: viewAs.ref,
        response: writeReplies({ 204: nothing('The cookie is set.') }, [404]),
      },
    },
    (request, reply) => enter(request, reply, api),
  );
  scope.delete(
    '/demo/session',
    {
      config: { policy: 'be signed in' },
      schema: {
        summary: 'Return from a sample member to your own account',
        tags,
        response: replies({ 204: nothing('The cookie is set.') }, [404]),
      },
    },
    (request, reply) => leave(request, reply, api),
  );
}

/** The sample members that an owner may look around as; those who have been made administrators are excluded. */
async function members(request: FastifyRequest, api: ApiContext) {
  const ids = await inWorkspace(api, request, sampleMembers);
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
    const from = caller.session_id && (await openedFrom(tx, caller.session_id, browser.at));
    if (!from) throw notFound();
    const secret = await openWebSession(tx, from.member_id, browser);
    // Ending the owner's session also ends the sample member's session that was opened from it.
    await endSession(tx, from.id);
    const entry = { actor: `member:${from.member_id}`, detail: { member_id: caller.member_id } };
    await audit(tx, { ...entry, action: 'sample_left' }, browser.at);
    return secret;
  });
  await api.changed(caller.workspace_id);
  return reply
    .header('set-cookie', sessionCookie(request, own, WEB_SESSION_MS / 1000))
    .code(204)
    .send();
}
