import { describe, expect, it } from 'vitest';
import { problemExamples } from '../../platform/problem.ts';
import type { Wire } from '../dialect.ts';
import { getlead } from './index.ts';

function wire(query: Record<string, string>, parts: Partial<Wire> = {}): Wire {
  const base = { method: 'POST', path: '/', params: {}, headers: {}, body: { kind: 'empty' }, text: '' } as const;
  return { ...base, query: Object.entries(query), ...parts };
}

describe('the token', () => {
  it.each([
    ['a parameter', wire({ token: ' gl_q ' }), 'gl_q'],
    [
      'the body before the query',
      wire({ token: 'gl_q' }, { body: { kind: 'json', value: { token: 'gl_b' } } }),
      'gl_b',
    ],
    ['the path before parameters', wire({ token: 'gl_q' }, { params: { token: 'gl_p' } }), 'gl_p'],
    ['a parameter where the path was not filled in', wire({ token: 'gl_q' }, { params: { token: '{token}' } }), 'gl_q'],
    ['a parameter before a header', wire({ token: 'gl_q' }, { headers: { authorization: 'Token gl_h' } }), 'gl_q'],
    ['Authorization: Token', wire({}, { headers: { authorization: 'Token  gl_h' } }), 'gl_h'],
    ['Authorization: bearer', wire({}, { headers: { authorization: 'bearer gl_h' } }), 'gl_h'],
    ['Authorization alone', wire({}, { headers: { authorization: 'gl_h' } }), 'gl_h'],
    ['X-Api-Key', wire({}, { headers: { 'x-api-key': 'gl_k' } }), 'gl_k'],
    ['nowhere', wire({ token: '' }, { headers: { authorization: 'Basic Z2xfeA==' } }), undefined],
  ])('is found in: %s', (_, request, expected) => {
    expect(getlead.credentials(request)[0]).toBe(expected);
  });
});

describe('refusals', () => {
  it.each(Object.values(problemExamples))('have a message for $kind on every endpoint', (problem) => {
    for (const { name, refuse = getlead.refuse } of getlead.endpoints) {
      const word = name === 'gl-website-contacts' ? 'fail' : 'error';
      expect(refuse(problem).body).toEqual({ status: word, message: expect.stringMatching(/^[A-Z].*\.$/) });
    }
  });

  it('are the same for a wrong token as for a wrong parameter', () => {
    expect(getlead.refuse(problemExamples.unauthenticated)).toEqual({
      status: 200,
      body: { status: 'error', message: 'Please check the parameters.' },
    });
  });
});
