import { describe, expect, it } from 'vitest';
import { makeReferenceData } from '../../../workspaces/reference-data.ts';
import type { Result } from '../../dialect.ts';
import { crmcom } from '../index.ts';
import { contents, endpoint, wire, withReferenceData, workspace } from '../sample.ts';

const referenceData = makeReferenceData(workspace, contents);
const { accepted, context } = withReferenceData(referenceData);
const get = (query: string) => wire(undefined, { query: [...new URLSearchParams(query)] });
const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

describe('the credential', () => {
  it.each([
    ['the body of a POST', wire({ token: ' T ' }), 'T'],
    ['the query of a GET', get('token=T'), 'T'],
    ['the body before the query', wire({ token: 'T' }, { query: [['token', 'Q']] }), 'T'],
    ['the query of a POST whose body has none', wire({}, { query: [['token', 'Q']] }), 'Q'],
    ['a number', wire({ token: 123 }), '123'],
    ['HTTP Basic, as its user name', wire(undefined, { headers: basic('key:') }), 'key'],
    ['HTTP Basic with a password that says nothing', wire(undefined, { headers: basic('key:secret') }), 'key'],
    ['HTTP Basic without its colon', wire(undefined, { headers: basic('20B3EF1D0EDB4E7C') }), '20B3EF1D0EDB4E7C'],
    ['basic in small letters', wire(undefined, { headers: { authorization: 'basic a2V5Og==' } }), 'key'],
    ['a bearer token', wire({}, { headers: { authorization: 'bearer T' } }), 'T'],
    [
      'JSON that is broken elsewhere',
      wire(
        {},
        { body: { kind: 'unreadable', problem: { kind: 'malformed', detail: 'x' } }, text: '{"token" : "T", }' },
      ),
      'T',
    ],
    ['nowhere: an object', wire({ token: { a: 1 } }), undefined],
    ['nowhere: a list', wire([{ token: 'T' }]), undefined],
    ['nowhere: blanks', wire({ token: '  ' }, { headers: basic(':') }), undefined],
  ])('is in %s', (_, sent, expected) => {
    expect(crmcom.credentials(sent)[0]).toBe(expected);
  });
});

describe('signing in', () => {
  it('reads user name, password and organisation, and the unit if there is one', () => {
    const body = { username: 'u', password: 'p', organisation: 'ORG' };
    const command = { kind: 'signIn', ...body };
    expect(accepted('authentication-token', wire(body))).toEqual(command);
    const unit = 'EE63A82C4FEBE02FF34E90DD1EBA5ABE';
    expect(accepted('authentication-token', wire({ ...body, unit }))).toEqual({ ...command, unit });
    expect(accepted('authentication-token', wire({ ...body, password: 1234 }))).toEqual({
      ...command,
      password: '1234',
    });
  });

  it.each([
    ['no body', undefined],
    ['an empty list', []],
    ['an empty object', {}],
  ])('by key accepts %s', (_, body) => {
    expect(accepted('authentication-web-api-key-token', wire(body))).toEqual({ kind: 'signInByKey' });
  });

  it('returns the token, and signing out returns nothing', () => {
    const call = { ...context, wire: wire({}), command: { kind: 'signOut' } as const };
    const status = { code: 'OK', message: null, description: null };
    const signedIn: Result = { kind: 'signed_in', token: 'jwt', expires_at: new Date(0) };
    const reply = endpoint('authentication-token').answer(signedIn, call);
    expect(JSON.stringify(reply.body)).toBe(JSON.stringify({ status, data: { token: 'jwt' } }));
    const released = endpoint('authentication-token-release').answer({ kind: 'signed_out' }, call);
    expect(released).toEqual({ status: 200, body: { status, data: {} } });
  });
});
