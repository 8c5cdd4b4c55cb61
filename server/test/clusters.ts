import { spawnSync } from 'node:child_process';
import { chmod, cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Connection } from '../src/platform/database/connection.ts';
import { unprivilegedAccount } from '../src/platform/postgres/account.ts';
import type { Cluster } from '../src/platform/postgres/cluster.ts';
import { startCluster } from '../src/platform/postgres/cluster.ts';
import { poll } from '../src/platform/time/wait.ts';
import type { Child, ChildMode } from './child.ts';
import { compilePlatform, startChild } from './child.ts';

/** The account that PostgreSQL runs under if the tests run as root, otherwise null. */
export const account = await unprivilegedAccount();
const roots: string[] = [];
const children: Child[] = [];
/** The compiled platform, for child processes. */
let program: string;
/** A data folder with a cleanly stopped cluster; copying it is quicker than creating one. */
let stopped: string;

/** Setup and cleanup for tests that start their own clusters; call it once per test file. */
export function useClusters(): void {
  beforeAll(async () => {
    program = await compilePlatform(await openFolder());
    stopped = join(await openFolder(), 'data');
    const cluster = await start(stopped);
    await cluster.stop();
  });

  afterEach(async () => {
    for (const child of children.splice(0)) if (child.process.exitCode === null) await child.kill();
  });

  afterAll(async () => {
    for (const root of roots) {
      for (const path of [root, join(root, 'data')]) killServer(path);
      await rm(root, { recursive: true, force: true });
    }
  });
}

/** A new temporary folder that every account may enter. */
export async function openFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lw-'));
  roots.push(folder);
  await chmod(folder, 0o711);
  return folder;
}

/** A new data folder with a cleanly stopped cluster. */
export async function dataFolder(): Promise<string> {
  const folder = join(await openFolder(), 'data');
  await cp(stopped, folder, { recursive: true });
  // A copy made by root belongs to root.
  if (account)
    spawnSync('chown', ['-R', `${account.uid}:${account.gid}`, join(folder, 'postgres'), join(folder, 'run')]);
  return folder;
}

/** Starts a cluster in this process, without fsync for speed. */
export const start = (dataDir: string): Promise<Cluster> => startCluster({ dataDir, settings: { fsync: false } });

/** `folder`: where the platform was compiled to; `uid` and `gid`: the account that the process runs as. */
export interface LaunchOptions {
  readonly folder?: string;
  readonly uid?: number;
  readonly gid?: number;
}

/** Runs a miniature Leadwell process on a data folder; it is killed after the test if it is still running. */
export function launch(dataDir: string, mode: ChildMode = 'hold', options: LaunchOptions = {}): Child {
  const child = startChild(options.folder ?? program, dataDir, mode, options);
  children.push(child);
  return child;
}

/** Runs one statement and returns its rows. */
export async function ask<Row extends object>(connection: Connection, text: string): Promise<Row[]> {
  const client = new Client(connection);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

/** The process id of a data folder's server. */
export async function serverPid(dataDir: string): Promise<number> {
  return Number((await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

/** Cleans up after a failed test; kills a server only if it runs in exactly this folder. */
function killServer(dataDir: string): void {
  const found = spawnSync('head', ['-1', join(dataDir, 'postgres', 'postmaster.pid')]);
  const pid = Number(found.stdout.toString());
  if (!pid) return;
  const folder = spawnSync('readlink', [`/proc/${pid}/cwd`])
    .stdout.toString()
    .trim();
  if (folder === join(dataDir, 'postgres')) process.kill(pid, 'SIGKILL');
}

/** Whether the process ends within `limit` ms. Zombies count as ended, since they cannot be reaped here. */
export async function ended(pid: number, limit = 5000): Promise<boolean> {
  const gone = () => {
    const { status, stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)]);
    return status !== 0 || stdout.toString().startsWith('Z') ? true : undefined;
  };
  return (await poll(gone, limit)) === true;
}
