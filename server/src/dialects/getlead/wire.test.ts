import { describe, expect, it } from 'vitest';
import type { Pairs, Wire } from '../dialect.ts';
import { isBodyIgnored, leadOrigin, parameters } from './wire.ts';

function wire(query: Pairs, body: Wire['body'] = { kind: 'empty' }): Wire {
  return { method: 'POST', path: '/', params: {}, query, headers: {}, body, text: '' };
}

describe('the parameters of a request', () => {
  it.each([
    ['Referred By', 'Referred_By'],
    ['a.b', 'a_b'],
    ['  lead', 'lead'],
    ['x y[z w]', 'x_y[z w]'],
    ['x[y', 'x_y'],
    ['[x]', '_x]'],
  ])('are named in a query as PHP names them: %j', (sent, name) => {
    expect([...parameters(wire([[sent, '1']]))]).toEqual([[name, '1']]);
    expect([...parameters(wire([], { kind: 'form', pairs: [[sent, '1']] }))]).toEqual([[name, '1']]);
  });

  it('keep their literal names in JSON', () => {
    const body = { kind: 'json', value: { 'deal name': 'D1', 'a.b': '1' } } as const;
    expect([...parameters(wire([], body)).keys()]).toEqual(['deal name', 'a.b']);
  });

  it('keep all values of a list, but only the last of a plain name', () => {
    const pairs = [
      ['p[]', '1'],
      ['p[]', '2'],
      ['p[]', '3'],
      ['City', 'A'],
      ['City', 'B'],
    ] as const;
    expect([...parameters(wire(pairs))]).toEqual([
      ['p[]', ['1', '2', '3']],
      ['City', 'B'],
    ]);
  });

  it('are absent if they are blank, and text if they are numbers out of range', () => {
    const value = JSON.parse('{"a":"","b":" \\t","c":null,"d":1e400,"e":0,"f":false}');
    expect([...parameters(wire([], { kind: 'json', value }))]).toEqual([
      ['d', 'Infinity'],
      ['e', 0],
      ['f', false],
    ]);
  });

  it('are empty if the body is not an object', () => {
    for (const value of [[], null, 'text', 5]) {
      const request = wire([], { kind: 'json', value });
      expect(parameters(request).size).toBe(0);
      expect(isBodyIgnored(request)).toBe(true);
    }
    expect(isBodyIgnored(wire([]))).toBe(false);
  });
});

it('the origin names the parameter of each lead field', () => {
  expect(leadOrigin).toMatchObject({ phone: 'mobileno', source_id: 'source', owner_id: 'staff_name' });
});
