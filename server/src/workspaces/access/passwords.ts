import { hash, verify } from '@node-rs/argon2';
import type { Issue } from '../../platform/problem.ts';

/** Argon2id with 19 MiB and two passes; takes about 30 ms. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const SHORTEST_PASSWORD = 8;
const LONGEST_PASSWORD = 1024;

export async function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), cost);
}

let decoy: Promise<string> | undefined;

/** Checks a password. Takes equally long if the person is unknown or has no password. */
export async function checkPassword(kept: string | null | undefined, password: string): Promise<boolean> {
  if (password.length > LONGEST_PASSWORD) return false;
  decoy ??= hashPassword('nobody has this password');
  const right = await verify(kept ?? (await decoy), password.normalize('NFKC'));
  return right && typeof kept === 'string';
}

/** The issue with a new password, if it breaks a rule. */
export function passwordFault(password: string, at: string): Issue | undefined {
  if ([...password].length < SHORTEST_PASSWORD) return { at, code: 'too_small', limits: { min: SHORTEST_PASSWORD } };
  return password.length > LONGEST_PASSWORD ? { at, code: 'too_long', limits: { max: LONGEST_PASSWORD } } : undefined;
}
