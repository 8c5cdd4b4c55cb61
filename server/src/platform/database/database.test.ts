import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { createThings, insert, names } from '../../../test/things-table.ts';
import { openDatabase } from './database.ts';
import { isConflict, isTimeout, isUnavailable } from './database-errors.ts';
import { pgArray, pgJsonArray } from './pg-array.ts';
import { LIMITS, reach } from './session.ts';
import type { Note, Tx } from './transaction.ts';

const { db, connections, query } = await testDatabase({ empty: true });

await createThings({ connections });

describe('a transaction', () => {
  test('commits when its function resolves', async () => {
    const workspace = randomUUID();
    await db.tx(workspace, (tx) => insert(tx, 'a'));
    expect(await db.tx(workspace, names)).toEqual(['a']);
  });

  test('stores nothing when its function rejects, and passes the error on', async () => {
    const workspace = randomUUID();
    const failing = db.tx(workspace, async (tx) => {
      await insert(tx, 'a');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await db.tx(workspace, names)).toEqual([]);
  });

  test('sees only its own workspace', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    await db.tx(one, (tx) => insert(tx, 'secret'));
    expect(await db.tx(other, names)).toEqual([]);
    expect(await db.global(names)).toEqual([]);
  });

  test('does not leave its workspace set for the next transaction on the same connection', async () => {
    const single = await openDatabase(connections.app, { size: 1 });
    await single.tx(randomUUID(), (tx) => insert(tx, 'mine'));
    const [row] = await single.global((tx) => tx.query(`select current_setting('leadwell.workspace', true) as w`));
    expect(row?.['w'] ?? '').toBe('');
    await expect(single.global((tx) => insert(tx, 'orphan'))).rejects.toThrow();
    await single.close();
  });

  test('cannot be opened with an empty workspace', async () => {
    await expect(db.tx('', names)).rejects.toThrow('needs a workspace');
    await expect(db.tx(undefined as unknown as string, names)).rejects.toThrow('needs a workspace');
  });

  test('treats a malicious workspace id as plain text', async () => {
    await expect(db.tx(`x', true); drop table things; --`, names)).rejects.toThrow('invalid input syntax');
    expect(await query(`select to_regclass('things') is not null as there`)).toEqual([{ there: true }]);
  });

  test('does not report success when a statement failed and its error was swallowed', async () => {
    const workspace = randomUUID();
    const swallowing = db.tx(workspace, async (tx) => {
      await insert(tx, 'a');
      await tx.query('select 1/0').catch(() => {});
    });
    await expect(swallowing).rejects.toThrow('rolled back');
    expect(await db.tx(workspace, names)).toEqual([]);
  });

  test('refuses queries after it has ended', async () => {
    let kept: Tx | undefined;
    await db.tx(randomUUID(), async (tx) => {
      kept = tx;
    });
    await expect(insert(kept!, 'late')).rejects.toThrow('has ended');
  });

  test('runs again after a deadlock when told to', async () => {
    const workspace = randomUUID();
    await db.tx(workspace, async (tx) => {
      await insert(tx, 'a');
      await insert(tx, 'b');
    });
    const gate = barrier(2);
    const touch = (first: string, second: string) => {
      let attempts = 0;
      return db.tx(
        workspace,
        async (tx) => {
          attempts++;
          await tx.query('update things set name = name where name = $1', [first]);
          if (attempts === 1) await gate();
          await tx.query('update things set name = name where name = $1', [second]);
          return attempts;
        },
        { retry: true },
      );
    };
    const attempts = await Promise.all([touch('a', 'b'), touch('b', 'a')]);
    // The retried transaction may overtake the one that waited, and conflict with it again.
    expect(Math.max(...attempts)).toBeGreaterThan(1);
  });

  test('passes on notes after the commit, but none that were rolled back, undone or from an earlier try', async () => {
    const heard: unknown[] = [];
    const onCommitted = (workspaceId: string, notes: readonly Note[]) => heard.push([workspaceId, ...notes]);
    const pool = await openDatabase(connections.app, { size: 1, onCommitted });
    const workspace = randomUUID();
    let tries = 0;
    await pool.tx(
      workspace,
      async (tx) => {
        tries += 1;
        tx.note('things', `try ${tries}`);
        const start = await tx.savepoint();
        await insert(tx, 'a');
        tx.note('undone');
        await start.undo();
        await insert(tx, 'a');
        if (tries === 1) await tx.query('DO $$ BEGIN RAISE serialization_failure; END $$');
        expect(heard).toEqual([]);
      },
      { retry: true },
    );
    const failing = pool.tx(workspace, async (tx) => {
      tx.note('things');
      await insert(tx, 'a');
    });
    await expect(failing).rejects.toThrow('duplicate key');
    await pool.tx(workspace, names);
    expect(heard).toEqual([[workspace, { subject: 'things', id: 'try 2' }]]);
    await pool.close();
  });

  test('sends several queries at once', async () => {
    const numbers = await db.global((tx) =>
      Promise.all([1, 2, 3, 4].map(async (n) => (await tx.query<{ n: number }>('select $1::int as n', [n]))[0]?.n)),
    );
    expect(numbers).toEqual([1, 2, 3, 4]);
  });

  test('can prepare a statement by name', async () => {
    const ask = (tx: Tx) => tx.query<{ n: number }>('select $1::int + 1 as n', [1], { name: 'plus-one' });
    const single = await openDatabase(connections.app, { size: 1 });
    for (let round = 0; round < 3; round++) expect(await single.global(ask)).toEqual([{ n: 2 }]);
    await single.close();
  });
});

