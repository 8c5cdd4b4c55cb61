import Type, { type Static } from 'typebox';
import { dealCreate, readDeal } from '../deals/deal-body.ts';
import { idOf } from '../http/path-ids.ts';
import { closed, shape } from '../http/shapes.ts';
import { blankless } from '../http/text.ts';
import type { Command, LeadRef } from '../intake/command.ts';
import type { Result } from '../intake/result.ts';
import { LONGEST_TEXT } from '../leads/fields.ts';
import { invalid, isProblem, type Problem } from '../platform/problem.ts';
import type { WireReply } from '../platform/wire.ts';
import { leadTaskCreate, type NewTask, readTask, taskCreate } from '../tasks/task-body.ts';
import { viewAdded } from './created-view.ts';
import type { Done, Operation } from './operation.ts';

const noteCreate = shape(
  'NoteCreate',
  closed({ text: Type.String({ minLength: 1, maxLength: LONGEST_TEXT, description: 'Text of the note.' }) }, 'A note.'),
);

/** POST /v1/leads/{id}/notes. */
export const addNote: Operation<Static<typeof noteCreate.schema>> = {
  method: 'POST',
  path: '/leads/:id/notes',
  body: noteCreate,
  read: ({ id, body: { text } }) =>
    onLead(id, (lead) =>
      blankless(text) === undefined ? invalid({ at: 'text', code: 'required' }) : { kind: 'addNote', lead, text },
    ),
  answer: answerAdded,
};

/** POST /v1/leads/{id}/tasks. */
export const addLeadTask: Operation<Static<typeof leadTaskCreate.schema>> = {
  method: 'POST',
  path: '/leads/:id/tasks',
  body: leadTaskCreate,
  read: ({ id, body }, { referenceData }) => onLead(id, (lead) => addTaskTo(lead, readTask(body, referenceData))),
  answer: answerAdded,
};

/** POST /v1/leads/{id}/deals. */
export const addDeal: Operation<Static<typeof dealCreate.schema>> = {
  method: 'POST',
  path: '/leads/:id/deals',
  body: dealCreate,
  read: ({ id, body }, { referenceData }) =>
    onLead(id, (lead) => {
      const deal = readDeal(body, referenceData);
      return isProblem(deal) ? deal : { kind: 'addDeal', lead, ...deal };
    }),
  answer: answerAdded,
};

/** POST /v1/tasks. */
export const addTask: Operation<Static<typeof taskCreate.schema>> = {
  method: 'POST',
  path: '/tasks',
  body: taskCreate,
  read: ({ body: { lead_id, ...body } }, { referenceData }) => {
    const named = blankless(lead_id);
    if (named === undefined) return addTaskTo(undefined, readTask(body, referenceData));
    const id = idOf('lead', named);
    return id === undefined
      ? invalid({ at: 'lead_id', code: 'unknown_reference' })
      : addTaskTo({ by: 'id', id }, readTask(body, referenceData));
  },
  answer: answerAdded,
};

function addTaskTo(lead: LeadRef | undefined, task: NewTask | Problem): Command | Problem {
  return isProblem(task) ? task : { kind: 'addTask', ...task, ...(lead && { lead }) };
}

function onLead(text: string, read: (lead: { by: 'id'; id: string }) => Command | Problem): Command | Problem {
  const id = idOf('lead', text);
  return id === undefined ? { kind: 'not_found', what: 'lead' } : read({ by: 'id', id });
}

function answerAdded(result: Result, { command, actor, at, referenceData }: Done): WireReply {
  if (result.kind !== 'added') throw new Error(`Something added was due, not ${result.kind}.`);
  return { status: 201, body: viewAdded(command, result, { actor, at }, referenceData) };
}
