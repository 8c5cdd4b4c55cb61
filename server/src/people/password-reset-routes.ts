import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { refuseForeignPage } from '../http/authenticate.ts';
import { Refused } from '../http/refused.ts';
import { nothing, writeReplies } from '../http/replies.ts';
import { closed, shape } from '../http/shapes.ts';
import { countTo } from '../mail/mail-store.ts';
import type { WithMail } from '../mail/queue-mail.ts';
import { fold } from '../platform/fold/fold.ts';
import { membershipsToReset } from '../workspaces/access/account-store.ts';
import { mailPasswordReset } from './account-mail.ts';
import { runAfterResponse } from './sign-in-routes.ts';

const HOUR_MS = 3_600_000;
/** Accounts that one address may stand for. */
const MOST_ACCOUNTS = 4;
/** Links that one address gets within an hour. */
const MOST_LINKS = 3;

const passwordForgotten = shape(
  'PasswordForgotten',
  closed(
    { email: Type.String({ minLength: 1, maxLength: 254, description: 'The address of the account.' }) },
    'Whose password is forgotten.',
  ),
);

/** `/v1/password-resets`: a link by mail for those who forgot their password. */
export function passwordResetRoutes(scope: ApiScope, api: ApiContext & WithMail): void {
  const afterResponse = runAfterResponse(scope, api, 'A new password could not be sent by mail.');
  scope.post(
    '/password-resets',
    {
      config: { policy: 'public' },
      schema: {
        summary: 'Ask for a new password by mail',
        description:
          'The answer is the same whether or not there is such an account, and everything happens after it. Only ' +
          'accounts of a single workspace get a link, which works once, within an hour.',
        tags: ['Session'],
        security: [],
        body: passwordForgotten.ref,
        response: writeReplies({ 202: nothing('If there is such an account, a link is on its way.') }, [429]),
      },
    },
    async (request, reply) => {
      refuseForeignPage(request);
      limit(request, api);
      const { email } = request.body;
      const at = api.clock();
      afterResponse(sendLinks(email, at, api));
      return reply.code(202).send();
    },
  );
}

/** Counts every request, so that the limit tells nothing of accounts either. */
function limit({ ip: address }: FastifyRequest, { guesses }: ApiContext): void {
  const seconds = guesses.waitToLookUp({ of: 'reset', address });
  if (seconds > 0) throw new Refused({ kind: 'rate_limited', retryAfterSeconds: seconds });
  guesses.missed({ of: 'reset', address });
}

async function sendLinks(
  email: string,
  now: Date,
  { database, referenceCache, mail }: ApiContext & WithMail,
): Promise<void> {
  const found = await database.global((tx) => membershipsToReset(tx, fold(email.trim()), MOST_ACCOUNTS));
  for (const { workspace_id, member_id } of found) {
    const { workspace, get } = await referenceCache.get(workspace_id);
    const member = get('member', member_id);
    if (!member) continue;
    await database.tx(workspace_id, async (tx) => {
      const sent = await countTo(tx, member.email, ['password_reset'], new Date(now.getTime() - HOUR_MS));
      if (sent >= MOST_LINKS) return;
      const { id: memberId, name, email: address } = member;
      await mailPasswordReset(tx, mail, { memberId, name, email: address, workspace: workspace.name }, now);
    });
  }
}
