import type { FastifyRequest } from 'fastify';
import type { ApiContext } from '../http/api-context.ts';
import { Refused } from '../http/refused.ts';
import { accountIdIn, reading } from '../http/request-context.ts';
import { invalid } from '../platform/problem.ts';
import { type Account, getAccount } from '../workspaces/access/account-store.ts';
import { checkPassword, hashPassword, passwordFault } from '../workspaces/access/passwords.ts';

/**
 * Counts an attempt by the signed-in person to enter their password or code, and refuses it if there have been
 * too many. Attempts by other people do not lock this person out. Returns a function to call once the attempt
 * has succeeded.
 */
export function takeOwnGuess(request: FastifyRequest, { guesses }: Pick<ApiContext, 'guesses'>): () => void {
  const account = `signed in to ${accountIdIn(request)}`;
  const guesser = { accounts: [account], address: request.ip };
  const seconds = guesses.take(guesser);
  if (seconds > 0) throw new Refused({ kind: 'rate_limited', retryAfterSeconds: seconds });
  return () => guesses.right(guesser, account);
}

/** Checks the signed-in person's password and returns their account. Attempts are limited as for signing in. */
export async function requirePassword(request: FastifyRequest, api: ApiContext, password: string): Promise<Account> {
  const right = takeOwnGuess(request, api);
  const account = await reading(api, request, (tx) => getAccount(tx, accountIdIn(request)));
  if (!account || !(await checkPassword(account.password_hash, password)))
    throw new Refused({ kind: 'own_conflict', code: 'wrong_password', detail: 'The password is wrong.' });
  right();
  return account;
}

/** Checks a new password against the rules and hashes it. */
export async function hashNewPassword(password: string, field: string): Promise<string> {
  const fault = passwordFault(password, field);
  if (fault) throw new Refused(invalid(fault));
  return hashPassword(password);
}
