import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../src/platform/database/migrate.ts';
import type { Cluster } from '../src/platform/postgres/cluster.ts';
import { startCluster } from '../src/platform/postgres/cluster.ts';
import { type PlainPostgres, startPlainPostgres } from './plain-postgres.ts';
import { TEMPLATE } from './template.ts';

const PREFIX = 'leadwell-test-';

let cluster: PlainPostgres | undefined;
let folder: string | undefined;

/**
 * Starts one cluster in a temporary folder and migrates the template. Uses the embedded PostgreSQL, or the programs in
 * the folder TEST_POSTGRES. Settings favour speed over safety, since nothing here is kept.
 */
export async function setup(project: TestProject): Promise<void> {
  await stopOrphans();
  folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  await chmod(folder, 0o711);
  const bin = process.env['TEST_POSTGRES'];
  cluster = bin ? await startPlainPostgres(folder, bin) : await startEmbedded(folder);
  await makeTemplate(cluster);
  const { superuser, owner, app } = cluster;
  project.provide('testCluster', { superuser, owner, app });
}

/** Stops the cluster and removes its folder. */
export async function teardown(): Promise<void> {
  await cluster?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
}

function startEmbedded(dataDir: string): Promise<Cluster> {
  return startCluster({
    dataDir,
    settings: {
      fsync: false,
      synchronous_commit: false,
      full_page_writes: false,
      shared_buffers: '128MB',
      max_connections: 300,
    },
  });
}

async function makeTemplate({ superuser, owner }: PlainPostgres): Promise<void> {
  const client = new Client(superuser);
  await client.connect();
  try {
    await client.query(`create database ${TEMPLATE} owner leadwell_owner`);
    await migrate({ ...owner, database: TEMPLATE });
  } finally {
    await client.end();
  }
}

/** Stops servers that killed test runs left behind; the folder's name contains the run's process id. */
async function stopOrphans(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]);
    if (!pid || isAlive(pid)) continue;
    const orphan = join(tmpdir(), name);
    const running = existsSync(join(orphan, 'postgres', 'postmaster.pid'));
    if (running) await startCluster({ dataDir: orphan }).then((found) => found.stop(), ignore);
    await rm(orphan, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function ignore(): void {}
