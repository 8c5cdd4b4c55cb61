import { describe, expect, it } from 'vitest';
import { newLead } from '../../leads/lead.ts';
import { problemExamples } from '../../platform/problem.ts';
import { makeReferenceData } from '../../workspaces/reference-data.ts';
import { type CreateLead, isProblem, type Wire, type WireBody } from '../dialect.ts';
import { ispcrm } from './index.ts';

const referenceData = makeReferenceData(
  { id: 'w', name: 'Test', region: 'IN', time_zone: 'UTC' },
  {
    status: [
      { id: 'new', name: 'New', alternative_code: 'N', description: null, state: 'new', is_default: true },
      { id: 'hot', name: 'Hot', alternative_code: 'H', description: null, state: 'open', is_default: false },
    ],
  },
);
const context = { referenceData, region: 'IN', now: new Date('2026-01-05T10:00:00Z') };
const asked = {
  name: 'John Doe',
  email: 'johndoe@example.com',
  phone: '1234567890',
  address: '123 Main St, City',
  remarks: 'Interested in 100 Mbps plan',
};
const createLead = ispcrm.endpoints[0]!;

function wire(body: WireBody, headers: Wire['headers'] = {}): Wire {
  return { method: 'POST', path: createLead.path, params: {}, query: [], headers, body, text: '' };
}

function readBody(body: WireBody): CreateLead {
  const command = createLead.read(wire(body), context);
  if (isProblem(command) || command.kind !== 'createLead') throw new Error(JSON.stringify(command));
  return command;
}

const readJson = (changes: Record<string, unknown>) => readBody({ kind: 'json', value: { ...asked, ...changes } });

function refusal(body: WireBody) {
  const problem = createLead.read(wire(body), context);
  return isProblem(problem) ? ispcrm.refuse(problem) : problem;
}

const invalidData = { status: 400, body: { success: false, message: 'Invalid request data' } };

describe('CreateLead', () => {
  it('reads every documented parameter', () => {
    expect(readJson({})).toEqual({
      kind: 'createLead',
      draft: {
        values: {
          name: 'John Doe',
          email: 'johndoe@example.com',
          address: '123 Main St, City',
          description: 'Interested in 100 Mbps plan',
        },
        phone: { sent: '1234567890' },
      },
      origin: { name: 'name', email: 'email', phone: 'phone', address: 'address', description: 'remarks' },
      warnings: [],
    });
  });

  it('reads a form like JSON', () => {
    expect(readBody({ kind: 'form', pairs: Object.entries(asked) })).toEqual(readJson({}));
  });

  it.each([[{ address: null, remarks: '' }], [{ address: undefined, remarks: ' ' }]])(
    'treats %j as absent',
    (blank) => {
      expect(readJson(blank).draft.values).toEqual({ name: 'John Doe', email: 'johndoe@example.com' });
    },
  );

  it.each([
    [1234567890, '1234567890'],
    [' +91 98959 00056 ', '+91 98959 00056'],
    ['call me', 'call me'],
  ])('accepts the phone %j', (phone, sent) => {
    expect(readJson({ phone }).draft.phone).toEqual({ sent });
  });

  it.each([['a+b@mail.example.co.uk'], [' JOHN@EXAMPLE.COM '], ['用户@例子.测试'], ['jörg@example.com']])(
    'accepts the address %j',
    (email) => {
      expect(readJson({ email }).draft.values.email).toBe(email.trim());
    },
  );

  it.each([
    [{ name: undefined }],
    [{ name: '' }],
    [{ name: '  ' }],
    [{ name: null }],
    [{ name: 5 }],
    [{ name: ['John'] }],
    [{ name: 'x'.repeat(10_001) }],
    [{ email: undefined }],
    [{ email: 'johndoe' }],
    [{ email: 'john@localhost' }],
    [{ email: 'a@x.com, b@x.com' }],
    [{ email: 'jörg@example' }],
    [{ email: true }],
    [{ phone: undefined }],
    [{ phone: ' ' }],
    [{ phone: 12.5 }],
    [{ phone: '1'.repeat(101) }],
    [{ address: { street: 'Main' } }],
    [{ remarks: false }],
  ])('refuses %j', (changes) => {
    expect(refusal({ kind: 'json', value: { ...asked, ...changes } })).toEqual(invalidData);
  });

  it.each<[string, WireBody]>([
    ['nothing', { kind: 'empty' }],
    ['a list', { kind: 'json', value: [] }],
    ['null', { kind: 'json', value: null }],
    ['text', { kind: 'json', value: 'John' }],
    ['broken JSON', { kind: 'unreadable', problem: problemExamples.malformed }],
  ])('refuses a body of %s', (_, body) => {
    expect(refusal(body)).toEqual(invalidData);
  });

  it('keeps undocumented fields', () => {
    const more = Object.fromEntries(
      Object.entries(JSON.parse('{"__proto__":{"a":1},"plan":"100\\u0000","no":null,"_as":"x"}')),
    );
    const command = readBody({ kind: 'json', value: { ...more, ...asked } });
    expect(Object.entries(command.draft.dialect_fields ?? {})).toEqual([
      ['__proto__', { a: 1 }],
      ['plan', '100'],
    ]);
    expect(command.warnings).toEqual([{ code: 'field_limit_reached', at: '_as', value: 'x' }]);
  });

  it('keeps only as many undocumented fields as allowed, and reports the rest as left out', () => {
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`extra ${at}`, at]));
    const command = readJson({ ...many, huge: 'x'.repeat(20_000) });
    expect(Object.keys(command.draft.dialect_fields ?? {})).toHaveLength(50);
    expect(command.warnings).toHaveLength(11);
  });
});

describe('answers', () => {
  it.each([
    ['created', 'new', 'New'],
    ['merged', 'hot', 'Hot'],
  ] as const)('give the number and status of a lead that was %s', (did, status_id, status) => {
    const lead = newLead('00000000-0000-7000-8000-000000000001', 101, status_id, context.now);
    const call = { ...context, wire: wire({ kind: 'empty' }), command: readJson({}) };
    const reply = createLead.answer({ kind: 'lead', did, lead }, call);
    expect(reply.status).toBe(200);
    expect(JSON.stringify(reply.body)).toBe(
      `{"success":true,"message":"Lead created successfully","data":{"lead_id":101,"status":"${status}"}}`,
    );
  });

  it.each(Object.values(problemExamples))('have a message for $kind', (problem) => {
    expect(ispcrm.refuse(problem).body).toEqual({ success: false, message: expect.stringMatching(/\w/) });
  });

  it('to a wrong token have status 401', () => {
    expect(ispcrm.refuse(problemExamples.unauthenticated)).toEqual({
      status: 401,
      body: { success: false, message: 'Unauthorized' },
    });
  });
});

describe('the token', () => {
  it.each([
    ['Bearer lw_x', 'lw_x'],
    ['bearer   lw_x ', 'lw_x'],
    ['BEARER\tlw_x', 'lw_x'],
    ['Basic bHdfeDo=', undefined],
    ['lw_x', undefined],
    ['Bearer', undefined],
  ])('in %j is %j', (authorization, expected) => {
    expect(ispcrm.credentials(wire({ kind: 'empty' }, { authorization }))[0]).toBe(expected);
  });
});
