// Measures durable lead creation, from an empty database, against a bare Fastify handler with the same validation.
//   npm run bench [-- --leads 200000 --seconds 4 --rounds 3 --connections 64 --only native,ispcrm --json FILE]
// First `--leads` leads are created through /v1, to show whether the rate holds as the table grows. Then each kind of
// request is compared in interleaved rounds with the bare handler, with the same route storing nothing, and with one
// transaction per request. What matters are the ratios within one run. Fails if a look-up reads rows that it then
// filters out. `--processes 2` instead compares two processes on one database with one.
import { writeFile } from 'node:fs/promises';
import { withEmptyStore } from './children.mjs';
import { databaseCpu, readTooMuch, rowsRead } from './database-figures.mjs';
import { readOptions } from './options.mjs';
import { compareProcesses } from './processes.mjs';
import { requests } from './requests.mjs';

const values = readOptions({
  leads: 200_000,
  step: 10_000,
  seconds: 4,
  rounds: 3,
  connections: 64,
  only: Object.keys(requests).join(','),
  json: '',
  processes: 0,
});
const { connections } = values;
const kinds = values.only.split(',').filter(Boolean);
const modes = ['bare', 'nothing', 'gathered', 'single'];

if (values.processes) process.exitCode = await compareProcesses(values);
else await withEmptyStore(compareServers);

async function compareServers({ cluster, tokens, child }) {
  const servers = { bare: await child('bare.mjs', {}) };
  for (const mode of modes.slice(1)) servers[mode] = await child('server.mjs', { mode, app: cluster.app });
  const load = await child('load.mjs');
  let start = 0;
  /** Sends one kind of request to one server, for a given time or a given number of requests. */
  const once = async (mode, kind, limit) => {
    const before = { ...(await servers[mode].ask('usage')), database: databaseCpu(cluster.dir) };
    const job = { port: servers[mode].ready.port, connections, kind, token: tokens.get(kind), start, ...limit };
    const figures = await load.ask(job);
    const after = { ...(await servers[mode].ask('usage')), database: databaseCpu(cluster.dir) };
    start = figures.next;
    const failed = Object.keys(figures.statuses).filter((status) => Number(status) >= 400);
    if (failed.length > 0) throw new Error(`${mode} answered ${kind} with ${failed.join(', ')}.`);
    return {
      ...figures,
      mb: after.rss / 1e6,
      nodeMicros: (after.user + after.system - before.user - before.system) / figures.done,
      databaseMicros: ((after.database - before.database) * 1e6) / figures.done,
    };
  };
  const before = await rowsRead({ ...cluster.superuser, database: cluster.owner.database });
  const growth = await grow(once);
  printGrowth(growth);
  const rounds = kinds.length > 0 ? await compare(once) : new Map();
  if (kinds.length > 0) printComparison(rounds);
  const after = await rowsRead({ ...cluster.superuser, database: cluster.owner.database });
  const tooMuch = readTooMuch(before, after, start);
  for (const { name, perLead } of tooMuch) console.log(`\n${name} read ${perLead.toFixed(0)} rows per request.`);
  if (values.json) await writeFile(values.json, JSON.stringify({ growth, rounds: [...rounds], tooMuch }, null, 1));
  process.exitCode = tooMuch.length > 0 ? 1 : 0;
}

/** Creates leads in steps, from an empty table, and measures the bare handler for a second before each step. */
async function grow(once) {
  const steps = [];
  const { step } = values;
  await once('bare', 'native', { seconds: 1 });
  for (let made = 0; made < values.leads; made += step) {
    const bare = await once('bare', 'native', { seconds: 1 });
    const product = await once('gathered', 'native', { count: step });
    steps.push({ leads: made + step, bareRate: bare.rate, ...product });
  }
  return steps;
}

async function compare(once) {
  const results = new Map();
  for (const kind of kinds) for (const mode of modes) await once(mode, kind, { seconds: 1 });
  for (let round = 0; round < values.rounds; round += 1)
    for (const kind of kinds)
      for (const mode of modes) {
        const key = `${kind} ${mode}`;
        results.set(key, [...(results.get(key) ?? []), await once(mode, kind, { seconds: values.seconds })]);
      }
  return results;
}

function printGrowth(steps) {
  if (steps.length === 0) return;
  console.log(`${connections} connections, /v1, from an empty database; bare: one second before each step\n`);
  console.log('    leads  created/s  of bare   p50 ms   p95 ms   p99 ms  Node us  PostgreSQL us    MB');
  for (const one of steps)
    console.log(
      [
        String(one.leads).padStart(9),
        one.rate.toFixed(0).padStart(10),
        (one.rate / one.bareRate).toFixed(3).padStart(8),
        ...[one.p50, one.p95, one.p99].map((ms) => ms.toFixed(1).padStart(8)),
        one.nodeMicros.toFixed(0).padStart(8),
        one.databaseMicros.toFixed(0).padStart(14),
        one.mb.toFixed(0).padStart(5),
      ].join(' '),
    );
  const third = Math.floor(steps.length / 3);
  if (third === 0) return;
  const mean = (part) => part.reduce((sum, { rate, bareRate }) => sum + rate / bareRate, 0) / part.length;
  const thirds = [0, 1, 2].map((at) => mean(steps.slice(at * third, at === 2 ? undefined : (at + 1) * third)));
  console.log(`\nLast third of the best third, as shares of bare: ${(thirds[2] / Math.max(...thirds)).toFixed(2)}`);
}

function printComparison(results) {
  const median = (kind, mode, name) => {
    const sorted = results
      .get(`${kind} ${mode}`)
      .map((one) => one[name])
      .sort((a, b) => a - b);
    return sorted[sorted.length >> 1];
  };
  console.log(`\n${connections} connections, medians of ${values.rounds} interleaved rounds of ${values.seconds} s\n`);
  console.log(
    'dialect    created/s  of bare  of storing nothing  times one tx/request   p50 ms   p99 ms  Node us  PostgreSQL us    MB  statuses',
  );
  for (const kind of kinds) {
    const rate = median(kind, 'gathered', 'rate');
    console.log(
      [
        kind.padEnd(10),
        rate.toFixed(0).padStart(9),
        (rate / median(kind, 'bare', 'rate')).toFixed(3).padStart(8),
        (rate / median(kind, 'nothing', 'rate')).toFixed(2).padStart(19),
        (rate / median(kind, 'single', 'rate')).toFixed(2).padStart(21),
        ...['p50', 'p99'].map((name) => median(kind, 'gathered', name).toFixed(1).padStart(8)),
        median(kind, 'gathered', 'nodeMicros').toFixed(0).padStart(8),
        median(kind, 'gathered', 'databaseMicros').toFixed(0).padStart(14),
        median(kind, 'gathered', 'mb').toFixed(0).padStart(5),
        ` ${JSON.stringify(results.get(`${kind} gathered`)[0].statuses)}`,
      ].join(' '),
    );
  }
}
