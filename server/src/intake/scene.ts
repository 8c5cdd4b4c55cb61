import type { Lead } from '../leads/lead.ts';
import type { Tx } from '../platform/transaction.ts';
import type { ContactRef } from './command.ts';
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
} from './intake-store.ts';
import type { Item, Taking } from './item.ts';
import type { LeadKey } from './normalise.ts';

/** What the store knows that matters to a batch. The decision reads and updates it as the batch goes on. */
export interface Scene {
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

/** True when the item wants a lead taken in, rather than only to be kept. */
export function isTaking(item: Item): item is Item & { taking: Taking } {
  return item.taking !== undefined;
}

/**
 * Locks every key of the batch (in one order, so that two lanes never wait for each other), then reads what is known of
 * them. The locks end with the transaction; the primary keys stand behind them.
 */
export async function setScene(tx: Tx, items: readonly Item[], numbers: number[]): Promise<Scene> {
  const taking = items.filter(isTaking);
  const scene: Scene = {
    leads: new Map(),
    owners: new Map(),
    answers: new Map(),
    calls: [],
    rules: new Map(),
    contacts: new Map(),
  };
  if (taking.length === 0) return scene;
  await look(tx, scene, taking, numbers);
  const known = wantedLeads(scene, taking);
  if (known.length === 0) return scene;
  const [leads, calls] = await Promise.all([
    lockLeads(tx, known),
    taking.some((item) => item.taking.prepared.command.call) ? findCalls(tx, known) : [],
  ]);
  for (const lead of leads) scene.leads.set(lead.id, lead);
  scene.calls = calls;
  return scene;
}

async function look(
  tx: Tx,
  scene: Scene,
  items: readonly (Item & { taking: Taking })[],
  numbers: number[],
): Promise<void> {
  const keys = items.flatMap(({ taking: { prepared } }) => [
    ...prepared.facts.matchKeys,
    ...prepared.facts.contactKeys,
  ]);
  const answerKeys = items.flatMap((item) => item.taking.once ?? []);
  const contacts = items.flatMap((item) => item.taking.prepared.command.contact?.ref ?? []);
  const tails = items.flatMap(({ arrival, taking }) =>
    arrival.book.workspace.has_source_numbers ? (taking.prepared.facts.phone_tail ?? []) : [],
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
  for (const owner of owners) scene.owners.set(keyText(owner), owner.lead_id);
  for (const answer of answers) scene.answers.set(answer.text, answer);
  for (const rule of rules) scene.rules.set(rule.tail, [...(scene.rules.get(rule.tail) ?? []), rule]);
  for (const contact of known) scene.contacts.set(contactText(contact.ref), contact.lead_id);
}

/** The leads that someone in the batch may change or copy from; sorted, so that rows are locked in one order. */
function wantedLeads(scene: Scene, items: readonly (Item & { taking: Taking })[]): string[] {
  const ids = new Set(scene.contacts.values());
  for (const { arrival, taking } of items) {
    if (arrival.caller.policy === 'create') continue;
    for (const key of taking.prepared.facts.matchKeys) {
      const owner = scene.owners.get(keyText(key));
      if (owner) ids.add(owner);
    }
  }
  return [...ids].sort();
}
