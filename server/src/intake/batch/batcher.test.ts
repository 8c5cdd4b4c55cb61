import { expect, test } from 'vitest';
import { Batcher, QueueFull } from './batcher.ts';

class Lost extends Error {}
class Away extends Error {}

/** A batcher whose store fails as `fault` says, and the batches that it was given. */
function batcher(fault: (items: readonly number[], times: number) => Error | undefined, mostWaiting = 100) {
  const batches: number[][] = [];
  const made = new Batcher<number, string>({
    connections: 1,
    mostItems: 8,
    mostWaiting,
    async store(_connection, _workspaceId, items) {
      batches.push([...items]);
      const error = fault(items, batches.length);
      if (error) throw error;
      return items.map((item) => `stored ${item}`);
    },
    judge: (error) => (error instanceof Lost ? 'again' : error instanceof Away ? 'hopeless' : 'split'),
  });
  const add = (items: readonly number[]) => Promise.allSettled(items.map((item) => made.add('w', item)));
  return { add, batches, made };
}

const outcomes = (settled: PromiseSettledResult<string>[]) =>
  settled.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.constructor.name));

test('a lost race is run again, and nobody is told of it', async () => {
  const { add, batches } = batcher((_, times) => (times < 3 ? new Lost() : undefined));
  expect(outcomes(await add([1, 2]))).toEqual(['stored 1', 'stored 2']);
  expect(batches).toEqual([
    [1, 2],
    [1, 2],
    [1, 2],
  ]);
});

test('a race that is always lost ends', async () => {
  const { add, batches } = batcher(() => new Lost());
  expect(outcomes(await add([1]))).toEqual(['Lost']);
  expect(batches.length).toBeLessThan(10);
});

test('one request at fault fails alone', async () => {
  const { add } = batcher((items) => (items.includes(3) ? new Error('bad') : undefined));
  expect(outcomes(await add([1, 2, 3, 4, 5]))).toEqual(['stored 1', 'stored 2', 'Error', 'stored 4', 'stored 5']);
});

test('while the database is away, nothing is tried in halves', async () => {
  const { add, batches } = batcher(() => new Away());
  expect(outcomes(await add([1, 2, 3, 4]))).toEqual(['Away', 'Away', 'Away', 'Away']);
  expect(batches).toHaveLength(1);
});

test('what comes while too much is waiting is refused at once', async () => {
  const { add, made } = batcher(() => undefined, 2);
  expect(outcomes(await add([1, 2, 3]))).toEqual(['stored 1', 'stored 2', QueueFull.name]);
  await made.drained();
  expect(outcomes(await add([4]))).toEqual(['stored 4']);
});
