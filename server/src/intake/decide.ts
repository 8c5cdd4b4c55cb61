import type { Lead } from '../leads/lead.ts';
import { newLead } from '../leads/lead.ts';
import { contactKeysOf, type LeadKey, type MatchKey, routedNumbers } from '../leads/lead-keys.ts';
import { firstStatus } from '../leads/lead-status.ts';
import { invalid, type Problem } from '../platform/problem.ts';
import { isVisible } from '../workspaces/access/visibility.ts';
import { membersInTurn } from '../workspaces/reference-data.ts';
import { applyTo, type Brought } from './apply.ts';
import { tagsOf } from './arrival.ts';
import type { AcceptedLead, BatchItem, Decision, IncomingLead } from './batch/batch-item.ts';
import { addSharer, type BatchState, contactText, holdersOf, keyText } from './batch/batch-state.ts';
import { enquireAgain, stateOf } from './enquire-again.ts';
import type { EarlierAnswer } from './intake-store.ts';
import { type Match, matchLead } from './match.ts';
import { planCall } from './plan-call.ts';
import type { Facts } from './prepare.ts';
import { reasons } from './reasons.ts';

/** Decides on one request and updates `batchState` for the next. Otherwise pure. */
export function decide(item: BatchItem & { incoming: IncomingLead }, at: number, batchState: BatchState): Decision {
  const { incoming } = item;
  const again = incoming.once && alreadyAnswered(incoming, at, batchState);
  if (again) return again;
  const contact = findContact(item, batchState);
  if (contact && 'kind' in contact) return { kind: 'refused', problem: contact };
  const { caller } = item.arrival;
  const rehearsal = caller.test_mode || incoming.prepared.command.test === true;
  const stage = rehearsal ? { ...batchState, calls: [...batchState.calls] } : batchState;
  const { leadId, by, doubt } = seenMatch(item, batchState);
  if (caller.policy === 'refuse' && (leadId || doubt === 'contradiction' || doubt === 'several'))
    return { kind: 'refused', problem: { kind: 'conflict', code: 'duplicate_lead' } };
  const known = leadId && caller.policy !== 'create' ? batchState.leads.get(leadId) : undefined;
  const lead = known ? (rehearsal ? structuredClone(known) : known) : makeLead(item, contact);
  const accepted = known
    ? arriveAgain(item, lead, by, stage)
    : arriveFirst(item, lead, stage, { isTwin: leadId !== undefined, doubt });
  if (rehearsal) return { kind: 'accepted', accepted: { ...accepted, did: 'rehearsed' } };
  tellNext(accepted, batchState);
  noteNewest(incoming, lead.id, batchState);
  return { kind: 'accepted', accepted };
}

/** Makes the accepted lead and its keys known to later requests of the batch. */
function tellNext({ lead, isNew, newKeys, sharedKeys }: AcceptedLead, batchState: BatchState): void {
  if (isNew) batchState.leads.set(lead.id, lead);
  for (const key of newKeys) batchState.owners.set(keyText(key), lead.id);
  for (const key of sharedKeys) addSharer(batchState, key, lead.id);
}

function alreadyAnswered(incoming: IncomingLead, at: number, batchState: BatchState): Decision | undefined {
  const once = incoming.once;
  if (!once) return undefined;
  const earlier = batchState.answers.get(once.text);
  if (!earlier || (once.whileNewest && isOutdated(earlier, batchState))) {
    const { text, fingerprint } = once;
    batchState.answers.set(text, {
      text,
      fingerprint,
      at,
      submission_id: '',
      lead_id: null,
      status_code: 0,
      answer: '',
    });
    return undefined;
  }
  if (!earlier.fingerprint.equals(once.fingerprint))
    return { kind: 'refused', problem: { kind: 'conflict', code: 'idempotency_mismatch' } };
  return { kind: 'again', earlier: earlier.at ?? earlier };
}

function noteNewest({ once }: IncomingLead, leadId: string, batchState: BatchState): void {
  batchState.newest.set(leadId, once?.text ?? '');
  const answer = once && batchState.answers.get(once.text);
  if (answer) answer.lead_id = leadId;
}

/**
 * Identical content is not a repeat if something else was sent in between: Qualified, Hot,
 * Qualified are three messages.
 */
function isOutdated(earlier: EarlierAnswer, batchState: BatchState): boolean {
  const newest = earlier.lead_id === null ? undefined : batchState.newest.get(earlier.lead_id);
  return newest === undefined ? earlier.outdated === true : newest !== earlier.text;
}

