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

test('a change of clocks is seen at its very second', () => {
  const change = Date.UTC(2026, 2, 29, 1);
  expect(wallClock(change - 1, 'Europe/London')).toMatchObject({ hour: 0, minute: 59, second: 59 });
  expect(wallClock(change, 'Europe/London')).toMatchObject({ hour: 2, minute: 0, second: 0 });
});
