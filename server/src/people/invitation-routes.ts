import Type, { type Static } from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { sessionOf } from '../http/cookie.ts';
import { Refused } from '../http/refused.ts';
import { nothing, replies, writeReplies } from '../http/replies.ts';
import { closed, instant, shape } from '../http/shapes.ts';
import { isConflict } from '../platform/database/database-errors.ts';
import { isAddressLike } from '../platform/email.ts';
import { type Issue, invalid } from '../platform/problem.ts';
import { browserOf } from './browser.ts';
import { acceptInvitation, findInvitation, type Invitation, type InvitationAnswer } from './invitation.ts';
import { hashNewPassword } from './prove-password.ts';
import { setCookies } from './sign-in-routes.ts';

const tags = ['Session'];
const oneSecret = closed({ secret: Type.String({ maxLength: 200, description: 'The last part of the link.' }) });

const invitationView = shape(
  'InvitationView',
  Type.Object(
    {
      name: Type.String(),
      email: Type.String({ description: 'Empty if the person is to provide it.' }),
      workspace: Type.String({ description: 'The workspace they are invited to.' }),
      needs_name: Type.Boolean({ description: 'Whether the person is new and must give a name.' }),
      joined: Type.Boolean({ description: 'Whether the person is already a member and is setting a new password.' }),
      sets_password: Type.Boolean({
        description: 'Whether the person sets a new password; if false, they confirm with their current one.',
      }),
      first_run: Type.Boolean({
        description: 'Whether this sets up the owner of a new server, who also provides an email address.',
      }),
      expires_at: instant('When the link expires.'),
    },
    { description: 'Who is invited, and to which workspace.' },
  ),
);
const invitationAcceptance = shape(
  'InvitationAcceptance',
  closed(
    {
      name: Type.Optional(Type.String({ maxLength: 200 })),
      email: Type.Optional(Type.String({ maxLength: 254, description: 'Only on the first run.' })),
      password: Type.String({ maxLength: 1024 }),
      code: Type.Optional(
        Type.String({
          maxLength: 40,
          description: 'Code from the authenticator app, for people who use two-step sign-in.',
        }),
      ),
    },
    'Name and password of a new person; only the password of someone who already has an account.',
  ),
);

/** `/v1/invitations`: one-time links with which people join or set a new password. */
export function invitationRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/invitations/:secret',
    {
      config: { policy: 'public' },
      schema: {
        summary: 'Get an invitation',
        tags,
        security: [],
        params: oneSecret,
        response: replies({ 200: invitationView.ref }, [410]),
      },
    },
    async (request) => view(await findInvitation(request.params.secret, api.clock(), api)),
  );
  scope.post(
    '/invitations/:secret',
    {
      config: { policy: 'public' },
      schema: {
        summary: 'Accept an invitation',
        description: 'The link becomes invalid and the person is signed in: the response sets a cookie.',
        tags,
        security: [],
        params: oneSecret,
        body: invitationAcceptance.ref,
        response: writeReplies({ 204: nothing('The cookie is set.') }, [409, 410, 429]),
      },
    },
    async (request, reply) => {
      const browser = browserOf(request, api);
      const invitation = await findInvitation(request.params.secret, browser.at, api);
      const answer = await check(request.body, invitation);
      const made = await acceptInvitation(invitation, answer, { browser, session: sessionOf(request) }, api).catch(
        (error: unknown) => {
          throw isConflict(error) ? taken() : error;
        },
      );
      return setCookies(request, reply, made).code(204).send();
    },
  );
}

async function check(
  body: Static<typeof invitationAcceptance.schema>,
  invitation: Invitation,
): Promise<InvitationAnswer> {
  const { chooses, isNew, needsEmail } = invitation;
  const { password, code } = body;
  const [name, email] = [body.name?.trim(), body.email?.trim()];
  const issues: Issue[] = [];
  if (isNew && name === '') issues.push({ at: 'name', code: 'required' });
  if (!isNew && name !== undefined) issues.push({ at: 'name', code: 'not_applicable' });
  if (!needsEmail && email !== undefined) issues.push({ at: 'email', code: 'not_applicable' });
  if (needsEmail && !email) issues.push({ at: 'email', code: 'required' });
  else if (email && !isAddressLike(email)) issues.push({ at: 'email', code: 'bad_email' });
  if (issues.length > 0) throw new Refused(invalid(...issues));
  return { name, email, password, code, hash: chooses ? await hashNewPassword(password, 'password') : undefined };
}

function view({ user, workspace, chooses, isNew, needsEmail, link }: Invitation): Static<typeof invitationView.schema> {
  return {
    name: user.name,
    email: needsEmail ? '' : user.email,
    workspace,
    needs_name: isNew,
    joined: !isNew && chooses,
    sets_password: chooses,
    first_run: needsEmail,
    expires_at: link.expires_at.toISOString(),
  };
}

function taken(): Refused {
  return new Refused({ kind: 'own_conflict', code: 'name_taken', detail: 'This email address is already taken.' });
}
