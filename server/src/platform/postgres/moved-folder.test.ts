import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dataFolder, openFolder, useClusters } from '../../../test/clusters.ts';
import { poll } from '../time/wait.ts';
import { startCluster } from './cluster.ts';

useClusters();

async function running(dataDir: string) {
  const said: string[] = [];
  let moved = false;
  const cluster = await startCluster({
    dataDir,
    settings: { fsync: false },
    log: { info: () => {}, warn: (text) => void said.push(text) },
    onMoved: () => {
      moved = true;
    },
  });
  const pid = Number((await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
  const isNoticed = () => poll(() => (moved ? true : undefined), 15_000, 50);
  return { cluster, pid, said, isNoticed };
}

const runs = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('a moved data folder is noticed, and its PostgreSQL does not keep running', async () => {
  const dataDir = await dataFolder();
  const { cluster, pid, said, isNoticed } = await running(dataDir);
  const elsewhere = join(await openFolder(), 'moved');
  await rename(dataDir, elsewhere);
  expect(await isNoticed()).toBe(true);
  expect(said.join()).toContain('was moved or removed while Leadwell was running on it');
  await cluster.stop();
  expect(runs(pid)).toBe(false);
  const again = await running(elsewhere);
  expect(again.cluster.started).toBe('started');
  await again.cluster.stop();
});

test('a replaced or removed data folder is noticed, and its PostgreSQL does not keep running', async () => {
  for (const replaced of [true, false]) {
    const dataDir = await dataFolder();
    const { cluster, pid, isNoticed } = await running(dataDir);
    if (replaced) {
      await rename(join(dataDir, 'postgres'), join(dataDir, 'postgres.old'));
      await mkdir(join(dataDir, 'postgres'));
    } else await rm(dataDir, { recursive: true, maxRetries: 20, retryDelay: 50 });
    expect(await isNoticed()).toBe(true);
    await cluster.stop();
    expect(runs(pid)).toBe(false);
  }
});
