import type { Tx, Work } from '../../platform/database/transaction.ts';
import { isProblem } from '../../platform/problem.ts';
import type { SentReply } from '../../platform/wire.ts';
import { noteWaitingLeads } from '../../workspaces/reference/new-name-store.ts';
import { membersInTurn, type ReferenceData } from '../../workspaces/reference-data.ts';
import { decide } from '../decide.ts';
import { takeTurns } from '../intake-store.ts';
import type { AcceptedLead, BatchItem, Decision } from './batch-item.ts';
import { type BatchState, isIncoming, loadBatchState } from './batch-state.ts';
import { type BatchRows, type EndedArrival, writeBatch } from './batch-store.ts';
import { writeAccepted, writeAgain, writeCalls, writeLeads, writeRefused } from './record-batch.ts';

/**
 * Stores a batch of requests of one workspace in one transaction, as if they ran one after another: each sees the
 * effects of those before it. Returns the results in input order, `busy` for requests left out because one of their
 * leads or keys is locked. May be rerun after a lost race, so it has no effects outside the database. `numbers` holds
 * lead numbers left over from earlier batches and is updated with those left over now.
 */
export async function storeBatch(
  tx: Tx,
  workspaceId: string,
  items: readonly BatchItem[],
  numbers: number[] = [],
): Promise<Work<(EndedArrival | 'busy')[]>> {
  return store(tx, workspaceId, items, await loadBatchState(tx, items, numbers, 'skip'), numbers);
}

/** Stores one request in the given transaction, where it waits for locks as long as the session allows. */
export async function storeAlone(tx: Tx, item: BatchItem): Promise<EndedArrival> {
  const numbers: number[] = [];
  const batchState = await loadBatchState(tx, [item], numbers, 'wait');
  const { result, last } = await store(tx, item.arrival.caller.workspace_id, [item], batchState, numbers);
  await last;
  const [ended] = result;
  if (!ended || ended === 'busy') throw new Error('A request that waited for its locks was stored without an ending.');
  return ended;
}

async function store(
  tx: Tx,
  workspaceId: string,
  items: readonly BatchItem[],
  batchState: BatchState,
  numbers: number[],
): Promise<Work<(EndedArrival | 'busy')[]>> {
  const decisions = items.map((item, at) => (batchState.busy.has(item) ? undefined : judge(item, at, batchState)));
  const accepted = decisions.flatMap((decision) => (decision?.kind === 'accepted' ? decision.accepted : []));
  for (const one of accepted) if (one.isNew) one.lead.number = numbers.shift() ?? 0;
  await giveToDepartments(tx, accepted, items[0]?.arrival.referenceData);
  const rows = noRows(workspaceId);
  const replies: SentReply[] = [];
  const result = items.map((item, at) => {
    const decision = decisions[at];
    if (!decision) return 'busy';
    replies[at] = write(item, decision, decisions, replies, rows);
    return rows.endings.at(-1) as EndedArrival;
  });
  if (rows.endings.length === 0) return { result };
  writeLeads(workspaceId, accepted, rows);
  const now = items[0]?.arrival.envelope.received_at ?? new Date(0);
  writeCalls(workspaceId, batchState, { now, referenceData: items[0]?.arrival.referenceData }, rows);
  if (rows.waiting.length === 0) return { result, last: writeBatch(tx, rows) };
  await writeBatch(tx, rows);
  return { result, last: noteWaitingLeads(tx, rows.waiting) };
}

function noRows(workspaceId: string): BatchRows {
  return {
    workspaceId,
    leads: [],
    changedLeads: [],
    keys: [],
    possibleDuplicates: [],
    notes: [],
    calls: [],
    tasks: [],
    events: [],
    arrivals: [],
    endings: [],
    touchedIds: [],
    waiting: [],
  };
}

function judge(item: BatchItem, at: number, batchState: BatchState): Decision {
  if (isIncoming(item)) return decide(item, at, batchState);
  const { request } = item.arrival;
  return { kind: 'refused', problem: isProblem(request) ? request : { kind: 'internal' } };
}

function write(
  item: BatchItem,
  decision: Decision,
  decisions: readonly (Decision | undefined)[],
  replies: readonly SentReply[],
  rows: BatchRows,
): SentReply {
  if (decision.kind === 'refused') return writeRefused(item, decision, rows);
  if (decision.kind === 'accepted' && isIncoming(item)) return writeAccepted(item, decision.accepted, rows);
  if (decision.kind !== 'again') throw new Error('A refusal was decided as accepted.');
  const { earlier } = decision;
  if (typeof earlier !== 'number')
    return writeAgain(item, { status: earlier.status_code, headers: {}, text: earlier.answer }, earlier.lead_id, rows);
  // The request it repeats is in this batch: reuse its response.
  const leader = decisions[earlier];
  if (leader?.kind === 'refused') return writeRefused(item, leader, rows);
  return writeAgain(
    item,
    replies[earlier] as SentReply,
    leader?.kind === 'accepted' ? leader.accepted.lead.id : null,
    rows,
  );
}

/** Assigns leads to the next members of their departments. */
async function giveToDepartments(
  tx: Tx,
  accepted: readonly AcceptedLead[],
  referenceData: ReferenceData | undefined,
): Promise<void> {
  const byDepartment = new Map<string, AcceptedLead[]>();
  for (const one of accepted)
    if (one.turnOf && one.did !== 'rehearsed')
      byDepartment.set(one.turnOf, [...(byDepartment.get(one.turnOf) ?? []), one]);
  if (byDepartment.size === 0) return;
  const inOrder = [...byDepartment].sort(([a], [b]) => (a < b ? -1 : 1));
  await Promise.all(inOrder.map(([id, waiting]) => giveTurns(tx, id, waiting, referenceData)));
}

async function giveTurns(
  tx: Tx,
  departmentId: string,
  waiting: readonly AcceptedLead[],
  referenceData?: ReferenceData,
): Promise<void> {
  const department = referenceData?.get('department', departmentId);
  const members = referenceData && department ? membersInTurn(referenceData, department) : [];
  const turn = await takeTurns(tx, departmentId, waiting.length);
  waiting.forEach((one, at) => {
    const owner = members[(turn + at) % members.length] ?? null;
    if (!one.isNew) one.changes.push({ field: 'owner_id', from: one.lead.owner_id, to: owner });
    one.lead.owner_id = owner;
    if (one.task) one.task.assignee_id = owner;
  });
}
