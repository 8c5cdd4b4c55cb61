import type { Topic } from '../live/live.ts';
import { isProblem } from '../platform/problem.ts';
import type { Tx } from '../platform/transaction.ts';
import { addListItem, addStatus } from '../workspaces/reference/reference-store.ts';
import type { Arrival, SentReply } from './arrival.ts';
import type { Command, CommandKind } from './command.ts';
import type { Performer } from './commands/performer.ts';
import { performers } from './commands/performers.ts';
import { limits } from './extend.ts';
import type { IntakeParts } from './intake-parts.ts';
import { type Ending, keepSubmission } from './journal-store.ts';
import { prepareWithBook } from './prepare-with-book.ts';
import { sendable } from './sendable.ts';
import { actorOf } from './write-up.ts';

/** What open screens look at again, where it is not leads. */
const topicOf: Partial<Record<CommandKind, Topic>> = {
  addTask: 'tasks',
  addDeal: 'deals',
  cancelCall: 'calls',
  showLead: 'journal',
  listLeads: 'journal',
  listBook: 'journal',
  signOut: 'journal',
  signInByKey: 'journal',
};

type Alone = Exclude<Command, { kind: 'createLead' }>;

/** Performs a command that is not gathered, in one transaction with its journal row. */
export async function performAlone(
  arrival: Arrival,
  command: Alone,
  parts: IntakeParts,
  started: number,
): Promise<SentReply> {
  await makeNames(arrival, command, parts);
  const { reply, lead_id } = await parts.database.tx(
    arrival.caller.workspace_id,
    async (tx) => {
      const ending = await performIn(tx, arrival, command, started);
      await keepSubmission(tx, arrival, ending);
      return ending;
    },
    { retry: true },
  );
  parts.onStored?.(arrival.caller.workspace_id, topicOf[command.kind] ?? 'leads', lead_id ?? undefined);
  if (command.kind === 'signOut' || command.kind === 'assignDepartment') parts.onChanged?.(arrival.caller.workspace_id);
  return reply;
}

/** Performs a command in the transaction given, and words what came of it. In test mode nothing but the wording stays. */
export async function performIn(tx: Tx, arrival: Arrival, command: Alone, started: number): Promise<Ending> {
  const perform = performers[command.kind] as Performer<CommandKind>;
  const rehearsal = arrival.caller.test_mode && command.kind !== 'signInByKey' && command.kind !== 'signOut';
  if (rehearsal) await tx.query('SAVEPOINT rehearsal');
  const now = arrival.envelope.received_at;
  const { caller, book, envelope, readings } = arrival;
  const circumstances = { caller, submissionId: envelope.id, book, actor: actorOf(arrival), now, readings };
  const done = await perform(tx, command, circumstances);
  if (rehearsal) await tx.query('ROLLBACK TO SAVEPOINT rehearsal');
  const refused = isProblem(done);
  const reply = sendable(refused ? arrival.words.refuse(done) : arrival.words.answer(done.result));
  return {
    outcome: rehearsal && !refused ? 'test' : refused ? 'refused' : 'accepted',
    reply,
    lead_id: refused || rehearsal ? null : done.lead_id,
    ...(refused ? { problem: done } : { withheld: done.result.kind === 'signed_in' }),
    took_ms: performance.now() - started,
  };
}

/** Names that a command brings and the workspace lacks are made first, within its limits. */
async function makeNames(arrival: Arrival, command: Alone, parts: IntakeParts): Promise<void> {
  if (command.kind === 'updateLead') return void (await prepareWithBook(arrival, command, parts));
  const { caller, book } = arrival;
  if (!caller.may_extend || caller.test_mode) return;
  const make = wantedName(command);
  if (!make || book.find(make.kind, { by: 'name', value: make.name })) return;
  if (book.all(make.kind).length >= limits.statuses) return;
  await parts.database.tx(
    caller.workspace_id,
    async (tx) => {
      if (make.kind === 'status') await addStatus(tx, make.name, 'open');
      else await addListItem(tx, 'deal_stage', make.name);
    },
    { retry: true },
  );
  arrival.book = await parts.books.renew(caller.workspace_id);
}

function wantedName(command: Alone): { kind: 'status' | 'deal_stage'; name: string } | undefined {
  if (command.kind === 'changeStatus' && 'make' in command.status) return { kind: 'status', name: command.status.make };
  if (command.kind === 'addDeal' && 'make' in command.stage) return { kind: 'deal_stage', name: command.stage.make };
  return undefined;
}
