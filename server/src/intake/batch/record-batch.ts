import { callPlanned } from '../../calls/call-view.ts';
import type { NewEvent } from '../../events/event-store.ts';
import type { ActivityDetails, ActivityKind } from '../../leads/activity-kinds.ts';
import { changedNames, leadChanged, leadCreated, namedIn } from '../../leads/lead-events.ts';
import { leadRow, type Row } from '../../leads/lead-row.ts';
import { typeId, uuidv7 } from '../../platform/ids.ts';
import type { Problem } from '../../platform/problem.ts';
import { type SentReply, serialiseReply } from '../../platform/wire.ts';
import type { Task } from '../../tasks/task-store.ts';
import { aboutTask } from '../../tasks/task-view.ts';
import { actorOf } from '../../workspaces/access/caller.ts';
import { waitingLeads } from '../../workspaces/reference/new-name-store.ts';
import type { ReferenceData } from '../../workspaces/reference-data.ts';
import type { Arrival } from '../arrival.ts';
import type { Facts } from '../prepare.ts';
import { reasons } from '../reasons.ts';
import type { Outcome } from '../result.ts';
import type { AcceptedLead, BatchItem, Decision, IncomingLead } from './batch-item.ts';
import type { BatchState } from './batch-state.ts';
import { type BatchRows, type Ending, refusalOf, submissionRow } from './batch-store.ts';

/** Builds the response for an accepted lead and adds all resulting rows to `rows`. */
export function writeAccepted(
  item: BatchItem & { incoming: IncomingLead },
  accepted: AcceptedLead,
  rows: BatchRows,
): SentReply {
  const { arrival, incoming } = item;
  const { lead, did, call } = accepted;
  const result = { kind: 'lead', did, lead, ...(call && { call }) } as const;
  const reply = serialiseReply(arrival.words.answer(result, arrival.referenceData));
  const outcome = outcomeOf(accepted);
  const row = addSubmission(item, rows, { outcome, reply, lead_id: outcome === 'test' ? null : lead.id });
  if (outcome === 'test') return reply;
  const workspace_id = arrival.caller.workspace_id;
  for (const { kind, value } of accepted.newKeys) rows.keys.push({ kind, value, lead_id: lead.id });
  for (const { kind, value } of accepted.sharedKeys)
    rows.possibleDuplicates.push({ workspace_id, kind, value, lead_id: lead.id, is_second: false });
  for (const { kind, value } of accepted.secondKeys)
    rows.possibleDuplicates.push({ workspace_id, kind, value, lead_id: lead.id, is_second: true });
  const { note } = incoming.prepared.command;
  row['touched_id'] = lead.id;
  if (did !== 'attached') rows.waiting.push(...waitingLeads(lead, incoming.prepared.waiting));
  const touchId = addTouch(row, item);
  addActivity(row, item, accepted);
  if (accepted.task) addTask(item, accepted.task, rows);
  const written = note && noteRow(item, lead.id, note);
  if (written) rows.notes.push(written);
  const { received_at: at, id: submissionId } = arrival.envelope;
  const cause = { at, submissionId: arrival.replay_of ?? submissionId };
  const sourceId = incoming.prepared.references.source_id ?? null;
  rows.events.push(...eventsOf(accepted, arrival.referenceData, sourceId, cause));
  rows.events.push(touchAdded(accepted, arrival, { touchId, sourceId, ...cause }));
  if (written)
    rows.events.push({ type: 'note.added', lead_id: lead.id, payload: { note_id: typeId('note', written.id) }, at });
  if (incoming.once) rememberAnswer(row, incoming.once, reply, arrival.envelope.received_at);
  return reply;
}

function outcomeOf({ did, call }: AcceptedLead): Outcome {
  if (did === 'rehearsed') return 'test';
  if (did === 'created') return 'accepted';
  return did === 'merged' || call === 'scheduled' ? 'merged' : 'duplicate';
}

