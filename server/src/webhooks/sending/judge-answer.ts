import type { EgressOutcome } from '../../platform/egress/egress.ts';

/** The outcome of an attempt. */
export interface Verdict {
  /**
   * `abort`: the receiver does not want this event, now or later. `gone` and `asked`: it wants no more events.
   * `cancelled`: this server is stopping, so it does not count as an attempt.
   */
  kind: 'delivered' | 'failed' | 'abort' | 'gone' | 'asked' | 'cancelled';
  /** Why it was not a success, as a sentence. */
  error: string | null;
  /** Seconds that the receiver asked us to wait. */
  retryAfter?: number;
}

const GONE = 410;
/** The status codes whose Retry-After is respected. */
const LATER: ReadonlySet<number> = new Set([429, 503]);

/** Judges the response to a delivery. Only a 2xx is a success, and only if no header says otherwise. */
export function judgeAnswer(outcome: EgressOutcome, now: Date): Verdict {
  if (outcome.kind === 'failed')
    return { kind: outcome.fault === 'cancelled' ? 'cancelled' : 'failed', error: outcome.detail };
  const { status, headers } = outcome;
  const wish = headers['webhook-delivery']?.trim().toLowerCase();
  if (wish === 'disable') return { kind: 'asked', error: 'The receiver asked for this webhook to be disabled.' };
  if (wish === 'abort-message') return { kind: 'abort', error: 'The receiver does not want this event.' };
  if (status >= 200 && status < 300) return { kind: 'delivered', error: null };
  if (status === GONE) return { kind: 'gone', error: 'The receiver is gone (410).' };
  if (status >= 300 && status < 400)
    return { kind: 'failed', error: `The receiver answered with a redirect (${status}), which is not followed.` };
  const retryAfter = LATER.has(status) ? readRetryAfter(headers['retry-after'], now) : undefined;
  return {
    kind: 'failed',
    error: `The receiver answered ${status}.`,
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

/** Seconds of a Retry-After header, which is a number or a date; undefined if it is neither. */
function readRetryAfter(text: string | undefined, now: Date): number | undefined {
  if (text === undefined) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(text)) return Number(text);
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, (at - now.getTime()) / 1000);
}
