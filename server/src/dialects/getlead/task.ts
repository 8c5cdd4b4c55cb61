import { Demands, type Fields, parseInstant } from '../demand.ts';
import {
  type AddTask,
  type Book,
  type Command,
  type Endpoint,
  invalid,
  type LeadRef,
  type Problem,
  type ReadContext,
  type Wire,
} from '../dialect.ts';
import { memberId, optionalCallingCode, phoneSent, type Remarks } from './look-up.ts';
import { refuseWith, success } from './refuse.ts';
import { parameters } from './wire.ts';

/** Adds a task, to a lead when one is named and known, else on its own. */
export const taskCreation: Endpoint = {
  name: 'gl-task-creation-api',
  about: 'Adds a task, to a lead or on its own.',
  methods: ['GET', 'POST'],
  path: '/api/gl-task-creation-api',
  read,
  answer: () => success('Task Added Successfully.'),
  refuse: (problem) => refuseWith('error', problem),
};

function read(wire: Wire, { book }: ReadContext): Command | Problem {
  const fields = parameters(wire);
  const demands = new Demands();
  const remarks: Remarks = [];
  const name = demands.requiredText(fields, 'name');
  const description = demands.text(fields, 'description');
  const comment = demands.text(fields, 'comment');
  const category = readCategory(demands, fields, book);
  const due_at = readDue(demands, fields, book.workspace.time_zone);
  const assignee_id = memberId(book, 'assigned_to', demands.text(fields, 'assigned_to'), remarks);
  const lead = readLead(demands, fields, remarks);
  if (name === undefined || demands.issues.length > 0) return invalid(...demands.issues);
  return {
    kind: 'addTask',
    ...(lead && { lead }),
    name,
    ...(description && { description }),
    ...(comment && { comment }),
    category,
    ...(due_at && { due_at }),
    ...(assignee_id && { assignee_id }),
    remarks,
  };
}

/** 1 is a normal task, 2 a call; further categories of the workspace are normal tasks. */
function readCategory(demands: Demands, fields: Fields, book: Book): AddTask['category'] {
  const sent = demands.text(fields, 'task_category_id');
  if (sent === undefined || sent === '1') return 'normal';
  if (sent === '2') return 'call';
  const known =
    book.find('task_category', { by: 'code', value: sent }) ?? book.find('task_category', { by: 'name', value: sent });
  if (!known) demands.fail('task_category_id', 'not_in_list');
  return known?.code === '2' ? 'call' : 'normal';
}

function readDue(demands: Demands, fields: Fields, timeZone: string): Date | undefined {
  const sent = demands.text(fields, 'scheduled_date');
  return sent === undefined ? undefined : (parseInstant(sent, timeZone) ?? demands.fail('scheduled_date', 'not_date'));
}

function readLead(demands: Demands, fields: Fields, remarks: Remarks): LeadRef | undefined {
  const code = optionalCallingCode(demands, fields, remarks);
  const mobile = demands.text(fields, 'mobile_no');
  const email = demands.text(fields, 'email');
  if (mobile === undefined && email === undefined) return undefined;
  return { by: 'contact', ...(mobile && { phone: phoneSent(mobile, code) }), ...(email && { email }) };
}
