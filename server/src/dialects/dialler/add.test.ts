import { describe, expect, it } from 'vitest';
import { sampleWorkspace } from '../../../test/dialects/sent-wire.ts';
import { newLead } from '../../leads/lead.ts';
import { makeReferenceData } from '../../workspaces/reference-data.ts';
import type { Result } from '../dialect.ts';
import { add } from './add.ts';
import { dialler } from './index.ts';
import { contents, john, TYPE, wire, withReferenceData } from './sample.ts';

const { accepted, context } = withReferenceData(makeReferenceData(sampleWorkspace, contents));

describe('lead/add, reading', () => {
  it('reads the documented request as a lead with a call in ten minutes', () => {
    const data = '{"vehicle_make":"Ford","addresss":"123 Greenacre Road"}';
    expect(accepted({ ...john, subtype: 'valeter', delays: 600, data })).toMatchObject({
      kind: 'createLead',
      draft: {
        values: {
          name: 'John Doe',
          first_name: 'John',
          last_name: 'Doe',
          email: 'john.doe@example.com',
          subtype: 'valeter',
        },
        phone: { sent: '07840258823' },
        references: { type_id: TYPE },
        dialect_fields: { data },
      },
      call: { delaySeconds: 600 },
    });
  });

  it('plans the call at once if no delay is given', () => {
    for (const delays of [undefined, null, '', '  ', [], {}])
      expect(accepted({ ...john, delays }).call).toEqual({ delaySeconds: 0 });
  });

  it.each([
    [600, 600],
    ['600', 600],
    [' 600 ', 600],
    [600.5, 601],
    ['1e3', 1000],
    ['.5', 1],
    [0, 0],
    ['-0', 0],
    [31_536_000, 31_536_000],
  ])('reads a delay of %j as %d seconds', (delays, delaySeconds) => {
    expect(accepted({ ...john, delays }).call).toStrictEqual({ delaySeconds });
  });

  it('finds the type in any letter case', () => {
    expect(accepted({ ...john, type: ' Motor-TRADE ' }).draft.references).toEqual({ type_id: TYPE });
  });

  it.each([
    '+4403308081500',
    '(+440)3308081500',
    '0330 808 1500',
    '0044(0)330 808 1500',
    '00443308081500',
    '+91 98959 12345',
    '٠٧٨٤٠٢٥٨٨٢٣',
    '07700900123',
    447840258823,
  ])('accepts %j as a mobile number', (mobile) => {
    expect(accepted({ ...john, mobile }).draft.phone).toEqual({ sent: String(mobile) });
  });

  it.each([true, 'true', 'TRUE', ' True ', 1, '1'])('treats test: %j as a test', (test) => {
    expect(accepted({ ...john, test }).test).toBe(true);
  });

  it.each([false, 'false', 0, '', null, 'yes', 'no', {}])('treats test: %j as a real lead', (test) => {
    expect(accepted({ ...john, test }).test).toBeUndefined();
  });

  it('accepts a test with an unknown type, because only the format is checked', () => {
    const command = accepted({ ...john, type: 'nope', test: true });
    expect(command.test).toBe(true);
    expect(command.draft.references).toBeUndefined();
  });

  it('accepts data as JSON text or as JSON itself', () => {
    expect(accepted({ ...john, data: { a: 'x\0' } }).draft.dialect_fields).toEqual({ data: '{"a":"x\\u0000"}' });
    const deep = '['.repeat(32) + ']'.repeat(32);
    expect(accepted({ ...john, data: deep }).draft.dialect_fields).toEqual({ data: deep });
    expect(accepted({ ...john, data: '[1]' }).draft.dialect_fields).toEqual({ data: '[1]' });
    expect(accepted({ ...john, data: null }).draft.dialect_fields).toBeUndefined();
  });

  it('keeps undocumented fields, whatever their names, but never the key', () => {
    const body = JSON.parse('{"__proto__":{"x":1},"constructor":"c","notes":"n","key":"lw_secret","_as":1}');
    const command = accepted({ ...john, ...Object.fromEntries(Object.entries(body)) });
    const kept = new Map(Object.entries(command.draft.dialect_fields ?? {}));
    expect([...kept]).toEqual([
      ['__proto__', { x: 1 }],
      ['constructor', 'c'],
      ['notes', 'n'],
    ]);
    expect(command.warnings).toEqual([{ code: 'field_limit_reached', at: '_as', value: '1' }]);
  });

  it('keeps fifty unknown fields and reports the rest as left out', () => {
    const many = Object.fromEntries(Array.from({ length: 52 }, (_, at) => [`field ${at}`, at]));
    const command = accepted({ ...john, ...many });
    expect(Object.keys(command.draft.dialect_fields ?? {})).toHaveLength(50);
    expect(command.warnings?.map(({ at }) => at)).toEqual(['field 50', 'field 51']);
  });

  it('accepts two names that would be too long when joined', () => {
    const first_name = 'x'.repeat(10_000);
    expect(accepted({ ...john, first_name }).draft.values).toMatchObject({
      name: first_name,
      first_name,
      last_name: 'Doe',
    });
  });

  it('drops NUL and keeps scripts, quotes and other alphabets as text', () => {
    const command = accepted({
      ...john,
      first_name: "O'Br\0ien<script>",
      surname: '王小明',
      other_phone: 'ask for Jo',
    });
    expect(command.draft.values).toMatchObject({ first_name: "O'Brien<script>", last_name: '王小明' });
    expect(command.draft.other_phone).toEqual({ sent: 'ask for Jo' });
  });
});

describe('lead/add, answering', () => {
  const call = { ...context, wire: wire(john), command: accepted(john) };
  const lead = newLead('0190a000-0000-7000-8000-00000000000a', 1, '', context.now);

  it.each<[Extract<Result, { kind: 'lead' }>['did'], Extract<Result, { kind: 'lead' }>['call'], string]>([
    ['created', 'scheduled', '{"saved":true,"processed":true}'],
    ['attached', 'scheduled', '{"saved":true,"processed":true}'],
    ['attached', 'existing_contact', '{"saved":true,"processed":false,"error":"Existing Contact"}'],
    ['attached', 'already_scheduled', '{"saved":true,"processed":false,"error":"Another call is already scheduled"}'],
    ['rehearsed', 'existing_contact', '{"test":"ok"}'],
  ])('has the documented answer for a lead %s with the call %s', (did, planned, body) => {
    const reply = add.answer({ kind: 'lead', did, lead, ...(planned && { call: planned }) }, call);
    expect(reply.status).toBe(200);
    expect(JSON.stringify(reply.body)).toBe(body);
  });

  it('answers "Existing Contact", not an error, when the token refuses known leads', () => {
    expect(dialler.refuse({ kind: 'conflict', code: 'duplicate_lead' })).toEqual({
      status: 200,
      body: { saved: true, processed: false, error: 'Existing Contact' },
    });
  });
});
