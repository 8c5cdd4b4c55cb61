import type { Database } from '../platform/database/database.ts';
import { isProblem, type Problem } from '../platform/problem.ts';
import { type SentReply, serialiseReply } from '../platform/wire.ts';
import type { Caller } from '../workspaces/access/caller.ts';
import type { Guesser, GuessLimits } from '../workspaces/access/guess-limit.ts';
import { checkPassword } from '../workspaces/access/passwords.ts';
import type { TurnedAwayRequests } from '../workspaces/limits/turned-away.ts';
import type { ReferenceCache } from '../workspaces/reference-cache.ts';
import { findSignIn, findWorkspace } from '../workspaces/workspace-store.ts';
import type { Arrival, OpenArrival } from './arrival.ts';
import { storeSubmission } from './batch/batch-store.ts';
import type { Command } from './command.ts';
import { openSession } from './commands/sessions.ts';

const wrong: Problem = { kind: 'unauthenticated', reason: 'wrong_password' };

interface Options {
  database: Database;
  referenceCache: ReferenceCache;
  guesses: GuessLimits;
  turnedAway: Pick<TurnedAwayRequests, 'count'>;
}

/**
 * Signs someone in by password, before the workspace is known. The request is stored without its body if the workspace
 * that it names exists and the password is right; otherwise it is only counted, since anybody could send it.
 */
export async function signIn(
  arrival: OpenArrival,
  { database, referenceCache, guesses, turnedAway }: Options,
): Promise<SentReply> {
  const started = performance.now();
  const { request, words, envelope } = arrival;
  if (isProblem(request)) return serialiseReply(words.refuse(request));
  if (request.kind !== 'signIn') throw new Error(`An open endpoint cannot perform ${request.kind}.`);
  const workspaceId = await database.global((tx) => findWorkspace(tx, request.organisation));
  const member = workspaceId ? await database.tx(workspaceId, (tx) => findSignIn(tx, request.username)) : undefined;
  const guesser: Guesser = { account: member?.user_id ?? accountOf(request), address: envelope.address };
  const seconds = guesses.take(guesser);
  if (seconds > 0) return serialiseReply(words.refuse({ kind: 'rate_limited', retryAfterSeconds: seconds }));
  const right = await checkPassword(member ? member.password_hash : null, request.password);
  if (right) guesses.right(guesser);
  if (!workspaceId) return serialiseReply(words.refuse(wrong));
  if (!right || !member?.active) {
    const { dialect } = arrival;
    turnedAway.count({
      workspace_id: workspaceId,
      dialect,
      reason: 'wrong_password',
      bytes: 0,
      at: envelope.received_at,
    });
    return serialiseReply(words.refuse(wrong));
  }
  const referenceData = await referenceCache.get(workspaceId);
  const caller = callerFor(arrival.dialect, workspaceId, member.member_id, referenceData.workspace.region);
  return database.tx(workspaceId, async (tx) => {
    const done = await openSession(tx, { ...caller, user: request.username }, envelope.received_at);
    const refused = isProblem(done);
    const reply = serialiseReply(refused ? words.refuse(done) : words.answer(done.result, referenceData));
    const whole: Arrival = { ...arrival, request, caller, referenceData };
    await storeSubmission(tx, whole, {
      outcome: refused ? 'refused' : 'accepted',
      reply,
      withheld: !refused,
      lead_id: null,
      ...(refused && { problem: done }),
      took_ms: performance.now() - started,
    });
    return reply;
  });
}

function accountOf(request: Extract<Command, { kind: 'signIn' }>): string {
  return `${request.organisation}\0${request.username}`.toLowerCase();
}

function callerFor(dialect: string, workspaceId: string, memberId: string, region: string): Caller {
  return {
    workspace_id: workspaceId,
    dialect,
    token_id: null,
    token_name: null,
    member_id: memberId,
    session_id: null,
    policy: 'create',
    merge_style: 'fill',
    region,
    test_mode: false,
    may_extend: true,
    repeats_by_content: false,
    scopes: [],
  };
}
