import { describe, expect, it } from 'vitest';
import { makeReferenceData, type ReferenceData } from '../../workspaces/reference-data.ts';
import type { CreateLead, Wire } from '../dialect.ts';
import { isProblem } from '../dialect.ts';
import { websiteContacts } from './website-contacts.ts';

const plain = { alternative_code: null, description: null };
const referenceData: ReferenceData = makeReferenceData(
  { id: 'w', name: 'Test', region: 'IN', time_zone: 'UTC' },
  {
    department: [{ id: 'dept', name: 'Sales', ...plain, member_ids: [] }],
    member: [
      {
        id: 'ajay',
        name: 'Ajay K',
        ...plain,
        email: 'ajay@example.com',
        username: 'ajay',
        role: 'agent',
        active: true,
      },
      { id: 'gone', name: 'Gone', ...plain, email: 'gone@example.com', username: 'gone', role: 'agent', active: false },
    ],
  },
);
const context = { referenceData, region: 'IN', now: new Date('2026-01-05T10:00:00Z') };
const asked = { token: 'gl_x', name: 'Te', countrycode: '91', mobileno: '9876543210', source: 'Test' };

function wire(query: Record<string, string>, body: Wire['body'] = { kind: 'empty' }): Wire {
  const path = '/api/gl-website-contacts';
  return { method: 'POST', path, params: {}, query: Object.entries(query), headers: {}, body, text: '' };
}

function read(request: Wire): CreateLead {
  const command = websiteContacts.read(request, context);
  if (isProblem(command) || command.kind !== 'createLead') throw new Error(JSON.stringify(command));
  return command;
}

const readQuery = (changes: Record<string, string>) => read(wire({ ...asked, ...changes }));
const readJson = (changes: Record<string, unknown>) =>
  read(wire({}, { kind: 'json', value: { ...asked, ...changes } }));

function refusal(changes: Record<string, unknown>): unknown {
  const problem = websiteContacts.read(wire({}, { kind: 'json', value: { ...asked, ...changes } }), context);
  if (!isProblem(problem)) throw new Error('It was accepted.');
  return websiteContacts.refuse?.(problem).body;
}

const checkParameters = { status: 'fail', message: 'Please check the parameters.' };
const badMobile = { status: 'fail', message: 'The mobileno must be between 8 and 14 digits.' };

