import type { FastifyRequest } from 'fastify';
import type { ApiContext, ApiScope } from '../../http/api-context.ts';
import { auditRequest } from '../../http/audit-request.ts';
import { baseUrl } from '../../http/base-url.ts';
import { idOrNotFound } from '../../http/path-ids.ts';
import { orNotFound, Refused } from '../../http/refused.ts';
import { changing, changingSettings, contextOf, memberIn, reading } from '../../http/request-context.ts';
import { oneId, routesAbout } from '../../http/route.ts';
import type { WithMail } from '../../mail/queue-mail.ts';
import { mailInvitation, mailPasswordReset } from '../../people/account-mail.ts';
import { resetTwoStep } from '../../people/reset-two-step.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { type Account, getAccount, lockAccount, releaseAccount } from '../../workspaces/access/account-store.ts';
import { endSessionsOfMember, webSessionsOfMember } from '../../workspaces/access/session-store.ts';
import { type Link, makeLink } from '../../workspaces/first-run.ts';
import { lockMember } from '../../workspaces/members/member-store.ts';
import type { Member } from '../../workspaces/reference-data.ts';
import { invitee, lastOwner, requireOwnerFor } from './member-routes.ts';
import { createdInvitation, memberAccess } from './member-view.ts';

const { route, writeRoute } = routesAbout('Members');

/** `/v1/members/{id}/invitation`, `/access`, `/totp`, `/replacement` and `/sessions`: how members sign in. */
export function memberAccessRoutes(scope: ApiScope, api: ApiContext & WithMail): void {
  scope.post(
    '/members/:id/invitation',
    writeRoute('administer', 'Create an invitation link for a member', {
      about:
        'An invited person uses the link to accept. A member whose account only this workspace has ever used ' +
        'sets a new password with it. An account that the person already had elsewhere cannot be reset from ' +
        'here.',
      params: oneId,
      200: createdInvitation.ref,
      or: [409],
    }),
    async (request) => invite(request, api),
  );
  scope.get(
    '/members/:id/access',
    route('administer', "Get a member's sign-in details", { params: oneId, 200: memberAccess.ref }),
    async (request) => {
      const member = memberOf(request);
      const { at } = contextOf(request);
      return reading(api, request, async (tx) => {
        const account = await getAccount(tx, member.user_id);
        const sessions = await webSessionsOfMember(tx, member.id, at);
        const managed = account?.managed_by === tx.workspaceId;
        // A workspace must not learn whether a person's own account uses two-step sign-in.
        return { managed, totp: managed && !!account.totp_confirmed_at, sessions: sessions.map(viewSession) };
      });
    },
  );
  addReset(scope, api);
  addReplacement(scope, api);
  scope.delete(
    '/members/:id/sessions',
    writeRoute('administer', 'Sign a member out everywhere', {
      about: "Ends all the member's sessions and links in this workspace.",
      params: oneId,
      204: 'The member is signed out.',
    }),
    async (request, reply) => {
      const member = memberOf(request);
      requireOwnerFor(request, member.role);
      await changingSettings(api, request, async (tx) => {
        await endSessionsOfMember(tx, member.id);
        await auditRequest(tx, request, 'session_ended', { member_id: member.id });
      });
      return reply.code(204).send();
    },
  );
}

function addReset(scope: ApiScope, api: ApiContext): void {
  scope.delete(
    '/members/:id/totp',
    writeRoute('administer', "Turn off a member's two-step sign-in", {
      about:
        'For people who have lost both the authenticator app and the recovery codes. They are signed out everywhere ' +
        'and can then sign in with the password alone. To turn off your own two-step sign-in, use /v1/me/totp. An ' +
        'account that the person already had elsewhere cannot be reset from here.',
      params: oneId,
      204: 'Two-step sign-in is turned off.',
      or: [409],
    }),
    async (request, reply) => {
      const member = memberOf(request);
      requireOwnerFor(request, member.role);
      if (member.id === memberIn(request)?.id)
        throw needed('Turn off your own two-step sign-in in your account, with your password.');
      await changingSettings(api, request, async (tx) => {
        const account = await requireManaged(tx, member);
        await resetTwoStep(tx, account.id);
        await auditRequest(tx, request, 'two_step_reset', { member_id: member.id });
      });
      return reply.code(204).send();
    },
  );
}

function needed(detail: string): Refused {
  return new Refused({ kind: 'own_conflict', code: 'needed', detail });
}

function memberOf(request: FastifyRequest): Member {
  const { id } = request.params as { id: string };
  return orNotFound(contextOf(request).referenceData.get('member', idOrNotFound('member', id)));
}

async function invite(request: FastifyRequest, api: ApiContext & WithMail) {
  const member = memberOf(request);
  requireOwnerFor(request, member.role);
  if (!member.active) throw needed('The member is inactive and cannot join.');
  const link = await changing(api, request, async (tx) => {
    const made = await linkFor(tx, member, contextOf(request).at);
    const send = member.joined ? mailPasswordReset : mailInvitation;
    await send(tx, api.mail, invitee(member, request), contextOf(request).at);
    await auditRequest(tx, request, 'member_invited', { member_id: member.id });
    return made;
  });
  return viewLink(link, request, api);
}

async function linkFor(tx: Tx, member: Member, at: Date): Promise<Link> {
  if (!member.joined) return makeLink(tx, member.id, at);
  await requireManaged(tx, member);
  return makeLink(tx, member.id, at, 'reset_link');
}

/** Locks and returns the member's account if no other workspace has ever used it; only then may this one reset it. */
async function requireManaged(tx: Tx, member: Member): Promise<Account> {
  const account = await lockAccount(tx, member.user_id);
  if (account?.managed_by === tx.workspaceId) return account;
  throw needed(
    'The person signs in with an account of their own, which only they can change. To help somebody who can no longer sign in, give them a new account.',
  );
}

function addReplacement(scope: ApiScope, api: ApiContext & WithMail): void {
  scope.post(
    '/members/:id/replacement',
    writeRoute('administer', 'Give a member a new account', {
      about:
        'For people who can no longer sign in with an account of their own. The member is signed out, keeps their ' +
        'leads and settings, and is invited again; the old account stays as it is in other workspaces.',
      params: oneId,
      200: createdInvitation.ref,
      or: [409],
    }),
    async (request) => {
      const member = memberOf(request);
      requireOwnerFor(request, member.role);
      if (member.id === memberIn(request)?.id) throw needed('You cannot replace the account you are signed in with.');
      const link = await changingSettings(api, request, async (tx) => {
        const { member: locked, owners } = await lockMember(tx, member.id);
        if (!locked?.active) throw needed('The member is inactive and cannot join.');
        if (owners.length > 0 && owners.every(({ id }) => id === member.id)) throw lastOwner();
        await endSessionsOfMember(tx, member.id);
        await releaseAccount(tx, member.id);
        await auditRequest(tx, request, 'account_replaced', { member_id: member.id });
        const made = await makeLink(tx, member.id, contextOf(request).at);
        await mailInvitation(tx, api.mail, invitee(member, request), contextOf(request).at);
        return made;
      });
      return viewLink(link, request, api);
    },
  );
}

function viewLink({ secret, expires_at }: Link, request: FastifyRequest, api: ApiContext & WithMail) {
  const invitation_url = `${baseUrl(request, api)}/welcome/${secret}`;
  return { invitation_url, expires_at: expires_at.toISOString(), mailed: api.mail.smtp !== null };
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
