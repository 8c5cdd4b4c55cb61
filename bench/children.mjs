// The processes of a benchmark: an embedded PostgreSQL with an empty database, and the servers that use it.
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePartitions } from '../dist/journal/partition-store.js';
import { openDatabase } from '../dist/platform/database/database.js';
import { migrate } from '../dist/platform/database/migrate.js';
import { startCluster } from '../dist/platform/postgres/cluster.js';
import { tokenKinds } from '../dist/token-kinds.js';
import { firstRun } from '../dist/workspaces/first-run.js';

// Several servers share the database, each with as many connections as a single server has.
const roomForServers = { max_connections: 200 };

/** Runs `work` with a new, empty store, as it is after a first start, and removes everything afterwards. */
export async function withEmptyStore(work, settings = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'leadwell-bench-'));
  const cluster = await startCluster({ dataDir, settings: { ...roomForServers, ...settings } });
  const children = [];
  try {
    await migrate(cluster.owner);
    const owner = await openDatabase(cluster.owner, { size: 1, asOwner: true });
    await owner.global((tx) => makePartitions(tx, new Date()));
    const { tokens } = await firstRun(owner, { region: 'GB', kinds: tokenKinds, now: new Date() });
    await owner.close();
    const child = async (file, argument) => {
      const started = startChild(file, argument);
      children.push(started.process);
      return { ...started, ready: file === 'load.mjs' ? undefined : await started.ask() };
    };
    return await work({ cluster, tokens, child });
  } finally {
    for (const one of children) one.kill('SIGKILL');
    await cluster.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Starts a program of this folder; `ask` sends it a message and waits for its next message. */
export function startChild(file, argument) {
  const forked = fork(new URL(file, import.meta.url), argument ? [JSON.stringify(argument)] : []);
  const ask = (message) =>
    new Promise((resolve, reject) => {
      forked.once('message', resolve);
      forked.removeAllListeners('exit').once('exit', () => reject(new Error(`${file} ended`)));
      if (message !== undefined) forked.send(message);
    });
  return { process: forked, ask };
}
