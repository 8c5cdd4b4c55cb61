import { expect, test } from 'vitest';
import { checkPassword, hashPassword } from './passwords.ts';

/** The shortest of several runs, in ms: other work on the machine can only make a run longer. */
async function shortest(work: () => Promise<unknown>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 7; run += 1) {
    const started = performance.now();
    await work();
    best = Math.min(best, performance.now() - started);
  }
  return best;
}

test('checking a wrong password takes equally long for an unknown person and one without a password', async () => {
  const kept = await hashPassword('correct horse');
  await checkPassword(undefined, 'x');
  const known = await shortest(() => checkPassword(kept, 'wrong horse'));
  for (const nobody of [undefined, null]) {
    const unknown = await shortest(() => checkPassword(nobody, 'wrong horse'));
    expect(unknown).toBeGreaterThan(known / 2);
    expect(unknown).toBeLessThan(known * 2);
  }
});

test('no password is right for an unknown person, not even that of the hash used for comparison', async () => {
  for (const nobody of [undefined, null]) expect(await checkPassword(nobody, 'nobody has this password')).toBe(false);
});

test('a password is hashed by argon2id with 19 MiB and two passes, and accepted in any Unicode form', async () => {
  const kept = await hashPassword('pa\u0308ssword');
  expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await checkPassword(kept, 'p\u00e4ssword')).toBe(true);
  expect(await checkPassword(kept, 'password')).toBe(false);
});
