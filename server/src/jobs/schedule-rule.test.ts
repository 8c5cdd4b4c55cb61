import { expect, test } from 'vitest';
import { nextTime } from './schedule-rule.ts';

/** The times that follow an instant, one after the other. */
function times(daily: string, zone: string, from: string, count: number): string[] {
  const found: string[] = [];
  for (let at = new Date(from); found.length < count; ) {
    at = nextTime({ daily }, at, zone);
    found.push(at.toISOString());
  }
  return found;
}

test('a daily time follows the local clock in summer and in winter', () => {
  expect(times('08:00', 'Europe/London', '2026-03-28T07:59:59Z', 3)).toEqual([
    '2026-03-28T08:00:00.000Z',
    '2026-03-29T07:00:00.000Z',
    '2026-03-30T07:00:00.000Z',
  ]);
  expect(times('08:00', 'Asia/Kolkata', '2026-03-28T02:30:00Z', 1)).toEqual(['2026-03-29T02:30:00.000Z']);
});

test('a time skipped by a clock change runs an hour later that day, once', () => {
  expect(times('01:30', 'Europe/London', '2026-03-28T12:00:00Z', 2)).toEqual([
    '2026-03-29T01:30:00.000Z',
    '2026-03-30T00:30:00.000Z',
  ]);
});

test('a time that occurs twice in a day runs only the first time', () => {
  expect(times('01:30', 'Europe/London', '2026-10-24T12:00:00Z', 2)).toEqual([
    '2026-10-25T00:30:00.000Z',
    '2026-10-26T01:30:00.000Z',
  ]);
});

test.each([
  ['Australia/Lord_Howe', '02:15', '2026-03-20T12:00:00Z'],
  ['Australia/Lord_Howe', '02:15', '2026-09-20T12:00:00Z'],
  ['America/Santiago', '00:00', '2026-08-25T12:00:00Z'],
  ['America/Santiago', '23:30', '2026-03-25T12:00:00Z'],
])('in %s each day has one %s, even if clocks change by half an hour or at midnight', (zone, daily, from) => {
  const found = times(daily, zone, from, 30).map((at) => Date.parse(at));
  const gaps = found.slice(1).map((at, index) => Math.round((at - (found[index] ?? 0)) / 86_400_000));
  expect(new Set(gaps)).toEqual(new Set([1]));
});

test('an interval counts from its planned time, and missed runs are skipped', () => {
  const planned = new Date('2026-05-01T10:00:00Z');
  const next = (now: string) => nextTime({ everyMinutes: 15 }, new Date(now), 'UTC', planned).toISOString();
  expect(next('2026-05-01T10:00:07Z')).toBe('2026-05-01T10:15:00.000Z');
  expect(next('2026-05-01T11:07:00Z')).toBe('2026-05-01T11:15:00.000Z');
  expect(next('2026-05-01T11:15:00Z')).toBe('2026-05-01T11:30:00.000Z');
});
