import { expect, test } from 'vitest';
import { talk } from './words.ts';

test.each([
  [45, '45 s'],
  [60, '1 min'],
  [3_569, '59 min'],
  [3_599, '1 h 0 min'],
  [7_199, '2 h 0 min'],
  [4_800, '1 h 20 min'],
])('%i seconds of talk are %s', (seconds, words) => {
  expect(talk(seconds)).toBe(words);
});
