import type { Row } from '../leads/lead-row.ts';
import { HOUR, MINUTE } from './clock.ts';
import type { DemoRows } from './demo-rows.ts';
import { isoDay, isoTime } from './format-time.ts';
import type { LeadHistory, PastCall, PastDeal, PastTask } from './lead-history.ts';
import { idAt } from './past-id.ts';

/** Adds a lead's related rows: notes, tasks, calls and the deal. */
export function addRelatedRows(rows: DemoRows, history: LeadHistory, leadId: string, now: number): void {
  const at = { leadId, now, memberId: history.agent?.id ?? null };
  const actor = actorOf(at);
  for (const note of history.notes)
    rows.notes.push({ lead_id: leadId, id: idAt(note.at), text: note.text, actor, created_at: past(note.at, now) });
  for (const task of history.tasks) rows.tasks.push(taskRow(task, at));
  const call = {
    lead_id: leadId,
    type_id: history.typeId,
    phone: history.person.phone.phone,
    priority: 0,
    skips: 0,
  };
  for (const made of history.calls)
    rows.calls.push({ ...call, ...madeRow(made, at), again: made !== history.calls[0] });
  if (history.waiting) rows.calls.push({ ...call, ...waitingRow(history, history.waiting) });
  if (history.deal) rows.deals.push(dealRow(history.deal, at));
}

interface At {
  leadId: string;
  now: number;
  memberId: string | null;
}

function actorOf({ memberId }: At): string {
  return memberId === null ? 'system' : `member:${memberId}`;
}

/** The time, or null when it is in the future. */
function past(at: number, now: number): string | null {
  return isoTime(Math.min(at, now));
}

function taskRow({ at, name, category, dueAt, doneAt }: PastTask, who: At): Row {
  return {
    lead_id: who.leadId,
    id: idAt(at),
    name,
    category,
    due_at: isoTime(dueAt),
    assignee_id: who.memberId,
    done_at: isoTime(doneAt),
    actor: actorOf(who),
    created_at: past(at, who.now),
    updated_at: past(doneAt ?? at, who.now),
  };
}

function madeRow(made: PastCall, { now, memberId }: At): Row {
  const ended = past(made.at + made.talkSeconds * 1000, now);
  const planned = made.at - MINUTE;
  return {
    id: idAt(planned),
    state: 'dialled',
    due_at: isoTime(made.dueAt),
    attempts: 1,
    outcome: made.outcome,
    note: made.note,
    callback: made.callback,
    member_id: memberId,
    outcome_id: made.outcomeId,
    started_at: isoTime(made.at),
    talk_seconds: made.talkSeconds,
    ended_at: ended,
    created_at: isoTime(planned),
    updated_at: ended,
  };
}

function waitingRow(history: LeadHistory, { dueAt, callback, attempts }: NonNullable<LeadHistory['waiting']>): Row {
  const since = history.calls.at(-1)?.at ?? history.arrivedAt;
  return {
    id: idAt(since),
    state: 'pending',
    due_at: isoTime(dueAt),
    attempts,
    callback,
    again: history.repliedAt !== null,
    created_at: isoTime(since),
    updated_at: isoTime(since),
  };
}

function dealRow({ at, name, stageId, amount, expectedAt, closedAt }: PastDeal, who: At): Row {
  return {
    lead_id: who.leadId,
    id: idAt(at),
    name,
    stage_id: stageId,
    amount,
    start_date: isoDay(at),
    end_date: isoDay(Math.max(expectedAt, at + HOUR)),
    owner_id: who.memberId,
    actor: actorOf(who),
    created_at: past(at, who.now),
    updated_at: past(closedAt ?? at, who.now),
    closed_at: isoTime(closedAt),
  };
}
