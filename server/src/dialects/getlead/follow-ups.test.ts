import { describe, expect, it } from 'vitest';
import { makeReferenceData, type ReferenceData } from '../../workspaces/reference-data.ts';
import { type Command, isProblem, type Problem, type Wire, type WireReply } from '../dialect.ts';
import { getlead } from './index.ts';

const plain = { alternative_code: null, description: null };
const referenceData: ReferenceData = makeReferenceData(
  { id: 'w', name: 'Test', region: 'IN', time_zone: 'Asia/Kolkata' },
  {
    status: [{ id: 'hot', name: 'Hot', ...plain, state: 'open', is_default: false }],
    deal_stage: [{ id: 'open', name: 'Open', ...plain, kind: 'deal_stage', code: null }],
    task_category: [
      { id: 'c2', name: 'Call task', ...plain, kind: 'task_category', code: '2' },
      { id: 'c3', name: 'Visit', ...plain, kind: 'task_category', code: '3' },
    ],
    member: [
      {
        id: 'ajay',
        name: 'Ajay',
        ...plain,
        email: 'ajay@example.com',
        username: 'ajay.k',
        role: 'agent',
        active: true,
      },
    ],
  },
);
const context = { referenceData, region: 'IN', now: new Date('2026-01-05T10:00:00Z') };

function endpoint(name: string) {
  const found = getlead.endpoints.find((one) => one.name === name);
  if (!found) throw new Error(name);
  return found;
}

function wire(query: Record<string, string>, parts: Partial<Wire> = {}): Wire {
  const base = { method: 'POST', path: '/', params: {}, headers: {}, body: { kind: 'empty' }, text: '' } as const;
  return { ...base, query: Object.entries(query), ...parts };
}

function ask(name: string, fields: Record<string, unknown>): Command | Problem {
  return endpoint(name).read(wire({ token: 'gl_x' }, { body: { kind: 'json', value: fields } }), context);
}

function refusal(name: string, fields: Record<string, unknown>): unknown {
  const problem = ask(name, fields);
  return isProblem(problem) ? words(name, problem).body : problem;
}

function words(name: string, problem: Problem): WireReply {
  return endpoint(name).refuse?.(problem) ?? getlead.refuse(problem);
}

const checkParameters = { status: 'error', message: 'Please check the parameters.' };
const notFound = { status: 'error', message: 'Enquiry Not Found.' };
const known = { countrycode: '91', mobile_no: '9895900056' };
const lead = { by: 'contact', phone: { sent: '9895900056', callingCode: '91' } };

describe('gl-task-creation-api', () => {
  const task = 'gl-task-creation-api';

  it('reads a task without a lead', () => {
    const asked = ask(task, { name: 'Te', task_category_id: '1', assigned_to: 'Ajay' });
    expect(asked).toEqual({ kind: 'addTask', name: 'Te', category: 'normal', assignee_id: 'ajay', warnings: [] });
  });

  it('reads a call task of a lead, due in the time zone of the workspace', () => {
    const about = { description: 'd', comment: 'c', task_category_id: 2, scheduled_date: '2026-01-06 10:30' };
    expect(ask(task, { ...known, ...about, name: 'Call', email: 'a@b.c', assigned_to: 'ajay.k' })).toEqual({
      kind: 'addTask',
      lead: { ...lead, email: 'a@b.c' },
      name: 'Call',
      description: 'd',
      comment: 'c',
      category: 'call',
      due_at: new Date('2026-01-06T05:00:00Z'),
      assignee_id: 'ajay',
      warnings: [],
    });
  });

  it.each([
    ['call TASK', 'call'],
    ['3', 'normal'],
    ['Visit', 'normal'],
  ])('knows the category %j', (sent, category) => {
    expect(ask(task, { name: 'Te', task_category_id: sent })).toMatchObject({ category });
  });

  it('ignores an unknown member or country code and adds a warning', () => {
    expect(ask(task, { name: 'Te', assigned_to: 'Nobody', countrycode: '999', mobile_no: '1' })).toMatchObject({
      lead: { by: 'contact', phone: { sent: '1' } },
      warnings: [
        { code: 'unknown_staff', at: 'assigned_to', value: 'Nobody' },
        { code: 'value_not_understood', at: 'countrycode', value: '999' },
      ],
    });
  });

  it.each([
    [{}],
    [{ name: ' ' }],
    [{ name: 'Te', task_category_id: '9' }],
    [{ name: 'Te', scheduled_date: '2026-02-30' }],
    [{ name: 'Te', scheduled_date: 'tomorrow' }],
    [{ name: { a: 1 } }],
  ])('asks to check the parameters %j', (fields) => {
    expect(refusal(task, fields)).toEqual(checkParameters);
  });
});

