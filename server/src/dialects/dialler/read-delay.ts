import type { Issue } from '../dialect.ts';

/** One year, in seconds. */
const MAX_DELAY = 31_536_000;
const MAX_NUMBER_LENGTH = 40;
const NUMBER = /^\s*[-+]?\d*\.?\d+(?:e[-+]?\d{1,3})?\s*$/i;

/** Reads `delays` as whole seconds from a number or numeric text. Fractions are rounded up. */
export function readDelay(sent: unknown): number | Omit<Issue, 'at'> {
  const seconds = toSeconds(sent);
  if (seconds === undefined) return { code: 'not_number' };
  if (seconds < 0) return { code: 'too_small', limits: { min: 0 } };
  if (seconds > MAX_DELAY) return { code: 'too_big', limits: { max: MAX_DELAY } };
  return Math.ceil(seconds) + 0;
}

function toSeconds(sent: unknown): number | undefined {
  if (typeof sent === 'number') return sent;
  const isNumber = typeof sent === 'string' && sent.length <= MAX_NUMBER_LENGTH && NUMBER.test(sent);
  return isNumber ? Number(sent) : undefined;
}
