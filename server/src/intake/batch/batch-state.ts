import type { Lead } from '../../leads/lead.ts';
import type { LeadKey } from '../../leads/lead-keys.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import type { ContactRef } from '../command.ts';
import {
  type EarlierAnswer,
  findCalls,
  findContacts,
  findEarlierAnswers,
  findKeyOwners,
  findSourceNumberRules,
  type KnownCall,
  lockAll,
  lockLeads,
  takeNumbers,
} from '../intake-store.ts';
import type { BatchItem, IncomingLead } from './batch-item.ts';

/** What is known that matters to a batch. The decisions read it and bring it up to date as the batch goes on. */
export interface BatchState {
  leads: Map<string, Lead>;
  /** Key text -> the lead that owns it. */
  owners: Map<string, string>;
  /** Idempotency key text -> what was answered. */
  answers: Map<string, EarlierAnswer>;
  calls: KnownCall[];
  /** Phone tail -> rules, longest number first. */
  rules: Map<string, { number: string; department_id: string }[]>;
  /** Contact key text -> lead. */
  contacts: Map<string, string>;
}

export function keyText(key: LeadKey): string {
  return `${key.kind}:${key.value}`;
}

export function contactText(ref: ContactRef): string {
  return `${ref.by}:${ref.by === 'id' ? ref.id : ref.value}`;
}

/** Whether the item brings a lead, rather than a refusal that is only stored. */
export function isIncoming(item: BatchItem): item is BatchItem & { incoming: IncomingLead } {
  return item.incoming !== undefined;
}

/**
 * Locks every key of the batch (in one order, so that two batches never wait for each other), then reads what is known of
 * them. The locks end with the transaction; the primary keys stand behind them.
 */
export async function loadBatchState(tx: Tx, items: readonly BatchItem[], numbers: number[]): Promise<BatchState> {
  const incoming = items.filter(isIncoming);
  const batchState: BatchState = {
    leads: new Map(),
    owners: new Map(),
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
    ...prepared.facts.contactKeys,
  ]);
  const answerKeys = items.flatMap((item) => item.incoming.once ?? []);
  const contacts = items.flatMap((item) => item.incoming.prepared.command.contact?.ref ?? []);
  const tails = items.flatMap(({ arrival, incoming }) =>
    arrival.referenceData.workspace.has_source_numbers ? (incoming.prepared.facts.phone_tail ?? []) : [],
  );
  // Sent together: the lock comes first on the wire, so what follows sees what its holders committed.
  const [, owners, answers, rules, known, fresh] = await Promise.all([
    lockAll(tx, [...keys.map(keyText), ...answerKeys.map((once) => once.text)]),
    findKeyOwners(tx, keys),
    answerKeys.length > 0 ? findEarlierAnswers(tx, answerKeys) : [],
    tails.length > 0 ? findSourceNumberRules(tx, tails) : [],
    contacts.length > 0 ? findContacts(tx, contacts) : [],
    numbers.length < items.length ? takeNumbers(tx, items.length - numbers.length) : [],
  ]);
  numbers.push(...fresh);
  for (const owner of owners) batchState.owners.set(keyText(owner), owner.lead_id);
  for (const answer of answers) batchState.answers.set(answer.text, answer);
  for (const rule of rules) batchState.rules.set(rule.tail, [...(batchState.rules.get(rule.tail) ?? []), rule]);
  for (const contact of known) batchState.contacts.set(contactText(contact.ref), contact.lead_id);
}

/** The leads that someone in the batch may change or copy from; sorted, so that rows are locked in one order. */
function wantedLeads(batchState: BatchState, items: readonly (BatchItem & { incoming: IncomingLead })[]): string[] {
  const ids = new Set(batchState.contacts.values());
  for (const { arrival, incoming } of items) {
    if (arrival.caller.policy === 'create') continue;
    for (const key of incoming.prepared.facts.matchKeys) {
      const owner = batchState.owners.get(keyText(key));
      if (owner) ids.add(owner);
    }
  }
  return [...ids].sort();
}
