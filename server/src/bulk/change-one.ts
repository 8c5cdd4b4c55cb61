import type { AgentContext } from '../calls/call-desk.ts';
import { scheduleByHand } from '../calls/call-desk.ts';
import { wordProblem } from '../http/problem-words.ts';
import { type ApiProblem, Refused } from '../http/refused.ts';
import { allow } from '../intake/allow.ts';
import type { CommandContext } from '../intake/commands/performer.ts';
import { performers } from '../intake/commands/performers.ts';
import { type Lead, leadReferences } from '../leads/lead.ts';
import { getLead } from '../leads/lead-store.ts';
import { readPatch } from '../native/lead-body.ts';
import { hasCode } from '../platform/database/database-errors.ts';
import type { Savepoint, Tx } from '../platform/database/transaction.ts';
import { isProblem } from '../platform/problem.ts';
import type { BulkAction } from './bulk-order.ts';
import type { ChangedValues, JobChange } from './bulk-store.ts';

/** Result for one lead: its change (undefined if nothing changed), or the reason why it failed. */
export type Outcome = { change: JobChange | undefined } | { reason: string };

/** Applies the action to one lead and rolls back if it fails, leaving the lead untouched. */
export async function changeOne(
  tx: Tx,
  lead: Lead,
  action: BulkAction,
  context: CommandContext & { agentContext: AgentContext },
): Promise<Outcome> {
  const start = await tx.savepoint();
  try {
    const done = await perform(tx, lead.id, action, context);
    if (done && 'kind' in done) return await undone(start, done);
    if (done) return { change: { lead_id: lead.id, before: {}, after: done } };
    return { change: action.kind === 'change' ? await difference(tx, lead) : undefined };
  } catch (error) {
    if (error instanceof Refused) return await undone(start, error.problem);
    // Foreign key violation: a referenced item has been deleted.
    if (hasCode(error, '23503')) return await undone(start, { kind: 'conflict', code: 'in_use' });
    throw error;
  }
}

async function undone(start: Savepoint, problem: ApiProblem): Promise<Outcome> {
  await start.undo();
  return { reason: sentenceOf(problem) };
}

/**
 * Uses the same commands as a request for a single lead, so rules, timeline and events are identical. Returns the
 * problem, or the id of a planned call.
 */
async function perform(
  tx: Tx,
  id: string,
  action: BulkAction,
  { agentContext, ...context }: CommandContext & { agentContext: AgentContext },
): Promise<ApiProblem | { call_id: string } | undefined> {
  if (action.kind === 'plan_call') {
    const dueAt = action.due_at ? new Date(action.due_at) : agentContext.now;
    const call = await scheduleByHand(tx, id, { dueAt, typeId: action.type_id }, agentContext);
    return { call_id: call.id };
  }
  const { caller, referenceData } = context;
  const read =
    action.kind === 'delete'
      ? ({ kind: 'deleteLead', lead: { by: 'id', id } } as const)
      : readPatch(id, action.change, { caller, referenceData, knownNamesOnly: true });
  const command = isProblem(read) ? read : allow(read, caller);
  if (isProblem(command)) return command;
  const done =
    command.kind === 'deleteLead'
      ? await performers.deleteLead(tx, command, context)
      : await performers.updateLead(tx, command, context);
  return isProblem(done) ? done : undefined;
}

/** Compares the lead with its stored state to record what undo has to restore. */
async function difference(tx: Tx, before: Lead): Promise<JobChange | undefined> {
  const after = await getLead(tx, before.id);
  const changed = after ? undoable.filter((name) => !isSame(before[name], after[name])) : [];
  if (!after || changed.length === 0) return undefined;
  return { lead_id: before.id, before: valuesOf(before, changed), after: valuesOf(after, changed) };
}

/** The values that undo restores. */
const undoable = [...leadReferences, 'tag_ids'] as const;

function valuesOf(lead: Lead, names: readonly (keyof ChangedValues)[]): ChangedValues {
  return Object.fromEntries(names.map((name) => [name, lead[name]]));
}

/** Whether a lead still has these values. */
export function hasStill(lead: Lead, values: ChangedValues): boolean {
  return undoable.every((name) => values[name] === undefined || isSame(lead[name], values[name]));
}

/** Tags are always listed in the same order, so lists of them can be compared as text. */
function isSame(one: ChangedValues[keyof ChangedValues], other: ChangedValues[keyof ChangedValues]): boolean {
  return String(one ?? '') === String(other ?? '');
}

/** Renders a problem as a single sentence. */
export function sentenceOf(problem: ApiProblem): string {
  const { title, detail } = wordProblem(problem).body as { title: string; detail?: string };
  return detail ?? title;
}
