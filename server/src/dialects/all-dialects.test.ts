import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { problemExamples } from '../platform/problem.ts';
import { allDialects } from './all-dialects.ts';
import { readScenarios } from './conformance/read-exchanges.ts';
import type { Dialect, Problem, WireReply } from './dialect.ts';
import { mountedRoutesOf, ownerOf } from './mount/mounted-route.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
/** Folders shared by all dialects. */
const shared = ['mount', 'conformance'];
const vendors = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !shared.includes(entry.name))
  .map(({ name }) => name);

/** One example of every kind of problem, and further ones of the kinds that have several forms. */
const problems: readonly Problem[] = [
  ...Object.values(problemExamples),
  { kind: 'unauthenticated', reason: 'missing' },
  { kind: 'unauthenticated', reason: 'expired' },
  { kind: 'unauthenticated', reason: 'wrong_password' },
  { kind: 'not_found', what: 'lead' },
  { kind: 'not_found', what: 'call' },
  { kind: 'conflict', code: 'lead_closed' },
  { kind: 'method_not_allowed', allowed: [] },
];

test('every folder is a dialect, and every dialect has a folder', () => {
  expect(vendors.sort()).toEqual(allDialects.map(({ name }) => name).sort());
});

test('no two dialects answer for the same path', () => {
  const prefixes = allDialects.flatMap((dialect) => dialect.prefixes);
  expect(new Set(prefixes).size).toBe(prefixes.length);
});

describe.each(allDialects.map((dialect) => [dialect.name, dialect] as const))('%s', (name, dialect) => {
  test('has a README', () => {
    expect(readFileSync(join(here, name, 'README.md'), 'utf8').length).toBeGreaterThan(500);
  });

  test('has recorded exchanges with unique titles', () => {
    const titles = readScenarios(name).map(({ title }) => title);
    expect(titles.length).toBeGreaterThan(0);
    expect(new Set(titles).size).toBe(titles.length);
  });

  test('owns the paths of its endpoints, which are unique', () => {
    const ways = dialect.endpoints.flatMap(({ methods, path }) => methods.map((method) => `${method} ${path}`));
    expect(new Set(ways).size).toBe(ways.length);
    for (const { path } of dialect.endpoints) expect(ownerOf(path, allDialects)).toBe(dialect);
    expect(new Set(dialect.endpoints.map((endpoint) => endpoint.name)).size).toBe(dialect.endpoints.length);
  });

  test('has a reply for every problem, the same each time', () => {
    for (const refuse of refusersOf(dialect)) for (const problem of problems) expectWords(refuse, problem);
  });

  test('reveals nothing about an internal fault', () => {
    for (const refuse of refusersOf(dialect)) {
      const { status, body } = refuse({ kind: 'internal' });
      expect(status).toBeGreaterThanOrEqual(200);
      expect(JSON.stringify(body)).not.toMatch(/stack|sql|postgres|exception at|node:/i);
    }
  });

  test('gives an example that names the host and the token', () => {
    const example = dialect.example('https://leads.example', `${dialect.tokenPrefix}example`);
    expect(example).toMatch(/^curl /);
    expect(example).toContain(`https://leads.example${dialect.prefixes[0]}`);
    expect(example).toContain(`${dialect.tokenPrefix}example`);
  });

  test('finds no credential where there is none', () => {
    const headers = { authorization: '', cookie: 'token=x' };
    for (const body of [{ kind: 'empty' }, { kind: 'json', value: null }, { kind: 'json', value: [] }] as const) {
      const wire = { method: 'POST', path: '/', params: {}, query: [], headers, body, text: '' };
      expect(dialect.credentials(wire)).toEqual([]);
    }
  });
});

/** The refusals of all its routes, as clients get them. */
function refusersOf(dialect: Dialect): ((problem: Problem) => WireReply)[] {
  return mountedRoutesOf(dialect, ['PUT']).map(({ refuse }) => refuse);
}

function expectWords(refuse: (problem: Problem) => WireReply, problem: Problem): void {
  const reply = refuse(problem);
  expect(reply.status).toBeGreaterThanOrEqual(200);
  expect(reply.status).toBeLessThan(600);
  expect(typeof reply.body).toBe('object');
  expect(JSON.stringify(reply.body).length).toBeGreaterThan(2);
  expect(refuse(structuredClone(problem))).toEqual(reply);
  if (problem.kind === 'rate_limited' || problem.kind === 'unavailable') {
    expect(reply.status).toBe(problem.kind === 'unavailable' ? 503 : 429);
    expect(reply.headers?.['retry-after']).toBe(String(problem.retryAfterSeconds));
  }
  if (problem.kind === 'method_not_allowed') expect(reply.headers?.['allow']).toBe(problem.allowed.join(', '));
}
