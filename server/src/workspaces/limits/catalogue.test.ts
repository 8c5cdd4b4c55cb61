import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../platform/project-root.ts';
import { limitGuesses } from '../access/guess-limit.ts';
import { limitNames, limits, readFigures, usualFigures } from './catalogue.ts';
import { limitNames as limitNewNames } from './name-limits.ts';
import { Windows } from './windows.ts';

test('docs/limits.md lists every limit with its figure', () => {
  const rows = limitNames.map((name) => {
    const { figure, unit, window, by, counted, adjustable, about } = limits[name];
    const most = `${figure.toLocaleString('en-GB')} ${unit}${window ? ` ${window === 'hour' ? 'an' : 'a'} ${window}` : ''}`;
    return `| \`${name}\`${adjustable ? '' : ' (fixed)'} | ${most} | ${by} | ${counted} | ${about} |`;
  });
  const doc = readFileSync(join(projectRoot(), 'docs/limits.md'), 'utf8');
  expect(doc.split('\n').filter((line) => line.startsWith('| `'))).toEqual(rows);
});

test('LIMITS changes the figures that it names, and errors in it are explained', () => {
  const figures = readFigures(' requests_of_token = 6000,connections=5 ');
  expect(figures).toEqual({ ...usualFigures, requests_of_token: 6000, connections: 5 });
  expect(readFigures('')).toEqual(usualFigures);
  expect(readFigures('requests=1')).toBe('LIMITS has no limit "requests" that can be set.');
  expect(readFigures('attempts_of_account=9999')).toBe('LIMITS has no limit "attempts_of_account" that can be set.');
  expect(readFigures('toString=1')).toBe('LIMITS has no limit "toString" that can be set.');
  for (const value of ['0', '-1', '1.5', '1e9', ''])
    expect(readFigures(`connections=${value}`)).toBe(
      `LIMITS must give connections a whole number from 1, not "${value}".`,
    );
});

test('attempts at passwords and codes have the limits of the catalogue', () => {
  let now = Date.parse('2027-03-01T12:00:00Z');
  const guesses = limitGuesses(() => new Date(now));
  const tries = (next: (at: number) => { accounts: string[]; address: string }) => {
    let at = 0;
    // A minute between two attempts is longer than any pause.
    for (; at < 1000 && guesses.take(next(at)) === 0; at += 1) now += at < 50 ? 60_000 : 1;
    return at;
  };
  expect(tries((at) => ({ accounts: ['one'], address: `192.0.2.${at}` }))).toBe(limits.attempts_of_account.figure);
  now += 7_200_000;
  expect(tries((at) => ({ accounts: [`a${at}`], address: '198.51.100.1' }))).toBe(limits.attempts_of_address.figure);
});

test('counting requests takes a bounded amount of memory', () => {
  const windows = new Windows(60, () => 0);
  for (let at = 0; at < 120_000; at += 1) windows.take(`key ${at}`, 10);
  expect(windows.size).toBeLessThanOrEqual(50_000);
});

test('whoever has used up the new names of a day has those of the next day, and of the other kind', () => {
  const names = limitNewNames();
  const today = {
    workspace_id: 'w',
    sender_id: 's',
    what: 'custom_field',
    at: new Date('2026-03-02T23:59:00Z'),
  } as const;
  names.noteUsedUp(today);
  expect(names.isUsedUp(today)).toBe(true);
  expect(names.isUsedUp({ ...today, at: new Date('2026-03-03T00:01:00Z') })).toBe(false);
  expect(names.isUsedUp({ ...today, what: 'waiting_name' })).toBe(false);
  expect(names.isUsedUp({ ...today, sender_id: 'other' })).toBe(false);
});
