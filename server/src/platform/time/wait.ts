import { setTimeout as sleep } from 'node:timers/promises';

/** Waits some milliseconds, or until `cut` is aborted. */
export async function pause(milliseconds: number, cut?: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal: cut }).catch((error) => {
    if (!cut?.aborted) throw error;
  });
}

/** Calls `ask` repeatedly until it returns something; returns `undefined` when the time limit (ms) is reached. */
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
