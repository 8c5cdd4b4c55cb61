import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calleeZone, minuteOfDay } from './callee-zone.ts';
import { canCall } from './can-call.ts';

const office = { call_from: '09:00:00', call_until: '18:00:00' };
const lead = (phone: string | null, more: object = {}) => ({ phone, do_not_call_since: null, ...more });
const inLondon = { time_zone: 'Europe/London', calling_hours: 'any' as const };
const london = '+442079460123';
const kochi = '+919895912345';
const newYork = '+12125550123';

describe('where a phone rings', () => {
  test.each([
    [london, 'Europe/London', false],
    [kochi, 'Asia/Kolkata', false],
    ['+4930901820', 'Europe/Berlin', false],
  ])('%s is in the time zone of %s', (phone, zone, approximate) => {
    const at = new Date('2026-07-01T12:00:00Z');
    const found = calleeZone({ phone }, 'Asia/Tokyo', at);
    expect(minuteOfDay(at, found.time_zone)).toBe(minuteOfDay(at, zone));
    expect(found.approximate).toBe(approximate);
  });

  test('a country with several time zones gives its middle one, or the workspace’s if it is among them', () => {
    const at = new Date('2026-07-01T12:00:00Z');
    const phone = '+79161234567';
    const abroad = calleeZone({ phone }, 'Asia/Tokyo', at);
    expect(abroad).toMatchObject({ approximate: true, guessed_from: 'country' });
    expect(abroad.time_zones).toHaveLength(11);
    expect(calleeZone({ phone }, 'Europe/Moscow', at).time_zone).toBe('Europe/Moscow');
  });

  test('a number without a country is taken to be in the workspace’s time zone', () => {
    const unknown = { time_zone: 'Asia/Tokyo', time_zones: ['Asia/Tokyo'], approximate: true, guessed_from: 'country' };
    expect(calleeZone({ phone: '+5' }, 'Asia/Tokyo', new Date())).toEqual(unknown);
  });

  test.each([
    ['+13035550123', {}, 'America/Denver', 'area_code'],
    ['+12125550123', { city: 'Seattle' }, 'America/Los_Angeles', 'city_and_area_code'],
    ['+18005550123', { city: 'denver' }, 'America/Denver', 'city'],
    ['+18005550123', { state: 'CO' }, 'America/Denver', 'city'],
    ['+61891234567', { city: 'Perth' }, 'Australia/Perth', 'city_and_area_code'],
    ['+5592991234567', {}, 'America/Manaus', 'area_code'],
    ['+73832345678', {}, 'Asia/Novosibirsk', 'area_code'],
  ])('%s with %j rings in %s, guessed from the %s', (phone, place, time_zone, guessed_from) => {
    const zone = calleeZone({ phone, ...place }, 'Europe/London', new Date('2026-07-01T12:00:00Z'));
    expect(zone).toMatchObject({ time_zone, guessed_from });
  });
});

