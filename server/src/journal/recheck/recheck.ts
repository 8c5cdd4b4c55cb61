import type { LeadDraft } from '../../intake/command.ts';
import { normalise } from '../../intake/prepare.ts';
import { recordActivity } from '../../leads/activity-store.ts';
import type { Lead } from '../../leads/lead.ts';
import { contactKeysOf, type LeadKey, type PhoneSent } from '../../leads/lead-keys.ts';
import { claimKeys, releaseKeys } from '../../leads/lead-keys-store.ts';
import { getLead } from '../../leads/lead-store.ts';
import { saveLeadChange } from '../../leads/save-lead-change.ts';
import { listTouches } from '../../leads/touch-store.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { isProblem } from '../../platform/problem.ts';
import type { ReferenceData } from '../../workspaces/reference-data.ts';
import type { ReadAgain } from '../read-again.ts';
import { getSubmission } from '../submission-store.ts';
import { type Checked, listLeadsWithPhone, listRepairs, type Repair } from './recheck-store.ts';

/** A lead whose phone, read again from what was sent, is another, or which is found by phones that nobody sent. */
export interface Misread {
  lead: Checked;
  sent: string;
  phone: string;
  /** The keys of all phones that were sent for the lead. */
  keys: readonly LeadKey[];
}

/** The workspace whose leads are checked, and what is needed to read its requests again. */
export interface RecheckContext {
  database: Database;
  workspaceId: string;
  referenceData: ReferenceData;
  readAgain: ReadAgain;
}

const AT_ONCE = 200;
/** Whoever runs the command line sees every lead. */
const operator = { rights: { role: 'owner' }, visibility: undefined } as const;
/** Most requests of one lead that are read again. */
const MOST_TOUCHES = 100;

/** Reads the phones of all leads again; none is changed. */
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
  const { region } = context.referenceData.workspace;
  const typed: Sent = { draft: { values: {}, phone: { sent: lead.phone_sent ?? lead.phone } }, region };
  if (isFine(lead, typed)) return undefined;
  const arrived = await readTouches(lead.id, context);
  const sent = arrived.find(({ draft: { phone } }) => phone && isSameText(phone, lead)) ?? typed;
  const phone = phoneOf(sent);
  const keys = keysOf([sent, ...arrived]);
  const wrong = lead.phone_keys.some((value) => !keys.some((key) => key.value === value));
  if (!phone || (phone === lead.phone && !wrong)) return undefined;
  return { lead, sent: lead.phone_sent ?? lead.phone, phone, keys };
}

/** The usual case, for which no request is read again: the phone reads as before, and the lead is found by it alone. */
function isFine(lead: Checked, typed: Sent): boolean {
  const keys = keysOf([typed]).map(({ value }) => value);
  return phoneOf(typed) === lead.phone && lead.phone_keys.every((value) => keys.includes(value));
}

/** A phone in a request, with the region of its sender. */
interface Sent {
  draft: LeadDraft;
  region: string;
}

function phoneOf({ draft, region }: Sent): string | null | undefined {
  return normalise(draft, region).values.phone;
}

function keysOf(all: readonly Sent[]): LeadKey[] {
  return all.flatMap(({ draft, region }) => normalise(draft, region).matchKeys.filter(({ kind }) => kind === 'phone'));
}

/** An extension that was sent apart is now part of the text. */
function isSameText({ sent }: PhoneSent, { phone_sent }: Lead): boolean {
  return sent === phone_sent || sent.startsWith(`${phone_sent} ext. `);
}

/** What the lead's requests say today, newest first; those that are no longer kept are left out. */
async function readTouches(leadId: string, context: RecheckContext): Promise<Sent[]> {
  const { database, workspaceId, readAgain } = context;
  const touches = await database.tx(workspaceId, (tx) => listTouches(tx, leadId, MOST_TOUCHES));
  const read: Sent[] = [];
  for (const { submission_id } of touches) {
    const submission = await database.tx(workspaceId, (tx) => getSubmission(tx, submission_id));
    if (!submission) continue;
    const { request, caller } = await readAgain(workspaceId, submission, submission.body, operator);
    if (!isProblem(request) && request.kind === 'createLead')
      read.push({ draft: request.draft, region: caller.region });
  }
  return read;
}

/** Gives a lead the phone that was sent, and rebuilds its phone keys; false if it has changed in the meantime. */
export async function repair({ lead: seen, phone, sent, keys }: Misread, now: Date, context: RecheckContext) {
  return context.database.tx(context.workspaceId, async (tx) => {
    const lead = await getLead(tx, seen.id, true);
    if (!lead || lead.phone !== seen.phone || lead.phone_sent !== seen.phone_sent) return false;
    const reason = `Read again from what was sent: ${sent}`;
    if (phone !== lead.phone) await setPhone(tx, lead, phone, { did: 'repaired', reason }, now, context);
    else await noteKeys(tx, lead.id, now);
    const wrong = seen.phone_keys.filter((value) => !keys.some((key) => key.value === value));
    if (wrong.length > 0)
      await releaseKeys(
        tx,
        lead.id,
        wrong.map((value) => ({ kind: 'phone', value })),
      );
    await claimKeys(tx, lead.id, [...keys, ...contactKeysOf(lead)]);
    return true;
  });
}

/** Repairs that can be undone: of these leads, or all. */
export async function repairsOf(context: RecheckContext, leadIds: readonly string[] | undefined): Promise<Repair[]> {
  return context.database.tx(context.workspaceId, (tx) => listRepairs(tx, leadIds));
}

/** Takes a repair back; false if the phone has changed since. */
export async function undoRepair({ lead_id, from, to }: Repair, now: Date, context: RecheckContext): Promise<boolean> {
  return context.database.tx(context.workspaceId, async (tx) => {
    const lead = await getLead(tx, lead_id, true);
    if (!lead || lead.phone !== to) return false;
    await setPhone(
      tx,
      lead,
      from,
      { did: 'undone', reason: 'The second reading of the phone was undone.' },
      now,
      context,
    );
    return true;
  });
}

async function setPhone(
  tx: Tx,
  lead: Lead,
  phone: string,
  { did, reason }: { did: 'repaired' | 'undone'; reason: string },
  at: Date,
  { referenceData }: RecheckContext,
): Promise<void> {
  const before = structuredClone(lead);
  lead.phone = phone;
  await saveLeadChange(tx, {
    before,
    lead,
    changes: [{ field: 'phone', from: before.phone, to: phone }],
    actor: 'system',
    reason,
    detail: { recheck: did },
    referenceData,
    at,
  });
}

/** The phone reads as before, but the lead was found by phones that nobody sent. */
async function noteKeys(tx: Tx, leadId: string, at: Date): Promise<void> {
  const reason = 'The lead is no longer found by phones that nobody sent.';
  await recordActivity(tx, {
    lead_id: leadId,
    kind: 'lead_updated',
    actor: 'system',
    reason,
    detail: { changes: [] },
    at,
  });
}
