// Durable lead creation through each dialect, compared with (a) the same route and validation storing nothing and
// (b) one transaction per request writing the same rows. Interleaved in one run; what counts is the ratio of medians.
//   npm run bench [-- --seconds 4 --rounds 3 --connections 64 --only native,ispcrm]
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makePartitions } from '../dist/journal/partition-store.js';
import { openDatabase } from '../dist/platform/database/database.js';
import { migrate } from '../dist/platform/database/migrate.js';
import { startCluster } from '../dist/platform/postgres/cluster.js';
import { tokenKinds } from '../dist/token-kinds.js';
import { firstRun } from '../dist/workspaces/first-run.js';
import { requests } from './requests.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '64' },
    only: { type: 'string', default: Object.keys(requests).join(',') },
  },
});
const modes = ['nothing', 'gathered', 'single'];
const kinds = values.only.split(',');
const dataDir = await mkdtemp(join(tmpdir(), 'leadwell-bench-'));
const cluster = await startCluster({ dataDir });
const children = [];
try {
  await migrate(cluster.owner);
  const owner = await openDatabase(cluster.owner, { size: 1, asOwner: true });
  await owner.global((tx) => makePartitions(tx, new Date()));
  const first = await firstRun(owner, { region: 'GB', kinds: tokenKinds, now: new Date() });
  await owner.close();
  const servers = {};
  for (const mode of modes) servers[mode] = await child('server.mjs', { mode, app: cluster.app });
  const load = await child('load.mjs');
  print(await measure(servers, load, first.tokens));
} finally {
  for (const one of children) one.kill('SIGKILL');
  await cluster.stop();
  await rm(dataDir, { recursive: true, force: true });
}

async function child(file, argument) {
  const forked = fork(new URL(file, import.meta.url), argument ? [JSON.stringify(argument)] : []);
  children.push(forked);
  const ask = (message) =>
    new Promise((resolve, reject) => {
      forked.once('message', resolve);
      forked.removeAllListeners('exit').once('exit', () => reject(new Error(`${file} ended`)));
      if (message !== undefined) forked.send(message);
    });
  return { ask, ready: argument ? await ask() : undefined };
}

async function measure(servers, load, tokens) {
  const results = new Map();
  let start = 0;
  const once = async (mode, kind, seconds) => {
    const { port } = servers[mode].ready;
    const job = { port, connections: Number(values.connections), seconds, kind, token: tokens.get(kind), start };
    const before = await servers[mode].ask('usage');
    const figures = await load.ask(job);
    const after = await servers[mode].ask('usage');
    start = figures.next;
    const requestsDone = figures.rate * seconds;
    return {
      ...figures,
      mb: after.rss / 1e6,
      cpu: (after.user + after.system - before.user - before.system) / requestsDone,
    };
  };
  for (const kind of kinds) for (const mode of modes) await once(mode, kind, 1);
  for (let round = 0; round < Number(values.rounds); round += 1)
    for (const kind of kinds)
      for (const mode of modes) {
        const key = `${kind} ${mode}`;
        results.set(key, [...(results.get(key) ?? []), await once(mode, kind, Number(values.seconds))]);
      }
  return results;
}

function print(results) {
  const median = (kind, mode, name) => {
    const sorted = results
      .get(`${kind} ${mode}`)
      .map((one) => one[name])
      .sort((a, b) => a - b);
    return sorted[sorted.length >> 1];
  };
  console.log(
    `${values.connections} connections, medians of ${values.rounds} interleaved rounds of ${values.seconds} s\n`,
  );
  console.log(
    'dialect    created/s  of storing nothing  times one tx/request   p50 ms   p99 ms  p99/p50  us/req    MB  statuses',
  );
  for (const kind of kinds) {
    const rate = median(kind, 'gathered', 'rate');
    const [p50, p99] = [median(kind, 'gathered', 'p50'), median(kind, 'gathered', 'p99')];
    const cells = [
      kind.padEnd(10),
      rate.toFixed(0).padStart(9),
      (rate / median(kind, 'nothing', 'rate')).toFixed(2).padStart(19),
      (rate / median(kind, 'single', 'rate')).toFixed(2).padStart(21),
      p50.toFixed(2).padStart(8),
      p99.toFixed(2).padStart(8),
      (p99 / p50).toFixed(2).padStart(8),
      median(kind, 'gathered', 'cpu').toFixed(0).padStart(7),
      median(kind, 'gathered', 'mb').toFixed(0).padStart(5),
      ` ${JSON.stringify(results.get(`${kind} gathered`)[0].statuses)}`,
    ];
    console.log(cells.join(' '));
  }
  for (const mode of ['nothing', 'single'])
    console.log(`\n${mode}: ${kinds.map((kind) => `${kind} ${median(kind, mode, 'rate').toFixed(0)}/s`).join(', ')}`);
}