/** Builds the response for a refusal, which is stored but has no other effect. */
export function writeRefused(
  item: BatchItem,
  decision: Extract<Decision, { kind: 'refused' }>,
  rows: BatchRows,
): SentReply {
  const reply = serialiseReply(item.arrival.words.refuse(decision.problem));
  const outcome = refusedAs(decision.problem);
  addSubmission(item, rows, { outcome, reply, lead_id: null, problem: decision.problem });
  return reply;
}

function refusedAs(problem: Problem): Outcome {
  if (problem.kind === 'internal') return 'failed';
  return problem.kind === 'conflict' && problem.code === 'duplicate_lead' ? 'duplicate' : 'refused';
}

/** A repeated request gets the original response byte for byte, but its own journal row. */
export function writeAgain(item: BatchItem, reply: SentReply, leadId: string | null, rows: BatchRows): SentReply {
  addSubmission(item, rows, { outcome: 'duplicate', reply, lead_id: leadId });
  return reply;
}

/** Adds the journal part of a request's row and returns it for further columns. A replay gets no second submission. */
function addSubmission(item: BatchItem, rows: BatchRows, ended: Omit<Ending, 'took_ms'>): Row {
  const ending = { ...ended, took_ms: performance.now() - item.started };
  rows.events.push(...refusalOf(item.arrival, ending));
  const row = submissionRow(item.arrival, ending);
  if (item.arrival.replay_of) row['is_replay'] = true;
  rows.arrivals.push(row);
  rows.endings.push({ arrival: item.arrival, ending });
  return row;
}

/** Writes each lead once, in its state at the end of the batch. */
export function writeLeads(workspaceId: string, accepted: readonly AcceptedLead[], rows: BatchRows): void {
  const done = new Set<string>();
  for (const { lead, did, isNew } of accepted) {
    if (did === 'rehearsed' || done.has(lead.id)) continue;
    done.add(lead.id);
    rows.touchedIds.push(lead.id);
    (isNew ? rows.leads : rows.changedLeads).push(leadRow(workspaceId, lead));
  }
}

/** Initial values of a new call. */
const freshCall = { attempts: 0, callback: false, priority: 0, again: false, skips: 0 };

/** Writes the calls that this batch planned. */
export function writeCalls(
  workspaceId: string,
  batchState: BatchState,
  { now, referenceData }: { now: Date; referenceData: ReferenceData | undefined },
  rows: BatchRows,
): void {
  for (const { isNew, ...call } of batchState.calls) {
    if (!isNew) continue;
    rows.calls.push({ ...freshCall, ...call, workspace_id: workspaceId, created_at: now, updated_at: now });
    if (referenceData) rows.events.push(callPlanned({ ...call, due_at: call.due_at ?? now }, referenceData, now));
  }
}

function addTask({ arrival }: BatchItem, task: Task, rows: BatchRows): void {
  const at = arrival.envelope.received_at;
  const workspace_id = arrival.caller.workspace_id;
  rows.tasks.push({ ...task, workspace_id, actor: 'system', created_at: at, updated_at: at });
  rows.events.push({ type: 'task.added', lead_id: task.lead_id, payload: aboutTask(task), at });
}

function addTouch(row: Row, { arrival, incoming }: BatchItem & { incoming: IncomingLead }): string {
  const { facts, custom, warnings, command, references } = incoming.prepared;
  const { note, draft } = command;
  const fields: Row = { ...facts.values, ...sentPhones(facts) };
  if (custom.length > 0) fields['custom'] = Object.fromEntries(custom);
  if (note) fields['note'] = note;
  if (warnings.length > 0) fields['remarks'] = warnings;
  if (draft.dialect_fields) fields[arrival.caller.dialect] = draft.dialect_fields;
  const touchId = uuidv7();
  row['touch_id'] = touchId;
  if (references.source_id) row['source_id'] = references.source_id;
  row['fields'] = fields;
  return touchId;
}

/** Phones as sent, where they differ from their canonical form. */
function sentPhones({ values, phone_sent, other_phone_sent }: Facts): Row {
  return {
    ...(phone_sent && phone_sent !== values.phone && { phone_sent }),
    ...(other_phone_sent && other_phone_sent !== values.other_phone && { other_phone_sent }),
  };
}

