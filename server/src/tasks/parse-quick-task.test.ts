import { expect, test } from 'vitest';
import { parseQuickTask } from './parse-quick-task.ts';

// A Wednesday, 11:30 in London.
const now = new Date('2026-11-18T11:30:00Z');
const london = { now, timeZone: 'Europe/London' };

test.each([
  ['call Anjali tomorrow 10', 'Call Anjali', 'call', '2026-11-19T10:00'],
  ['email Tom fri 14:30', 'Email Tom', 'email', '2026-11-20T14:30'],
  ['e-mail Tom on Friday at 2:30pm', 'E-mail Tom', 'email', '2026-11-20T14:30'],
  ['ring Beth in 2 hours', 'Ring Beth', 'call', '2026-11-18T13:30'],
  ['call back in an hour', 'Call back', 'call', '2026-11-18T12:30'],
  ['call back in half an hour', 'Call back', 'call', '2026-11-18T12:00'],
  ['check the meter in 30 min', 'Check the meter', 'normal', '2026-11-18T12:00'],
  ['send the quote next monday', 'Send the quote', 'normal', '2026-11-23'],
  ['visit next friday', 'Visit', 'normal', '2026-11-27'],
  ['visit friday', 'Visit', 'normal', '2026-11-20'],
  ['visit wed 9', 'Visit', 'normal', '2026-11-25T09:00'],
  ['visit wed 15:00', 'Visit', 'normal', '2026-11-18T15:00'],
  ['visit wednesday', 'Visit', 'normal', '2026-11-25'],
  ['plan next week', 'Plan', 'normal', '2026-11-23'],
  ['pay the bill day after tomorrow', 'Pay the bill', 'normal', '2026-11-20'],
  ['report by tomorrow noon', 'Report', 'normal', '2026-11-19T12:00'],
  ['tidy up tomorrow afternoon', 'Tidy up', 'normal', '2026-11-19T14:00'],
  ['tidy up tonight', 'Tidy up', 'normal', '2026-11-18T19:00'],
  ['tidy up today', 'Tidy up', 'normal', '2026-11-18'],
  ['tidy up eod', 'Tidy up', 'normal', '2026-11-18T17:00'],
  ['call Tom at 3', 'Call Tom', 'call', '2026-11-18T15:00'],
  ['call Tom at 9', 'Call Tom', 'call', '2026-11-19T09:00'],
  ['call Tom 14:30', 'Call Tom', 'call', '2026-11-18T14:30'],
  ['call Tom at 10 tomorrow', 'Call Tom', 'call', '2026-11-19T10:00'],
  ['call Tom 10am tomorrow', 'Call Tom', 'call', '2026-11-19T10:00'],
  ['12am tomorrow reboot', 'Reboot', 'normal', '2026-11-19T00:00'],
  ['renew 24 dec', 'Renew', 'normal', '2026-12-24'],
  ['renew dec 24th 16:00', 'Renew', 'normal', '2026-12-24T16:00'],
  ['renew 3 Feb', 'Renew', 'normal', '2027-02-03'],
  ['renew on 24/12', 'Renew', 'normal', '2026-12-24'],
  ['renew 2027-03-01 8:15', 'Renew', 'normal', '2027-03-01T08:15'],
  ['renew in 3 days', 'Renew', 'normal', '2026-11-21'],
  ['renew in 3 days at 9', 'Renew', 'normal', '2026-11-21T09:00'],
  ['renew in 2 weeks', 'Renew', 'normal', '2026-12-02'],
  ['renew in 1 month', 'Renew', 'normal', '2026-12-18'],
  ['call Anjali tomorrow', 'Call Anjali', 'call', '2026-11-19'],
  ['call Anjali tomorrow, 10', 'Call Anjali', 'call', '2026-11-19T10:00'],
  ['call Anjali tomorrow @10', 'Call Anjali', 'call', '2026-11-19T10:00'],
  ['call Anjali tomorrow at 10 a.m.', 'Call Anjali', 'call', '2026-11-19T10:00'],
  ['call Anjali tomorrow 10.30', 'Call Anjali', 'call', '2026-11-19T10:30'],
  ['call Anjali tomorrow 10h30', 'Call Anjali', 'call', '2026-11-19T10:30'],
  ['call Anjali tomorrow 1430', 'Call Anjali', 'call', '2026-11-19T14:30'],
  ["call Anjali tomorrow 10 o'clock", 'Call Anjali', 'call', '2026-11-19T10:00'],
  ['call Anjali tomorrow around 10', 'Call Anjali', 'call', '2026-11-19T10:00'],
  ['call Anjali tomorrow 10-11', 'Call Anjali', 'call', '2026-11-19T10:00'],
  ['call Anjali tomorrow 10:00-11:00', 'Call Anjali', 'call', '2026-11-19T10:00'],
  ['call Anjali 10-11am tomorrow', 'Call Anjali', 'call', '2026-11-19T10:00'],
  ['call Anjali after 6 tomorrow', 'Call Anjali', 'call', '2026-11-19T18:00'],
  ['call Anjali tommorow 10', 'Call Anjali', 'call', '2026-11-19T10:00'],
  ['call Anjali tmrw at half past 3', 'Call Anjali', 'call', '2026-11-19T15:30'],
  ['call Anjali tomorrow quarter to 4', 'Call Anjali', 'call', '2026-11-19T15:45'],
  ['call Anjali tomorrow evening at 7', 'Call Anjali', 'call', '2026-11-19T19:00'],
  ['call Anjali tonight 8', 'Call Anjali', 'call', '2026-11-18T20:00'],
  ['call Anjali tomorrow 7 in the evening', 'Call Anjali', 'call', '2026-11-19T19:00'],
  ['call Anjali tomorrow 9 in the morning', 'Call Anjali', 'call', '2026-11-19T09:00'],
  ['tomorrow 10 call Anjali', 'Call Anjali', 'call', '2026-11-19T10:00'],
  ['Tomorrow at 10am: call Anjali', 'Call Anjali', 'call', '2026-11-19T10:00'],
  ['call Anjali in two hours', 'Call Anjali', 'call', '2026-11-18T13:30'],
  ['call Anjali in an hour and a half', 'Call Anjali', 'call', '2026-11-18T13:00'],
  ['call Anjali in 1.5 hours', 'Call Anjali', 'call', '2026-11-18T13:00'],
  ['call Anjali in a couple of days', 'Call Anjali', 'call', '2026-11-20'],
  ['call Anjali in 2 days 9', 'Call Anjali', 'call', '2026-11-20T09:00'],
  ['call Anjali in a week', 'Call Anjali', 'call', '2026-11-25'],
  ['call Anjali in a fortnight', 'Call Anjali', 'call', '2026-12-02'],
  ['call Anjali thurs 3', 'Call Anjali', 'call', '2026-11-19T15:00'],
  ['call Anjali next week tuesday 9', 'Call Anjali', 'call', '2026-11-24T09:00'],
  ['call Anjali monday next week', 'Call Anjali', 'call', '2026-11-23'],
  ['call Anjali next month', 'Call Anjali', 'call', '2026-12-01'],
  ['call Anjali 24.12. 10', 'Call Anjali', 'call', '2026-12-24T10:00'],
  ['call Anjali 24.12.2026', 'Call Anjali', 'call', '2026-12-24'],
  ['call Anjali 24-12-2026 at 9', 'Call Anjali', 'call', '2026-12-24T09:00'],
  ['call Anjali 24/12/26', 'Call Anjali', 'call', '2026-12-24'],
  ['call Anjali on the 24th of December', 'Call Anjali', 'call', '2026-12-24'],
])('%j is parsed, and a day without a time means the end of that day', (text, name, category, due) => {
  const at = due.includes('T') ? `${due}:00Z` : `${due}T23:59:59Z`;
  expect(parseQuickTask(text, london)).toMatchObject({ name, category, due_at: new Date(at) });
});

