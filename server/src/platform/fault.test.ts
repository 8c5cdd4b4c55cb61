import { expect, test } from 'vitest';
import { describeFault, problemOfFault } from './fault.ts';

const quoting = ['detail', 'hint', 'where', 'internalQuery', 'dataType', 'constraint', 'cause'];

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
    // Every other field of PostgreSQL's errors may quote a value or a statement.
    ...Object.fromEntries(quoting.map((name) => [name, 'Key (email)=(private@example.com) already exists.'])),
  });
  expect(describeFault(ofDatabase)).toMatch(/^22P02 invalid input syntax for type uuid: "…"\n/);
  expect(describeFault(ofDatabase)).not.toContain('private');
  expect(describeFault(new TypeError('x is not a function'))).toMatch(/^TypeError: x is not a function\n/);
  expect(describeFault('private@example.com')).not.toContain('private');
});

test('a database that is away, slow or full is reported as unavailable, any other fault as internal', () => {
  const fault = (code: string, syscall = 'connect') =>
    problemOfFault(Object.assign(new Error('x'), { code, syscall })).kind;
  const kinds = (codes: readonly string[]) => Object.fromEntries(codes.map((code) => [code, fault(code)]));
  const all = (codes: readonly string[], kind: string) => Object.fromEntries(codes.map((code) => [code, kind]));
  const ended = ['57P01', '57P02', '57P03', '08000', '08003', '08006', '53300', '25006'];
  const late = ['57014', '55P03', '25P03', '25P04'];
  const full = ['53100', 'ENOSPC'];
  const network = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT'];
  const unreachable = ['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN'];
  const waits = [...ended, ...late, ...full, ...network, ...unreachable];
  expect(kinds(waits)).toEqual(all(waits, 'unavailable'));
  const ours = ['23505', '23503', '42P01', '22P02', '42501', 'XX000', '40001', 'EACCES'];
  expect(kinds(ours)).toEqual(all(ours, 'internal'));
  expect(fault('ENOENT', 'open')).toBe('internal');
  expect(problemOfFault(new Error('x'))).toEqual({ kind: 'internal' });
  for (const message of ['Connection terminated unexpectedly', 'timeout exceeded when trying to connect'])
    expect(problemOfFault(new Error(message))).toEqual({ kind: 'unavailable', retryAfterSeconds: 2 });
});
