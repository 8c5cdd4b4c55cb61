import { hash, verify } from '@node-rs/argon2';
import type { Issue } from '../../platform/problem.ts';

/** Argon2id with 19 MiB and two passes; takes about 30 ms. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const SHORTEST_PASSWORD = 8;
const LONGEST_PASSWORD = 1024;

export async function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), cost);
}

/** A sign-in always tries exactly this many accounts, so that the time it takes does not reveal how many exist. */
export const TRIED_ACCOUNTS = 4;

let decoy: Promise<string> | undefined;

/** Checks a password. Takes just as long if the account is unknown or has no password. */
export async function checkPassword(kept: string | null | undefined, password: string): Promise<boolean> {
  if (password.length > LONGEST_PASSWORD) return false;
  decoy ??= hashPassword('nobody has this password');
  const right = await verify(kept ?? (await decoy), password.normalize('NFKC'));
  return right && typeof kept === 'string';
}

/** The first of at most TRIED_ACCOUNTS candidates with this password. Takes the same time however many there are. */
export async function findByPassword<T extends { password_hash: string | null }>(
  candidates: readonly T[],
  password: string,
): Promise<T | undefined> {
  const tried = Array.from({ length: TRIED_ACCOUNTS }, (_, at) => candidates[at]);
  const right = await Promise.all(tried.map((one) => checkPassword(one?.password_hash, password)));
  return tried.find((_, at) => right[at]);
}

/** The issue with a new password, if it breaks a rule. */
export function passwordFault(password: string, at: string): Issue | undefined {
  if ([...password].length < SHORTEST_PASSWORD) return { at, code: 'too_small', limits: { min: SHORTEST_PASSWORD } };
  return password.length > LONGEST_PASSWORD ? { at, code: 'too_long', limits: { max: LONGEST_PASSWORD } } : undefined;
}