/** A contact whose lead the caller may not see counts as unknown. */
function findContact(
  { arrival, incoming }: BatchItem & { incoming: IncomingLead },
  batchState: BatchState,
): Lead | Problem | undefined {
  const contact = incoming.prepared.command.contact;
  if (!contact) return undefined;
  const id = batchState.contacts.get(contactText(contact.ref));
  const lead = id && batchState.leads.get(id);
  if (!lead || !isVisible(arrival.caller.visibility, lead))
    return invalid({ at: contact.at, code: 'unknown_reference' });
  return incoming.prepared.command.fieldRules?.includes('accounts_receivable_of_customer')
    ? (checkAccount(lead, incoming) ?? lead)
    : lead;
}

/** A contact that is already a customer must be sent with its own accounts receivable. */
function checkAccount(contact: Lead, incoming: IncomingLead): Problem | undefined {
  const { command, facts } = incoming.prepared;
  const at = 'accounts_receivable_identifier';
  const account = Object.values(contact.dialect_fields)
    .map((fields) => fields['accounts_receivable_key'])
    .find((key) => typeof key === 'string');
  if (account === undefined) return undefined;
  const sent = facts.contactKeys.find((key) => key.kind === 'accounts_receivable')?.value;
  if (sent === undefined) return invalid({ at, code: 'required' });
  return sent === account || command.test ? undefined : invalid({ at, code: 'not_owned' });
}

function makeLead(item: BatchItem & { incoming: IncomingLead }, contact: Lead | undefined): Lead {
  const { referenceData, envelope } = item.arrival;
  const lead = newLead(item.incoming.leadId, 0, '', envelope.received_at);
  lead.status_id = firstStatus(referenceData, item.incoming.prepared.references.type_id).id;
  if (contact) copyContact(lead, contact);
  return lead;
}

/** A further lead about a known contact starts with the contact's details. */
function copyContact(lead: Lead, contact: Lead): void {
  const copied = [
    'name',
    'salutation',
    'first_name',
    'middle_name',
    'last_name',
    'email',
    'phone',
    'phone_sent',
  ] as const;
  for (const field of copied) lead[field] = contact[field];
  lead.company_name = contact.company_name;
  lead.contact_id = contact.contact_id ?? contact.id;
}

function broughtBy({ arrival, incoming }: BatchItem & { incoming: IncomingLead }): Brought {
  const { prepared } = incoming;
  return {
    facts: prepared.facts,
    references: prepared.references,
    tags: tagsOf(arrival, prepared.command),
    custom: prepared.custom,
    dialect: arrival.caller.dialect,
    dialect_fields: prepared.command.draft.dialect_fields,
    origin: prepared.command.origin,
  };
}

function arriveFirst(
  item: BatchItem & { incoming: IncomingLead },
  lead: Lead,
  batchState: BatchState,
  { isTwin, doubt }: { isTwin: boolean; doubt: Match['doubt'] },
): AcceptedLead {
  const { prepared } = item.incoming;
  applyTo(lead, broughtBy(item), 'overwrite', item.arrival.referenceData);
  if (lead.category_id === null)
    lead.category_id = item.arrival.referenceData.get('type', lead.type_id)?.default_category_id ?? null;
  const matchKeys = [...prepared.facts.matchKeys, ...copiedKeys(lead, prepared.facts.matchKeys)];
  const keys = [...matchKeys, ...prepared.facts.contactKeys];
  const newKeys = keys.filter((key) => !batchState.owners.has(keyText(key)));
  const sharedKeys = matchKeys.filter((key) => !newKeys.includes(key));
  const accepted: AcceptedLead = {
    did: 'created',
    lead,
    isNew: true,
    version: lead.version,
    matched: [],
    changes: [],
    reason: [doubt ? reasons.createdInDoubt(matchKeys) : firstReason(item, isTwin), erasedBefore(keys, batchState)]
      .filter(Boolean)
      .join(' '),
    sharedKeys,
    newKeys,
    secondKeys: secondKeysOf(prepared.facts, lead, batchState),
  };
  return withCall(item, withOwner(item, heedNotToCall(accepted, batchState), batchState), batchState);
}

/** Keys of second phones and emails, except those that are already main keys of the lead. */
function secondKeysOf({ secondKeys }: Facts, lead: Lead, batchState: BatchState): MatchKey[] {
  return secondKeys.filter((key) => !holdersOf(batchState, key).includes(lead.id));
}

/** Keys of the details copied from the contact, so that this lead is matched if the contact's first lead is deleted. */
function copiedKeys(lead: Lead, sent: readonly MatchKey[]): MatchKey[] {
  if (lead.contact_id === null) return [];
  return contactKeysOf(lead).filter((key) => !sent.some((one) => one.kind === key.kind));
}

function firstReason({ arrival, incoming }: BatchItem & { incoming: IncomingLead }, isTwin: boolean): string {
  if (isTwin || arrival.caller.policy === 'create') return reasons.createdByPolicy;
  return incoming.prepared.facts.matchKeys.length === 0 ? reasons.createdWithoutKeys : reasons.created;
}

