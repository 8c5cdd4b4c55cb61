import type { Lead } from '../../leads/lead.ts';
import { type LeadKey, routedNumbers } from '../../leads/lead-keys.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import type { ContactRef } from '../command.ts';
import {
  type EarlierAnswer,
  findCalls,
  findContacts,
  findEarlierAnswers,
  findKeyOwners,
  findKeySharers,
  findSourceNumberRules,
  type KnownCall,
  lockAll,
  lockLeads,
  takeNumbers,
} from '../intake-store.ts';
import type { BatchItem, IncomingLead } from './batch-item.ts';

/** Data that the decisions of a batch depend on; each decision updates it for the next. */
export interface BatchState {
  leads: Map<string, Lead>;
  /** Key text to id of the lead that owns it. */
  owners: Map<string, string>;
  /** Key text to the other leads that came with it. */
  sharers: Map<string, string[]>;
  /** Idempotency key text to earlier response. */
  answers: Map<string, EarlierAnswer>;
  calls: KnownCall[];
  /** Source number to department. */
  rules: Map<string, { department_id: string }>;
  /** Contact key text to lead id. */
  contacts: Map<string, string>;
}

export function keyText(key: LeadKey): string {
  return `${key.kind}:${key.value}`;
}

/** Records that a lead came with a key that another lead owns. */
export function addSharer({ sharers }: BatchState, key: LeadKey, leadId: string): void {
  sharers.set(keyText(key), [...(sharers.get(keyText(key)) ?? []), leadId]);
}

/** The leads that came with this key, its owner first. */
export function holdersOf({ owners, sharers }: BatchState, key: LeadKey): string[] {
  const owner = owners.get(keyText(key));
  return [...(owner ? [owner] : []), ...(sharers.get(keyText(key)) ?? [])];
}

export function contactText(ref: ContactRef): string {
  return `${ref.by}:${ref.by === 'id' ? ref.id : ref.value}`;
}

/** Whether the item creates or updates a lead, rather than being a refusal. */
export function isIncoming(item: BatchItem): item is BatchItem & { incoming: IncomingLead } {
  return item.incoming !== undefined;
}

/**
 * Locks every key of the batch and then reads the data about them. All batches lock in the same order, which prevents
 * deadlocks. The locks end with the transaction; primary keys guard against anything they miss.
 */
export async function loadBatchState(tx: Tx, items: readonly BatchItem[], numbers: number[]): Promise<BatchState> {
  const incoming = items.filter(isIncoming);
  const batchState: BatchState = {
    leads: new Map(),
    owners: new Map(),
    sharers: new Map(),
    answers: new Map(),
    calls: [],
    rules: new Map(),
    contacts: new Map(),
  };
  if (incoming.length === 0) return batchState;
  await look(tx, batchState, incoming, numbers);
  const known = wantedLeads(batchState, incoming);
  if (known.length === 0) return batchState;
  const [leads, calls] = await Promise.all([
    lockLeads(tx, known),
    incoming.some((item) => item.incoming.prepared.command.call) ? findCalls(tx, known) : [],
  ]);
  for (const lead of leads) batchState.leads.set(lead.id, lead);
  batchState.calls = calls;
  return batchState;
}

async function look(
  tx: Tx,
  batchState: BatchState,
  items: readonly (BatchItem & { incoming: IncomingLead })[],
  numbers: number[],
): Promise<void> {
  const keys = items.flatMap(({ incoming: { prepared } }) => [
    ...prepared.facts.matchKeys,
    ...prepared.facts.secondKeys,
    ...prepared.facts.contactKeys,
  ]);
  const answerKeys = items.flatMap((item) => item.incoming.once ?? []);
  const contacts = items.flatMap((item) => item.incoming.prepared.command.contact?.ref ?? []);
  const matchKeys = items.flatMap(({ incoming: { prepared } }) => prepared.facts.matchKeys);
  const sourceNumbers = items.flatMap(({ arrival, incoming }) =>
    arrival.referenceData.workspace.has_source_numbers ? routedNumbers(incoming.prepared.facts.values.phone ?? '') : [],
  );
  // Pipelined: the lock is sent first, so the reads after it see what earlier holders committed.
  const [, owners, sharers, answers, rules, known, fresh] = await Promise.all([
    lockAll(tx, [...keys.map(keyText), ...answerKeys.map((once) => once.text)]),
    findKeyOwners(tx, keys),
    findKeySharers(tx, matchKeys),
    answerKeys.length > 0 ? findEarlierAnswers(tx, answerKeys) : [],
    sourceNumbers.length > 0 ? findSourceNumberRules(tx, sourceNumbers) : [],
    contacts.length > 0 ? findContacts(tx, contacts) : [],
    numbers.length < items.length ? takeNumbers(tx, items.length - numbers.length) : [],
  ]);
  numbers.push(...fresh);
  for (const owner of owners) batchState.owners.set(keyText(owner), owner.lead_id);
  for (const { lead_id, ...key } of sharers) addSharer(batchState, key, lead_id);
  for (const answer of answers) batchState.answers.set(answer.text, answer);
  for (const rule of rules) batchState.rules.set(rule.number, rule);
  for (const contact of known) batchState.contacts.set(contactText(contact.ref), contact.lead_id);
}

/** Leads that the batch may change or copy from, sorted so that rows are locked in a consistent order. */
function wantedLeads(batchState: BatchState, items: readonly (BatchItem & { incoming: IncomingLead })[]): string[] {
  const ids = new Set(batchState.contacts.values());
  for (const { arrival, incoming } of items) {
    if (arrival.caller.policy === 'create') continue;
    for (const key of incoming.prepared.facts.matchKeys) {
      for (const id of holdersOf(batchState, key)) ids.add(id);
    }
  }
  return [...ids].sort();
}
