import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { ask, dataFolder, start, useClusters } from '../../../test/clusters.ts';
import type { Cluster } from '../postgres/cluster.ts';
import { poll } from '../time/wait.ts';
import type { Connection } from './connection.ts';
import { type Database, openDatabase } from './database.ts';
import { isUnavailable } from './database-errors.ts';
import { type Heartbeat, startHeartbeat } from './heartbeat.ts';
import { listenTo } from './listen.ts';
import { openPipelinedConnection, type PipelinedConnection } from './pipelined-connection.ts';

useClusters();

let closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  closing = [];
});

interface Subject {
  heartbeat: Heartbeat;
  database: Database;
  pipelined: PipelinedConnection;
  /** How often the listener reported that it may have missed messages. */
  gaps(): number;
  superuser: Connection;
  signal(name: 'STOP' | 'CONT'): void;
}

const workspace = '00000000-0000-7000-8000-000000000001';

async function open(): Promise<Subject> {
  const cluster: Cluster = await start(await dataFolder());
  closing.push(() => cluster.stop());
  const heartbeat = await startHeartbeat(cluster.app);
  closing.push(() => heartbeat.close());
  const database = await openDatabase(cluster.app, { heartbeat, size: 1 });
  closing.push(() => database.close());
  const pipelined = openPipelinedConnection(cluster.app, { heartbeat });
  closing.push(() => pipelined.close());
  let gaps = 0;
  const onGap = () => {
    gaps += 1;
  };
  const listening = await listenTo(cluster.app, 'news', { onMessage: () => {}, onGap, heartbeat });
  closing.push(() => listening.close());
  const [pid = ''] = (await readFile(join(cluster.dir, 'postmaster.pid'), 'utf8')).split('\n');
  const signal = (name: string) => {
    const children = execFileSync('ps', ['-o', 'pid=', '--ppid', pid], { encoding: 'utf8' }).split('\n');
    for (const one of [pid, ...children]) if (one.trim()) process.kill(Number(one), `SIG${name}`);
  };
  return { heartbeat, database, pipelined, gaps: () => gaps, superuser: cluster.superuser, signal };
}

async function timed(work: Promise<unknown>): Promise<{ away: boolean; ms: number }> {
  const began = performance.now();
  const error = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  return { away: isUnavailable(error), ms: performance.now() - began };
}

test('a frozen database is noticed, and no query waits for it longer than two seconds', async () => {
  const { heartbeat, database, pipelined, gaps, signal } = await open();
  const pooled = () => timed(database.global((tx) => tx.query('select 1')));
  const lane = () => timed(pipelined.run(workspace, async (tx) => ({ result: await tx.query('select 1') })));
  expect([(await pooled()).away, (await lane()).away]).toEqual([false, false]);
  for (let round = 0; round < 2; round += 1) {
    signal('STOP');
    const waiting = await Promise.all([
      pooled(),
      // Waits in line for the only connection.
      pooled(),
      lane(),
      lane(),
      poll(() => (heartbeat.isUp() ? undefined : true), 5000),
    ]);
    expect(waiting.slice(0, 4)).toMatchObject(Array(4).fill({ away: true }));
    for (const one of waiting.slice(0, 4)) expect((one as { ms: number }).ms).toBeLessThan(2000);
    expect((await pooled()).ms).toBeLessThan(100);
    signal('CONT');
    expect(await poll(() => (heartbeat.isUp() ? true : undefined), 5000)).toBe(true);
    expect([(await pooled()).away, (await lane()).away]).toEqual([false, false]);
    // The silent connection was given up and messages may have been lost, so the listener must report a gap.
    await expect.poll(gaps, { timeout: 10_000 }).toBe(round + 1);
  }
});

test('a database that answers queries counts as up even if the heartbeat gets no answer', async () => {
  const { heartbeat, database, superuser } = await open();
  const [beating] = await ask<{ pid: number }>(
    superuser,
    "select pid from pg_stat_activity where application_name = 'leadwell heartbeat'",
  );
  process.kill(beating?.pid ?? 0, 'SIGSTOP');
  try {
    const until = performance.now() + 2500;
    while (performance.now() < until) {
      expect((await timed(database.global((tx) => tx.query('select pg_sleep(0.05)')))).away).toBe(false);
      expect(heartbeat.isUp()).toBe(true);
    }
  } finally {
    process.kill(beating?.pid ?? 0, 'SIGCONT');
  }
});

test('a busy process does not mistake its own delay for a silent database', async () => {
  const { heartbeat } = await open();
  const until = performance.now() + 2500;
  while (performance.now() < until);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(heartbeat.isUp()).toBe(true);
});
