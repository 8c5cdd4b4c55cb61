import { expect, test } from 'vitest';
import { endOf } from './ended.ts';

test('a bulk job that was cancelled or failed can be undone like a finished one if it changed something', () => {
  const job = { done: 70, total: 70, result: { undoable: true } };
  expect(endOf({ ...job, state: 'done' }, 'Assigned')).toEqual({ said: 'Assigned', canUndo: true });
  const said = 'Assigned: cancelled after 30 of 70 leads';
  expect(endOf({ ...job, state: 'cancelled', done: 30 }, 'Assigned')).toEqual({ said, canUndo: true });
  expect(endOf({ ...job, state: 'failed' }, 'Assigned').canUndo).toBe(true);
  expect(endOf({ ...job, state: 'cancelled', result: {} }, 'Assigned').canUndo).toBe(false);
});