describe('notes and statuses of a known lead', () => {
  it('reads a note', () => {
    expect(ask('gl-note-creation-api', { ...known, note: 'This is testing note' })).toEqual({
      kind: 'addNote',
      lead,
      text: 'This is testing note',
    });
  });

  it.each([
    ['Hot', { id: 'hot' }],
    ['hot', { id: 'hot' }],
    ['Visited', { make: 'Visited' }],
  ])('reads the status %j', (status, expected) => {
    expect(ask('gl-status-change-api', { ...known, status })).toEqual({ kind: 'changeStatus', lead, status: expected });
  });

  it.each([
    ['gl-note-creation-api', { ...known }],
    ['gl-note-creation-api', { countrycode: '91', mobile_no: '9895900056¬e=This is testing note' }],
    ['gl-note-creation-api', { note: 'x', mobile_no: '9895900056' }],
    ['gl-note-creation-api', { ...known, note: 'x', countrycode: '999' }],
    ['gl-note-creation-api', { ...known, note: ['x'] }],
    ['gl-status-change-api', { ...known }],
    ['gl-status-change-api', { countrycode: '91', status: 'Hot' }],
    ['get-lead-status', {}],
  ])('asks to check the parameters at %s with %j', (name, fields) => {
    expect(refusal(name, fields)).toEqual(checkParameters);
  });

  it('says when a lead is not found', () => {
    const problem = { kind: 'not_found', what: 'lead' } as const;
    for (const name of ['gl-note-creation-api', 'gl-status-change-api', 'get-lead-status'])
      expect(words(name, problem)).toEqual({ status: 200, body: notFound });
  });
});

describe('gl-deal-creation-api', () => {
  const deal = 'gl-deal-creation-api';

  it.each([['deal name'], ['deal_name'], ['deal+name']])('reads a deal with its name at %j', (at) => {
    const about = { deal_amount: '100.50', start_date: '2026-01-05', end_date: '2026-01-031', deal_note: 'n' };
    expect(ask(deal, { mobile: 9895900056, status: 'open', staff_name: 'ajay', [at]: 'D1', ...about })).toEqual({
      kind: 'addDeal',
      lead: { by: 'contact', phone: { sent: '9895900056' } },
      name: 'D1',
      amount: 100.5,
      start_date: '2026-01-05',
      end_date: '2026-01-31',
      note: 'n',
      stage: { id: 'open' },
      owner_id: 'ajay',
      warnings: [],
    });
  });

  it('reads the parameter "deal name" with its space from a query, and creates a missing stage', () => {
    const query = { mobile: '9895900056', countrycode: '+91', status: 'Visit', 'deal name': 'D1', deal_amount: '0' };
    expect(endpoint(deal).read(wire(query), context)).toMatchObject({
      name: 'D1',
      amount: 0,
      stage: { make: 'Visit' },
    });
  });

  it.each([
    [{ status: 'Open' }],
    [{ mobile: '1' }],
    [{ mobile: '1', status: 'Open', deal_amount: '1,000' }],
    [{ mobile: '1', status: 'Open', deal_amount: 1e15 }],
    [{ mobile: '1', status: 'Open', deal_amount: true }],
    [{ mobile: '1', status: 'Open', start_date: '05/01/2026' }],
    [{ mobile: '1', status: 'Open', end_date: '2026-02-30' }],
  ])('asks to check the parameters %j', (fields) => {
    expect(refusal(deal, fields)).toEqual(checkParameters);
  });

  it('treats an unknown lead as a wrong parameter', () => {
    expect(words(deal, { kind: 'not_found', what: 'lead' })).toEqual({ status: 200, body: checkParameters });
  });
});
