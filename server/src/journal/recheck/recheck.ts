import { recordActivity } from '../../leads/activity-store.ts';
import type { Lead } from '../../leads/lead.ts';
import { contactKeysOf, type LeadKey, type PhoneSent } from '../../leads/lead-keys.ts';
import { claimKeys, releaseKeys } from '../../leads/lead-keys-store.ts';
import { getLead } from '../../leads/lead-store.ts';
import { saveLeadChange } from '../../leads/save-lead-change.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { foldDigits } from '../../platform/phone/fold-digits.ts';
import { type RecheckContext, readSent, readToday, type Sent } from './read-sent.ts';
import { type Checked, listLeadsWithPhone, listRepairs, type Repair } from './recheck-store.ts';
import { mayHoldSeveral, severalPeople } from './several-people.ts';

/** A lead whose phones read differently now, that is found by phones nobody sent, or that may mix several people. */
export interface Misread {
  lead: Checked;
  /** Each phone before and after, with the text that was sent. */
  phones: { field: 'phone' | 'other_phone'; from: string; to: string; sent: string }[];
  /** The keys of all phones that were sent for the lead. */
  keys: readonly LeadKey[];
  /** Descriptions of the people whose requests came to this lead although nothing certain connects them. */
  people: readonly string[];
}

const AT_ONCE = 200;

/** Reads the phones of all leads again, without changing any. */
export async function* findMisread(context: RecheckContext): AsyncGenerator<Misread> {
  let after: string | undefined;
  for (;;) {
    const leads = await context.database.tx(context.workspaceId, (tx) => listLeadsWithPhone(tx, after, AT_ONCE));
    for (const lead of leads) {
      const misread = await check(lead, context);
      if (misread) yield misread;
    }
    after = leads.at(-1)?.id;
    if (leads.length < AT_ONCE) return;
  }
}

async function check(lead: Checked, context: RecheckContext): Promise<Misread | undefined> {
  const text = lead.phone_sent ?? lead.phone;
  const typed = readToday(
    { values: {}, ...(text && { phone: { sent: text } }) },
    context.referenceData.workspace.region,
  );
  if (isFine(lead, typed)) return undefined;
  const arrived = await readSent(lead.id, context);
  const keys = [typed, ...arrived].flatMap(({ facts }) => facts.matchKeys.filter(({ kind }) => kind === 'phone'));
  const phones = [...mainPhone(lead, typed, arrived), ...otherPhone(lead, arrived)];
  const people = severalPeople(lead, arrived);
  const isWrong = wrongKeys(lead, keys).length > 0;
  return phones.length > 0 || isWrong || people.length > 0 ? { lead, phones, keys, people } : undefined;
}

/** The usual case, in which no request is read again: one phone, which reads as before and is the only key. */
function isFine(lead: Checked, { facts }: Sent): boolean {
  if (lead.other_phone !== null || mayHoldSeveral(lead)) return false;
  return (facts.values.phone ?? null) === lead.phone && wrongKeys(lead, facts.matchKeys).length === 0;
}

function wrongKeys(lead: Checked, keys: readonly LeadKey[]): string[] {
  return lead.phone_keys.filter((value) => !keys.some((key) => key.value === value));
}

function mainPhone(lead: Checked, typed: Sent, arrived: readonly Sent[]): Misread['phones'] {
  const from = lead.phone;
  if (from === null) return [];
  const source = arrived.find(({ draft: { phone } }) => phone && isSameText(phone, lead)) ?? typed;
  const to = source.facts.values.phone;
  return to && to !== from ? [{ field: 'phone', from, to, sent: lead.phone_sent ?? from }] : [];
}

/** An extension that was sent in a field of its own is now part of the text. */
function isSameText({ sent }: PhoneSent, { phone_sent }: Lead): boolean {
  return sent === phone_sent || sent.startsWith(`${phone_sent} ext. `);
}

