import { expect, test } from 'vitest';
import { talk } from './words.ts';

test.each([
  [45, '45 s'],
  [60, '1 m'],
  [3_569, '59 m'],
  [3_599, '1 h 0 m'],
  [7_199, '2 h 0 m'],
  [4_800, '1 h 20 m'],
])('%i seconds of talk are shown as %s', (seconds, words) => {
  expect(talk(seconds)).toBe(words);
});
