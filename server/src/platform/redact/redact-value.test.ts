import fc from 'fast-check';
import { expect, test } from 'vitest';
import { redactNamed, redactValue } from './redact-value.ts';

const SECRET = 'gl_0123456789abcdef';

test('a value without a secret is returned as the same object', () => {
  const value = { a: ['b', { c: new Date(0) }], d: null };
  expect(redactValue(value, SECRET)).toBe(value);
});

test('a secret is removed everywhere, even from names, and dates stay dates', () => {
  const value = { [`x${SECRET}`]: 1, list: [SECRET, { deep: `a ${SECRET} b` }], at: new Date(5) };
  expect(redactValue(value, SECRET)).toEqual({
    'x[redacted]': 1,
    list: ['[redacted]', { deep: 'a [redacted] b' }],
    at: new Date(5),
  });
});

test('no text contains the secret afterwards', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (value, around) => {
      const dirty = [value, { k: around + SECRET + around }];
      expect(JSON.stringify(redactValue(dirty, SECRET))).not.toContain(SECRET);
    }),
  );
});

test('fields named "password" and warnings about them lose their values unless they are empty', () => {
  const value = {
    dialect_fields: { user_password: 'x', pwd: '', city: 'Bath' },
    custom: [
      ['Passwort', 'x'],
      ['Colour', 'red'],
    ],
    warnings: [{ code: 'field_limit_reached', at: 'secret', value: 'x' }],
  };
  expect(redactNamed(value)).toEqual({
    dialect_fields: { user_password: '[redacted]', pwd: '', city: 'Bath' },
    custom: [
      ['Passwort', '[redacted]'],
      ['Colour', 'red'],
    ],
    warnings: [{ code: 'field_limit_reached', at: 'secret', value: '[redacted]' }],
  });
});
