import type { FastifyRequest } from 'fastify';
import type { ApiContext } from '../http/api-context.ts';
import { Refused } from '../http/refused.ts';
import { inWorkspace, signedIn } from '../http/request-context.ts';
import { invalid } from '../platform/problem.ts';
import { checkPassword, hashPassword, passwordFault } from '../workspaces/access/passwords.ts';
import { getUser, type User } from './user-store.ts';

/** The signed-in person, after their password has been checked. Attempts are limited as for signing in. */
export async function requirePassword(request: FastifyRequest, api: ApiContext, password: string): Promise<User> {
  const { user_id = '' } = signedIn(request);
  const guesser = { account: user_id, address: request.ip, device: `session of ${user_id}` };
  const seconds = api.guesses.take(guesser);
  if (seconds > 0) throw new Refused({ kind: 'rate_limited', retryAfterSeconds: seconds });
  const user = await inWorkspace(api, request, (tx) => getUser(tx, user_id));
  if (!user || !(await checkPassword(user.password_hash, password)))
    throw new Refused({ kind: 'own_conflict', code: 'wrong_password', detail: 'The password is wrong.' });
  api.guesses.right(guesser);
  return user;
}

/** Checks the rules for passwords and hashes a new one. */
export async function hashNewPassword(password: string, field: string): Promise<string> {
  const fault = passwordFault(password, field);
  if (fault) throw new Refused(invalid(fault));
  return hashPassword(password);
}