describe('gl-website-contacts', () => {
  it('reads every documented field from the query', () => {
    const command = readQuery({
      email: 'te@example.com',
      feedback: 'call me',
      company_name: 'Firm',
      staff_name: 'AJAY k',
      date_of_birth: '1990-02-03',
      purpose: 'Fibre',
      status: 'Hot',
      department: 'sales',
    });
    expect(command.draft).toEqual({
      values: {
        name: 'Te',
        email: 'te@example.com',
        company_name: 'Firm',
        purpose: 'Fibre',
        date_of_birth: '1990-02-03',
      },
      phone: { sent: '9876543210', callingCode: '91' },
      references: { owner_id: 'ajay', department_id: 'dept' },
      status: { make: 'Hot' },
      source: { make: 'Test' },
      custom: [],
    });
    expect(command.note).toBe('call me');
    expect(command.warnings).toEqual([]);
  });

  it('reads the same lead from a JSON body, a form and a query', () => {
    const { token: _, ...others } = asked;
    const form = read(wire({}, { kind: 'form', pairs: Object.entries(asked) }));
    expect(form).toEqual(readQuery({}));
    expect(readJson({})).toEqual(form);
    expect(read(wire({ token: 'gl_x' }, { kind: 'json', value: others }))).toEqual(form);
  });

  it('prefers the body to the query, unless the value in the body is blank', () => {
    const command = read(
      wire({ ...asked, purpose: 'Fibre' }, { kind: 'json', value: { name: 'Body', source: '  ', purpose: null } }),
    );
    expect(command.draft.values).toEqual({ name: 'Body', purpose: 'Fibre' });
    expect(command.draft.source).toEqual({ make: 'Test' });
  });

  it('uses the query if the body cannot be read, and adds a warning', () => {
    const problem = { kind: 'malformed', detail: '' } as const;
    const command = read(wire(asked, { kind: 'unreadable', problem }));
    expect(command.draft.values).toEqual({ name: 'Te' });
    expect(command.warnings).toEqual([{ code: 'value_not_understood', at: 'body', value: 'not a JSON object' }]);
  });

  it.each([['91'], ['+91'], [' 91'], ['0091'], ['IN'], ['in']])('understands the country code %j', (countrycode) => {
    expect(readQuery({ countrycode }).draft.phone).toEqual({ sent: '9876543210', callingCode: '91' });
  });

  it.each([['1876'], ['1-876'], ['+1 876']])('understands the country code %j with its area code', (countrycode) => {
    expect(readQuery({ countrycode }).draft.phone).toEqual({ sent: '9876543210', callingCode: '1' });
  });

  it('accepts JSON numbers as country codes and phone numbers', () => {
    expect(readJson({ countrycode: 91, mobileno: 919876543210 }).draft.phone).toEqual({
      sent: '919876543210',
      callingCode: '91',
    });
  });

  it.each([
    ['1234567'],
    ['123456789012345'],
    ['98765abc43'],
    ['+919876543210'],
    ['98765 43210'],
    ['985*******'],
    ['९८७६५४३२१०'],
    [98765432.5],
  ])('refuses the number %j with the message about digits', (mobileno) => {
    expect(refusal({ mobileno })).toEqual(badMobile);
  });

  it.each([['12345678'], ['12345678901234'], [' 9876543210\n']])('accepts the number %j', (mobileno) => {
    expect(readJson({ mobileno }).draft.phone).toEqual({ sent: mobileno.trim(), callingCode: '91' });
  });

  it.each([
    [{ source: undefined }],
    [{ source: ' ' }],
    [{ countrycode: undefined }],
    [{ countrycode: '999' }],
    [{ mobileno: undefined }],
    [{ mobileno: null }],
    [{ mobileno: '12', source: '' }],
    [{ name: ['Te'] }],
    [{ feedback: { a: 1 } }],
    [{ name: 'x'.repeat(10_001) }],
  ])('asks to check the parameters when they are %j', (changes) => {
    expect(refusal(changes)).toEqual(checkParameters);
  });

  it('keeps every other parameter as an additional field under its literal name', () => {
    const body = JSON.parse(
      '{"__proto__":{"a":1},"constructor":"c","Referred By":"Anu","n":5,"b":false,"":"x","gone":null}',
    );
    expect(readJson({ ...Object.fromEntries(Object.entries(body)) }).draft.custom).toEqual([
      ['__proto__', { a: 1 }],
      ['constructor', 'c'],
      ['Referred By', 'Anu'],
      ['n', 5],
      ['b', false],
    ]);
  });

  it('maps campaign parameters to lead fields and also keeps them as additional fields', () => {
    const { draft } = readQuery({ utm_source: 'ads', City: 'Kochi' });
    expect(draft.values).toEqual({ name: 'Te', utm_source: 'ads' });
    expect(draft.custom).toEqual([
      ['utm_source', 'ads'],
      ['City', 'Kochi'],
    ]);
  });

  it('keeps values it does not understand and adds warnings', () => {
    const command = readQuery({
      staff_name: 'Nobody',
      department: 'None',
      date_of_birth: '03/04/1990',
      email: 'not mail',
    });
    expect(command.draft.values.email).toBe('not mail');
    expect(command.draft.custom).toEqual([['date_of_birth', '03/04/1990']]);
    expect(command.warnings?.map(({ code, at, value }) => [code, at, value])).toEqual([
      ['value_not_understood', 'date_of_birth', '03/04/1990'],
      ['unknown_staff', 'staff_name', 'Nobody'],
      ['unknown_department', 'department', 'None'],
    ]);
  });

  it('assigns no lead to a member who has left', () => {
    expect(readQuery({ staff_name: 'Gone' }).draft.references).toEqual({});
  });

  it('removes characters that the database cannot store', () => {
    const { draft } = readJson({ name: 'Te\u0000st \ud800', 'a\u0000b': 'x\u0000' });
    expect(draft.values.name).toBe('Test \ufffd');
    expect(draft.custom).toEqual([['ab', 'x']]);
  });
});
