import { setTimeout as sleep } from 'node:timers/promises';

/** Waits some milliseconds, or until `cut` is aborted. */
export async function pause(milliseconds: number, cut?: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal: cut }).catch((error) => {
    if (!cut?.aborted) throw error;
  });
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
