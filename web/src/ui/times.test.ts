import { expect, test } from 'vitest';
import { relative } from './times.ts';

const now = Date.UTC(2026, 10, 21, 12);
const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

test.each([
  [20_000, 'now'],
  [6 * minute, '6m'],
  [59 * minute, '59m'],
  [60 * minute, '1h'],
  [23 * hour, '23h'],
  [6 * day, '6d'],
])('a time %i ms ago is shown as %s', (ago, words) => {
  expect(relative(now - ago, now)).toBe(words);
});

test('a time in the future is shown as such', () => {
  expect(relative(now + 2 * day, now)).toBe('in 2d');
});

test('after a week the date is shown, with its year if it is not the current one', () => {
  expect(relative(now - 7 * day, now)).toContain(String(new Date(now - 7 * day).getDate()));
  expect(relative(now - 7 * day, now)).not.toMatch(/2026/);
  expect(relative(now - 400 * day, now)).toMatch(/2025/);
});
