/** Seconds to wait before each attempt: 10 attempts in 75 hours, as Standard Webhooks recommends. */
export const usualRetrySeconds: readonly number[] = [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
const JITTER = 0.1;
/** The longest pause that a receiver may ask for: one day. */
const LONGEST_WAIT_SECONDS = 86_400;

/**
 * When to try again after `attempts` attempts, in ms from now; undefined if that was the last. `retryAfter` is what the
 * receiver asked for, in seconds. `random`, from 0 to 1, varies the delay by a tenth either way, so that deliveries
 * that failed together are spread out.
 */
export function nextDelay(
  attempts: number,
  { schedule, retryAfter = 0, random }: { schedule: readonly number[]; retryAfter?: number; random: number },
): number | undefined {
  const seconds = schedule[attempts];
  if (seconds === undefined) return undefined;
  const jittered = seconds * (1 + JITTER * (2 * random - 1));
  return Math.round(1000 * Math.max(jittered, Math.min(retryAfter, LONGEST_WAIT_SECONDS)));
}

/** Reads `WEBHOOK_RETRY_SECONDS`, a list such as `0, 5, 300`; undefined if it is not such a list. */
export function readRetrySeconds(text: string): readonly number[] | undefined {
  if (text.trim() === '') return usualRetrySeconds;
  const seconds = text.split(',').map((one) => (/^\s*\d{1,7}\s*$/.test(one) ? Number(one) : Number.NaN));
  return seconds.length <= 50 && seconds.every((one) => one <= 30 * LONGEST_WAIT_SECONDS) ? seconds : undefined;
}