/** The text of a second phone is not stored, so it counts as misread only if it joins the digits sent. */
function otherPhone({ other_phone: from }: Lead, arrived: readonly Sent[]): Misread['phones'] {
  const sources = arrived.filter(({ draft }) => draft.other_phone);
  if (from === null || sources.some(({ facts }) => facts.values.other_phone === from)) return [];
  for (const { draft, facts } of sources) {
    const [sent, to] = [draft.other_phone?.sent ?? '', facts.values.other_phone];
    if (to && [sent, sent.split(/[,;/]/)[0] ?? ''].some((text) => isGlued(from, text)))
      return [{ field: 'other_phone', from, to, sent }];
  }
  return [];
}

/** Whether a number consists of all digits of a text, joined as earlier versions did. */
function isGlued(number: string, text: string): boolean {
  const digits = foldDigits(text).replace(/\D/g, '').replace(/^0+/, '');
  return digits.length >= FEWEST_DIGITS && /^\+\d+$/.test(number) && number.endsWith(digits);
}

const FEWEST_DIGITS = 4;

/** Gives a lead the phones that were sent, and rebuilds its phone keys; false if it has changed in the meantime. */
export async function repair({ lead: seen, phones, keys }: Misread, now: Date, context: RecheckContext) {
  return context.database.tx(context.workspaceId, async (tx) => {
    const lead = await getLead(tx, seen.id, true);
    const isSame = lead && phones.every(({ field, from }) => lead[field] === from) && lead.phone === seen.phone;
    if (!isSame || lead.phone_sent !== seen.phone_sent) return false;
    const reason = `Read again from the text that was sent: ${phones.map(({ sent }) => sent).join(' and ')}`;
    const wrong = wrongKeys(seen, keys);
    if (phones.length > 0) await setPhones(tx, lead, phones, { did: 'repaired', reason }, now, context);
    else if (wrong.length > 0) await noteKeys(tx, lead.id, now);
    else return false;
    const gone = wrong.map((value) => ({ kind: 'phone', value }));
    if (gone.length > 0) await releaseKeys(tx, lead.id, gone);
    await claimKeys(tx, lead.id, [...keys, ...contactKeysOf(lead)]);
    return true;
  });
}

/** Repairs that can be undone, of these leads or of all. */
export async function repairsOf(context: RecheckContext, leadIds: readonly string[] | undefined): Promise<Repair[]> {
  return context.database.tx(context.workspaceId, (tx) => listRepairs(tx, leadIds));
}

/** Undoes a repair; false if a phone has changed since. */
export async function undoRepair({ lead_id, changes }: Repair, now: Date, context: RecheckContext): Promise<boolean> {
  const back = changes.flatMap(({ field, from, to }) =>
    field === 'phone' || field === 'other_phone' ? [{ field, from: String(to), to: String(from) } as const] : [],
  );
  return context.database.tx(context.workspaceId, async (tx) => {
    const lead = await getLead(tx, lead_id, true);
    if (!lead || back.some(({ field, from }) => lead[field] !== from)) return false;
    const reason = 'The second reading of the phone was undone.';
    await setPhones(tx, lead, back, { did: 'undone', reason }, now, context);
    return true;
  });
}

async function setPhones(
  tx: Tx,
  lead: Lead,
  phones: readonly Pick<Misread['phones'][number], 'field' | 'from' | 'to'>[],
  { did, reason }: { did: 'repaired' | 'undone'; reason: string },
  at: Date,
  { referenceData }: RecheckContext,
): Promise<void> {
  const before = structuredClone(lead);
  for (const { field, to } of phones) lead[field] = to;
  const changes = phones.map(({ field, from, to }) => ({ field, from, to }));
  await saveLeadChange(tx, {
    before,
    lead,
    changes,
    actor: 'system',
    reason,
    detail: { recheck: did },
    referenceData,
    at,
  });
}

/** Records that the lead is no longer found by phones that nobody sent. Its own phone reads as before. */
async function noteKeys(tx: Tx, leadId: string, at: Date): Promise<void> {
  const reason = 'The lead is no longer found by phone numbers that nobody sent.';
  await recordActivity(tx, {
    lead_id: leadId,
    kind: 'lead_updated',
    actor: 'system',
    reason,
    detail: { changes: [] },
    at,
  });
}
