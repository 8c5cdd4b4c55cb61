import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { createThings, insert, names } from '../../../test/things-table.ts';
import { openDatabase } from './database.ts';
import { isUnavailable } from './database-errors.ts';
import type { Tx } from './transaction.ts';

const { db, connections, query } = await testDatabase({ empty: true });

await createThings({ connections });

test('a read sees only its own workspace, and leaves nothing set for the next on the same connection', async () => {
  const single = await openDatabase(connections.app, { size: 1 });
  const workspace = randomUUID();
  await db.tx(workspace, (tx) => insert(tx, 'a'));
  expect(await single.read(workspace, names)).toEqual(['a']);
  expect(await single.read(randomUUID(), names)).toEqual([]);
  expect(await single.global(names)).toEqual([]);
  const sees = (tx: Tx) => tx.query(`select current_setting('leadwell.sees', true) as sees`);
  expect(await single.read(workspace, sees, { 'leadwell.sees': "{o'ne}" })).toEqual([{ sees: "{o'ne}" }]);
  expect(await single.read(workspace, sees)).toEqual([{ sees: '' }]);
  await expect(single.read('', names)).rejects.toThrow('needs a workspace');
  await single.close();
});

test('a read takes one round trip for everything sent in one turn, and sees later what was committed meanwhile', async () => {
  const workspace = randomUUID();
  const [first, second] = await db.read(workspace, async (tx) => {
    const together = await Promise.all([names(tx), tx.query('select $1::int as n', [7]), names(tx)]);
    await db.tx(workspace, (other) => insert(other, 'a'));
    return [together, await names(tx)];
  });
  expect(first).toEqual([[], [{ n: 7 }], []]);
  expect(second).toEqual(['a']);
  const ids = await db.read(workspace, (tx) =>
    Promise.all([1, 2].map(() => tx.query('select transaction_timestamp() as began'))),
  );
  expect(ids[0]).toEqual(ids[1]);
});

test('no statement is compiled, whatever the server is set to', async () => {
  await query(`ALTER DATABASE ${connections.app.database} SET jit = on`);
  const pool = await openDatabase(connections.app, { size: 1 });
  expect(await pool.global((tx) => tx.query('SHOW jit'))).toEqual([{ jit: 'off' }]);
  await pool.close();
});

test('a read cannot change anything', async () => {
  const workspace = randomUUID();
  await expect(db.read(workspace, (tx) => insert(tx, 'a'))).rejects.toMatchObject({ code: '25006' });
  await expect(db.read(workspace, (tx) => tx.savepoint())).rejects.toThrow('nothing is changed');
  expect(await db.read(workspace, names)).toEqual([]);
});

test('a read fails as a whole, and the connection can be used again, also for what came after the failure', async () => {
  const single = await openDatabase(connections.app, { size: 1 });
  const after = (tx: Tx) => tx.query('select 2 as two', [], { name: 'after_a_failure' });
  const pid = (tx: Tx) => tx.query('select pg_backend_pid() as pid');
  const [before] = await single.read(randomUUID(), pid);
  const failing = single.read(randomUUID(), (tx) =>
    Promise.all([tx.query('select 1 / $1::int', [0], { name: 'a_failure' }), after(tx)]),
  );
  await expect(failing).rejects.toMatchObject({ code: '22012' });
  expect(await single.read(randomUUID(), after)).toEqual([{ two: 2 }]);
  const big = single.read(randomUUID(), (tx) => tx.query('select 9007199254740993::bigint as big'));
  await expect(big).rejects.toThrow('too large');
  expect(await single.read(randomUUID(), pid)).toEqual([before]);
  await single.close();
});

test('a read ends a connection to which a value could not be sent', async () => {
  const single = await openDatabase(connections.app, { size: 1 });
  const broken = {
    toPostgres: () => {
      throw new Error('no text');
    },
  };
  const sending = single.read(randomUUID(), (tx) => tx.query('select $1::text', [broken]));
  await expect(sending).rejects.toThrow('no text');
  await expect.poll(() => single.read(randomUUID(), (tx) => tx.query('select 1 as one'))).toEqual([{ one: 1 }]);
  await single.close();
});

test('what a read sent before it failed never reaches whoever has its connection next', async () => {
  const single = await openDatabase(connections.app, { size: 1 });
  const workspace = randomUUID();
  const failing = single.read(randomUUID(), (tx) => {
    void names(tx);
    throw new Error('no');
  });
  const next = single.tx(workspace, async (tx) => {
    await insert(tx, 'a');
    await insert(tx, 'b');
  });
  await expect(failing).rejects.toThrow('no');
  await next;
  expect(await single.read(workspace, names)).toEqual(['a', 'b']);
  await single.close();
});

test('a read is unavailable when its connection ends, and refuses queries after its function returned', async () => {
  const pool = await openDatabase(connections.app, { size: 1, name: 'reader' });
  const cut = pool.read(randomUUID(), async (tx) => {
    await tx.query('select 1');
    await query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'reader'`);
    await tx.query('select pg_sleep(5)');
  });
  expect(await cut.catch((error: unknown) => error)).toSatisfy(isUnavailable);
  const ended = await pool.read(randomUUID(), (tx) => Promise.resolve({ tx }));
  await expect(names(ended.tx)).rejects.toThrow('has ended');
  await pool.close();
});

test('a workspace whose reads and changes wait leaves connections to the others', async () => {
  const pool = await openDatabase(connections.app, { size: 2, perWorkspace: 1 });
  const [busy, other] = [randomUUID(), randomUUID()];
  let goOn = () => {};
  const gate = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const waiting = [pool.tx(busy, () => gate), pool.read(busy, () => gate)];
  expect(await pool.read(other, names)).toEqual([]);
  goOn();
  await Promise.all(waiting);
  await pool.close();
});

test('a transaction that fails in the same way each time is given up after five attempts', async () => {
  let attempts = 0;
  const again = Object.assign(new Error('could not serialize access'), { code: '40001' });
  const failing = db.tx(
    randomUUID(),
    async () => {
      attempts += 1;
      throw attempts > 20 ? new Error('endless') : again;
    },
    { retry: true },
  );
  await expect(failing).rejects.toBe(again);
  expect(attempts).toBe(5);
});
