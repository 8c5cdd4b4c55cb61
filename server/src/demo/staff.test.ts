import { expect, test } from 'vitest';
import { staffFor } from './staff.ts';

test.each([
  [1, 6],
  [10_000, 6],
  [100_000, 51],
  [1_000_000, 151],
])('a firm with %i leads has %i people, no two with the same name', (leads, count) => {
  const names = staffFor(leads).map(({ name }) => name);
  expect(names).toHaveLength(count);
  expect(new Set(names).size).toBe(count);
});
