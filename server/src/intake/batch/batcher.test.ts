import { expect, test } from 'vitest';
import { Batcher, type BatcherOptions, StillLocked } from './batcher.ts';

interface Stored {
  connection: number;
  workspaceId: string;
  items: readonly string[];
  end(outcomes: readonly string[]): void;
  fail(error: unknown): void;
}

/** A batcher whose batches are ended by the test; errors are verdicts. */
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

test('of several connections one workspace leaves one to the others', async () => {
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

test('what is busy joins a later batch, and the rest of its batch does not wait for it', async () => {
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

test('what stays busy is refused in the end', async () => {
  const { batcher } = open({ store: async (_, __, items) => items.map(() => 'busy') });
  await expect(batcher.add('w', 'locked')).rejects.toBeInstanceOf(StillLocked);
  await batcher.drained();
});

test('what timed out is stored alone, one of a workspace at a time, while its connection goes on', async () => {
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
