import { setTimeout as sleep } from 'node:timers/promises';

/** Waits some milliseconds. */
export async function pause(milliseconds: number): Promise<void> {
  await sleep(milliseconds);
}

/** Asks again and again until the answer is not `undefined`; returns `undefined` when the time (ms) is up. */
export async function poll<T>(
  ask: () => Promise<T | undefined> | T | undefined,
  limit: number,
  interval = 50,
): Promise<T | undefined> {
  const deadline = Date.now() + limit;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined || Date.now() >= deadline) return answer;
    await pause(interval);
  }
}
