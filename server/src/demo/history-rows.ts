import type { Lead } from '../leads/lead.ts';
import { newLead } from '../leads/lead.ts';
import { leadCreated } from '../leads/lead-events.ts';
import { leadRow, type Row } from '../leads/lead-row.ts';
import { emailKey } from '../platform/email.ts';
import { MINUTE } from './clock.ts';
import type { DemoContext } from './demo-context.ts';
import type { DemoRows } from './demo-rows.ts';
import { isoTime } from './format-time.ts';
import type { LeadHistory } from './lead-history.ts';
import { idAt } from './past-id.ts';
import type { Random } from './random.ts';
import { addRelatedRows } from './related-rows.ts';
import { type DemoRequest, refusedRequestOf, requestOf } from './requests.ts';
import { tagsFor } from './sample-tags.ts';
import { timelineOf } from './timeline-rows.ts';

/** The share of leads whose first request was refused. */
const REFUSED = 0.05;
const ADDRESS = '192.0.2.';

/** Adds the rows that a lead's history would have left in the database. */
export function addHistoryRows(
  rows: DemoRows,
  history: LeadHistory,
  number: number,
  context: DemoContext,
  now: number,
  random: Random,
): void {
  const leadId = idAt(history.arrivedAt);
  const lead = leadOf(history, leadId, number, context);
  const row = leadRow(context.referenceData.workspace.id, lead);
  Object.assign(row, nextStepOf(history), {
    first_reply_at: isoTime(history.repliedAt),
    do_not_call_since: isoTime(history.doNotCallSince),
    tag_ids: tagsFor(history, context.referenceData),
  });
  rows.leads.push(row);
  rows.made.push({ lead_id: leadId, version: lead.version });
  for (const [kind, value] of [
    ['phone', lead.phone],
    ['email', lead.email && emailKey(lead.email)],
  ])
    if (value) rows.keys.push({ kind, value, lead_id: leadId });
  const submissionId = idAt(history.arrivedAt);
  const { at, ...created } = leadCreated({ ...lead, version: 1 }, context.referenceData, {
    at: new Date(history.arrivedAt),
    submissionId,
  });
  rows.events.push({ ...created, id: leadId, created_at: at });
  rows.submissions.push(
    submissionRow(submissionId, history, requestOf(history, number), history.arrivedAt, 'accepted', leadId, random),
  );
  rows.touches.push(touchRow(history, leadId, submissionId, history.arrivedAt));
  let againId: string | null = null;
  if (history.arrivedAgainAt !== null) {
    againId = idAt(history.arrivedAgainAt);
    rows.submissions.push(
      submissionRow(againId, history, requestOf(history, number), history.arrivedAgainAt, 'merged', leadId, random),
    );
    rows.touches.push(touchRow(history, leadId, againId, history.arrivedAgainAt));
  }
  for (const line of timelineOf(history, context, { submissionId, againId }))
    rows.activities.push({ ...line, id: idAt(line.at), lead_id: leadId, at: isoTime(line.at) });
  addRelatedRows(rows, history, leadId, now);
  if (random.chance(REFUSED)) {
    const at = history.arrivedAt - Math.floor(random.between(0.2, 2) * MINUTE);
    const id = idAt(at);
    rows.submissions.push(submissionRow(id, history, refusedRequestOf(history, random), at, 'refused', null, random));
    rows.requests.push({ kind: 'request', id });
  }
}

function leadOf(history: LeadHistory, id: string, number: number, context: DemoContext): Lead {
  const { person, source, agent } = history;
  const last = history.moves.at(-1);
  const lead = newLead(id, number, (last?.to ?? context.fresh).id, new Date(history.arrivedAt));
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
    description: history.wish,
    source_id: source.id,
    type_id: history.typeId,
    owner_id: agent?.id ?? null,
    department_id: agent?.departmentId ?? null,
    lost_reason_id: last?.lostReasonId ?? null,
    utm_source: history.campaign && source.name.toLowerCase().replace(' ', '-'),
    utm_campaign: history.campaign,
    target_amount: history.deal?.amount ?? null,
    touch_count: history.arrivedAgainAt === null ? 1 : 2,
    version: 1 + history.moves.length + (history.arrivedAgainAt === null ? 0 : 1),
    updated_at: new Date(Math.max(history.arrivedAt, history.arrivedAgainAt ?? 0, last?.at ?? 0)),
  });
}

/** The next step that the triggers on tasks and calls would set. */
function nextStepOf({ tasks, waiting }: LeadHistory): Row {
  const open = tasks.filter(({ doneAt }) => doneAt === null).sort((a, b) => a.dueAt - b.dueAt)[0];
  if (waiting && (!open || waiting.dueAt <= open.dueAt))
    return { next_step_at: isoTime(waiting.dueAt), next_step_kind: waiting.callback ? 'callback' : 'call' };
  if (!open) return {};
  return {
    next_step_at: isoTime(open.dueAt),
    next_step_kind: open.category === 'call' ? 'call' : 'task',
    next_step: open.name,
  };
}

function submissionRow(
  id: string,
  { source }: LeadHistory,
  request: DemoRequest,
  at: number,
  outcome: string,
  leadId: string | null,
  random: Random,
): Row {
  const { type, agent, body, problem } = request;
  return {
    id,
    dialect: source.dialect,
    token_id: source.tokenId,
    received_at: isoTime(at),
    address: ADDRESS + random.whole(1, 254),
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
    took_ms: Math.round(random.skewed(3, 0.5) * 100) / 100,
  };
}

function touchRow({ source, person }: LeadHistory, leadId: string, submissionId: string, at: number): Row {
  return {
    lead_id: leadId,
    id: idAt(at),
    submission_id: submissionId,
    dialect: source.dialect,
    token_id: source.tokenId,
    source_id: source.id,
    fields: { name: person.name, phone: person.phone.phone, ...(person.email && { email: person.email }) },
    at: isoTime(at),
  };
}