describe('values', () => {
  test('arrive as numbers, date strings and Date objects', async () => {
    const [row] = await db.global((tx) =>
      tx.query(`select 42::bigint as big, 1.5::numeric as amount, date '2026-02-03' as day,
                       timestamptz '2026-02-03T04:05:06Z' as moment, array[1, null]::bigint[] as list,
                       '{"a": [1]}'::jsonb as json, array[date '2026-02-03'] as days, null::bigint as nothing`),
    );
    expect(row).toEqual({
      big: 42,
      amount: 1.5,
      day: '2026-02-03',
      moment: new Date('2026-02-03T04:05:06Z'),
      list: [1, null],
      json: { a: [1] },
      days: ['2026-02-03'],
      nothing: null,
    });
  });

  test('too large for a number cause an error, never a different number', async () => {
    const asking = db.global((tx) => tx.query('select 9007199254740993::bigint as big'));
    await expect(asking).rejects.toThrow('too large');
  });
});

describe('failures', () => {
  test('are classified as conflict, timeout or unavailable', async () => {
    const workspace = randomUUID();
    const twice = async (tx: Tx) => {
      await insert(tx, 'same');
      await insert(tx, 'same');
    };
    expect(await errorOf(db.tx(workspace, twice))).toSatisfy(isConflict);
    const brief = await openDatabase(connections.app, { size: 1, statementTimeout: 50 });
    expect(await errorOf(brief.global((tx) => tx.query('select pg_sleep(5)')))).toSatisfy(isTimeout);
    await brief.close();
    const away = openDatabase({ ...connections.app, host: '/nowhere' });
    expect(await errorOf(away)).toSatisfy(isUnavailable);
    const refused = openDatabase({ ...connections.app, host: '127.0.0.1', port: 1 });
    expect(await errorOf(refused)).toSatisfy(isUnavailable);
  });

  test('of an idle or busy connection end neither the process nor the pool', async () => {
    const pool = await openDatabase(connections.app, { size: 2, name: 'victim' });
    const kill = () =>
      query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'victim'`);
    const during = pool.global(async (tx) => {
      await tx.query('select 1');
      await kill();
      await tx.query('select 1');
    });
    expect(await errorOf(during)).toSatisfy(isUnavailable);
    await pool.global((tx) => tx.query('select 1'));
    await kill();
    const [row] = await until(() => pool.global((tx) => tx.query<{ one: number }>('select 1 as one')));
    expect(row?.one).toBe(1);
    await pool.close();
  });

  test('of a statement whose plan no longer fits its table end the connection, and the next query works', async () => {
    await query('create table shapes (a int); grant select on shapes to leadwell_app');
    const single = await openDatabase(connections.app, { size: 1 });
    const look = () => single.global((tx) => tx.query('select * from shapes', [], { name: 'look' }));
    await look();
    await query('alter table shapes add column b int');
    await expect(look()).rejects.toMatchObject({ code: '0A000' });
    expect(await look()).toEqual([]);
    await single.close();
  });

  test('to get a connection in time count as unavailable', async () => {
    const pool = await openDatabase(connections.app, { size: 1 });
    const gate = withResolvers();
    const holder = pool.global(() => gate.promise);
    expect(await errorOf(pool.global((tx) => tx.query('select 1')))).toSatisfy(isUnavailable);
    gate.resolve();
    await holder;
    await pool.close();
  });

  test('waits are bounded by timeouts that fit together', async () => {
    const shown = await db.global((tx) =>
      tx.query<{ name: string; setting: string }>(
        `select name, setting from pg_settings
           where name in ('lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout')`,
      ),
    );
    expect(Object.fromEntries(shown.map(({ name, setting }) => [name, Number(setting)]))).toEqual({
      lock_timeout: 1500,
      statement_timeout: 5000,
      idle_in_transaction_session_timeout: 10_000,
    });
    expect(reach(connections.app, { name: 'test' })).toMatchObject({
      connectionTimeoutMillis: 2000,
      query_timeout: 15_000,
      keepAlive: true,
    });
    expect([LIMITS.turn, LIMITS.lock].every((ms) => ms < LIMITS.connect && ms > 1000)).toBe(true);
  });

  test('a superuser connection is refused, because row-level security would not confine it', async () => {
    await expect(openDatabase(connections.superuser)).rejects.toThrow('not subject to row-level security');
  });
});

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

async function until<T>(work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 5000;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}

function barrier(count: number): () => Promise<void> {
  const gate = withResolvers();
  let arrived = 0;
  return () => {
    if (++arrived === count) gate.resolve();
    return gate.promise;
  };
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

test('arrays round-trip unchanged, whatever they contain', async () => {
  const texts = ['a"b', 'c\\d', 'NULL', '', null, '{x}', 'e,f', ' g\n', '\\"', "h'i"];
  const values = [{ text: 'j"k\\l\n{m},' }, [], null, { '"': 1.5 }];
  expect(
    await query('select $1::text[] as texts, $2::json[] as values', [pgArray(texts), pgJsonArray(values)]),
  ).toEqual([{ texts, values }]);
  expect(await query('select $1::int[] as none, $2::int[] as some', [pgArray([]), pgArray([1, null])])).toEqual([
    { none: [], some: [1, null] },
  ]);
});
