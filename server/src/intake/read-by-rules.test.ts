import { expect, test } from 'vitest';
import type { Wire } from '../platform/wire.ts';
import type { ReadingRule } from '../workspaces/reference/reading-rule.ts';
import { makeReferenceData } from '../workspaces/reference-data.ts';
import { readByRules } from './read-by-rules.ts';

const rule = (more: Partial<ReadingRule>): ReadingRule => ({
  id: 'r',
  dialect: 'dialler',
  token_id: null,
  field: 'type',
  value: 'motor-trad',
  folded_value: 'motor-trad',
  meaning: 'Motor trade',
  ...more,
});
const referenceDataWith = (...rules: ReadingRule[]) =>
  makeReferenceData({ id: 'w', name: 'w', region: 'GB', time_zone: 'UTC' }, {}, [], rules);
const json = (value: unknown): Wire => ({
  method: 'POST',
  path: '/lead/add',
  params: {},
  query: [],
  headers: {},
  body: { kind: 'json', value },
  text: '',
});
const read = (wire: Wire, rules: ReadingRule[], token_id: string | null = 't1', dialect = 'dialler') =>
  readByRules(wire, referenceDataWith(...rules), { dialect, token_id });
const bodyOf = ({ wire: { body } }: { wire: Wire }) => (body.kind === 'json' ? body.value : undefined);

test('a value is read as its rule says, in any case, and the request itself is not changed', () => {
  const sent = { type: ' Motor-Trad ', first_name: 'motor-trad' };
  const done = read(json(sent), [rule({})]);
  expect(bodyOf(done)).toEqual({ type: 'Motor trade', first_name: 'motor-trad' });
  expect(done.readings).toEqual([{ field: 'type', sent: 'Motor-Trad', meaning: 'Motor trade' }]);
  expect(sent.type).toBe(' Motor-Trad ');
});

test('a request without a matching rule stays the same object', () => {
  const wire = json({ type: 'motor-trad' });
  expect(read(wire, []).wire).toBe(wire);
  expect(read(wire, [rule({})], 't1', 'getlead').wire).toBe(wire);
  expect(bodyOf(read(wire, [rule({ field: 'subtype' })]))).toBe((wire.body as { value: unknown }).value);
});

test('a rule of a token applies to that token alone, and takes precedence over general rules', () => {
  const rules = [rule({}), rule({ id: 'own', token_id: 't1', meaning: 'Valeting' })];
  expect(bodyOf(read(json({ type: 'motor-trad' }), rules, 't1'))).toEqual({ type: 'Valeting' });
  expect(bodyOf(read(json({ type: 'motor-trad' }), rules, 't2'))).toEqual({ type: 'Motor trade' });
  expect(bodyOf(read(json({ type: 'motor-trad' }), rules, null))).toEqual({ type: 'Motor trade' });
});

test('the result of a rule is not read by another rule', () => {
  const rules = [rule({ meaning: 'b', folded_value: 'a' }), rule({ meaning: 'c', folded_value: 'b' })];
  expect(bodyOf(read(json({ type: 'a' }), rules))).toEqual({ type: 'b' });
});

test('rules reach into objects and lists, compare numbers as text, and tolerate names like __proto__', () => {
  const inside = rule({ field: 'contact.type' });
  expect(bodyOf(read(json({ contact: { type: 'motor-trad' } }), [inside]))).toEqual({
    contact: { type: 'Motor trade' },
  });
  expect(bodyOf(read(json({ rows: [{ type: 7 }] }), [rule({ field: 'rows[0].type', folded_value: '7' })]))).toEqual({
    rows: [{ type: 'Motor trade' }],
  });
  const odd = JSON.parse('{"__proto__": {"type": "motor-trad"}}');
  const done = bodyOf(read(json(odd), [rule({ field: '__proto__.type' })])) as object;
  expect(JSON.stringify(done)).toBe('{"__proto__":{"type":"Motor trade"}}');
  expect(Object.getPrototypeOf(done)).toBe(Object.prototype);
});

test('rules apply to forms and queries too', () => {
  const form: Wire = { ...json({}), body: { kind: 'form', pairs: [['type', 'motor-trad']] }, query: [['type', 'x']] };
  const done = read(form, [rule({})]);
  expect(done.wire.body).toEqual({ kind: 'form', pairs: [['type', 'Motor trade']] });
  expect(done.wire.query).toEqual([['type', 'x']]);
  const query: Wire = { ...json(null), body: { kind: 'empty' }, query: [['type', 'motor-trad']] };
  expect(read(query, [rule({})]).wire.query).toEqual([['type', 'Motor trade']]);
});