test.each([
  ['order 10 chairs'],
  ['call Mayor Sunderland'],
  ['sell the 24 Hour offer'],
  ['fix the marble floor'],
  ['order 45/99 pipes'],
  ['buy 24 marbles'],
  ['order 10.5 tonnes'],
  ['send version 1.10.3'],
  ['meet 10 people in 2 rooms'],
  ['call 07840 258823'],
])('%j names no time', (text) => {
  expect(parseQuickTask(text, london).due_at).toBeNull();
});

test('an invalid time stays in the name', () => {
  expect(parseQuickTask('call at 25:70 tomorrow', london)).toMatchObject({ name: 'Call at 25:70' });
  expect(parseQuickTask('pay 31 feb', london)).toMatchObject({ name: 'Pay 31 feb', due_at: null });
});

test('a line with only a time has no name', () => {
  expect(parseQuickTask('tomorrow 10', london)).toMatchObject({ name: '', due_at: new Date('2026-11-19T10:00:00Z') });
  expect(parseQuickTask('   ', london)).toEqual({ name: '', category: 'normal', due_at: null, who: null });
});

test.each([
  ['call Anjali tomorrow 10', 'Anjali'],
  ['call Anjali Menon about the invoice fri', 'Anjali Menon'],
  ['send the quote to Rahul next monday', 'Rahul'],
  ['meet with O’Brien & Sons tomorrow', 'O’Brien & Sons'],
  ['email mary-ann@example.com', 'mary-ann@example.com'],
  ['tidy up', null],
])('%j is about %j', (text, who) => {
  expect(parseQuickTask(text, london).who).toBe(who);
});

