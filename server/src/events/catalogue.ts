import Type, { type Static, type TObject, type TProperties } from 'typebox';
import type { Topic } from './screens.ts';

/** An event type: its description, the screens that must reload, and the published data with an example. */
interface EventEntry<D extends TObject = TObject> {
  about: string;
  screens: readonly Topic[];
  data: D;
  example: Static<D>;
}

const event = <P extends TProperties>(
  about: string,
  screens: readonly Topic[],
  properties: P,
  example: Static<TObject<P>>,
): EventEntry<TObject<P>> => ({
  about,
  screens,
  data: Type.Object(properties, { additionalProperties: false }),
  example,
});

const orNull = <S extends Type.TSchema>(schema: S, description: string) =>
  Type.Union([schema, Type.Null()], { description });

const named = Type.Object({ id: Type.String(), name: Type.String() }, { additionalProperties: false });
const status = Type.Object(
  { id: Type.String(), name: Type.String(), state: Type.String() },
  { additionalProperties: false },
);

const stage = { ...status, description: 'Its stage, and whether that stage is open, won or lost.' };

const submissionId = Type.String({ description: 'The request that caused it: /v1/submissions/{id}.' });
const submissionOrNull = orNull(
  Type.String(),
  'The request that caused it: /v1/submissions/{id}; null if a call or a job did.',
);
const changed = Type.Array(Type.String(), {
  description: 'Names of the changed fields; custom fields as `custom.<name>`.',
});
const member = (description: string) => orNull(Type.String(), description);
const noteId = Type.String({ pattern: '^note_', description: 'The note.' });
const taskId = Type.String({ pattern: '^task_', description: 'The task.' });
const dealId = Type.String({ pattern: '^deal_', description: 'The deal: /v1/deals/{id}.' });
const callId = Type.String({ pattern: '^call_', description: 'The call: /v1/calls/{id}.' });
const webhookId = Type.String({ pattern: '^hook_', description: 'The webhook: /v1/webhooks/{id}.' });
const task = {
  task_id: taskId,
  category: Type.String({ description: 'normal, call or email.' }),
  due_at: orNull(Type.String({ format: 'date-time' }), 'When it is due.'),
  assignee_id: member('The assigned member.'),
};
const refusal = {
  submission_id: submissionId,
  dialect: Type.String({ description: 'The API through which the request arrived.' }),
  command: orNull(Type.String(), 'The requested command; null if the request could not be read.'),
  problem: Type.String({ description: 'The kind of problem: invalid, not_found, conflict ...' }),
};

const submission = '01985f0e-6f0a-7c3e-9a51-2f6b8c0d4e11';
const amy = '01985f0a-1b2c-7d3e-8f40-51627384950a';
const open = { id: '01985f0a-0001-7000-8000-000000000001', name: 'New', state: 'new' };
const won = { id: '01985f0a-0002-7000-8000-000000000002', name: 'Won', state: 'won' };
const website = { id: '01985f0a-0003-7000-8000-000000000003', name: 'Website' };
const note = { note_id: 'note_01k1fgwvrafgz9mk9fdf60sm8h' };
const exampleTask = {
  task_id: 'task_01k1fgwvrafgz9mk9fdf60sm8h',
  category: 'call',
  due_at: '2026-03-02T09:00:00.000Z',
  assignee_id: amy,
};
const deal = { deal_id: 'deal_01k1fgwvrafgz9mk9fdf60sm8h' };
const webhook = { webhook_id: 'hook_01k1fgwvrafgz9mk9fdf60sm8h' };
const call = { call_id: 'call_01k1fgwvrafgz9mk9fdf60sm8h' };

/**
 * All events that Leadwell publishes. Their data holds only ids and changed values, never personal data, so events can
 * be stored and sent safely. The lead's id and version are part of the envelope, not of the data.
 */
