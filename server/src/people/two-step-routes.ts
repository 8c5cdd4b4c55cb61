import type { FastifyRequest } from 'fastify';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { auditRequest } from '../http/audit-request.ts';
import { Refused } from '../http/refused.ts';
import { changing, contextOf, signedIn } from '../http/request-context.ts';
import { routesAbout } from '../http/route.ts';
import { ownerOf } from '../secrets/secret-store.ts';
import { getAccount } from '../workspaces/access/account-store.ts';
import { requirePassword, takeOwnGuess } from './prove-password.ts';
import { passwordProof, recoveryCodes, totpCode, totpSecret } from './sign-in-shapes.ts';
import { consumeCode, hashRecoveryCode, newRecoveryCodes, newTotp } from './two-step.ts';
import { confirmTotp, proposeTotp, removeTotp } from './two-step-store.ts';

const { writeRoute } = routesAbout('Me');

/** `/v1/me/totp`: two-step sign-in. */
export function twoStepRoutes(scope: ApiScope, api: ApiContext): void {
  scope.post(
    '/me/totp',
    writeRoute('be signed in', 'Set up two-step sign-in', {
      about: 'Takes effect once a code has been confirmed.',
      body: passwordProof.ref,
      200: totpSecret.ref,
      or: [409, 429],
    }),
    async (request) => {
      const user = await requirePassword(request, api, request.body.password);
      const made = newTotp(signedIn(request).email);
      const encrypted = api.keyring.encrypt(Buffer.from(made.secret), ownerOf.account(user.id));
      if (!(await changing(api, request, (tx) => proposeTotp(tx, user.id, encrypted)))) throw inForce();
      return made;
    },
  );
  scope.post(
    '/me/totp/confirm',
    writeRoute('be signed in', 'Confirm the authenticator app', {
      about: 'Returns recovery codes, shown only once. From now on, signing in requires a code.',
      body: totpCode.ref,
      200: recoveryCodes.ref,
      or: [409, 429],
    }),
    async (request) => ({ recovery_codes: await confirm(request.body.code, request, api) }),
  );
  scope.delete(
    '/me/totp',
    writeRoute('be signed in', 'Turn off two-step sign-in', {
      body: passwordProof.ref,
      204: 'Two-step sign-in is turned off.',
      or: [409, 429],
    }),
    async (request, reply) => {
      const user = await requirePassword(request, api, request.body.password);
      await changing(api, request, async (tx) => {
        await removeTotp(tx, user.id);
        if (user.totp_confirmed_at) await auditRequest(tx, request, 'two_step_off');
      });
      return reply.code(204).send();
    },
  );
}

async function confirm(code: string, request: FastifyRequest, api: ApiContext): Promise<string[]> {
  const { at } = contextOf(request);
  const codes = newRecoveryCodes();
  const right = takeOwnGuess(request, api);
  await api.database.tx(contextOf(request).caller.workspace_id, async (tx) => {
    const user = await getAccount(tx, signedIn(request).user_id);
    if (!user?.totp_secret || user.totp_confirmed_at) throw inForce();
    if (!(await consumeCode(tx, user, code, { now: at, keyring: api.keyring })))
      throw new Refused({
        kind: 'own_conflict',
        code: 'wrong_code',
        detail: 'This code is wrong or was already used.',
      });
    await confirmTotp(tx, user.id, codes.map(hashRecoveryCode), at);
    await auditRequest(tx, request, 'two_step_on');
  });
  right();
  return codes;
}

function inForce(): Refused {
  return new Refused({
    kind: 'own_conflict',
    code: 'changed_since',
    detail: 'Two-step sign-in is already on, or its setup was never started.',
  });
}
