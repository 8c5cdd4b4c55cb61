import { expect, test } from 'vitest';
import { Batcher, type BatcherOptions, QueueFull, StillLocked } from './batcher.ts';

interface Stored {
  connection: number;
  workspaceId: string;
  items: readonly string[];
  end(outcomes: readonly string[]): void;
  fail(error: unknown): void;
}

/** A batcher whose batches the test completes; `judge` returns the error itself. */
function open(over: Partial<BatcherOptions<string, string>> = {}) {
  const stored: Stored[] = [];
  const batcher = new Batcher<string, string>({
    connections: 3,
    mostItems: 10,
    mostWaiting: 100,
    store: (connection, workspaceId, items) =>
      new Promise((end, fail) => stored.push({ connection, workspaceId, items, end, fail })),
    storeAlone: async (_, item) => `${item} alone`,
    judge: (error) => error as 'alone',
    ...over,
  });
  const next = async (): Promise<Stored> => {
    await expect.poll(() => stored.length, { interval: 1 }).toBeGreaterThan(0);
    return stored.shift() as Stored;
  };
  return { batcher, stored, next };
}

test('one workspace always leaves a connection free for others', async () => {
  const { batcher, stored, next } = open({ mostItems: 1 });
  const many = ['a', 'b', 'c'].map((item) => batcher.add('loud', item));
  const running = [await next(), await next()];
  const quiet = batcher.add('quiet', 'q');
  const third = await next();
  expect([...running, third].map(({ workspaceId }) => workspaceId)).toEqual(['loud', 'loud', 'quiet']);
  third.end(['stored']);
  expect(await quiet).toBe('stored');
  expect(stored).toEqual([]);
  for (const batch of running) batch.end(batch.items);
  (await next()).end(['c']);
  expect(await Promise.all(many)).toEqual(['a', 'b', 'c']);
});

test('a workspace that floods makes one commit at a time while a quieter one is being served', async () => {
  let now = 0;
  const { batcher, stored, next } = open({ mostItems: 4, now: () => now });
  const quiet = [batcher.add('quiet', 'q1')];
  (await next()).end(['q1']);
  const loud = [...'abcdefghi'].map((item) => batcher.add('loud', item));
  const flooding = await next();
  expect(flooding.items).toEqual([...'abcd']);
  // The quiet workspace has two connections to itself, so its second request need not wait for its first.
  quiet.push(batcher.add('quiet', 'q2'));
  const second = await next();
  quiet.push(batcher.add('quiet', 'q3'));
  const third = await next();
  expect([second, third].map(({ workspaceId, items }) => [workspaceId, ...items])).toEqual([
    ['quiet', 'q2'],
    ['quiet', 'q3'],
  ]);
  for (const batch of [second, third]) batch.end(batch.items);
  await Promise.all(quiet);
  expect(stored).toEqual([]);
  flooding.end(flooding.items);
  const later = await next();
  expect(later.items).toEqual([...'efgh']);
  // Soon after the quiet workspace's last request, the other one has its two connections again.
  now = 2000;
  loud.push(batcher.add('loud', 'j'));
  const last = await next();
  expect(last.items).toEqual(['i', 'j']);
  for (const batch of [later, last]) batch.end(batch.items);
  expect(await Promise.all(loud)).toEqual([...'abcdefghij']);
  await batcher.drained();
});

test('a busy item joins a later batch, and the rest of its batch does not wait for it', async () => {
  const { batcher, next } = open();
  const [locked, free] = [batcher.add('w', 'locked'), batcher.add('w', 'free')];
  (await next()).end(['busy', 'free stored']);
  expect(await free).toBe('free stored');
  const later = batcher.drained();
  const again = await next();
  expect(again.items).toEqual(['locked']);
  again.end(['locked stored']);
  expect(await locked).toBe('locked stored');
  await later;
});

test('an item that stays busy is refused in the end', async () => {
  const { batcher } = open({ store: async (_, __, items) => items.map(() => 'busy') });
  await expect(batcher.add('w', 'locked')).rejects.toBeInstanceOf(StillLocked);
  await batcher.drained();
});

test('items that timed out are stored one at a time, while their connection carries on', async () => {
  const alone: { item: string; end(outcome: string): void }[] = [];
  const { batcher, next } = open({
    storeAlone: (_, item) => new Promise((end) => alone.push({ item, end })),
  });
  const slow = ['a', 'b'].map((item) => batcher.add('w', item));
  (await next()).fail('alone');
  await expect.poll(() => alone.map(({ item }) => item)).toEqual(['a']);
  const other = batcher.add('w', 'c');
  (await next()).end(['c stored']);
  expect(await other).toBe('c stored');
  alone[0]?.end('a alone');
  await expect.poll(() => alone.length).toBe(2);
  alone[1]?.end('b alone');
  expect(await Promise.all(slow)).toEqual(['a alone', 'b alone']);
  await batcher.drained();
});

class Lost extends Error {}
class Away extends Error {}

/** A batcher whose `store` fails as `fault` decides, with the batches that were passed to it. */
function failing(fault: (items: readonly number[], times: number) => Error | undefined, mostWaiting = 100) {
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
    storeAlone: async (_, item) => `${item} alone`,
    judge: (error) => (error instanceof Lost ? 'again' : error instanceof Away ? 'hopeless' : 'split'),
  });
  const add = (items: readonly number[]) => Promise.allSettled(items.map((item) => made.add('w', item)));
  return { add, batches, made };
}

const outcomes = (settled: PromiseSettledResult<string>[]) =>
  settled.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.constructor.name));

test('a lost race is retried without the caller noticing', async () => {
  const { add, batches } = failing((_, times) => (times < 3 ? new Lost() : undefined));
  expect(outcomes(await add([1, 2]))).toEqual(['stored 1', 'stored 2']);
  expect(batches).toEqual([
    [1, 2],
    [1, 2],
    [1, 2],
  ]);
});

test('retries of a race that is always lost come to an end', async () => {
  const { add, batches } = failing(() => new Lost());
  expect(outcomes(await add([1]))).toEqual(['Lost']);
  expect(batches.length).toBeLessThan(10);
});

test('one faulty request fails alone', async () => {
  const { add } = failing((items) => (items.includes(3) ? new Error('bad') : undefined));
  expect(outcomes(await add([1, 2, 3, 4, 5]))).toEqual(['stored 1', 'stored 2', 'Error', 'stored 4', 'stored 5']);
});

test('while the database is away, a failed batch is not split', async () => {
  const { add, batches } = failing(() => new Away());
  expect(outcomes(await add([1, 2, 3, 4]))).toEqual(['Away', 'Away', 'Away', 'Away']);
  expect(batches).toHaveLength(1);
});

test('new items are refused at once while too many are waiting', async () => {
  const { add, made } = failing(() => undefined, 2);
  expect(outcomes(await add([1, 2, 3]))).toEqual(['stored 1', 'stored 2', QueueFull.name]);
  await made.drained();
  expect(outcomes(await add([4]))).toEqual(['stored 4']);
});
