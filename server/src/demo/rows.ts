import { eventRow } from '../events/event-store.ts';
import type { Lead } from '../leads/lead.ts';
import { leadCreated } from '../leads/lead-events.ts';
import { leadRow, type Row } from '../leads/lead-row.ts';
import { newLead } from '../leads/new-lead.ts';
import { emailKey } from '../platform/email.ts';
import { MINUTE } from './clock.ts';
import type { Dice } from './dice.ts';
import { date } from './moments.ts';
import { idAt } from './past-id.ts';
import { type DemoRequest, refusedRequestOf, requestOf } from './requests.ts';
import type { DemoRows } from './row-lists.ts';
import type { Stage } from './stage.ts';
import type { Story } from './story.ts';
import { timelineOf } from './timeline.ts';
import { writeWork } from './work-rows.ts';

/** One in so many leads has a request before it that was refused. */
const REFUSED = 0.05;
const ADDRESS = '192.0.2.';

/** Writes a story as the rows that it would have left. */
export function writeStory(rows: DemoRows, story: Story, number: number, stage: Stage, now: number, dice: Dice): void {
  const leadId = idAt(story.arrivedAt);
  const lead = leadOf(story, leadId, number, stage);
  const row = leadRow(stage.referenceData.workspace.id, lead);
  Object.assign(row, nextStepOf(story), {
    first_reply_at: date(story.repliedAt),
    do_not_call_since: date(story.doNotCallSince),
  });
  rows.leads.push(row);
  rows.made.push({ lead_id: leadId, version: lead.version });
  for (const [kind, value] of [
    ['phone', lead.phone],
    ['email', lead.email && emailKey(lead.email)],
  ])
    if (value) rows.keys.push({ kind, value, lead_id: leadId });
  const submissionId = idAt(story.arrivedAt);
  const created = leadCreated({ ...lead, version: 1 }, stage.referenceData, {
    at: new Date(story.arrivedAt),
    submissionId,
  });
  rows.events.push({ ...eventRow(null, created), id: leadId });
  rows.submissions.push(
    submissionRow(submissionId, story, requestOf(story, number), story.arrivedAt, 'accepted', leadId, dice),
  );
  rows.touches.push(touchRow(story, leadId, submissionId, story.arrivedAt));
  let againId: string | null = null;
  if (story.cameAgainAt !== null) {
    againId = idAt(story.cameAgainAt);
    rows.submissions.push(
      submissionRow(againId, story, requestOf(story, number), story.cameAgainAt, 'merged', leadId, dice),
    );
    rows.touches.push(touchRow(story, leadId, againId, story.cameAgainAt));
  }
  for (const line of timelineOf(story, stage, { submissionId, againId }))
    rows.activities.push({ ...line, id: idAt(line.at), lead_id: leadId, at: date(line.at) });
  writeWork(rows, story, leadId, now);
  if (dice.chance(REFUSED)) {
    const at = story.arrivedAt - Math.floor(dice.between(0.2, 2) * MINUTE);
    const id = idAt(at);
    rows.submissions.push(submissionRow(id, story, refusedRequestOf(story, dice), at, 'refused', null, dice));
    rows.requests.push({ kind: 'request', id });
  }
}

function leadOf(story: Story, id: string, number: number, stage: Stage): Lead {
  const { person, source, agent } = story;
  const last = story.moves.at(-1);
  const lead = newLead(id, number, (last?.to ?? stage.fresh).id, new Date(story.arrivedAt));
  return Object.assign(lead, {
    name: person.name,
    first_name: person.first,
    last_name: person.last,
    email: person.email,
    phone: person.phone.phone,
    phone_sent: person.phone.sent,
    company_name: person.company,
    job_title: person.jobTitle,
    city: person.city,
    country: person.country,
    description: story.wish,
    source_id: source.id,
    type_id: story.typeId,
    owner_id: agent?.id ?? null,
    department_id: agent?.departmentId ?? null,
    lost_reason_id: last?.lostReasonId ?? null,
    utm_source: story.campaign && source.name.toLowerCase().replace(' ', '-'),
    utm_campaign: story.campaign,
    target_amount: story.deal?.amount ?? null,
    touch_count: story.cameAgainAt === null ? 1 : 2,
    version: 1 + story.moves.length + (story.cameAgainAt === null ? 0 : 1),
    updated_at: new Date(Math.max(story.arrivedAt, story.cameAgainAt ?? 0, last?.at ?? 0)),
  });
}

/** As the triggers of tasks and calls would keep it. */
function nextStepOf({ tasks, waiting }: Story): Row {
  const open = tasks.filter(({ doneAt }) => doneAt === null).sort((a, b) => a.dueAt - b.dueAt)[0];
  if (waiting && (!open || waiting.dueAt <= open.dueAt))
    return { next_step_at: date(waiting.dueAt), next_step_kind: waiting.callback ? 'callback' : 'call' };
  if (!open) return {};
  return {
    next_step_at: date(open.dueAt),
    next_step_kind: open.category === 'call' ? 'call' : 'task',
    next_step: open.name,
  };
}

function submissionRow(
  id: string,
  { source }: Story,
  request: DemoRequest,
  at: number,
  outcome: string,
  leadId: string | null,
  dice: Dice,
): Row {
  const { type, agent, body, problem } = request;
  return {
    id,
    dialect: source.dialect,
    token_id: source.tokenId,
    received_at: date(at),
    address: ADDRESS + dice.whole(1, 254),
    method: 'POST',
    path: request.path,
    query: request.query,
    headers: { 'content-type': type, 'user-agent': agent, 'content-length': String(Buffer.byteLength(body)) },
    body: `\\x${Buffer.from(body).toString('hex')}`,
    command: problem ? null : 'createLead',
    outcome,
    problem: problem ?? null,
    status_code: request.status,
    answer: request.answer,
    answer_bytes: Buffer.byteLength(request.answer),
    lead_id: leadId,
    took_ms: Math.round(dice.skewed(3, 0.5) * 100) / 100,
  };
}

function touchRow({ source, person }: Story, leadId: string, submissionId: string, at: number): Row {
  return {
    lead_id: leadId,
    id: idAt(at),
    submission_id: submissionId,
    dialect: source.dialect,
    token_id: source.tokenId,
    source_id: source.id,
    fields: { name: person.name, phone: person.phone.phone, ...(person.email && { email: person.email }) },
    at: date(at),
  };
}
