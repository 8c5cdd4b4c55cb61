import type { Database } from '../platform/database/database.ts';
import { isProblem, type Problem } from '../platform/problem.ts';
import { type SentReply, serialiseReply } from '../platform/wire.ts';
import { findMembers, type MemberSignIn } from '../workspaces/access/account-store.ts';
import { actorOf, type Caller } from '../workspaces/access/caller.ts';
import type { Guesser, GuessLimits } from '../workspaces/access/guess-limit.ts';
import { rightsOf } from '../workspaces/access/identify.ts';
import { findByPassword, TRIED_ACCOUNTS } from '../workspaces/access/passwords.ts';
import { audit } from '../workspaces/audit/audit-store.ts';
import type { ReferenceCache } from '../workspaces/reference-cache.ts';
import { foldName, type ReferenceData } from '../workspaces/reference-data.ts';
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
  /** Takes work that goes on after the response, so that response times do not reveal who exists. */
  afterResponse(work: Promise<void>): void;
}

/**
 * Signs a member in to a dialect by password, before the workspace is known. The session has whatever role and visibility
 * the member has when it is used. `organisation` is a workspace's name or id; where several workspaces have the name, the
 * password decides. The request is stored without its body in the workspace that was signed in to; a refused one only if
 * exactly one workspace has the name. The audit log records successes and failures of members.
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
  if (member) guesses.right(guesser, member.user_id);
  // Only the likeliest account is told: others could listen for a stranger by an account of that name.
  else if (members[0]) options.afterResponse(auditFailure(arrival, members[0], database));
  const workspaceId = member?.workspace_id ?? (named.length === 1 ? named[0] : undefined);
  if (!workspaceId) return serialiseReply(words.refuse(wrong));
  return store(arrival, { request, workspaceId, memberId: member?.member_id ?? null, started }, options);
}

/** What is known after the password was checked; without a member the sign-in is refused. */
interface Checked {
  request: Extract<Command, { kind: 'signIn' }>;
  workspaceId: string;
  memberId: string | null;
  started: number;
}

async function store(
  arrival: OpenArrival,
  { request, workspaceId, memberId, started }: Checked,
  { database, referenceCache }: Options,
): Promise<SentReply> {
  const { words, envelope } = arrival;
  const referenceData = await referenceCache.get(workspaceId);
  const caller = callerFor(arrival.dialect, workspaceId, memberId, referenceData);
  return database.tx(workspaceId, async (tx) => {
    const done = memberId ? await openSession(tx, { ...caller, user: request.username }, envelope.received_at) : wrong;
    if (memberId)
      await audit(tx, { actor: actorOf({ caller }), ...entry('signed_in', arrival, memberId) }, envelope.received_at);
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
  return `${foldName(request.organisation)}\0${foldName(request.username)}`;
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
