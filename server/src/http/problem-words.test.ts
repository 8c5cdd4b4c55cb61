import { expect, test } from 'vitest';
import { issueCodes, problemExamples } from '../platform/problem.ts';
import { issueSentence } from './issue-words.ts';
import { wordProblem } from './problem-words.ts';

const statuses = {
  malformed: 400,
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  too_large: 413,
  unsupported_media: 415,
  rate_limited: 429,
  unavailable: 503,
  internal: 500,
} as const;

test.each(Object.values(problemExamples))('$kind is worded as an RFC 9457 problem', (problem) => {
  const { status, body } = wordProblem(problem);
  expect(status).toBe(statuses[problem.kind]);
  expect(body).toMatchObject({
    type: expect.stringMatching(/^\/problems\/[a-z_]+$/),
    title: expect.stringMatching(/\.$/),
    status,
  });
  expect(JSON.stringify(body)).not.toContain('undefined');
});

test('headers say when to retry, which methods are allowed and which scope is missing', () => {
  expect(wordProblem(problemExamples.unavailable).headers).toMatchObject({ 'retry-after': '2' });
  expect(wordProblem(problemExamples.rate_limited).headers).toMatchObject({ 'retry-after': '1' });
  expect(wordProblem(problemExamples.method_not_allowed).headers).toMatchObject({ allow: 'POST' });
  expect(wordProblem(problemExamples.forbidden).headers?.['www-authenticate']).toContain('insufficient_scope');
});

test.each(issueCodes)('the rule %s has a sentence that names the field', (code) => {
  const sentence = issueSentence({ at: 'phone', code, limits: { min: 1, max: 9, allowed: ['a', 'b'] } });
  expect(sentence).toMatch(/^phone .+\.$/);
  expect(sentence).not.toContain('undefined');
});