test('slashed dates begin with the month where that is customary', () => {
  expect(parseQuickTask('renew 12/1', { ...london, monthFirst: true }).due_at).toEqual(
    new Date('2026-12-01T23:59:59Z'),
  );
  expect(parseQuickTask('renew 12/1', london).due_at).toEqual(new Date('2027-01-12T23:59:59Z'));
});

const instants: [zone: string, at: string, text: string, due: string][] = [
  // Clocks go forward at 01:00 on 29 March in London, and back at 02:00 on 25 October.
  ['Europe/London', '2026-03-28T12:00:00Z', 'x tomorrow 10', '2026-03-29T09:00:00Z'],
  ['Europe/London', '2026-03-28T12:00:00Z', 'x in 24 hours', '2026-03-29T12:00:00Z'],
  ['Europe/London', '2026-03-28T12:00:00Z', 'x in 1 day', '2026-03-29T22:59:59Z'],
  ['Europe/London', '2026-03-28T12:00:00Z', 'x tomorrow 01:30', '2026-03-29T01:30:00Z'],
  ['Europe/London', '2026-10-24T12:00:00Z', 'x tomorrow 01:30', '2026-10-25T00:30:00Z'],
  ['Europe/London', '2026-10-24T12:00:00Z', 'x monday', '2026-10-26T23:59:59Z'],
  ['America/New_York', '2026-11-01T03:30:00Z', 'x tomorrow 10', '2026-11-01T15:00:00Z'],
  ['America/New_York', '2026-03-08T04:30:00Z', 'x tomorrow 02:30', '2026-03-08T07:30:00Z'],
  // In other time zones it is already the next day, or still the previous one.
  ['Asia/Kolkata', '2026-11-18T20:00:00Z', 'x tomorrow 10', '2026-11-20T04:30:00Z'],
  ['Pacific/Auckland', '2026-11-18T11:30:00Z', 'x today', '2026-11-19T10:59:59Z'],
  ['America/Los_Angeles', '2026-11-19T05:00:00Z', 'x today 22:00', '2026-11-19T06:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T12:00:00Z', 'x tomorrow 02:15', '2026-10-03T15:45:00Z'],
];

test.each(instants)('in %s at %s, %j is due at %s', (timeZone, at, text, due) => {
  expect(parseQuickTask(text, { now: new Date(at), timeZone }).due_at?.toISOString()).toBe(new Date(due).toISOString());
});

test('a long text is parsed quickly', () => {
  const text = 'in next on by at '.repeat(40).slice(0, 500);
  const started = performance.now();
  for (let round = 0; round < 100; round += 1) parseQuickTask(text, london);
  expect(performance.now() - started).toBeLessThan(1000);
});
