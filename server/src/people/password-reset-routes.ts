import { randomInt } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { refuseForeignPage } from '../http/authenticate.ts';
import { Refused } from '../http/refused.ts';
import { routesAbout } from '../http/route.ts';
import { bodyShape } from '../http/shapes.ts';
import { countTo } from '../mail/mail-store.ts';
import type { WithMail } from '../mail/queue-mail.ts';
import { fold } from '../platform/fold/fold.ts';
import { pause } from '../platform/time/wait.ts';
import { membershipsToReset } from '../workspaces/access/account-store.ts';
import { mailPasswordReset } from './account-mail.ts';
import { runAfterResponse } from './sign-in-routes.ts';

const HOUR_MS = 3_600_000;
/** Most accounts that are considered for one email address. */
const MOST_ACCOUNTS = 4;
/** Most links that are sent to one email address within an hour. */
const MOST_LINKS = 3;
/** Longest delay between the response and the start of the work. */
const LATEST_MS = 1_000;
const nobody = '00000000-0000-0000-0000-000000000000';

const passwordForgotten = bodyShape('PasswordForgotten', 'The account whose password was forgotten.', {
  email: Type.String({ minLength: 1, maxLength: 254, description: 'The address of the account.' }),
});

const { writeRoute } = routesAbout('Session');

/** `/v1/password-resets`: mails a link to people who forgot their password. */
export function passwordResetRoutes(scope: ApiScope, api: ApiContext & WithMail): void {
  const afterResponse = runAfterResponse(scope, api, 'A new password could not be sent by email.');
  scope.post(
    '/password-resets',
    writeRoute('public', 'Ask for a new password by email', {
      about:
        'The response is the same whether or not there is such an account, and is sent before anything else ' +
        'is done. Only accounts of a single workspace get a link, which works once, within an hour.',
      body: passwordForgotten.ref,
      202: 'If there is such an account, a link is on its way.',
      or: [429],
    }),
    async (request, reply) => {
      refuseForeignPage(request);
      limit(request, api);
      const { email } = request.body;
      const at = api.clock();
      afterResponse(sendLater(email, at, api));
      return reply.code(202).send();
    },
  );
}

/** Counts every request, whether or not there is an account, so that the limit does not reveal which accounts exist. */
function limit({ ip: address }: FastifyRequest, { guesses }: ApiContext): void {
  const seconds = guesses.waitToLookUp({ of: 'reset', address });
  if (seconds > 0) throw new Refused({ kind: 'rate_limited', retryAfterSeconds: seconds });
  guesses.missed({ of: 'reset', address });
}

/**
 * Waits for a random time after the response, so that neither its timing nor that of the next request reveals whether
 * there was anything to do.
 */
async function sendLater(email: string, now: Date, api: ApiContext & WithMail): Promise<void> {
  await pause(randomInt(LATEST_MS));
  const address = fold(email.trim());
  const found = await api.database.global((tx) => membershipsToReset(tx, address, MOST_ACCOUNTS));
  // Always the same number of transactions, so that the load does not reveal how many accounts there are.
  for (let at = 0; at < MOST_ACCOUNTS; at += 1) await sendLink(address, found[at], now, api);
}

/** Mails a link to this member; without a member, does the same work and sends nothing. */
async function sendLink(
  address: string,
  found: { workspace_id: string; member_id: string } | undefined,
  now: Date,
  { database, referenceCache, mail }: ApiContext & WithMail,
): Promise<void> {
  const data = found && (await referenceCache.get(found.workspace_id));
  const member = data?.get('member', found?.member_id);
  await database.tx(found?.workspace_id ?? nobody, async (tx) => {
    const since = new Date(now.getTime() - HOUR_MS);
    const sent = await countTo(tx, member?.email ?? address, ['password_reset'], since);
    if (!member || !data || sent >= MOST_LINKS) return;
    const to = { memberId: member.id, name: member.name, email: member.email, workspace: data.workspace.name };
    await mailPasswordReset(tx, mail, to, now);
  });
}
