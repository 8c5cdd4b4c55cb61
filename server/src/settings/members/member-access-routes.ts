import type { FastifyRequest } from 'fastify';
import type { ApiContext, ApiScope } from '../../http/api-context.ts';
import { auditRequest } from '../../http/audit-request.ts';
import { idOrNotFound } from '../../http/path-ids.ts';
import { notFound, Refused } from '../../http/refused.ts';
import { nothing, oneId, replies, writeReplies } from '../../http/replies.ts';
import { changing, contextOf, inWorkspace, memberIn } from '../../http/request-context.ts';
import { resetTwoStep } from '../../people/reset-two-step.ts';
import { getUser, workplacesOf } from '../../people/user-store.ts';
import { welcomeUrl } from '../../people/welcome-url.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { endSessionsOfMember, webSessionsOfMember } from '../../workspaces/access/session-store.ts';
import { makeLink } from '../../workspaces/first-run.ts';
import type { Member } from '../../workspaces/reference-data.ts';
import { requireOwnerFor } from './member-routes.ts';
import { createdInvitation, memberAccess } from './member-view.ts';

const tags = ['Members'];

/** `/v1/members/{id}/invitation`, `/access`, `/totp` and `/sessions`: how members sign in. */
export function memberAccessRoutes(scope: ApiScope, api: ApiContext): void {
  scope.post(
    '/members/:id/invitation',
    {
      config: { policy: 'administer' },
      schema: {
        summary: 'Create an invitation link for a member',
        description:
          'A person without a password uses the link to join. A person who belongs only to this workspace uses it to ' +
          'set a new password; a person who also belongs to other workspaces confirms with their current password.',
        tags,
        params: oneId,
        response: writeReplies({ 200: createdInvitation.ref }, [404, 409]),
      },
    },
    async (request) => invite(request, api),
  );
  scope.get(
    '/members/:id/access',
    {
      config: { policy: 'administer' },
      schema: {
        summary: 'Get how a member signs in',
        tags,
        params: oneId,
        response: replies({ 200: memberAccess.ref }, [404]),
      },
    },
    async (request) => {
      const member = memberOf(request);
      const { at } = contextOf(request);
      return inWorkspace(api, request, async (tx) => {
        const user = await getUser(tx, member.user_id ?? '');
        const sessions = await webSessionsOfMember(tx, member.id, at);
        return { totp: !!user?.totp_confirmed_at, sessions: sessions.map(viewSession) };
      });
    },
  );
  addReset(scope, api);
  scope.delete(
    '/members/:id/sessions',
    {
      config: { policy: 'administer' },
      schema: {
        summary: 'Sign a member out everywhere',
        description: "Ends all the member's sessions and links in this workspace.",
        tags,
        params: oneId,
        response: writeReplies({ 204: nothing('The member is signed out.') }, [404]),
      },
    },
    async (request, reply) => {
      const member = memberOf(request);
      requireOwnerFor(request, member.role);
      await changing(api, request, async (tx) => {
        await endSessionsOfMember(tx, member.id);
        await auditRequest(tx, request, 'session_ended', { member_id: member.id });
      });
      await api.changed(contextOf(request).caller.workspace_id);
      return reply.code(204).send();
    },
  );
}

function addReset(scope: ApiScope, api: ApiContext): void {
  scope.delete(
    '/members/:id/totp',
    {
      config: { policy: 'administer' },
      schema: {
        summary: "Turn off a member's two-step sign-in",
        description:
          'For people who have lost both the authenticator app and the recovery codes. They are signed out everywhere ' +
          'and can then sign in with the password alone. To turn off your own two-step sign-in, use /v1/me/totp. For ' +
          'people who also belong to another workspace, only the operator of the server can do this.',
        tags,
        params: oneId,
        response: writeReplies({ 204: nothing('Two-step sign-in is turned off.') }, [404, 409]),
      },
    },
    async (request, reply) => {
      const member = memberOf(request);
      requireOwnerFor(request, member.role);
      if (member.id === memberIn(request)?.id)
        throw needed('Turn off your own two-step sign-in in your account, with your password.');
      await changing(api, request, async (tx) => {
        const places = await workplacesOf(tx, member.user_id ?? '');
        if (places.length > 1)
          throw needed(
            'This person also belongs to another workspace. The operator can help with "leadwell member reset-2fa".',
          );
        await resetTwoStep(tx, member);
        await auditRequest(tx, request, 'two_step_reset', { member_id: member.id });
      });
      await api.changed(contextOf(request).caller.workspace_id);
      return reply.code(204).send();
    },
  );
}

function needed(detail: string): Refused {
  return new Refused({ kind: 'own_conflict', code: 'needed', detail });
}

function memberOf(request: FastifyRequest): Member {
  const { id } = request.params as { id: string };
  const member = contextOf(request).referenceData.get('member', idOrNotFound('member', id));
  if (!member) throw notFound();
  return member;
}

async function invite(request: FastifyRequest, api: ApiContext) {
  const member = memberOf(request);
  requireOwnerFor(request, member.role);
  if (!member.active) throw needed('The member is inactive and cannot join.');
  const { secret, expires_at } = await changing(api, request, async (tx) => {
    const link = await makeLink(tx, member.id, contextOf(request).at, await kindFor(tx, member));
    await auditRequest(tx, request, 'member_invited', { member_id: member.id });
    return link;
  });
  return { invitation_url: welcomeUrl(request, api, secret), expires_at: expires_at.toISOString() };
}

/** A workspace must not set a password that is also valid in another workspace. */
async function kindFor(tx: Tx, { user_id = '', joined }: Member): Promise<'welcome_link' | 'reset_link'> {
  const places = await workplacesOf(tx, user_id);
  return joined && places.length === 1 ? 'reset_link' : 'welcome_link';
}

function viewSession(session: Awaited<ReturnType<typeof webSessionsOfMember>>[number]) {
  const { id, address, user_agent } = session;
  return {
    id,
    address,
    user_agent,
    created_at: session.created_at.toISOString(),
    last_seen_at: session.last_seen_at?.toISOString() ?? null,
  };
}
