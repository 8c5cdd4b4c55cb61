import type { EventType } from '../events/catalogue.ts';
import { feedEnd, readFeed, type StoredEvent } from '../feed/feed-store.ts';
import type { StepHandler } from '../jobs/job-handler.ts';
import { removeFinishedJobs } from '../jobs/job-store.ts';
import { countTo, nextLeadMessageAt } from '../mail/mail-store.ts';
import { type MailSettings, type NewMail, queueMail } from '../mail/queue-mail.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { isMailable } from '../platform/email.ts';
import { memberMay } from '../workspaces/access/policies.ts';
import { isVisible, visibilityOf } from '../workspaces/access/visibility.ts';
import type { Figures } from '../workspaces/limits/catalogue.ts';
import { type Member, membersAtWork, type ReferenceData } from '../workspaces/reference-data.ts';
import { fillMessage } from './lead-message.ts';
import { assignmentMail, waitingMail, webhookMail } from './notice-mail.ts';
import { lockPlace, messageValues, type NoticedLead, noticedLeads, savePlace } from './notice-store.ts';

export const NOTIFY_JOB = 'notify-members';

/** Events processed in one step. */
const STEP = 500;
const DAY_MS = 86_400_000;
const types: readonly EventType[] = ['lead.created', 'lead.assigned', 'webhook.disabled'];

/**
 * Reads the events since the last run, and mails members and leads about them. Events read together are reported in one
 * message. The position in the feed is committed with the messages, so that each event is reported only once.
 */
export function notifyHandler({ mail, limits }: Settings): StepHandler {
  return {
    policy: null,
    async step(tx, job, { referenceData, now }) {
      // Such a job runs every minute, and only the latest is of interest.
      await removeFinishedJobs(tx, NOTIFY_JOB, job.id);
      const before = await feedEnd(tx);
      const after = await lockPlace(tx);
      const events = after ? await readFeed(tx, { after, before, types, limit: STEP }) : [];
      await tell(tx, events, { mail, limits, referenceData, now });
      const last = events.at(-1);
      const isFull = events.length === STEP;
      await savePlace(tx, isFull && last ? last : before);
      return { done: events.length, finished: !isFull };
    },
  };
}

interface Settings {
  mail: MailSettings;
  limits: Pick<Figures, 'messages_to_leads'>;
}

interface Parts extends Settings {
  referenceData: ReferenceData;
  now: Date;
}

async function tell(tx: Tx, events: readonly StoredEvent[], parts: Parts): Promise<void> {
  const ids = events.flatMap(({ lead_id }) => lead_id ?? []);
  const leads = ids.length > 0 ? await noticedLeads(tx, [...new Set(ids)]) : [];
  const created = new Set(events.filter(({ type }) => type === 'lead.created').map(({ lead_id }) => lead_id));
  const last = events.at(-1)?.id ?? '';
  // Always in the same order, because queueing a message locks its address.
  for (const member of membersAtWork(parts.referenceData)) {
    const given = leads.filter((lead) => lead.owner_id === member.id && lead.given_by !== `member:${member.id}`);
    if (given.length > 0) await toMember(tx, member, 'assignment', last, assignmentMail(given, nameOf(parts)), parts);
    const waiting = leads.filter((lead) => created.has(lead.id) && waitsFor(member, lead, parts.referenceData));
    if (waiting.length > 0) await toMember(tx, member, 'lead_waits', last, waitingMail(waiting, nameOf(parts)), parts);
    if (memberMay(member.role, 'administer'))
      for (const event of events.filter(({ type }) => type === 'webhook.disabled'))
        await toMember(
          tx,
          member,
          'webhook_disabled',
          event.id,
          webhookMail(event.payload as never, nameOf(parts)),
          parts,
        );
  }
  for (const event of events) if (event.type === 'lead.created') await writeToLead(tx, event, leads, parts);
}

function nameOf({ referenceData }: Parts): string {
  return referenceData.workspace.name;
}

/**
 * Whether a lead without an owner waits for this member. It waits for the members of its department; without any, for
 * those who supervise agents.
 */
function waitsFor(member: Member, lead: NoticedLead, referenceData: ReferenceData): boolean {
  if (lead.owner_id !== null || !isVisible(visibilityOf(member, referenceData), lead)) return false;
  const department = referenceData.get('department', lead.department_id);
  return department?.member_ids.length
    ? department.member_ids.includes(member.id)
    : memberMay(member.role, 'supervise agents');
}

async function toMember(
  tx: Tx,
  { id, name, email }: Member,
  kind: NewMail['kind'],
  occasion: string,
  said: Pick<NewMail, 'subject' | 'body'>,
  { mail, now }: Parts,
): Promise<void> {
  await queueMail(
    tx,
    mail,
    { kind, cause: `${kind}:${id}:${occasion}`, to: { memberId: id, name, email }, ...said },
    now,
  );
}

/**
 * Sends a new lead the message of its type, but only one a day to the same address, however many leads are created
 * with it.
 */
async function writeToLead(
  tx: Tx,
  { lead_id, payload }: StoredEvent,
  leads: readonly NoticedLead[],
  { mail, limits, referenceData, now }: Parts,
): Promise<void> {
  const { type } = payload as { type: { id: string } | null };
  const { email_on_create, email_subject, email_text } = referenceData.get('type', type?.id) ?? {};
  const lead = leads.find(({ id }) => id === lead_id);
  if (!email_on_create || !email_text || !lead?.email || !isMailable(lead.email)) return;
  if ((await countTo(tx, lead.email, ['lead_message'], new Date(now.getTime() - DAY_MS))) > 0) return;
  const values = await messageValues(tx, lead.id);
  if (!values) return;
  const template = { subject: email_subject || 'Thank you for your enquiry', text: email_text };
  const said = fillMessage(template, { ...values, workspace: referenceData.workspace.name });
  const to = { leadId: lead.id, name: values['name'] ?? '', email: lead.email };
  const most = limits.messages_to_leads;
  const until = await nextLeadMessageAt(tx, most, now);
  const waits = { until, reason: `Waiting: leads are sent at most ${most} messages an hour.` };
  await queueMail(tx, mail, { kind: 'lead_message', cause: `lead_message:${lead.id}`, to, ...said, waits }, now);
}
