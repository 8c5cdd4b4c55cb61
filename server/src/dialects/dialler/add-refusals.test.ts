import { describe, expect, it } from 'vitest';
import { sampleWorkspace } from '../../../test/dialects/sent-wire.ts';
import { makeReferenceData } from '../../workspaces/reference-data.ts';
import { contents, john, withReferenceData } from './sample.ts';

const { accepted, refused } = withReferenceData(makeReferenceData(sampleWorkspace, contents));

describe('lead/add, refusing', () => {
  it.each([[{}], [undefined], [[]], ['text'], [3], [null], [[john]]])(
    'finds every required field blank in %j',
    (body) => {
      expect(JSON.stringify(refused(body).body)).toBe(
        '{"email":{"0":"Email cannot be blank."},"first_name":{"0":"First Name cannot be blank."},' +
          '"surname":{"0":"Surname cannot be blank."},"mobile":{"0":"Mobile cannot be blank."},' +
          '"type":{"0":"Type cannot be blank."}}',
      );
    },
  );

  it.each([undefined, null, '', ' \t\r\n', [], {}, '\0'])('says that an email of %j is blank', (email) => {
    expect(refused({ ...john, email })).toEqual({ status: 400, body: { email: { 0: 'Email cannot be blank.' } } });
  });

  it.each([
    'john',
    'a@b',
    'a@b@c.com',
    'a b@c.com',
    'a@x\r\nRCPT TO',
    '用户@例子.测试',
    `${'a'.repeat(65)}@example.com`,
    true,
    { a: 1 },
  ])('says that %j is not an email address', (email) => {
    expect(refused({ ...john, email }).body).toEqual({ email: { 0: 'Email is not a valid email address.' } });
  });

  it.each(['12', 'abc', '985*******', '07840258823 / 07840258824', '9'.repeat(300), true, { n: 1 }])(
    'says that %j is not a mobile number',
    (mobile) => {
      expect(refused({ ...john, mobile }).body).toEqual({ mobile: { 0: 'Mobile is invalid.' } });
    },
  );

  it('says that lists, objects and booleans are not strings', () => {
    const body = { ...john, first_name: ['John'], surname: false, type: { a: 1 }, subtype: [1], other_phone: true };
    expect(refused(body).body).toEqual({
      first_name: { 0: 'First Name must be a string.' },
      surname: { 0: 'Surname must be a string.' },
      type: { 0: 'Type must be a string.' },
      subtype: { 0: 'Subtype must be a string.' },
      other_phone: { 0: 'Other Phone must be a string.' },
    });
  });

  it('refuses text that is too long instead of truncating it', () => {
    expect(accepted({ ...john, surname: '😀'.repeat(10_000) }).draft.values.last_name).toHaveLength(20_000);
    expect(refused({ ...john, surname: 'x'.repeat(10_001) }).body).toEqual({
      surname: { 0: 'Surname should contain at most 10,000 characters.' },
    });
  });

  const deep = '['.repeat(33) + ']'.repeat(33);
  it.each([
    '',
    '  ',
    'null',
    '{}',
    '[]',
    '""',
    'false',
    '{bad',
    "{'a':1}",
    '\\"',
    deep,
    `"${'x'.repeat(65_536)}"`,
    [],
    {},
  ])('finds no content in data %j', (data) => {
    expect(refused({ ...john, data })).toEqual({
      status: 400,
      body: { data: { 0: 'Empty or invalid content of `data` field' } },
    });
  });

  it.each([
    ['abc', 'Delays must be a number.'],
    ['10 minutes', 'Delays must be a number.'],
    ['1,000', 'Delays must be a number.'],
    ['9'.repeat(300), 'Delays must be a number.'],
    [true, 'Delays must be a number.'],
    [[5], 'Delays must be a number.'],
    [-1, 'Delays must be no less than 0.'],
    ['-0.5', 'Delays must be no less than 0.'],
    [31_536_001, 'Delays must be no greater than 31536000.'],
    ['1e99', 'Delays must be no greater than 31536000.'],
  ])('refuses a delay of %j: %s', (delays, message) => {
    expect(refused({ ...john, delays }).body).toEqual({ delays: { 0: message } });
  });

  it('reports each failing field once, blank ones before those with a wrong format', () => {
    const body = { ...john, email: 'x', surname: '', mobile: 'y', delays: 'z', data: '' };
    expect(Object.keys(refused(body).body as object)).toEqual(['surname', 'email', 'mobile', 'data', 'delays']);
  });

  it('checks the format before the type, even for a test', () => {
    expect(refused({ ...john, email: 'x', type: 'nope' }).status).toBe(400);
    expect(refused({ ...john, email: 'x', test: true }).body).toEqual({
      email: { 0: 'Email is not a valid email address.' },
    });
  });

  it('saves a lead of an unknown type without processing it', () => {
    expect(JSON.stringify(refused({ ...john, type: 'nope' }))).toBe(
      '{"status":200,"body":{"saved":true,"processed":false,"error":"Unknown Type"}}',
    );
    expect(refused({ ...john, type: 7 }).status).toBe(200);
  });
});
