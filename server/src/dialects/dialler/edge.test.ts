import { describe, expect, it } from 'vitest';
import { sampleWorkspace } from '../../../test/dialects/sent-wire.ts';
import { problemExamples } from '../../platform/problem.ts';
import { makeReferenceData } from '../../workspaces/reference-data.ts';
import type { Wire } from '../dialect.ts';
import { dialler } from './index.ts';
import { contents, wire, withReferenceData } from './sample.ts';

const { accepted } = withReferenceData(makeReferenceData(sampleWorkspace, contents));

describe('the dialler', () => {
  it('finds the key in the query, as a bearer token or in its own header', () => {
    const of = (over: Partial<Wire>) => dialler.credentials(wire({}, over))[0];
    expect(of({ query: [['key', 'lw_a']] })).toBe('lw_a');
    expect(of({ query: [['key', '']], headers: { authorization: 'bearer  lw_b' } })).toBe('lw_b');
    expect(of({ headers: { 'x-api-key': 'lw_c' } })).toBe('lw_c');
    expect(of({})).toBeUndefined();
  });

  it.each(Object.values(problemExamples))('has an answer for $kind', (problem) => {
    const reply = dialler.refuse(problem);
    expect(reply.status).toBeGreaterThanOrEqual(200);
    expect(JSON.stringify(reply.body)).not.toBe('{}');
  });

  it('uses the exceptions of its framework for errors that concern no field', () => {
    expect(JSON.stringify(dialler.refuse({ kind: 'unauthenticated', reason: 'unknown' }))).toBe(
      '{"status":401,"body":{"name":"Unauthorized","message":"Invalid Key","code":0,"status":401}}',
    );
    expect(dialler.refuse(problemExamples.malformed).body).toEqual({
      name: 'Bad Request',
      message: 'Invalid JSON data in request body: Syntax error.',
      code: 0,
      status: 400,
    });
    expect(dialler.refuse(problemExamples.method_not_allowed)).toMatchObject({
      status: 405,
      body: { message: expect.stringMatching(/can only handle the following request methods: POST\.$/) },
    });
    expect(dialler.refuse(problemExamples.unavailable).status).toBe(503);
  });

  it('gives an example that works unchanged in a shell', () => {
    const example = dialler.example('http://127.0.0.1:4000', 'lw_x');
    expect(example.match(/'/g)?.length).toBe(6);
    const body = JSON.parse(/-d '(.*)'$/.exec(example)?.[1] ?? '');
    expect(accepted({ ...body, type: 'motor-trade' }).call).toEqual({ delaySeconds: 600 });
  });
});
