import type { Tx } from '../platform/database/transaction.ts';
import { isProblem, type Problem } from '../platform/problem.ts';
import { type SentReply, serialiseReply } from '../platform/wire.ts';
import { actorOf } from '../workspaces/access/caller.ts';
import type { GuessLimits, LookUp } from '../workspaces/access/guess-limit.ts';
import type { Allowed } from './allow.ts';
import type { Arrival } from './arrival.ts';
import { type Ending, storeSubmission } from './batch/batch-store.ts';
import type { Command, CommandKind } from './command.ts';
import type { CommandContext, Performer } from './commands/performer.ts';
import { performers } from './commands/performers.ts';
import { createNamesOf, type NameOptions } from './make-names.ts';
import { type Prepared, prepareWithNames } from './prepare.ts';

export interface PerformOptions extends NameOptions {
  /** Called after a commit that changed reference data or ended a credential, before the response is sent. */
  onChanged?: (workspaceId: string) => void;
  /** Limits how many unknown leads a sender may look up; absent in tests. */
  guesses?: Pick<GuessLimits, 'waitToLookUp' | 'missed'>;
}

type SingleCommand = Allowed<Exclude<Command, { kind: 'createLead' }>>;

/** Performs a command that is not batched, in one transaction with its journal row. */
export async function performCommand(
  arrival: Arrival,
  command: SingleCommand,
  options: PerformOptions,
  started: number,
): Promise<SentReply> {
  const lookUp = lookUpOf(arrival, command);
  const seconds = lookUp ? (options.guesses?.waitToLookUp(lookUp) ?? 0) : 0;
  const prepared: Prepared | Problem | undefined =
    seconds > 0
      ? { kind: 'rate_limited', retryAfterSeconds: seconds }
      : await prepareCommand(arrival, command, options);
  const { reply, problem } = await options.database.tx(
    arrival.caller.workspace_id,
    async (tx) => {
      const ending = await performIn(tx, arrival, command, prepared, started);
      await storeSubmission(tx, arrival, ending);
      return ending;
    },
    { retry: true },
  );
  if (command.kind === 'signOut' || command.kind === 'assignDepartment')
    options.onChanged?.(arrival.caller.workspace_id);
  if (lookUp && problem?.kind === 'not_found' && problem.what === 'lead') options.guesses?.missed(lookUp);
  return reply;
}

/**
 * The look-up to count against the limit. A vendor's endpoints reveal whether somebody is a lead, and many of their
 * tokens are public. Callers of our own API may read leads anyway.
 */
function lookUpOf({ caller, envelope }: Arrival, { kind }: SingleCommand): LookUp | undefined {
  if (caller.dialect === 'native' || kind === 'signOut' || kind === 'signInByKey') return undefined;
  return { of: 'lookUp', token: caller.token_id ?? caller.session_id, address: envelope.address };
}

/** Does the preparation that precedes the transaction, including the creation of names that the workspace lacks. */
export async function prepareCommand(
  arrival: Arrival,
  command: SingleCommand,
  options: NameOptions,
): Promise<Prepared | Problem | undefined> {
  if (command.kind === 'updateLead') return prepareWithNames(arrival, command, options);
  await createNamesOf(command, arrival, options);
  return undefined;
}

/**
 * Performs a command in the given transaction and formats the result. In test mode, everything but the
 * response is rolled back.
 */
export async function performIn(
  tx: Tx,
  arrival: Arrival,
  command: SingleCommand,
  prepared: Prepared | Problem | undefined,
  started: number,
): Promise<Ending> {
  const rehearsal = arrival.caller.test_mode && command.kind !== 'signInByKey' && command.kind !== 'signOut';
  const start = rehearsal && (await tx.savepoint());
  const perform = performers[command.kind] as Performer<CommandKind>;
  const done = prepared && isProblem(prepared) ? prepared : await perform(tx, command, contextOf(arrival, prepared));
  if (start) await start.undo();
  const refused = isProblem(done);
  const { words, referenceData } = arrival;
  const reply = serialiseReply(refused ? words.refuse(done) : words.answer(done.result, referenceData));
  return {
    outcome: rehearsal && !refused ? 'test' : refused ? 'refused' : 'accepted',
    reply,
    lead_id: refused || rehearsal ? null : done.lead_id,
    ...(refused ? { problem: done } : { withheld: done.result.kind === 'signed_in' }),
    took_ms: performance.now() - started,
  };
}

function contextOf(arrival: Arrival, prepared: Prepared | undefined): CommandContext {
  const { caller, envelope, referenceData, readings } = arrival;
  return {
    caller,
    submissionId: envelope.id,
    referenceData,
    actor: actorOf(arrival),
    now: envelope.received_at,
    readings,
    prepared,
  };
}
