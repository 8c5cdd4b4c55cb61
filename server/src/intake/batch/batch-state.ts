import type { Lead } from '../../leads/lead.ts';
import { type LeadKey, routedNumbers } from '../../leads/lead-keys.ts';
import { findNotToCall } from '../../leads/lead-store.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { findErasedKeys } from '../../workspaces/erased/erased-keys-store.ts';
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
  type Locking,
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
  /** Lead id to the idempotency key text of the newest request about it in this batch; '' if it has none. */
  newest: Map<string, string>;
  calls: KnownCall[];
  /** Phone to the time since which it must not be called, whichever lead has it. */
  notToCall: Map<string, Date>;
  /** Source number to department. */
  rules: Map<string, { department_id: string }>;
  /** Contact key text to lead id. */
  contacts: Map<string, string>;
  /** Items to leave out, because another transaction has locked one of their keys or leads. */
  busy: Set<BatchItem>;
  /** Key text to the time at which a person with this key was erased. */
  erased: Map<string, Date>;
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
export function isIncoming(item: BatchItem): item is Incoming {
  return item.incoming !== undefined;
}

type Incoming = BatchItem & { incoming: IncomingLead };

/**
 * Locks every key of the batch, then reads the data for these keys. `skip` never waits: items whose keys or leads are
 * locked become `busy`. With `wait`, all batches lock in the same order, which prevents deadlocks. The locks end with
 * the transaction; primary keys guard against anything the locks miss.
 */
export async function loadBatchState(
  tx: Tx,
  items: readonly BatchItem[],
  numbers: number[],
  locking: Locking,
): Promise<BatchState> {
  const incoming = items.filter(isIncoming);
  const batchState: BatchState = {
    leads: new Map(),
    owners: new Map(),
    sharers: new Map(),
    answers: new Map(),
    newest: new Map(),
    calls: [],
    notToCall: new Map(),
    rules: new Map(),
    contacts: new Map(),
    busy: new Set(),
    erased: new Map(),
  };
  if (incoming.length === 0) return batchState;
  await look(tx, batchState, incoming, { numbers, locking });
  const free = incoming.filter((item) => !batchState.busy.has(item));
  const known = [...new Set(free.flatMap((item) => wantedLeads(batchState, item)))].sort();
  if (known.length === 0) return batchState;
  const [leads, calls] = await Promise.all([
    lockLeads(tx, known, locking),
    free.some((item) => item.incoming.prepared.command.call) ? findCalls(tx, known) : [],
  ]);
  for (const lead of leads) batchState.leads.set(lead.id, lead);
  batchState.calls = calls;
  if (locking === 'skip' && leads.length < known.length)
    for (const item of free)
      if (wantedLeads(batchState, item).some((id) => !batchState.leads.has(id))) batchState.busy.add(item);
  return batchState;
}

async function look(
  tx: Tx,
  batchState: BatchState,
  items: readonly Incoming[],
  { numbers, locking }: { numbers: number[]; locking: Locking },
): Promise<void> {
  const keys = items.flatMap(keysOf);
  const answerKeys = items.flatMap((item) => item.incoming.once ?? []);
  const contacts = items.flatMap((item) => item.incoming.prepared.command.contact?.ref ?? []);
  const matchKeys = items.flatMap(({ incoming: { prepared } }) => prepared.facts.matchKeys);
  const sourceNumbers = items.flatMap(({ arrival, incoming }) =>
    arrival.referenceData.workspace.has_source_numbers ? routedNumbers(incoming.prepared.facts.values.phone ?? '') : [],
  );
  // Pipelined: the lock is sent first, so the reads after it see what earlier holders committed.
  const secret = items[0]?.arrival.referenceData.workspace.erased_keys_secret;
  const phones = items.flatMap(({ incoming }) => incoming.prepared.facts.values.phone ?? []);
  const [locked, owners, sharers, answers, rules, known, fresh, erased, notToCall] = await Promise.all([
    lockAll(tx, items.flatMap(lockTexts), locking),
    findKeyOwners(tx, keys),
    findKeySharers(tx, matchKeys),
    answerKeys.length > 0 ? findEarlierAnswers(tx, answerKeys) : [],
    sourceNumbers.length > 0 ? findSourceNumberRules(tx, sourceNumbers) : [],
    contacts.length > 0 ? findContacts(tx, contacts) : [],
    numbers.length < items.length ? takeNumbers(tx, items.length - numbers.length) : [],
    secret ? findErasedKeys(tx, secret, keys) : undefined,
    findNotToCall(tx, phones),
  ]);
  numbers.push(...fresh);
  if (locked.size > 0)
    for (const item of items) if (lockTexts(item).some((text) => locked.has(text))) batchState.busy.add(item);
  if (erased) batchState.erased = erased;
  for (const { phone, since } of notToCall) batchState.notToCall.set(phone, since);
  for (const owner of owners) batchState.owners.set(keyText(owner), owner.lead_id);
  for (const { lead_id, ...key } of sharers) addSharer(batchState, key, lead_id);
  for (const answer of answers) batchState.answers.set(answer.text, answer);
  for (const rule of rules) batchState.rules.set(rule.number, rule);
  for (const contact of known) batchState.contacts.set(contactText(contact.ref), contact.lead_id);
}

function keysOf({ incoming: { prepared } }: Incoming): LeadKey[] {
  return [...prepared.facts.matchKeys, ...prepared.facts.secondKeys, ...prepared.facts.contactKeys];
}

/** What is locked for an item, so that nobody else decides about the same person or answers the same request. */
function lockTexts(item: Incoming): string[] {
  const { once } = item.incoming;
  return [...keysOf(item).map(keyText), ...(once ? [once.text] : [])];
}

/** Leads that an item may change or copy from. */
function wantedLeads(batchState: BatchState, { arrival, incoming }: Incoming): string[] {
  const { contact } = incoming.prepared.command;
  const known = contact && batchState.contacts.get(contactText(contact.ref));
  const matched =
    arrival.caller.policy === 'create'
      ? []
      : incoming.prepared.facts.matchKeys.flatMap((key) => holdersOf(batchState, key));
  return known ? [known, ...matched] : matched;
}
