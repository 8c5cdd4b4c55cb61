import { expect, test } from 'vitest';
import { bothTimes, presetsFor, readThere, timeThere, writeThere } from './zone-times.ts';

const iso = (at: number | undefined) => new Date(at ?? 0).toISOString();
const now = Date.parse('2026-03-28T12:00:00Z');

test('a time of day is in the callee’s time zone, on both sides of a clock change', () => {
  expect(iso(timeThere(now, 0, 17, 'Europe/London'))).toBe('2026-03-28T17:00:00.000Z');
  expect(iso(timeThere(now, 1, 10, 'Europe/London'))).toBe('2026-03-29T09:00:00.000Z');
  expect(iso(timeThere(now, 1, 10, 'Asia/Kolkata'))).toBe('2026-03-29T04:30:00.000Z');
});

test('tomorrow is the callee’s tomorrow', () => {
  const late = Date.parse('2026-03-28T20:00:00Z');
  expect(iso(timeThere(late, 1, 10, 'Asia/Kolkata'))).toBe('2026-03-30T04:30:00.000Z');
});

test('a time skipped by a clock change is read as the moment after it', () => {
  expect(iso(readThere('2026-03-29T01:30', 'Europe/London'))).toBe('2026-03-29T01:30:00.000Z');
});

test('a written time is read back unchanged', () => {
  const text = writeThere(now, 'America/New_York');
  expect(text).toBe('2026-03-28T08:00');
  expect(readThere(text, 'America/New_York')).toBe(now);
  expect(readThere('', 'America/New_York')).toBeUndefined();
});

test('a preset in the past is left out', () => {
  const labels = (at: string) => presetsFor(Date.parse(at), 'Europe/London').map(({ label }) => label);
  expect(labels('2026-01-05T12:00:00Z')).toEqual(['In 15 min', 'In 1 h', 'Today 17:00', 'Tomorrow 10:00']);
  expect(labels('2026-01-05T17:00:00Z')).toEqual(['In 15 min', 'In 1 h', 'Tomorrow 10:00']);
});

test('a time is shown in both time zones', () => {
  expect(bothTimes(now, 'Asia/Kolkata')).toContain('17:30');
});
