import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { createThings, insert, names } from '../../../test/things-table.ts';
import { isConflict, isUnavailable } from './database-errors.ts';
import { openPipelinedConnection, type PipelinedConnection } from './pipelined-connection.ts';
import type { Note, Tx } from './transaction.ts';

const { connections, query } = await testDatabase({ empty: true });

await createThings({ connections });

/** Runs a function that leaves no statement pending. */
const run = <T>(lane: PipelinedConnection, workspace: string, fn: (tx: Tx) => Promise<T>): Promise<T> =>
  lane.run(workspace, async (tx) => ({ result: await fn(tx) }));

describe('a lane', () => {
  test('commits, isolates workspaces and rolls back like a transaction of the pool', async () => {
    const lane = openPipelinedConnection(connections.app);
    const [workspace, other] = [randomUUID(), randomUUID()];
    await run(lane, workspace, (tx) => insert(tx, 'a'));
    const failing = run(lane, workspace, async (tx) => {
      await insert(tx, 'b');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await run(lane, workspace, names)).toEqual(['a']);
    expect(await run(lane, other, names)).toEqual([]);
    await lane.close();
  });

  test('passes notes on after the commit, and none after a rollback', async () => {
    const heard: string[] = [];
    const onCommitted = (_: string, notes: readonly Note[]) => heard.push(...notes.map(({ subject }) => subject));
    const lane = openPipelinedConnection(connections.app, { onCommitted });
    const noting = (subject: string) =>
      lane.run(randomUUID(), async (tx) => {
        tx.note(subject);
        return { result: undefined, last: insert(tx, subject === 'bad' ? (null as unknown as string) : subject) };
      });
    await noting('good');
    await expect(noting('bad')).rejects.toThrow('null value');
    await noting('better');
    expect(heard).toEqual(['good', 'better']);
    await lane.close();
  });

  test('runs transactions one after the other, and a failed one does not affect the next', async () => {
    const lane = openPipelinedConnection(connections.app);
    const workspace = randomUUID();
    const work = [1, 2, 3, 4].map((n) =>
      run(lane, workspace, async (tx) => {
        await insert(tx, `n${n}`);
        if (n === 2) await tx.query('select 1/0');
        return n;
      }),
    );
    const settled = await Promise.allSettled(work);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(await run(lane, workspace, names)).toEqual(['n1', 'n3', 'n4']);
    await lane.close();
  });

  test('does not report success when an error was swallowed', async () => {
    const lane = openPipelinedConnection(connections.app);
    const swallowing = run(lane, randomUUID(), async (tx) => {
      await tx.query('select 1/0').catch(() => {});
    });
    await expect(swallowing).rejects.toThrow('rolled back');
    await lane.close();
  });

  test('commits together with the last statement that its function sent', async () => {
    const lane = openPipelinedConnection(connections.app);
    const workspace = randomUUID();
    const stored = await lane.run(workspace, async (tx) => ({ result: 'sent', last: insert(tx, 'last') }));
    expect(stored).toBe('sent');
    expect(await run(lane, workspace, names)).toEqual(['last']);
    await lane.close();
  });

  test('rejects with the error of that last statement, and stores nothing', async () => {
    const lane = openPipelinedConnection(connections.app);
    const workspace = randomUUID();
    const failing = lane.run(workspace, async (tx) => {
      await insert(tx, 'first');
      return { result: 'sent', last: insert(tx, 'first') };
    });
    expect(await errorOf(failing)).toSatisfy(isConflict);
    expect(await run(lane, workspace, names)).toEqual([]);
    await lane.close();
  });

  test('connects again after its connection was cut', async () => {
    const lane = openPipelinedConnection(connections.app, { name: 'cut' });
    const workspace = randomUUID();
    await run(lane, workspace, (tx) => insert(tx, 'before'));
    const cut = run(lane, workspace, async (tx) => {
      await insert(tx, 'during');
      await query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'cut'`);
      await insert(tx, 'never');
    });
    expect(await errorOf(cut)).toSatisfy(isUnavailable);
    await run(lane, workspace, (tx) => insert(tx, 'after'));
    expect(await run(lane, workspace, names)).toEqual(['after', 'before']);
    await lane.close();
  });

  test('reports an unreachable database as unavailable every time', async () => {
    const lane = openPipelinedConnection({ ...connections.app, host: '/nowhere' });
    expect(await errorOf(run(lane, randomUUID(), names))).toSatisfy(isUnavailable);
    expect(await errorOf(run(lane, randomUUID(), names))).toSatisfy(isUnavailable);
    await lane.close();
  });
});

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}
