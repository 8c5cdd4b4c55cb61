import { describe, expect, test } from 'vitest';
import type { ExchangeReply, ExchangeRequest, Scenario, Step } from './exchange.ts';
import { describeFailure, runScenario } from './run-exchange.ts';

const tokens = { vendor: 'v-token', other: 'o-token', native: 'n-token' };

async function run(steps: Step[], ...replies: { status?: number; headers?: Record<string, string>; body: unknown }[]) {
  const sent: ExchangeRequest[] = [];
  const send = async (request: ExchangeRequest): Promise<ExchangeReply> => {
    sent.push(request);
    const { status = 200, headers = {}, body } = replies[sent.length - 1] ?? { body: null };
    return { status, headers, text: typeof body === 'string' ? body : JSON.stringify(body) };
  };
  const scenario: Scenario = { title: 'A scenario', steps };
  return { sent, failures: await runScenario(scenario, send, { dialect: 'vendor', tokens }) };
}

const get = (reply: Step['reply']): Step => ({ request: { method: 'GET', url: '/' }, reply });

describe('a step', () => {
  test('is sent with the tokens of its dialect and of others', async () => {
    const request = {
      method: 'POST',
      url: '/a?key={{token}}',
      headers: { 'X-Other': 'Bearer {{token:other}}' },
      body: { a: ['{{token:native}}', 1] },
    };
    const { sent } = await run([
      { request, reply: { status: 200 } },
      { request: { ...request, as: 'other' }, reply: { status: 200 } },
    ]);
    expect(sent[0]).toEqual({
      as: 'vendor',
      method: 'POST',
      url: '/a?key=v-token',
      headers: { 'content-type': 'application/json', 'x-other': 'Bearer o-token' },
      text: '{"a":["n-token",1]}',
    });
    expect(sent[1]).toMatchObject({ as: 'other', url: '/a?key=o-token' });
  });

  test('is sent with its own content type, or as raw text', async () => {
    const headers = { 'Content-Type': 'text/plain' };
    const { sent } = await run([
      { request: { method: 'POST', url: '/', headers, body: {} }, reply: { status: 200 } },
      { request: { method: 'POST', url: '/', text: '{"a":1,}{{token}}' }, reply: { status: 200 } },
    ]);
    expect(sent[0]?.headers).toEqual({ 'content-type': 'text/plain' });
    expect(sent[1]).toEqual({ as: 'vendor', method: 'POST', url: '/', headers: {}, text: '{"a":1,}v-token' });
  });

  test('leaves unknown names in braces unchanged', async () => {
    const { sent } = await run([
      { request: { method: 'POST', url: '/', body: '{{7*7}} {{nobody}}' }, reply: { status: 200 } },
    ]);
    expect(sent[0]?.text).toBe('"{{7*7}} {{nobody}}"');
  });

  test('passes kept values to later steps with their type', async () => {
    const first: Step = { ...get({ status: 200 }), keep: { id: 'data.0.id', gone: 'data.x.y' } };
    const second: Step = {
      request: { method: 'POST', url: '/{{id}}', body: { id: '{{id}}' } },
      reply: { status: 200, body: { id: '{{id}}' } },
    };
    const { sent, failures } = await run([first, second], { body: { data: [{ id: 7 }] } }, { body: { id: 7 } });
    expect(sent[1]).toMatchObject({ url: '/7', text: '{"id":7}' });
    expect(failures).toEqual([]);
  });
});

describe('a reply', () => {
  test.each([
    [
      { a: '<any>', b: '<text>', c: '<integer>' },
      { a: null, b: 'x', c: 3 },
    ],
    [{ a: '<hex32>' }, { a: '01890A5DAC96774BBCCEB302099A8057' }],
    [
      ['<timestamp>', '<timestamp>'],
      ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.678Z'],
    ],
    [
      { a: '<lead_id>', b: '<token>' },
      { a: 'lead_01h455vb4pex5vsknk084sn02q', b: 'x'.repeat(33) },
    ],
    [
      { '0': 'x', a: null, b: '<b>x</b>' },
      { '0': 'x', a: null, b: '<b>x</b>' },
    ],
  ])('matches what is recorded: %j', async (expected, body) => {
    expect((await run([get({ status: 200, body: expected })], { body })).failures).toEqual([]);
  });

  test.each([
    [{ a: '<text>' }, { a: '' }],
    [{ a: '<integer>' }, { a: '3' }],
    [{ a: '<hex32>' }, { a: '01890a5dac96774bbcceb302099a8057' }],
    [{ a: '<timestamp>' }, { a: '2026-01-02T03:04:05+00:00' }],
    [{ a: '<lead_id>' }, { a: 'lead_abc123' }],
    [{ a: '<token>' }, { a: 'x'.repeat(32) }],
    [{ a: 1 }, { a: '1' }],
    [{ a: null }, {}],
    [{ a: 1 }, { a: 1, b: 2 }],
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    [[1, 2], [1]],
    [{ a: [] }, { a: {} }],
    [{ a: {} }, { a: null }],
    [{}, 'no JSON'],
  ])('differs from what is recorded: %j, %j', async (expected, body) => {
    expect((await run([get({ status: 200, body: expected })], { body })).failures).toHaveLength(1);
  });

  test('is compared by status, headers and each part of the body', async () => {
    const reply = { status: 201, headers: { Allow: 'POST', 'x-any': '<text>' }, body: { a: { b: [1, 2] }, c: 'x' } };
    const { failures } = await run([get(reply)], {
      status: 200,
      headers: { allow: 'GET', 'x-any': 'y' },
      body: { a: { b: [1, 3] }, c: 'y' },
    });
    expect(failures.map(({ at }) => at)).toEqual(['status', 'headers.Allow', 'body.a.b.1', 'body.c']);
    expect(failures.map(describeFailure)[2]).toBe('Step 1, GET /: body.a.b.1 should be 2, was 3.');
  });
});
