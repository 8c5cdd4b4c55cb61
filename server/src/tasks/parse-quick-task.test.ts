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
  ['send the quote next monday', 'Send the quote', 'normal', '2026-11-23T10:00'],
  ['visit next friday', 'Visit', 'normal', '2026-11-27T10:00'],
  ['visit friday', 'Visit', 'normal', '2026-11-20T10:00'],
  ['visit wed 9', 'Visit', 'normal', '2026-11-25T09:00'],
  ['visit wed 15:00', 'Visit', 'normal', '2026-11-18T15:00'],
  ['visit wednesday', 'Visit', 'normal', '2026-11-25T10:00'],
  ['plan next week', 'Plan', 'normal', '2026-11-23T10:00'],
  ['pay the bill day after tomorrow', 'Pay the bill', 'normal', '2026-11-20T10:00'],
  ['report by tomorrow noon', 'Report', 'normal', '2026-11-19T12:00'],
  ['tidy up tomorrow afternoon', 'Tidy up', 'normal', '2026-11-19T14:00'],
  ['tidy up tonight', 'Tidy up', 'normal', '2026-11-18T19:00'],
  ['tidy up today', 'Tidy up', 'normal', '2026-11-18T17:00'],
  ['tidy up eod', 'Tidy up', 'normal', '2026-11-18T17:00'],
  ['call Tom at 3', 'Call Tom', 'call', '2026-11-18T15:00'],
  ['call Tom at 9', 'Call Tom', 'call', '2026-11-19T09:00'],
  ['call Tom 14:30', 'Call Tom', 'call', '2026-11-18T14:30'],
  ['call Tom at 10 tomorrow', 'Call Tom', 'call', '2026-11-19T10:00'],
  ['call Tom 10am tomorrow', 'Call Tom', 'call', '2026-11-19T10:00'],
  ['12am tomorrow reboot', 'Reboot', 'normal', '2026-11-19T00:00'],
  ['renew 24 dec', 'Renew', 'normal', '2026-12-24T10:00'],
  ['renew dec 24th 16:00', 'Renew', 'normal', '2026-12-24T16:00'],
  ['renew 3 Feb', 'Renew', 'normal', '2027-02-03T10:00'],
  ['renew on 24/12', 'Renew', 'normal', '2026-12-24T10:00'],
  ['renew 2027-03-01 8:15', 'Renew', 'normal', '2027-03-01T08:15'],
  ['renew in 3 days', 'Renew', 'normal', '2026-11-21T11:30'],
  ['renew in 3 days at 9', 'Renew', 'normal', '2026-11-21T09:00'],
  ['renew in 2 weeks', 'Renew', 'normal', '2026-12-02T11:30'],
  ['renew in 1 month', 'Renew', 'normal', '2026-12-18T11:30'],
])('%j is understood', (text, name, category, due) => {
  expect(parseQuickTask(text, london)).toMatchObject({ name, category, due_at: new Date(`${due}:00Z`) });
});

test.each([
  ['order 10 chairs'],
  ['call Mayor Sunderland'],
  ['sell the 24 Hour offer'],
  ['fix the marble floor'],
  ['order 45/99 pipes'],
  ['buy 24 marbles'],
])('%j names no time', (text) => {
  expect(parseQuickTask(text, london).due_at).toBeNull();
});

test('a time that is none stays in the name', () => {
  expect(parseQuickTask('call at 25:70 tomorrow', london)).toMatchObject({ name: 'Call at 25:70' });
  expect(parseQuickTask('pay 31 feb', london)).toMatchObject({ name: 'Pay 31 feb', due_at: null });
});

test('a line that says only when has no name', () => {
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

test('slashed dates begin with the month where people write them so', () => {
  expect(parseQuickTask('renew 12/1', { ...london, monthFirst: true }).due_at).toEqual(
    new Date('2026-12-01T10:00:00Z'),
  );
  expect(parseQuickTask('renew 12/1', london).due_at).toEqual(new Date('2027-01-12T10:00:00Z'));
});

const instants: [zone: string, at: string, text: string, due: string][] = [
  // Clocks go forward at 01:00 on 29 March in London, and back at 02:00 on 25 October.
  ['Europe/London', '2026-03-28T12:00:00Z', 'x tomorrow 10', '2026-03-29T09:00:00Z'],
  ['Europe/London', '2026-03-28T12:00:00Z', 'x in 24 hours', '2026-03-29T12:00:00Z'],
  ['Europe/London', '2026-03-28T12:00:00Z', 'x in 1 day', '2026-03-29T11:00:00Z'],
  ['Europe/London', '2026-03-28T12:00:00Z', 'x tomorrow 01:30', '2026-03-29T01:30:00Z'],
  ['Europe/London', '2026-10-24T12:00:00Z', 'x tomorrow 01:30', '2026-10-25T00:30:00Z'],
  ['Europe/London', '2026-10-24T12:00:00Z', 'x monday', '2026-10-26T10:00:00Z'],
  ['America/New_York', '2026-11-01T03:30:00Z', 'x tomorrow 10', '2026-11-01T15:00:00Z'],
  ['America/New_York', '2026-03-08T04:30:00Z', 'x tomorrow 02:30', '2026-03-08T07:30:00Z'],
  // Elsewhere it is already tomorrow, or still yesterday.
  ['Asia/Kolkata', '2026-11-18T20:00:00Z', 'x tomorrow 10', '2026-11-20T04:30:00Z'],
  ['Pacific/Auckland', '2026-11-18T11:30:00Z', 'x today', '2026-11-19T04:00:00Z'],
  ['America/Los_Angeles', '2026-11-19T05:00:00Z', 'x today 22:00', '2026-11-19T06:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T12:00:00Z', 'x tomorrow 02:15', '2026-10-03T15:45:00Z'],
];

test.each(instants)('in %s at %s, %j is due at %s', (timeZone, at, text, due) => {
  expect(parseQuickTask(text, { now: new Date(at), timeZone }).due_at?.toISOString()).toBe(new Date(due).toISOString());
});

test('any text is read in a moment', () => {
  const text = 'in next on by at '.repeat(40).slice(0, 500);
  const started = performance.now();
  for (let round = 0; round < 100; round += 1) parseQuickTask(text, london);
  expect(performance.now() - started).toBeLessThan(1000);
});