export const catalogue = {
  'lead.created': event(
    'A new lead was created.',
    ['leads'],
    {
      submission_id: submissionOrNull,
      status: { ...status, description: 'Its status.' },
      source: orNull(named, 'Its source.'),
      type: orNull(named, 'Its lead type.'),
      department: orNull(named, 'Its department.'),
      owner_id: member('Its owner.'),
    },
    { submission_id: submission, status: open, source: website, type: null, department: null, owner_id: amy },
  ),
  'lead.updated': event(
    'A lead changed. Announced for every change, in addition to more specific events.',
    ['leads'],
    { changed, submission_id: submissionOrNull },
    { changed: ['status', 'custom.Budget'], submission_id: submission },
  ),
  'lead.status_changed': event(
    'A lead moved to another status.',
    ['leads'],
    {
      from: orNull(status, 'The previous status; null if it no longer exists.'),
      to: { ...status, description: 'The new status.' },
      lost_reason: orNull(named, 'The lost reason, if any.'),
    },
    { from: open, to: won, lost_reason: null },
  ),
  'lead.assigned': event(
    'A lead was assigned to another owner, or unassigned.',
    ['leads'],
    { from: member('The previous owner.'), to: member('The new owner.') },
    { from: null, to: amy },
  ),
  'lead.enquired_again': event(
    'A known lead enquired again.',
    ['leads'],
    { submission_id: submissionId, source: orNull(named, 'The source named by this enquiry.'), changed },
    { submission_id: submission, source: website, changed: ['city'] },
  ),
  'lead.deleted': event(
    'A lead was deleted, with everything that belonged to it.',
    ['leads', 'calls', 'tasks', 'deals'],
    {},
    {},
  ),
  'lead.restored': event(
    'A deleted lead was restored from the bin, with everything that belonged to it.',
    ['leads', 'calls', 'tasks', 'deals'],
    {},
    {},
  ),
  'touch.added': event(
    'A request added a touch to a lead: the enquiry that created the lead, or a later one.',
    ['leads'],
    {
      touch_id: Type.String({ description: 'The touch, one of /v1/leads/{id}/touches.' }),
      submission_id: submissionId,
      dialect: Type.String({ description: 'The API through which it arrived.' }),
      source: orNull(named, 'The source that it named.'),
    },
    {
      touch_id: '01985f0e-6f0b-7a1d-8c22-93a4b5c6d7e8',
      submission_id: submission,
      dialect: 'getlead',
      source: website,
    },
  ),
  'note.added': event('A note was added to a lead.', ['leads'], { note_id: noteId }, note),
  'note.updated': event('The text of a note changed.', ['leads'], { note_id: noteId }, note),
  'note.deleted': event('A note was deleted.', ['leads'], { note_id: noteId }, note),
  'task.added': event('A task was added.', ['tasks', 'leads'], task, exampleTask),
  'task.updated': event(
    'A task was changed.',
    ['tasks', 'leads'],
    { ...task, changed },
    { ...exampleTask, changed: ['due_at'] },
  ),
  'task.completed': event('A task was completed.', ['tasks', 'leads'], task, exampleTask),
  'task.reopened': event('A completed task was reopened.', ['tasks', 'leads'], task, exampleTask),
  'task.deleted': event(
    'A task was deleted.',
    ['tasks', 'leads'],
    { task_id: taskId },
    { task_id: exampleTask.task_id },
  ),
  'deal.added': event(
    'A deal was added to a lead.',
    ['deals', 'leads'],
    { deal_id: dealId, stage, owner_id: member('The owner of the deal.') },
    { ...deal, stage: { ...website, name: 'Offer', state: 'open' }, owner_id: amy },
  ),
  'deal.updated': event(
    'A deal was changed.',
    ['deals', 'leads'],
    { deal_id: dealId, changed, stage, owner_id: member('The owner of the deal.') },
    { ...deal, changed: ['stage'], stage: { ...website, name: 'Signed', state: 'won' }, owner_id: amy },
  ),
  'deal.deleted': event('A deal was deleted.', ['deals', 'leads'], { deal_id: dealId }, deal),
  'call.planned': event(
    'A call was planned.',
    ['calls', 'leads'],
    {
      call_id: callId,
      type: orNull(named, 'The lead type of the call.'),
      due_at: Type.String({ format: 'date-time', description: 'When it is due.' }),
    },
    { ...call, type: null, due_at: '2026-03-02T09:00:00.000Z' },
  ),
  'call.cancelled': event('A planned call was cancelled.', ['calls', 'leads'], { call_id: callId }, call),
  'call.ended': event(
    'A planned call ended.',
    ['calls', 'leads'],
    {
      call_id: callId,
      outcome: orNull(named, 'The outcome; null if the agent reported it in their own words.'),
      member_id: member('The member who called.'),
      talk_seconds: orNull(Type.Number(), 'Length of the conversation in seconds.'),
      again_at: orNull(Type.String({ format: 'date-time' }), 'When the next attempt is due, if any.'),
    },
    { ...call, outcome: { ...website, name: 'Interested' }, member_id: amy, talk_seconds: 95, again_at: null },
  ),
  'call.logged': event(
    'A call made outside the queue was logged.',
    ['calls', 'leads'],
    { talk_seconds: orNull(Type.Number(), 'Length of the conversation in seconds.') },
    { talk_seconds: 240 },
  ),
  'submission.refused': event('A request was refused. It is stored and can be replayed.', ['journal'], refusal, {
    submission_id: submission,
    dialect: 'getlead',
    command: null,
    problem: 'invalid',
  }),
  'submission.failed': event(
    'A request failed because of a server error. It is stored and can be replayed.',
    ['journal'],
    refusal,
    { submission_id: submission, dialect: 'getlead', command: 'createLead', problem: 'internal' },
  ),
  'webhook.test': event(
    'Somebody sent a test event to a webhook. It goes to that webhook only.',
    [],
    { webhook_id: webhookId },
    webhook,
  ),
  'webhook.disabled': event(
    'A webhook was disabled automatically. Its events are held until it is enabled again.',
    ['settings'],
    {
      webhook_id: webhookId,
      reason: Type.String({
        description:
          'failing (all attempts failed for five days), gone (it answered 410) or asked (its response had the header `webhook-delivery: disable`).',
      }),
    },
    { ...webhook, reason: 'failing' },
  ),
} as const satisfies Readonly<Record<string, EventEntry>>;

export type EventType = keyof typeof catalogue;
export const eventTypes = Object.keys(catalogue) as EventType[];

export type EventData<T extends EventType> = Static<(typeof catalogue)[T]['data']>;
