import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wallClock } from './wall-clock.ts';

const zones = Intl.supportedValuesOf('timeZone');

/** What the platform says, asked for each instant anew. */
function asked(at: number, timeZone: string): number[] {
  const names = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;
  const options = Object.fromEntries(names.map((name) => [name, 'numeric']));
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...options }).formatToParts(at);
  return names.map((name) => Number(parts.find(({ type }) => type === name)?.value));
}

test('the clock on the wall shows what the platform says, before and after each change of clocks', () => {
  const instant = fc.integer({ min: Date.UTC(1971, 0), max: Date.UTC(2045, 0) });
  fc.assert(
    fc.property(fc.constantFrom(...zones), instant, fc.integer({ min: 0, max: 3_600_000 }), (zone, first, later) => {
      for (const at of [first, first + later, first + 2 * later])
        expect(Object.values(wallClock(at, zone))).toEqual(asked(at, zone));
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['Europe/London', '2026-03-29T01:00:00Z'],
  ['Antarctica/Casey', '2022-10-01T16:01:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
])('in %s the clocks change at %s to the second', (zone, text) => {
  const change = Date.parse(text);
  for (const at of [change - 60_000, change - 1, change, change + 60_000])
    expect(Object.values(wallClock(at, zone))).toEqual(asked(at, zone));
});
