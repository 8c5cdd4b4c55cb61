import type { Row } from '../leads/lead-row.ts';
import { HOUR, MINUTE } from './clock.ts';
import { date, day } from './moments.ts';
import { idAt } from './past-id.ts';
import type { DemoRows } from './row-lists.ts';
import type { Story, StoryCall, StoryDeal, StoryTask } from './story.ts';

/** Writes what hangs on a lead: notes, tasks, calls and the deal. */
export function writeWork(rows: DemoRows, story: Story, leadId: string, now: number): void {
  const at = { leadId, now, memberId: story.agent?.id ?? null };
  const actor = actorOf(at);
  for (const note of story.notes)
    rows.notes.push({ lead_id: leadId, id: idAt(note.at), text: note.text, actor, created_at: past(note.at, now) });
  for (const task of story.tasks) rows.tasks.push(taskRow(task, at));
  const call = {
    lead_id: leadId,
    type_id: story.typeId,
    phone: story.person.phone.phone,
    priority: 0,
    skips: 0,
  };
  for (const made of story.calls) rows.calls.push({ ...call, ...madeRow(made, at), again: made !== story.calls[0] });
  if (story.waiting) rows.calls.push({ ...call, ...waitingRow(story, story.waiting) });
  if (story.deal) rows.deals.push(dealRow(story.deal, at));
}

interface At {
  leadId: string;
  now: number;
  memberId: string | null;
}

function actorOf({ memberId }: At): string {
  return memberId === null ? 'system' : `member:${memberId}`;
}

/** Nothing was done in the future. */
function past(at: number, now: number): string | null {
  return date(Math.min(at, now));
}

function taskRow({ at, name, category, dueAt, doneAt }: StoryTask, who: At): Row {
  return {
    lead_id: who.leadId,
    id: idAt(at),
    name,
    category,
    due_at: date(dueAt),
    assignee_id: who.memberId,
    done_at: date(doneAt),
    actor: actorOf(who),
    created_at: past(at, who.now),
    updated_at: past(doneAt ?? at, who.now),
  };
}

function madeRow(made: StoryCall, { now, memberId }: At): Row {
  const ended = past(made.at + made.talkSeconds * 1000, now);
  const planned = made.at - MINUTE;
  return {
    id: idAt(planned),
    state: 'dialled',
    due_at: date(made.dueAt),
    attempts: 1,
    outcome: made.outcome,
    note: made.note,
    callback: made.callback,
    member_id: memberId,
    outcome_id: made.outcomeId,
    started_at: date(made.at),
    talk_seconds: made.talkSeconds,
    ended_at: ended,
    created_at: date(planned),
    updated_at: ended,
  };
}

function waitingRow(story: Story, { dueAt, callback, attempts }: NonNullable<Story['waiting']>): Row {
  const since = story.calls.at(-1)?.at ?? story.arrivedAt;
  return {
    id: idAt(since),
    state: 'pending',
    due_at: date(dueAt),
    attempts,
    callback,
    again: story.repliedAt !== null,
    created_at: date(since),
    updated_at: date(since),
  };
}

function dealRow({ at, name, stageId, amount, expectedAt, closedAt }: StoryDeal, who: At): Row {
  return {
    lead_id: who.leadId,
    id: idAt(at),
    name,
    stage_id: stageId,
    amount,
    start_date: day(at),
    end_date: day(Math.max(expectedAt, at + HOUR)),
    owner_id: who.memberId,
    actor: actorOf(who),
    created_at: past(at, who.now),
    updated_at: past(closedAt ?? at, who.now),
    closed_at: date(closedAt),
  };
}
