import { expect, test } from 'vitest';
import type { Lead } from './get-lead.ts';
import { conflictsOf, valuesBefore } from './lead-change.ts';

const seen = {
  id: 'lead_1',
  version: 1,
  name: 'Anjali',
  city: null,
  status: 'New',
  status_id: 's1',
  custom: { Roof: 'flat' },
} as unknown as Lead;
const stored = (values: object) => ({ ...seen, version: 2, ...values }) as Lead;

test('a field that somebody else changed is reported as a conflict, with both values', () => {
  const change = { seen, patch: { name: 'Mine' }, shown: { name: 'Mine' } };
  expect(conflictsOf(change, stored({ name: 'Theirs' }))).toEqual([{ name: 'name', mine: 'Mine', theirs: 'Theirs' }]);
});

test('a change to another field, or to the same value, is no conflict', () => {
  const change = { seen, patch: { name: 'Mine' }, shown: { name: 'Mine' } };
  expect(conflictsOf(change, stored({ city: 'York' }))).toEqual([]);
  expect(conflictsOf(change, stored({ name: 'Mine' }))).toEqual([]);
});

test('a choice is compared by its id and shown by its name', () => {
  const change = { seen, patch: { status: 's2' }, shown: { status: 'Hot', status_id: 's2' } };
  const theirs = stored({ status: 'Won', status_id: 's3' });
  expect(conflictsOf(change, theirs)).toEqual([{ name: 'status', mine: 'Hot', theirs: 'Won' }]);
  expect(conflictsOf({ ...change, seen: { id: 'lead_1', version: 1, status_id: 's3' } }, theirs)).toEqual([]);
});

test('custom fields are compared one by one, empty ones too', () => {
  const shown = { custom: { Roof: 'flat', Tariff: 'Green' } };
  const change = { seen, patch: { custom: { Tariff: 'Green' } }, shown };
  expect(conflictsOf(change, stored({ custom: { Roof: 'steep' } }))).toEqual([]);
  expect(conflictsOf(change, stored({ custom: { Roof: 'flat', Tariff: 'Red' } }))).toEqual([
    { name: 'custom.Tariff', mine: 'Green', theirs: 'Red' },
  ]);
});

test('clearing a field that somebody else filled in is a conflict', () => {
  const change = { seen, patch: { name: null }, shown: { name: null } };
  expect(conflictsOf(change, stored({ name: 'Theirs' }))).toEqual([{ name: 'name', mine: null, theirs: 'Theirs' }]);
});

test('the values before a change are those of the fields it shows', () => {
  expect(valuesBefore(seen, { name: 'Mine' })).toEqual({ name: 'Anjali' });
});
