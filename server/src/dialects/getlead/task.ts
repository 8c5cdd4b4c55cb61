import type { AddTask, LeadRef, ReferenceData } from '../dialect.ts';
import { type FieldRules, type Fields, parseDue } from '../field-rules.ts';
import { getleadEndpoint, type Sent } from './endpoint.ts';
import { memberId, optionalCallingCode, phoneSent, type Warnings } from './find-by-name.ts';

/** Adds a task to the lead named in the request, or an unattached task if that lead is unknown or none is named. */
export const taskCreation = getleadEndpoint({
  name: 'gl-task-creation-api',
  about: 'Adds a task, to a lead or on its own.',
  says: 'Task Added Successfully.',
  read,
});

function read({ fields, fieldRules, warnings, referenceData }: Sent): AddTask | undefined {
  const name = fieldRules.requiredText(fields, 'name');
  const description = fieldRules.text(fields, 'description');
  const comment = fieldRules.text(fields, 'comment');
  const category = readCategory(fieldRules, fields, referenceData);
  const due_at = readDue(fieldRules, fields, referenceData.workspace.time_zone);
  const assignee_id = memberId(referenceData, 'assigned_to', fieldRules.text(fields, 'assigned_to'), warnings);
  const lead = readLead(fieldRules, fields, warnings);
  if (name === undefined) return undefined;
  return {
    kind: 'addTask',
    ...(lead && { lead }),
    name,
    ...(description && { description }),
    ...(comment && { comment }),
    category,
    ...(due_at && { due_at }),
    ...(assignee_id && { assignee_id }),
    warnings,
  };
}

/** 1 is a normal task, 2 a call; the workspace's other categories are normal tasks. */
function readCategory(fieldRules: FieldRules, fields: Fields, referenceData: ReferenceData): AddTask['category'] {
  const sent = fieldRules.text(fields, 'task_category_id');
  if (sent === undefined || sent === '1') return 'normal';
  if (sent === '2') return 'call';
  const known =
    referenceData.find('task_category', { by: 'code', value: sent }) ??
    referenceData.find('task_category', { by: 'name', value: sent });
  if (!known) fieldRules.fail('task_category_id', 'not_in_list');
  return known?.code === '2' ? 'call' : 'normal';
}

function readDue(fieldRules: FieldRules, fields: Fields, timeZone: string): Date | undefined {
  const sent = fieldRules.text(fields, 'scheduled_date');
  return sent === undefined ? undefined : (parseDue(sent, timeZone) ?? fieldRules.fail('scheduled_date', 'not_date'));
}

function readLead(fieldRules: FieldRules, fields: Fields, warnings: Warnings): LeadRef | undefined {
  const code = optionalCallingCode(fieldRules, fields, warnings);
  const mobile = fieldRules.text(fields, 'mobile_no');
  const email = fieldRules.text(fields, 'email');
  if (mobile === undefined && email === undefined) return undefined;
  return { by: 'contact', ...(mobile && { phone: phoneSent(mobile, code) }), ...(email && { email }) };
}
