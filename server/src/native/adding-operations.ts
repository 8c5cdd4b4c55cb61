import Type, { type Static } from 'typebox';
import { dealCreate, readDeal } from '../deals/deal-body.ts';
import { idOf } from '../http/path-ids.ts';
import { bodyShape } from '../http/shapes.ts';
import { blankless } from '../http/text.ts';
import type { Command, LeadRef } from '../intake/command.ts';
import type { CallContext } from '../intake/endpoint.ts';
import type { Result } from '../intake/result.ts';
import { LONGEST_TEXT } from '../leads/fields.ts';
import { invalid, isProblem, type Problem } from '../platform/problem.ts';
import type { WireReply } from '../platform/wire.ts';
import { leadTaskCreate, type NewTask, readTask, taskCreate } from '../tasks/task-body.ts';
import { viewCreated } from './created-view.ts';
import { bodyOf, onLead, operation } from './operation.ts';

const noteCreate = bodyShape('NoteCreate', 'A note.', {
  text: Type.String({ minLength: 1, maxLength: LONGEST_TEXT, description: 'Text of the note.' }),
});

/** POST /v1/leads/{id}/notes. */
export const addNote = operation({
  name: 'add-note',
  command: 'addNote',
  methods: ['POST'],
  path: '/v1/leads/:id/notes',
  body: noteCreate,
  read: (wire) =>
    onLead(wire, (lead) => {
      const { text } = bodyOf<Static<typeof noteCreate.schema>>(wire);
      const isBlank = blankless(text) === undefined;
      return isBlank ? invalid({ at: 'text', code: 'required' }) : { kind: 'addNote', lead, text };
    }),
  answer: answerCreated,
});

/** POST /v1/leads/{id}/tasks. */
export const addLeadTask = operation({
  name: 'add-lead-task',
  command: 'addTask',
  methods: ['POST'],
  path: '/v1/leads/:id/tasks',
  body: leadTaskCreate,
  read: (wire, { referenceData }) =>
    onLead(wire, (lead) =>
      addTaskTo(lead, readTask(bodyOf<Static<typeof leadTaskCreate.schema>>(wire), referenceData)),
    ),
  answer: answerCreated,
});

/** POST /v1/leads/{id}/deals. */
export const addDeal = operation({
  name: 'add-deal',
  command: 'addDeal',
  methods: ['POST'],
  path: '/v1/leads/:id/deals',
  body: dealCreate,
  read: (wire, { referenceData }) =>
    onLead(wire, (lead) => {
      const deal = readDeal(bodyOf<Static<typeof dealCreate.schema>>(wire), referenceData);
      return isProblem(deal) ? deal : { kind: 'addDeal', lead, ...deal };
    }),
  answer: answerCreated,
});

/** POST /v1/tasks. */
export const addTask = operation({
  name: 'add-task',
  command: 'addTask',
  methods: ['POST'],
  path: '/v1/tasks',
  body: taskCreate,
  read: (wire, { referenceData }) => {
    const { lead_id, ...body } = bodyOf<Static<typeof taskCreate.schema>>(wire);
    const named = blankless(lead_id);
    if (named === undefined) return addTaskTo(undefined, readTask(body, referenceData));
    const id = idOf('lead', named);
    return id === undefined
      ? invalid({ at: 'lead_id', code: 'unknown_reference' })
      : addTaskTo({ by: 'id', id }, readTask(body, referenceData));
  },
  answer: answerCreated,
});

function addTaskTo(lead: LeadRef | undefined, task: NewTask | Problem): Command | Problem {
  return isProblem(task) ? task : { kind: 'addTask', ...task, ...(lead && { lead }) };
}

function answerCreated(result: Result, call: CallContext & { command: Command }): WireReply {
  if (result.kind !== 'added') throw new Error(`Something added was due, not ${result.kind}.`);
  return { status: 201, body: viewCreated(result, call) };
}
