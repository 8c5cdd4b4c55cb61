import type { StepContext, StepHandler } from '../jobs/job-handler.ts';
import type { MailItem } from '../mail/compose.ts';
import { type MailSettings, queueMail } from '../mail/queue-mail.ts';
import { listCallbacks } from '../my-day/my-day-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { dayIn, endOfToday, startOfToday, timeIn } from '../platform/time/calendar.ts';
import { listTasks } from '../tasks/task-list-store.ts';
import { visibilityOf } from '../workspaces/access/visibility.ts';
import { asSeenBy } from '../workspaces/access/visibility-store.ts';
import { type Member, membersAtWork } from '../workspaces/reference-data.ts';
import { pathOf } from './notice-mail.ts';

export const DIGEST_JOB = 'send-digests';

/** Members processed in one step. */
const STEP = 20;
/** Most entries of each kind that a digest lists. */
const MOST_NAMED = 15;

/** Mails each member what is due today and what is late. Members who have nothing to do get no digest. */
export function digestHandler(mail: MailSettings): StepHandler {
  return {
    policy: null,
    async step(tx, job, context) {
      const members = membersAtWork(context.referenceData);
      const at = Number(job.progress['at'] ?? 0);
      const some = members.slice(at, at + STEP);
      for (const member of some) await writeDigest(tx, member, mail, context);
      const next = at + some.length;
      return { done: some.length, total: members.length, progress: { at: next }, finished: next >= members.length };
    },
  };
}

async function writeDigest(
  tx: Tx,
  member: Member,
  mail: MailSettings,
  { referenceData, now }: Pick<StepContext, 'referenceData' | 'now'>,
): Promise<void> {
  const { time_zone: zone, name: workspace } = referenceData.workspace;
  const [start, end] = [startOfToday(now, zone), endOfToday(now, zone)];
  const day = { memberId: member.id, visibility: visibilityOf(member, referenceData), end };
  const mine = { assignee_id: member.id, visibility: day.visibility };
  // A member's own tasks are always listed, but without the names of leads that the member may not see.
  const [late, today, callbacks] = await asSeenBy(tx, day.visibility, () =>
    Promise.all([
      listTasks(tx, 'due', { ...mine, until: start }, MOST_NAMED + 1),
      listTasks(tx, 'due', { ...mine, from: start, until: end }, MOST_NAMED + 1),
      listCallbacks(tx, day, MOST_NAMED + 1),
    ]),
  );
  const said = [
    summary(late.length, 'overdue task'),
    summary(today.length, 'task due today', 'tasks due today'),
    summary(callbacks.length, 'callback'),
  ].filter(Boolean);
  if (said.length === 0) return;
  const items: MailItem[] = [
    ...late.slice(0, MOST_NAMED).map((task) => taskItem(task, `overdue, was due ${whenOf(task.due_at, zone)}`)),
    ...today.slice(0, MOST_NAMED).map((task) => taskItem(task, `today, ${timeOf(task.due_at, zone)}`)),
    ...callbacks.slice(0, MOST_NAMED).map(({ lead_id, lead_name, due_at }) => ({
      text: `Call ${lead_name}`,
      detail: due_at < start ? `overdue, was due ${whenOf(due_at, zone)}` : `today, ${timeOf(due_at, zone)}`,
      path: pathOf(lead_id),
    })),
  ];
  const { id: memberId, name, email } = member;
  await queueMail(
    tx,
    mail,
    {
      kind: 'digest',
      cause: `digest:${memberId}:${dayIn(now, zone)}`,
      to: { memberId, name, email },
      subject: `Your day: ${said.join(', ')}`,
      body: {
        paragraphs: [`Good morning ${name}, this is what is waiting for you today.`],
        items,
        button: { label: 'Open My day', path: '/app/my-day' },
        footer: `You are receiving this as a member of ${workspace}. It is sent each morning when there is something to do.`,
      },
    },
    now,
  );
}

/** `3 overdue tasks`; empty for none, and `more than 15 overdue tasks` if not all were read. */
function summary(count: number, one: string, many = `${one}s`): string {
  if (count === 0) return '';
  return count > MOST_NAMED ? `more than ${MOST_NAMED} ${many}` : `${count} ${count === 1 ? one : many}`;
}

function taskItem(
  { name, lead_id, lead_name }: { name: string; lead_id: string | null; lead_name: string | null },
  when: string,
) {
  const path = lead_id && lead_name ? pathOf(lead_id) : '/app/tasks';
  return { text: lead_name ? `${name}: ${lead_name}` : name, detail: when, path };
}

function timeOf(at: Date | null, zone: string): string {
  return at ? timeIn(at, zone) : '';
}

function whenOf(at: Date | null, zone: string): string {
  return at ? at.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: zone }) : '';
}
