import type { Database } from '../platform/database.ts';
import { isProblem, type Problem } from '../platform/problem.ts';
import type { Books } from '../workspaces/books.ts';
import type { Guesser, GuessLimits } from '../workspaces/guess-limit.ts';
import { checkPassword } from '../workspaces/passwords.ts';
import { findSignIn, findWorkspace } from '../workspaces/workspace-store.ts';
import type { Arrival, Caller, OpenArrival, SentReply } from './arrival.ts';
import type { Command } from './command.ts';
import { openSession } from './commands/sessions.ts';
import { keepSubmission } from './journal-store.ts';
import { sendable } from './sendable.ts';

const wrong: Problem = { kind: 'unauthenticated', reason: 'wrong_password' };

interface Parts {
  database: Database;
  books: Books;
  guesses: GuessLimits;
}

/**
 * Signs someone in by password, before any workspace is known. The request is kept without its body once the workspace
 * it names exists; of what names nobody, nothing is kept.
 */
export async function performOpen(arrival: OpenArrival, { database, books, guesses }: Parts): Promise<SentReply> {
  const started = performance.now();
  const { request, words, envelope } = arrival;
  if (isProblem(request)) return sendable(words.refuse(request));
  if (request.kind !== 'signIn') throw new Error(`An open endpoint cannot perform ${request.kind}.`);
  const workspaceId = await database.global((tx) => findWorkspace(tx, request.organisation));
  const member = workspaceId ? await database.tx(workspaceId, (tx) => findSignIn(tx, request.username)) : undefined;
  const guesser: Guesser = { account: member?.user_id ?? accountOf(request), address: envelope.address };
  const seconds = guesses.take(guesser);
  if (seconds > 0) return sendable(words.refuse({ kind: 'rate_limited', retryAfterSeconds: seconds }));
  const right = await checkPassword(member ? member.password_hash : null, request.password);
  if (right) guesses.right(guesser);
  if (!workspaceId) return sendable(words.refuse(wrong));
  const book = await books.get(workspaceId);
  const caller = callerFor(
    arrival.dialect,
    workspaceId,
    right && member ? member.member_id : null,
    book.workspace.region,
  );
  return database.tx(workspaceId, async (tx) => {
    const signedIn = right && member?.active;
    const done = signedIn ? await openSession(tx, { ...caller, user: request.username }, envelope.received_at) : wrong;
    const refused = isProblem(done);
    const reply = sendable(refused ? words.refuse(done) : words.answer(done.result));
    const whole: Arrival = { ...arrival, request, caller, book };
    await keepSubmission(tx, whole, {
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

function callerFor(dialect: string, workspaceId: string, memberId: string | null, region: string): Caller {
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
