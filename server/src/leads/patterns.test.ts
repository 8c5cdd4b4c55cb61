import { expect, test } from 'vitest';
import { patternsOf, readSearch } from './list/search-text.ts';

test.each([
  ['9010565', ['%9010565%']],
  ['07700900123', ['%7700900123%']],
  ['161 496', ['%161 496%', '%161496%']],
  ['50%_off\\', ['%50\\%\\_off\\\\%']],
])('a search for %s uses no more patterns than necessary', (typed, patterns) => {
  const search = readSearch(typed, 'IN');
  expect(search && patternsOf(search)).toEqual(patterns);
});
