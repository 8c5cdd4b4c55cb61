import type { Tx, Work } from '../../platform/database/transaction.ts';
import { isProblem } from '../../platform/problem.ts';
import type { ReferenceData } from '../../workspaces/reference-data.ts';
import type { SentReply } from '../arrival.ts';
import { decide } from '../decide.ts';
import type { Decision, Taken } from '../decision.ts';
import { takeTurns } from '../intake-store.ts';
import type { BatchItem } from './batch-item.ts';
import { type BatchRows, type EndedArrival, noRows } from './batch-rows.ts';
import { type BatchState, isIncoming, loadBatchState } from './batch-state.ts';
import { writeBatch } from './batch-store.ts';
import { writeAgain, writeCalls, writeLeads, writeRefused, writeTaken } from './record-batch.ts';

/**
 * Takes in a batch of arrivals of one workspace in one transaction, as if one after the other: what an earlier one
 * brought, a later one finds. Says how each ended, in the order given. It may be run again from the start when a race was
 * lost, so it changes nothing but the store. `numbers` are lead numbers left over from earlier batches, and those left over now.
 */
export async function storeBatch(
  tx: Tx,
  workspaceId: string,
  items: readonly BatchItem[],
  numbers: number[] = [],
): Promise<Work<EndedArrival[]>> {
  const batchState = await loadBatchState(tx, items, numbers);
  const decisions = items.map((item, at) => judge(item, at, batchState));
  const taken = decisions.flatMap((decision) => (decision.kind === 'taken' ? decision.taken : []));
  for (const one of taken) if (one.isNew) one.lead.number = numbers.shift() ?? 0;
  await giveToDepartments(tx, taken, items[0]?.arrival.referenceData);
  const rows = noRows(workspaceId);
  const replies: SentReply[] = [];
  items.forEach((item, at) => {
    replies.push(write(item, decisions[at] as Decision, decisions, replies, rows));
  });
  writeLeads(workspaceId, taken, rows);
  const now = items[0]?.arrival.envelope.received_at ?? new Date(0);
  writeCalls(workspaceId, batchState, { now, referenceData: items[0]?.arrival.referenceData }, rows);
  return { result: rows.endings, last: writeBatch(tx, rows) };
}

function judge(item: BatchItem, at: number, batchState: BatchState): Decision {
  if (isIncoming(item)) return decide(item, at, batchState);
  const { request } = item.arrival;
  return { kind: 'refused', problem: isProblem(request) ? request : { kind: 'internal' } };
}

function write(
  item: BatchItem,
  decision: Decision,
  decisions: readonly Decision[],
  replies: readonly SentReply[],
  rows: BatchRows,
): SentReply {
  if (decision.kind === 'refused') return writeRefused(item, decision, rows);
  if (decision.kind === 'taken' && isIncoming(item)) return writeTaken(item, decision.taken, rows);
  if (decision.kind !== 'again') throw new Error('A refusal was decided as taken.');
  const { earlier } = decision;
  if (typeof earlier !== 'number')
    return writeAgain(item, { status: earlier.status_code, headers: {}, text: earlier.answer }, earlier.lead_id, rows);
  // The leader of its own key in this batch: answered a moment ago, with the same bytes.
  const leader = decisions[earlier];
  if (leader?.kind === 'refused') return writeRefused(item, leader, rows);
  return writeAgain(item, replies[earlier] as SentReply, leader?.kind === 'taken' ? leader.taken.lead.id : null, rows);
}

/** Gives leads of a department its next members. */
async function giveToDepartments(
  tx: Tx,
  taken: readonly Taken[],
  referenceData: ReferenceData | undefined,
): Promise<void> {
  const byDepartment = new Map<string, Taken[]>();
  for (const one of taken)
    if (one.turnOf && one.did !== 'rehearsed')
      byDepartment.set(one.turnOf, [...(byDepartment.get(one.turnOf) ?? []), one]);
  if (byDepartment.size === 0) return;
  const inOrder = [...byDepartment].sort(([a], [b]) => (a < b ? -1 : 1));
  await Promise.all(inOrder.map(([id, waiting]) => giveTurns(tx, id, waiting, referenceData)));
}

async function giveTurns(
  tx: Tx,
  departmentId: string,
  waiting: readonly Taken[],
  referenceData?: ReferenceData,
): Promise<void> {
  const members = referenceData?.get('department', departmentId)?.member_ids ?? [];
  const turn = await takeTurns(tx, departmentId, waiting.length);
  waiting.forEach((one, at) => {
    const owner = members[(turn + at) % members.length] ?? null;
    if (!one.isNew) one.changes.push({ field: 'owner_id', from: one.lead.owner_id, to: owner });
    one.lead.owner_id = owner;
  });
}
