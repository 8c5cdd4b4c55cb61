import type { Database } from '../platform/database/database.ts';
import { fold } from '../platform/fold/fold.ts';
import { isProblem, type Problem } from '../platform/problem.ts';
import { type SentReply, serialiseReply } from '../platform/wire.ts';
import { findMembers, type MemberSignIn } from '../workspaces/access/account-store.ts';
import { actorOf, type Caller } from '../workspaces/access/caller.ts';
import type { Guesser, GuessLimits } from '../workspaces/access/guess-limit.ts';
import { rightsOf } from '../workspaces/access/identify.ts';
import { findByPassword, TRIED_ACCOUNTS } from '../workspaces/access/passwords.ts';
import type { UnknownNames } from '../workspaces/access/unknown-names.ts';
import { audit } from '../workspaces/audit/audit-store.ts';
import type { TurnedAwayRequests } from '../workspaces/limits/turned-away.ts';
import type { ReferenceCache } from '../workspaces/reference-cache.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import { findWorkspaces } from '../workspaces/workspace-store.ts';
import type { Arrival, OpenArrival } from './arrival.ts';
import { storeSubmission } from './batch/batch-store.ts';
import type { Command } from './command.ts';
import { openSession } from './commands/sessions.ts';

const wrong: Problem = { kind: 'unauthenticated', reason: 'wrong_password' };

interface Options {
  database: Database;
  referenceCache: ReferenceCache;
  guesses: GuessLimits;
  unknownNames: Pick<UnknownNames, 'note'>;
  turnedAway: Pick<TurnedAwayRequests, 'count'>;
  /** Runs work after the response, so that response times do not reveal which accounts exist. */
  afterResponse(work: Promise<void>): void;
}

/**
 * Signs a member in to a dialect by password, before the workspace is known. The session always has the member's
 * current role and visibility. `organisation` is a workspace's name or id; if several workspaces have the name, the
 * password decides. The request is stored, without its body, in the workspace that was signed in to. A wrong password
 * is only counted, since anybody could send one, and only if exactly one workspace has the name. The audit log records
 * successes and failures of members.
 */
export async function signIn(arrival: OpenArrival, options: Options): Promise<SentReply> {
  const started = performance.now();
  const { database, guesses } = options;
  const { request, words, envelope } = arrival;
  if (isProblem(request)) return serialiseReply(words.refuse(request));
  if (request.kind !== 'signIn') throw new Error(`An open endpoint cannot perform ${request.kind}.`);
  const { username, organisation, password } = request;
  const { members, named } = await database.global(async (tx) => ({
    members: await findMembers(tx, username, organisation, TRIED_ACCOUNTS),
    named: await findWorkspaces(tx, organisation),
  }));
  const accounts = members.length > 0 ? members.map(({ user_id }) => user_id) : [accountOf(request)];
  const guesser: Guesser = { accounts, address: envelope.address };
  const seconds = guesses.take(guesser);
  if (seconds > 0) return serialiseReply(words.refuse({ kind: 'rate_limited', retryAfterSeconds: seconds }));
  const member = await findByPassword(members, password);
  if (!member) {
    // Recorded for the likeliest account only: otherwise others could watch a stranger's attempts by creating an
    // account of the same name.
    if (members[0]) options.afterResponse(auditFailure(arrival, members[0], database));
    else options.unknownNames.note(envelope.address);
    const workspace_id = named.length === 1 ? named[0] : undefined;
    if (workspace_id) countWrongPassword(arrival, workspace_id, options);
    return serialiseReply(words.refuse(wrong));
  }
  guesses.right(guesser, member.user_id);
  return performSignIn(arrival, { request, member, started }, options);
}

interface Checked {
  request: Extract<Command, { kind: 'signIn' }>;
  /** The member that the password belongs to. */
  member: MemberSignIn;
  started: number;
}

async function performSignIn(
  arrival: OpenArrival,
  { request, member, started }: Checked,
  { database, referenceCache }: Options,
): Promise<SentReply> {
  const { words, envelope } = arrival;
  const { workspace_id, member_id } = member;
  const referenceData = await referenceCache.get(workspace_id);
  const caller = callerFor(arrival.dialect, workspace_id, member_id, referenceData);
  return database.tx(workspace_id, async (tx) => {
    const done = await openSession(tx, { ...caller, user: request.username }, envelope.received_at);
    const signedIn = entry('signed_in', arrival, member_id);
    if (!isProblem(done)) await audit(tx, { actor: actorOf({ caller }), ...signedIn }, envelope.received_at);
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
  return `${fold(request.organisation)}\0${fold(request.username)}`;
}

function countWrongPassword({ dialect, envelope }: OpenArrival, workspace_id: string, { turnedAway }: Options): void {
  turnedAway.count({ workspace_id, dialect, reason: 'wrong_password', bytes: 0, at: envelope.received_at });
}

async function auditFailure(
  arrival: OpenArrival,
  { workspace_id, member_id }: MemberSignIn,
  database: Database,
): Promise<void> {
  const failed = { actor: 'nobody', ...entry('sign_in_failed', arrival, member_id) };
  await database.tx(workspace_id, (tx) => audit(tx, failed, arrival.envelope.received_at));
}

function entry(action: 'signed_in' | 'sign_in_failed', { dialect, envelope }: OpenArrival, memberId: string) {
  return { action, detail: { member_id: memberId, dialect, address: envelope.address } };
}

function callerFor(dialect: string, workspaceId: string, memberId: string, referenceData: ReferenceData): Caller {
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
    tag_ids: [],
    repeats_by_content: false,
    ...rightsOf(memberId ?? '', referenceData),
  };
}