/** Activity kind for each way a lead is accepted; a rehearsal records none. */
const kindOf = {
  created: 'lead_created',
  rehearsed: 'lead_created',
  merged: 'lead_merged',
  attached: 'lead_attached',
} as const satisfies Record<AcceptedLead['did'], ActivityKind>;

function addActivity(
  row: Row,
  { arrival, incoming }: BatchItem & { incoming: IncomingLead },
  accepted: AcceptedLead,
): void {
  const { command, warnings } = incoming.prepared;
  const planned = accepted.call === 'scheduled' ? ` ${reasons.callPlanned(command.call?.delaySeconds ?? 0)}` : '';
  const kind = accepted.isNew ? 'lead_created' : kindOf[accepted.did];
  const detail: ActivityDetails[typeof kind] = { dialect: arrival.caller.dialect, token: arrival.caller.token_name };
  if (accepted.matched.length > 0) detail.matched = accepted.matched;
  if (accepted.changes.length > 0) detail.changes = accepted.changes;
  if (warnings.length > 0) detail.remarks = warnings;
  if (arrival.readings) detail.readings = arrival.readings;
  if (accepted.call) detail.call = accepted.call;
  if (accepted.ownerReason && accepted.lead.owner_id) detail.owner_id = accepted.lead.owner_id;
  row['activity_id'] = uuidv7();
  row['kind'] = kind;
  row['actor'] = actorOf(arrival);
  row['reason'] = [
    accepted.reason + planned,
    accepted.ownerReason,
    reasons.readAs(arrival.readings ?? []),
    reasons.newNames(warnings),
  ]
    .filter(Boolean)
    .join(' ');
  row['detail'] = detail;
}

/** Events for a new lead, or for a known one that enquired again and may have changed. */
function eventsOf(
  { lead: latest, isNew, version, changes }: AcceptedLead,
  referenceData: ReferenceData,
  sourceId: string | null,
  cause: { at: Date; submissionId: string },
): NewEvent[] {
  const lead = { ...latest, version };
  if (isNew) return [leadCreated(lead, referenceData, cause)];
  const payload = {
    submission_id: cause.submissionId,
    source: namedIn(referenceData, 'source', sourceId),
    changed: changedNames(changes),
  };
  const about = { lead_id: lead.id, lead_version: version, at: cause.at };
  const again: NewEvent = { ...about, type: 'lead.enquired_again', payload };
  return changes.length > 0 ? [again, ...leadChanged(lead, changes, referenceData, cause)] : [again];
}

function touchAdded(
  { lead, version }: AcceptedLead,
  { caller, referenceData }: Arrival,
  { touchId, sourceId, submissionId, at }: { touchId: string; sourceId: string | null; submissionId: string; at: Date },
): NewEvent {
  const source = namedIn(referenceData, 'source', sourceId);
  const payload = { touch_id: touchId, submission_id: submissionId, dialect: caller.dialect, source };
  return { type: 'touch.added', lead_id: lead.id, lead_version: version, payload, at };
}

function rememberAnswer(row: Row, once: NonNullable<IncomingLead['once']>, reply: SentReply, at: Date): void {
  row['scope'] = once.scope;
  row['once_key'] = `\\x${once.key.toString('hex')}`;
  row['fingerprint'] = `\\x${once.fingerprint.toString('hex')}`;
  // The journal's copy may be truncated; this one must be complete.
  if (row['answer'] !== reply.text) row['whole_answer'] = reply.text;
  row['expires_at'] = new Date(at.getTime() + once.windowSeconds * 1000);
}

function noteRow({ arrival }: BatchItem, leadId: string, text: string): Row & { id: string } {
  const { caller, envelope } = arrival;
  return {
    workspace_id: caller.workspace_id,
    lead_id: leadId,
    id: uuidv7(),
    text,
    actor: actorOf(arrival),
    created_at: envelope.received_at,
  };
}
