import type { Database } from '../platform/database/database.ts';
import { isProblem, type Problem } from '../platform/problem.ts';
import { type SentReply, serialiseReply } from '../platform/wire.ts';
import { actorOf, type Caller } from '../workspaces/access/caller.ts';
import type { Guesser, GuessLimits } from '../workspaces/access/guess-limit.ts';
import { rightsOf } from '../workspaces/access/identify.ts';
import { checkPassword } from '../workspaces/access/passwords.ts';
import { audit } from '../workspaces/audit/audit-store.ts';
import type { ReferenceCache } from '../workspaces/reference-cache.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
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
  /** Takes work that goes on after the response, so that response times do not reveal who exists. */
  afterResponse(work: Promise<void>): void;
}

/**
 * Signs a member in to a dialect by password, before the workspace is known. The session has whatever role and visibility
 * the member has when it is used. The audit log records successes and failures of members. The request is stored without its body if the workspace
 * that it names exists; otherwise nothing is stored.
 */
export async function signIn(arrival: OpenArrival, options: Options): Promise<SentReply> {
  const { database, referenceCache, guesses } = options;
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
  const referenceData = await referenceCache.get(workspaceId);
  const caller = callerFor(arrival.dialect, workspaceId, right && member ? member.member_id : null, referenceData);
  if (member && !(right && member.active))
    options.afterResponse(auditFailure(arrival, workspaceId, member.member_id, database));
  return database.tx(workspaceId, async (tx) => {
    const signedIn = right && member?.active;
    const done = signedIn ? await openSession(tx, { ...caller, user: request.username }, envelope.received_at) : wrong;
    if (signedIn)
      await audit(
        tx,
        { actor: actorOf({ caller }), ...entry('signed_in', arrival, member.member_id) },
        envelope.received_at,
      );
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

async function auditFailure(
  arrival: OpenArrival,
  workspaceId: string,
  memberId: string,
  database: Database,
): Promise<void> {
  const failed = { actor: 'nobody', ...entry('sign_in_failed', arrival, memberId) };
  await database.tx(workspaceId, (tx) => audit(tx, failed, arrival.envelope.received_at));
}

function entry(action: 'signed_in' | 'sign_in_failed', { dialect, envelope }: OpenArrival, memberId: string) {
  return { action, detail: { member_id: memberId, dialect, address: envelope.address } };
}

function callerFor(
  dialect: string,
  workspaceId: string,
  memberId: string | null,
  referenceData: ReferenceData,
): Caller {
  return {
    workspace_id: workspaceId,
    dialect,
    token_id: null,
    token_name: null,
    member_id: memberId,
    session_id: null,
    policy: 'create',
    merge_style: 'fill',
    region: referenceData.workspace.region,
    test_mode: false,
    may_extend: true,
    repeats_by_content: false,
    ...rightsOf(memberId ?? '', referenceData),
  };
}