describe('who may be called when', () => {
  const ask = (phone: string, at: string, hours: object | null = office) =>
    canCall(lead(phone), hours ?? undefined, new Date(at), inLondon);
  const may = (phone: string, at: string, calling_hours: 'lawful' | 'any' = 'lawful', more: object = {}) =>
    canCall(lead(phone, more), undefined, new Date(at), { time_zone: 'Europe/London', calling_hours }).may;
  const next = (phone: string, at: string, hours: object = office) => {
    const verdict = ask(phone, at, hours);
    return verdict.may ? 'now' : verdict.at?.toISOString();
  };

  test('a lead that asked not to be called may never be called', () => {
    const verdict = canCall(lead(london, { do_not_call_since: new Date(0) }), undefined, new Date(), inLondon);
    expect(verdict).toMatchObject({ may: false, why: 'do_not_call', at: null });
  });

  test('a lead without a phone cannot be called', () => {
    expect(canCall(lead(null), undefined, new Date(), inLondon)).toMatchObject({ may: false, why: 'no_phone' });
  });

  test('a type without hours may be called at any time if the workspace allows it', () => {
    expect(ask(london, '2026-01-01T03:00:00Z', null).may).toBe(true);
    expect(ask(london, '2026-01-01T03:00:00Z', { call_from: '00:00', call_until: '00:00' }).may).toBe(true);
    expect(may(london, '2026-01-01T03:00:00Z', 'any')).toBe(true);
  });

  test('a type without hours of its own follows the lawful hours of the country', () => {
    expect(may(london, '2026-01-05T07:59:00Z')).toBe(false);
    expect(may(london, '2026-01-05T08:00:00Z')).toBe(true);
    expect(may(london, '2026-01-05T20:00:00Z')).toBe(false);
    expect(may('+33123456789', '2026-01-05T12:30:00Z')).toBe(false);
    expect(may('+61291234567', '2026-01-04T02:00:00Z')).toBe(false);
    const verdict = canCall(lead('+34911234567'), undefined, new Date('2026-01-03T12:00:00Z'), {
      time_zone: 'Europe/London',
      calling_hours: 'lawful',
    });
    // Nine on Monday in the Canary Islands, where the number may also be.
    expect(verdict).toMatchObject({ may: false, why: 'outside_hours', at: new Date('2026-01-05T09:00:00Z') });
  });

  test('a call must be lawful in every possible time zone of the country, or of both conflicting clues', () => {
    const free = '+18005550123';
    expect(may(free, '2026-01-05T14:00:00Z')).toBe(false);
    expect(may(free, '2026-01-05T18:00:00Z')).toBe(true);
    expect(may(newYork, '2026-01-05T14:00:00Z')).toBe(true);
    expect(may(newYork, '2026-01-05T14:00:00Z', 'lawful', { city: 'Seattle' })).toBe(false);
    expect(may('+13035550123', '2026-01-05T14:00:00Z')).toBe(false);
    expect(may('+13035550123', '2026-01-05T15:00:00Z')).toBe(true);
  });

  test('hours are in the time zone of the callee, not of the workspace', () => {
    expect(ask(kochi, '2026-01-05T03:30:00Z').may).toBe(true);
    expect(next(kochi, '2026-01-05T03:29:59Z')).toBe('2026-01-05T03:30:00.000Z');
    expect(next(kochi, '2026-01-05T12:30:00Z')).toBe('2026-01-06T03:30:00.000Z');
    expect(ask(london, '2026-01-05T12:30:00Z').may).toBe(true);
  });

  test('hours follow the clock change in spring', () => {
    expect(next(london, '2026-03-28T18:00:00Z')).toBe('2026-03-29T08:00:00.000Z');
    expect(next(london, '2026-03-27T18:00:00Z')).toBe('2026-03-28T09:00:00.000Z');
  });

  test('hours follow the clock change in autumn', () => {
    expect(next(london, '2026-10-24T17:00:00Z')).toBe('2026-10-25T09:00:00.000Z');
    expect(next(london, '2026-10-25T18:00:00Z')).toBe('2026-10-26T09:00:00.000Z');
  });

  test('an opening time skipped by a clock change falls one hour later', () => {
    const night = { call_from: '01:30', call_until: '05:00' };
    expect(next(london, '2026-03-29T00:00:00Z', night)).toBe('2026-03-29T01:30:00.000Z');
  });

  test('hours may cross midnight, and may have only a start or an end', () => {
    const late = { call_from: '20:00', call_until: '02:00' };
    expect([ask(london, '2026-01-01T23:00:00Z', late).may, ask(london, '2026-01-02T01:59:00Z', late).may]).toEqual([
      true,
      true,
    ]);
    expect(next(london, '2026-01-02T02:00:00Z', late)).toBe('2026-01-02T20:00:00.000Z');
    expect(next(london, '2026-01-01T08:00:00Z', { call_from: '09:00' })).toBe('2026-01-01T09:00:00.000Z');
    expect(next(london, '2026-01-01T19:00:00Z', { call_until: '18:00' })).toBe('2026-01-02T00:00:00.000Z');
  });

  test('the time given for the next call is in the future, within hours and at most two days away', () => {
    const clock = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
    const text = ([hour, minute]: [number, number]) =>
      `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
        clock,
        clock,
        fc.constantFrom(london, kochi, newYork, '+61491570156', '+56221234567'),
        (at, from, until, phone) => {
          const hours = { call_from: text(from), call_until: text(until) };
          const verdict = canCall(lead(phone), hours, at, inLondon);
          if (verdict.may) return;
          const after = (verdict.at?.getTime() ?? 0) - at.getTime();
          expect(after).toBeGreaterThan(0);
          expect(after).toBeLessThanOrEqual(2 * 86_400_000);
          expect(canCall(lead(phone), hours, verdict.at ?? at, inLondon).may).toBe(true);
        },
      ),
      // The night in which some Australian states change their clocks.
      { numRuns: 300, examples: [[new Date('2026-10-02T17:31:00Z'), [3, 0], [3, 1], '+61491570156']] },
    );
  });
});
