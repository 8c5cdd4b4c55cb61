import type { FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { sessionOf } from '../http/cookie.ts';
import { Refused } from '../http/refused.ts';
import { renew } from '../http/request-context.ts';
import { routesAbout } from '../http/route.ts';
import { bodyShape, closed, instant, viewShape } from '../http/shapes.ts';
import { isConflict } from '../platform/database/database-errors.ts';
import { isAddressLike } from '../platform/email.ts';
import { type Issue, invalid } from '../platform/problem.ts';
import type { Account } from '../workspaces/access/account-store.ts';
import { passwordFault } from '../workspaces/access/passwords.ts';
import { browserOf } from './browser.ts';
import { acceptInvitation, findInvitation, type Invitation, type InvitationAnswer } from './invitation.ts';
import { joinWorkspace } from './join-workspace.ts';
import { hashNewPassword, requirePassword, takeOwnGuess } from './prove-password.ts';
import { setCookies } from './sign-in-routes.ts';

const { route, writeRoute } = routesAbout('Session');
const oneSecret = closed({ secret: Type.String({ maxLength: 200, description: 'The last part of the link.' }) });

const invitationView = viewShape('InvitationView', 'Who is invited, and to which workspace.', {
  name: Type.String(),
  email: Type.String({ description: 'Empty if the person has to provide it.' }),
  workspace: Type.String({ description: 'The workspace they are invited to.' }),
  joined: Type.Boolean({ description: 'Whether the person is already a member and is setting a new password.' }),
  first_run: Type.Boolean({
    description: 'Whether this sets up the owner of a new server, who also provides an email address.',
  }),
  expires_at: instant('When the link expires.'),
});
const code = Type.Optional(
  Type.String({
    maxLength: 40,
    description: 'Code from the authenticator app, for people who use two-step sign-in.',
  }),
);
const invitationAcceptance = bodyShape(
  'InvitationAcceptance',
  'Name and password of a new account. For a member who already has an account, only the new password.',
  {
    name: Type.Optional(Type.String({ maxLength: 200 })),
    email: Type.Optional(Type.String({ maxLength: 254, description: 'Only on the first run.' })),
    password: Type.String({ maxLength: 1024, description: 'A new password.' }),
    code,
  },
);
const invitationConsent = bodyShape(
  'InvitationConsent',
  'Confirms that the person joins with the account they are signed in to.',
  {
    password: Type.String({ maxLength: 1024, description: 'The current password, as confirmation.' }),
    new_password: Type.Optional(
      Type.String({
        maxLength: 1024,
        description: 'A new password. Required if the administrators of a workspace can reset the account.',
      }),
    ),
    code,
  },
);

/** `/v1/invitations`: one-time links with which people join or set a new password. */
export function invitationRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/invitations/:secret',
    route('public', 'Get an invitation', { params: oneSecret, 200: invitationView.ref, or: [410, 429] }),
    async (request) => view(await findInvitation(request.params.secret, visitor(request, api), api)),
  );
  scope.post(
    '/invitations/:secret',
    writeRoute('public', 'Accept an invitation with a new account, or set a new password', {
      about: 'The link becomes invalid and the person is signed in: the response sets a cookie.',
      params: oneSecret,
      body: invitationAcceptance.ref,
      204: 'The cookie is set.',
      or: [409, 410, 429],
    }),
    async (request, reply) => {
      const browser = browserOf(request, api);
      const invitation = await findInvitation(request.params.secret, browser, api);
      const answer = check(request.body, invitation);
      const made = await acceptInvitation(invitation, answer, { browser, session: sessionOf(request) }, api).catch(
        (error: unknown) => {
          throw isConflict(error) ? taken() : error;
        },
      );
      return setCookies(request, reply, made).code(204).send();
    },
  );
  addJoin(scope, api);
}

function check(
  body: Static<typeof invitationAcceptance.schema>,
  { account, needsEmail }: Invitation,
): InvitationAnswer {
  const { password, code } = body;
  const [name, email] = [body.name?.trim(), body.email?.trim()];
  const issues: Issue[] = [];
  if (!account && name === '') issues.push({ at: 'name', code: 'required' });
  if (account && name !== undefined) issues.push({ at: 'name', code: 'not_applicable' });
  if (!needsEmail && email !== undefined) issues.push({ at: 'email', code: 'not_applicable' });
  if (needsEmail && !email) issues.push({ at: 'email', code: 'required' });
  else if (email && !isAddressLike(email)) issues.push({ at: 'email', code: 'bad_email' });
  const fault = passwordFault(password, 'password');
  if (fault) issues.push(fault);
  if (issues.length > 0) throw new Refused(invalid(...issues));
  return { name, email, code, password };
}

function addJoin(scope: ApiScope, api: ApiContext): void {
  scope.post(
    '/invitations/:secret/join',
    writeRoute('be signed in', 'Accept an invitation with your account', {
      about:
        'The account becomes your own: no administrator can reset it any more. All its sessions end, and you are ' +
        'signed in to the workspace: the response sets a cookie.',
      params: oneSecret,
      body: invitationConsent.ref,
      204: 'The cookie is set.',
      or: [409, 410, 429],
    }),
    async (request, reply) => {
      const { password, new_password, code } = request.body;
      const browser = browserOf(request, api);
      const invitation = await findInvitation(request.params.secret, browser, api);
      const account = await requirePassword(request, api, password);
      const hash = await hashAnother(account, password, new_password);
      if (account.totp_confirmed_at && !code) throw new Refused({ kind: 'not_signed_in', code: 'code_needed' });
      const right = takeOwnGuess(request, api);
      const made = await joinWorkspace(invitation, { account, hash, code, browser }, api);
      right();
      await renew(api, request);
      return setCookies(request, reply, made).code(204).send();
    },
  );
}

/**
 * Hashes the new password. An account managed by a workspace needs one, because administrators may know the
 * current one.
 */
async function hashAnother({ managed_by }: Account, current: string, chosen?: string): Promise<string | undefined> {
  if (managed_by === null) {
    if (chosen !== undefined) throw new Refused(invalid({ at: 'new_password', code: 'not_applicable' }));
    return undefined;
  }
  if (chosen === undefined) throw new Refused(invalid({ at: 'new_password', code: 'required' }));
  if (chosen.normalize('NFKC') === current.normalize('NFKC'))
    throw new Refused(invalid({ at: 'new_password', code: 'not_in_list' }));
  return hashNewPassword(chosen, 'new_password');
}

function visitor({ ip }: FastifyRequest, { clock }: ApiContext) {
  return { address: ip, at: clock() };
}

function view({ member, workspace, account, needsEmail, link }: Invitation): Static<typeof invitationView.schema> {
  return {
    name: member.name,
    email: needsEmail ? '' : member.email,
    workspace,
    joined: account !== undefined,
    first_run: needsEmail,
    expires_at: link.expires_at.toISOString(),
  };
}

function taken(): Refused {
  return new Refused({ kind: 'own_conflict', code: 'name_taken', detail: 'This email address is already taken.' });
}
