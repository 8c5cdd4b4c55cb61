import { describe, expect, it } from 'vitest';
import { sampleWorkspace } from '../../../test/dialects/sent-wire.ts';
import { newLead } from '../../leads/lead.ts';
import { problemExamples } from '../../platform/problem.ts';
import { makeReferenceData } from '../../workspaces/reference-data.ts';
import { overplane } from './index.ts';
import { contents, ids, replyBody, wire } from './sample.ts';

describe('Overplane', () => {
  it.each([
    ['Bearer sk_a', 'sk_a'],
    ['bearer  sk_a ', 'sk_a'],
    [`Basic ${Buffer.from('sk_a:').toString('base64')}`, 'sk_a'],
    [`basic ${Buffer.from('sk_a').toString('base64')}`, 'sk_a'],
    ['Bearer', undefined],
    ['Basic', undefined],
    ['Token sk_a', undefined],
    ['', undefined],
  ])('finds the key in %j', (authorization, key) => {
    expect(overplane.credentials(wire(undefined, { headers: { authorization } }))[0]).toBe(key);
    expect(overplane.credentials(wire(undefined))[0]).toBeUndefined();
  });

  it.each(Object.values(problemExamples))('answers $kind with all four parts of an error', (problem) => {
    const { status, body } = overplane.refuse(problem);
    const { error } = body as { error: Record<string, unknown> };
    expect(status).toBeGreaterThanOrEqual(400);
    expect(Object.keys(error)).toEqual(['type', 'message', 'param', 'code']);
    expect(error['message']).toMatch(/\.$/);
  });

  it('has a status and an error type for every kind of problem', () => {
    const said = Object.values(problemExamples).map((problem) => {
      const { status, body } = overplane.refuse(problem);
      return `${problem.kind} ${status} ${(body as { error: { type: string } }).error.type}`;
    });
    expect(said).toEqual([
      'malformed 400 invalid_request_error',
      'invalid 400 invalid_request_error',
      'unauthenticated 401 authentication_error',
      'forbidden 403 authentication_error',
      'not_found 404 invalid_request_error',
      'method_not_allowed 405 invalid_request_error',
      'conflict 409 invalid_request_error',
      'too_large 413 invalid_request_error',
      'unsupported_media 415 invalid_request_error',
      'rate_limited 429 rate_limit_error',
      'unavailable 503 api_error',
      'internal 500 api_error',
    ]);
  });

  it('gives an example that works unchanged in a shell', () => {
    const example = overplane.example('http://127.0.0.1:4000', 'sk_x');
    expect(example.match(/'/g)?.length).toBe(8);
    expect(JSON.parse(/-d '(.*)'$/.exec(example)?.[1] ?? '')).toMatchObject({ first_name: 'Ann' });
  });
});

describe('other answers', () => {
  const context = {
    referenceData: makeReferenceData(sampleWorkspace, contents),
    region: 'GB',
    now: new Date('2026-05-04T10:00:00Z'),
  };
  const lead = newLead(ids.lead, 1, ids.new, context.now);

  it('list leads and say whether there are more', () => {
    const list = (offset: number, total: number) =>
      replyBody({ kind: 'leads', leads: [lead], total, offset, limit: 1 }, context) as { has_more: boolean };
    expect(Object.keys(list(0, 1))).toEqual(['data', 'has_more', 'total']);
    expect([list(0, 1), list(0, 2), list(1, 2), list(5, 2)].map((one) => one.has_more)).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });

  it('confirm a deletion', () => {
    expect(JSON.stringify(replyBody({ kind: 'deleted', lead }, context))).toBe(
      '{"id":"lead_01j2g00000e00800000000000a","deleted":true}',
    );
  });
});
