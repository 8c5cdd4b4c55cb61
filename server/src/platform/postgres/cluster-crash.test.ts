import { spawn } from 'node:child_process';
import { chmod, chown, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import type { ChildMode } from '../../../test/child.ts';
import {
  account,
  ask,
  dataFolder,
  ended,
  launch,
  openFolder,
  serverPid,
  start,
  useClusters,
} from '../../../test/clusters.ts';
import { poll } from '../time/wait.ts';
import { holdInstance } from './instance-lock.ts';

useClusters();

/** A miniature Leadwell that is ready, and its data folder. */
async function launched(mode?: ChildMode) {
  const dataDir = await dataFolder();
  const child = launch(dataDir, mode);
  await child.next();
  return { dataDir, child };
}

describe('after a kill -9', () => {
  test('of the server and of Node, the next start recovers everything that was committed', async () => {
    const { dataDir, child } = await launched();
    const before = await start(dataDir);
    await ask(before.owner, 'create table kept as select 1 as n');
    await before.stop();
    const pid = await serverPid(dataDir);
    await child.kill();
    process.kill(pid, 'SIGKILL');
    const cluster = await start(dataDir);
    expect(cluster.started).toBe('started');
    expect(await ask(cluster.owner, 'select n from kept')).toEqual([{ n: 1 }]);
    await cluster.stop();
  });

  test('of the server alone, the running Leadwell restarts it', async () => {
    const dataDir = await dataFolder();
    const cluster = await start(dataDir);
    const pid = await serverPid(dataDir);
    process.kill(pid, 'SIGKILL');
    const back = await poll(
      () =>
        ask(cluster.app, 'select 1 as one').then(
          (rows) => rows,
          () => undefined,
        ),
      15_000,
    );
    expect(back).toEqual([{ one: 1 }]);
    expect(await serverPid(dataDir)).not.toBe(pid);
    await cluster.stop();
  });

  test('of Node, the server keeps running, and the next Leadwell adopts it and stops it in the end', async () => {
    const dataDir = await dataFolder();
    const child = launch(dataDir);
    expect(await child.next()).toMatchObject({ event: 'ready', started: 'started' });
    const pid = await serverPid(dataDir);
    await child.kill();
    expect(await ended(pid, 200)).toBe(false);
    const cluster = await start(dataDir);
    expect(cluster.started).toBe('adopted');
    expect(await serverPid(dataDir)).toBe(pid);
    await cluster.stop();
    expect(await ended(pid)).toBe(true);
  });
});

describe('a lock file left behind', () => {
  test('whose process id now belongs to another process does not prevent the start or harm that process', async () => {
    const dataDir = await dataFolder();
    const stranger = spawn('sleep', ['60'], { ...identity(), stdio: 'ignore' });
    await leaveLocks(dataDir, stranger.pid ?? 0);
    const cluster = await start(dataDir);
    expect(await ask(cluster.app, 'select 1 as one')).toEqual([{ one: 1 }]);
    await cluster.stop();
    expect(stranger.exitCode ?? stranger.signalCode).toBe(null);
    stranger.kill();
  });

  test('whose process is a zombie does not prevent the start', async () => {
    const dataDir = await dataFolder();
    // The parent must never reap the child. A shell might, so the child ends only once `sleep` has replaced the shell.
    const zombieMaker = '(until grep -q sleep /proc/$$/comm; do sleep 0.01; done) & echo $!; exec sleep 60';
    const parent = spawn('sh', ['-c', zombieMaker], {
      ...identity(),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const { value } = await createInterface({ input: parent.stdout })[Symbol.asyncIterator]().next();
    const zombie = Number(value);
    const state = () => readFile(`/proc/${zombie}/stat`, 'utf8').then((text) => (/\) Z/.test(text) ? true : undefined));
    expect(await poll(state, 5000)).toBe(true);
    await leaveLocks(dataDir, zombie);
    const cluster = await start(dataDir);
    await cluster.stop();
    parent.kill();
  });

  const identity = () => (account ? { uid: account.uid, gid: account.gid } : {});

  async function leaveLocks(dataDir: string, pid: number): Promise<void> {
    const lock = join(dataDir, 'postgres', 'postmaster.pid');
    const socketLock = join(dataDir, 'run', '.s.PGSQL.5432.lock');
    for (const path of [lock, socketLock]) {
      await writeFile(path, `${pid}\n${join(dataDir, 'postgres')}\n1700000000\n5432\n${join(dataDir, 'run')}\n\n`);
      await chmod(path, 0o600);
      if (account) await chown(path, account.uid, account.gid);
    }
  }
});

describe('several processes', () => {
  test('that create the same cluster at once end up with one', async () => {
    const dataDir = join(await openFolder(), 'data');
    const both = [launch(dataDir), launch(dataDir)];
    const said = await Promise.all(both.map((child) => child.next()));
    // The process that created the files need not be the one that starts the server on them.
    expect(said.map(({ started }) => started === 'adopted').sort()).toEqual([false, true]);
    await Promise.all(both.map((child) => child.finish()));
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'run', 'secrets.json']);
  });

  test('that start, use and stop the same cluster at once all succeed, and leave it stopped', async () => {
    const dataDir = await dataFolder();
    const said = await Promise.all([1, 2, 3].map(() => launch(dataDir, 'once').next()));
    expect(said.map(({ event, message }) => message ?? event)).toEqual(['ready', 'ready', 'ready']);
    const lock = join(dataDir, 'postgres', 'postmaster.pid');
    const gone = () =>
      stat(lock).then(
        () => undefined,
        () => true,
      );
    expect(await poll(gone, 10_000)).toBe(true);
  });

  test('share one cluster: a command that ends does not stop it for the server', async () => {
    const dataDir = await dataFolder();
    const server = await start(dataDir);
    const command = launch(dataDir, 'once');
    expect(await command.next()).toMatchObject({ started: 'adopted' });
    await command.finish();
    expect(await ask(server.app, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
  });

  test('cannot both be the server of one data folder', async () => {
    const { dataDir, child: first } = await launched('instance');
    const cluster = await start(dataDir);
    const refused = holdInstance(cluster.app, { dataDir });
    await expect(refused).rejects.toThrow(
      `Another Leadwell already runs on this data folder (DATA_DIR=${dataDir}). Stop it first`,
    );
    await first.kill();
    const instance = await holdInstance(cluster.app, { dataDir });
    await instance.release();
    await cluster.stop();
  });
});

describe('Ctrl-C', () => {
  test('reaches Node but not the server, so that Node can drain first', async () => {
    const { dataDir, child } = await launched();
    const pid = await serverPid(dataDir);
    process.kill(-(child.process.pid ?? 0), 'SIGINT');
    expect(await child.next()).toEqual({ event: 'interrupted' });
    expect(await ended(pid, 200)).toBe(false);
    await child.finish();
    expect(await ended(pid)).toBe(true);
  });
});
