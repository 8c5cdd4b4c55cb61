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
import { findInvitation, type IncomingLead, type Invitation, takeInvitation } from './invitation.ts';
import { hashNewPassword } from './prove-password.ts';
import { keep } from './sign-in-routes.ts';

const tags = ['Session'];
const oneSecret = closed({ secret: Type.String({ maxLength: 200, description: 'The last part of the link.' }) });

const invitationView = shape(
  'InvitationView',
  Type.Object(
    {
      name: Type.String(),
      email: Type.String({ description: 'Empty when the person is to give one.' }),
      workspace: Type.String({ description: 'Where they are to work.' }),
      asks_name: Type.Boolean({ description: 'They are new and say their name.' }),
      joined: Type.Boolean({ description: 'They work here already, and choose a password anew.' }),
      chooses_password: Type.Boolean({ description: 'false: they confirm with the password they have.' }),
      first_run: Type.Boolean({ description: 'The owner of a new server, who gives an address too.' }),
      expires_at: instant('When the link ends.'),
    },
    { description: 'Who is invited, and where to.' },
  ),
);
const invitationTaken = shape(
  'InvitationTaken',
  closed(
    {
      name: Type.Optional(Type.String({ maxLength: 200 })),
      email: Type.Optional(Type.String({ maxLength: 254, description: 'On the first run only.' })),
      password: Type.String({ maxLength: 1024 }),
      code: Type.Optional(Type.String({ maxLength: 40, description: 'Of a person who signs in in two steps.' })),
    },
    'Name and password of somebody new; the password alone of somebody known.',
  ),
);

/** `/v1/invitations`: one-time links, by which people join or choose a password anew. */
export function invitationRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/invitations/:secret',
    {
      config: { policy: 'public' },
      schema: {
        summary: 'Read an invitation',
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
        summary: 'Take an invitation',
        description: 'The link ends, and its holder is signed in: the answer sets a cookie.',
        tags,
        security: [],
        params: oneSecret,
        body: invitationTaken.ref,
        response: writeReplies({ 204: nothing('The cookie is set.') }, [409, 410, 429]),
      },
    },
    async (request, reply) => {
      const browser = browserOf(request, api);
      const invitation = await findInvitation(request.params.secret, browser.at, api);
      const incoming = await check(request.body, invitation);
      const made = await takeInvitation(invitation, incoming, { browser, session: sessionOf(request) }, api).catch(
        (error: unknown) => {
          throw isConflict(error) ? taken() : error;
        },
      );
      return keep(request, reply, made).code(204).send();
    },
  );
}

async function check(body: Static<typeof invitationTaken.schema>, invitation: Invitation): Promise<IncomingLead> {
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
    asks_name: isNew,
    joined: !isNew && chooses,
    chooses_password: chooses,
    first_run: needsEmail,
    expires_at: link.expires_at.toISOString(),
  };
}

function taken(): Refused {
  return new Refused({ kind: 'own_conflict', code: 'name_taken', detail: 'Somebody else has this e-mail.' });
}
