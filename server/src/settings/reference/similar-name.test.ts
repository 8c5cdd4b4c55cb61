import { expect, test } from 'vitest';
import { similarNames } from './similar-name.ts';

test.each([
  ['Company name', 'company_name'],
  ['company names', 'Company Name'],
  ['Compnay', 'company'],
  ['Postcode', 'Post code'],
  ['Birthday', 'Birth-days'],
])('%s looks like %s', (name, other) => {
  expect(similarNames(name, ['unrelated', other])).toEqual([other]);
});

test.each([
  ['Size', 'Site'],
  ['Shoe size', 'Hat size'],
  ['x', 'y'],
  ['', 'anything'],
])('%s does not look like %s', (name, other) => {
  expect(similarNames(name, [other])).toEqual([]);
});
