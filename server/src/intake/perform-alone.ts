import type { Tx } from '../platform/database/transaction.ts';
import { isProblem } from '../platform/problem.ts';
import { actorOf } from '../workspaces/access/caller.ts';
import { addListItem, addStatus } from '../workspaces/reference/reference-store.ts';
import type { Arrival, SentReply } from './arrival.ts';
import type { Command, CommandKind } from './command.ts';
import type { Performer } from './commands/performer.ts';
import { performers } from './commands/performers.ts';
import type { IntakeOptions } from './intake-options.ts';
import { limits } from './make-names.ts';
import { prepareWithNames } from './prepare-with-names.ts';
import { serialiseReply } from './serialise-reply.ts';
import { type Ending, keepSubmission } from './submission-row-store.ts';

type Alone = Exclude<Command, { kind: 'createLead' }>;

/** Performs a command that is not gathered, in one transaction with its journal row. */
export async function performAlone(
  arrival: Arrival,
  command: Alone,
  options: IntakeOptions,
  started: number,
): Promise<SentReply> {
  await makeNames(arrival, command, options);
  const { reply } = await options.database.tx(
    arrival.caller.workspace_id,
    async (tx) => {
      const ending = await performIn(tx, arrival, command, started);
      await keepSubmission(tx, arrival, ending);
      return ending;
    },
    { retry: true },
  );
  if (command.kind === 'signOut' || command.kind === 'assignDepartment')
    options.onChanged?.(arrival.caller.workspace_id);
  return reply;
}

/** Performs a command in the transaction given, and words what came of it. In test mode nothing but the wording stays. */
export async function performIn(tx: Tx, arrival: Arrival, command: Alone, started: number): Promise<Ending> {
  const perform = performers[command.kind] as Performer<CommandKind>;
  const rehearsal = arrival.caller.test_mode && command.kind !== 'signInByKey' && command.kind !== 'signOut';
  const start = rehearsal && (await tx.savepoint());
  const now = arrival.envelope.received_at;
  const { caller, referenceData, envelope, readings } = arrival;
  const context = { caller, submissionId: envelope.id, referenceData, actor: actorOf(arrival), now, readings };
  const done = await perform(tx, command, context);
  if (start) await start.undo();
  const refused = isProblem(done);
  const reply = serialiseReply(refused ? arrival.words.refuse(done) : arrival.words.answer(done.result));
  return {
    outcome: rehearsal && !refused ? 'test' : refused ? 'refused' : 'accepted',
    reply,
    lead_id: refused || rehearsal ? null : done.lead_id,
    ...(refused ? { problem: done } : { withheld: done.result.kind === 'signed_in' }),
    took_ms: performance.now() - started,
  };
}

/** Names that a command brings and the workspace lacks are made first, within its limits. */
async function makeNames(arrival: Arrival, command: Alone, options: IntakeOptions): Promise<void> {
  if (command.kind === 'updateLead') return void (await prepareWithNames(arrival, command, options));
  const { caller, referenceData } = arrival;
  if (!caller.may_extend || caller.test_mode) return;
  const make = wantedName(command);
  if (!make || referenceData.find(make.kind, { by: 'name', value: make.name })) return;
  if (referenceData.all(make.kind).length >= limits.statuses) return;
  await options.database.tx(
    caller.workspace_id,
    async (tx) => {
      if (make.kind === 'status') await addStatus(tx, make.name, 'open');
      else await addListItem(tx, 'deal_stage', make.name);
    },
    { retry: true },
  );
  arrival.referenceData = await options.referenceCache.renew(caller.workspace_id);
}

function wantedName(command: Alone): { kind: 'status' | 'deal_stage'; name: string } | undefined {
  if (command.kind === 'changeStatus' && 'make' in command.status) return { kind: 'status', name: command.status.make };
  if (command.kind === 'addDeal' && 'make' in command.stage) return { kind: 'deal_stage', name: command.stage.make };
  return undefined;
}
