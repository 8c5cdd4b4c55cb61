import { hash, verify } from '@node-rs/argon2';

/** Argon2id, 19 MiB, two passes: about 30 ms each. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const SHORTEST_PASSWORD = 8;
const LONGEST_PASSWORD = 1024;

export async function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), cost);
}

let decoy: Promise<string> | undefined;

/** True when the password is right. Takes as long for a person who is not there, or has none yet. */
export async function checkPassword(kept: string | null | undefined, password: string): Promise<boolean> {
  if (password.length > LONGEST_PASSWORD) return false;
  decoy ??= hashPassword('nobody has this password');
  const right = await verify(kept ?? (await decoy), password.normalize('NFKC'));
  return right && typeof kept === 'string';
}