/** A sentence for the timeline if somebody with one of these keys was erased earlier. */
function erasedBefore(keys: readonly LeadKey[], { erased }: BatchState): string | undefined {
  const times = keys.flatMap((key) => erased.get(keyText(key)) ?? []);
  const latest = times.sort((a, b) => b.getTime() - a.getTime())[0];
  return latest && reasons.erasedBefore(latest);
}

function arriveAgain(
  item: BatchItem & { incoming: IncomingLead },
  lead: Lead,
  by: MatchKey[],
  batchState: BatchState,
): AcceptedLead {
  const { caller, envelope, referenceData } = item.arrival;
  const attach = caller.policy === 'attach';
  const before = stateOf(lead.status_id, referenceData);
  const style = caller.merge_style;
  const changes = attach ? [] : applyTo(lead, broughtBy(item), style, referenceData);
  lead.touch_count += 1;
  lead.version += 1;
  lead.updated_at = envelope.received_at;
  const { matchKeys, contactKeys } = item.incoming.prepared.facts;
  const accepted: AcceptedLead = {
    did: attach ? 'attached' : 'merged',
    lead,
    isNew: false,
    version: lead.version,
    matched: by.map((key) => key.kind),
    changes,
    reason: attach ? reasons.attached(by) : reasons.merged(by, style),
    sharedKeys: matchKeys.filter((key) => (batchState.owners.get(keyText(key)) ?? lead.id) !== lead.id),
    newKeys: [...matchKeys, ...contactKeys].filter((key) => !batchState.owners.has(keyText(key))),
    secondKeys: secondKeysOf(item.incoming.prepared.facts, lead, batchState),
  };
  const owned = withOwner(item, heedNotToCall(accepted, batchState), batchState);
  return enquireAgain(item, withCall(item, owned, batchState), before);
}

/** If the person with this number asked not to be called, that also holds for other leads with the number. */
function heedNotToCall(accepted: AcceptedLead, batchState: BatchState): AcceptedLead {
  const { lead, reason } = accepted;
  const since = lead.phone === null ? undefined : batchState.notToCall.get(lead.phone);
  if (!since || lead.do_not_call_since) return accepted;
  lead.do_not_call_since = since;
  return { ...accepted, reason: `${reason} ${reasons.notToCall}` };
}

/** Determines the owner: the member the sender named, otherwise the department's next member, otherwise none. */
function withOwner(
  item: BatchItem & { incoming: IncomingLead },
  accepted: AcceptedLead,
  batchState: BatchState,
): AcceptedLead {
  const { lead } = accepted;
  if (accepted.did === 'attached') return accepted;
  if (item.incoming.prepared.references.owner_id) return { ...accepted, ownerReason: reasons.ownerNamed };
  const named = item.incoming.prepared.references.department_id;
  const rule = named || !accepted.isNew ? undefined : ruleFor(lead, batchState);
  if (rule) lead.department_id = rule.department_id;
  const { referenceData } = item.arrival;
  const department = referenceData.get('department', lead.department_id);
  const owner = referenceData.get('member', lead.owner_id);
  // An active owner keeps the lead; an inactive one is replaced.
  if (!department || owner?.active || (!named && !rule)) return accepted;
  if (membersInTurn(referenceData, department).length === 0)
    return { ...accepted, ownerReason: reasons.noMembers(department.name) };
  const why = rule ? `${reasons.sourceNumber(department.name)} ` : '';
  return { ...accepted, turnOf: department.id, ownerReason: why + reasons.ownerByTurn(department.name) };
}

/** The source number rule for a lead's phone, which rules may store with its country code or as a national number. */
function ruleFor(lead: Lead, { rules }: BatchState): { department_id: string } | undefined {
  const number = routedNumbers(lead.phone ?? '').find((one) => rules.has(one));
  return number === undefined ? undefined : rules.get(number);
}

function withCall(
  item: BatchItem & { incoming: IncomingLead },
  accepted: AcceptedLead,
  batchState: BatchState,
): AcceptedLead {
  const call = item.incoming.prepared.command.call && planCall(item, accepted, batchState);
  return call ? { ...accepted, call } : accepted;
}

/** The lead that a request matches. A lead that the caller may not see counts as unknown. */
function seenMatch({ arrival, incoming }: BatchItem & { incoming: IncomingLead }, batchState: BatchState): Match {
  const { facts, command } = incoming.prepared;
  const match = matchLead(facts, batchState, {
    // The dialler's partners identify people by number, so the same number means an existing contact.
    byPhone: arrival.caller.policy === 'attach',
    derivedName: command.draft.dialect_fields?.['_derived_name'],
  });
  const { visibility } = arrival.caller;
  if (!visibility) return match;
  const lead = match.leadId ? batchState.leads.get(match.leadId) : undefined;
  return lead && isVisible(visibility, lead) ? match : { by: [] };
}
