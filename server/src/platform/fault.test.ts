import { expect, test } from 'vitest';
import { describeFault, problemOfFault } from './fault.ts';

test('a fault is described for the log without the values that its message may quote', () => {
  let broken: unknown;
  try {
    JSON.parse('{"password": "hunter2" x}');
  } catch (error) {
    broken = error;
  }
  expect(describeFault(broken)).toMatch(/^SyntaxError\n\s+at /);
  const ofDatabase = Object.assign(new Error('invalid input syntax for type uuid: "private@example.com"'), {
    severity: 'ERROR',
    code: '22P02',
  });
  expect(describeFault(ofDatabase)).toMatch(/^22P02 invalid input syntax for type uuid: "…"\n/);
  expect(describeFault(new TypeError('x is not a function'))).toMatch(/^TypeError: x is not a function\n/);
  expect(describeFault('private@example.com')).not.toContain('private');
});

test('a database that is away is a reason to try again, everything else is not', () => {
  expect(problemOfFault(Object.assign(new Error('x'), { code: '57P01' }))).toMatchObject({ kind: 'unavailable' });
  expect(problemOfFault(Object.assign(new Error('x'), { code: '53100' }))).toMatchObject({ kind: 'unavailable' });
  expect(problemOfFault(new Error('x'))).toEqual({ kind: 'internal' });
});
