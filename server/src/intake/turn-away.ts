import { problemOfFault } from '../platform/fault.ts';
import { isProblem, type Problem } from '../platform/problem.ts';
import { serialiseReply } from '../platform/wire.ts';
import type { TurnedAwayRequest, TurnedAwayRequests } from '../workspaces/limits/turned-away.ts';
import type { Arrival, Envelope, Intake } from './arrival.ts';

/**
 * Wraps `perform` with the limit on stored requests of callers who were not let in. They get the same response whether
 * their request is stored or only counted.
 */
export function turnAway(
  perform: Intake['perform'],
  turnedAway: Pick<TurnedAwayRequests, 'mayKeep'>,
  onFault: (error: unknown) => void,
): Intake['perform'] {
  return async (arrival) => {
    const { turned_away, request, words } = arrival;
    if (!turned_away || !isProblem(request)) return perform(arrival);
    try {
      if (await turnedAway.mayKeep(turnedAwayRequestOf(arrival, turned_away))) return perform(arrival);
    } catch (error) {
      onFault(error);
      return serialiseReply(words.refuse(problemOfFault(error)));
    }
    return serialiseReply(words.refuse(request));
  };
}

/** A valid credential that lacks a right is not turned away: its requests are always kept. */
export function isTurnedAway({ kind }: Problem): boolean {
  return kind === 'unauthenticated' || kind === 'rate_limited';
}

function turnedAwayRequestOf({ caller, envelope }: Arrival, problem: Problem): TurnedAwayRequest {
  const reason = problem.kind === 'unauthenticated' ? problem.reason : problem.kind;
  const { workspace_id, dialect } = caller;
  return { workspace_id, caller, dialect, reason, bytes: sizeOf(envelope), at: envelope.received_at };
}

/** Approximate size of a stored request, in bytes. */
function sizeOf({ path, query, headers, body }: Envelope): number {
  return path.length + query.length + JSON.stringify(headers).length + (body?.length ?? 0);
}
