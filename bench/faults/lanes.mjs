// Proves that a quiet workspace does not notice a noisy neighbour: the 99th percentile of its response times, while
// another workspace floods within its limits or has a locked lead, stays within 1.5 times the usual.
//   npm run prove:lanes [-- --seconds 60 --rounds 12 --flood 100]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { startCluster } from '../../dist/platform/postgres/cluster.js';
import { readOptions } from '../options.mjs';
import { command, startServer } from './servers.mjs';

const values = readOptions({ seconds: 60, rounds: 12, flood: 100 });
/** The promised limit, as a multiple of the usual time. Nobody notices times below `floor` (ms), so they pass. */
const allowed = 1.5;
const floor = 25;
const perSecond = 20;
const part = values.seconds / values.rounds;
let phones = 7_610_000_000;

const folder = mkdtempSync(join(tmpdir(), 'leadwell-lanes-'));
const env = { DATA_DIR: join(folder, 'data'), DATABASE_URL: '' };
const server = await startServer(env);
try {
  await prove();
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function prove() {
  await command(env, 'workspace', 'create', '--name', 'quiet');
  const quiet = await tokenOf('quiet', 'create');
  const noisy = await tokenOf('default', 'merge');
  await measure(quiet, 5);
  const figures = { quiet: [], flood: [], locked: [] };
  const situations = [
    ['quiet', () => measure(quiet, part)],
    ['flood', () => beside(flood(noisy, values.flood), quiet)],
    ['locked', async () => beside(await lock(noisy), quiet)],
  ];
  // The situations take short turns, each of them first in a third of the rounds, because the load on a shared machine
  // changes over time.
  for (let round = 0; round < values.rounds; round += 1) {
    situations.push(situations.shift());
    for (const [name, times] of situations) figures[name].push(...(await times()));
  }
  report(figures);
}

async function tokenOf(workspace, policy) {
  const made = await command(
    env,
    'token',
    'create',
    '--dialect',
    'getlead',
    '--workspace',
    workspace,
    '--policy',
    policy,
  );
  if (made.code !== 0) throw new Error(made.stdout);
  return made.stdout.trim();
}

/** Response times in ms of requests that are sent at a steady pace, whether or not earlier ones have been answered. */
async function measure(token, seconds) {
  const sent = [];
  for (let at = 0; at < seconds * perSecond; at += 1) {
    sent.push(send(token, phones++));
    await pause(1000 / perSecond);
  }
  const answers = await Promise.all(sent);
  const wrong = answers.filter(({ status }) => status !== 200);
  if (wrong.length > 0) throw new Error(`${wrong.length} quiet requests were refused: ${wrong[0].status}`);
  return answers.map(({ ms }) => ms);
}

async function send(token, phone) {
  const began = performance.now();
  const path = `/api/gl-website-contacts?token=${token}&countrycode=44&mobileno=${phone}&source=Website`;
  const reply = await fetch(server.url + path);
  await reply.text();
  return { status: reply.status, ms: performance.now() - began };
}

async function beside(noise, token) {
  await pause(500);
  const times = await measure(token, part);
  await noise.stop();
  return times;
}

/** Sends requests about new people to the other workspace, `rate` per second. */
function flood(token, rate) {
  let isRunning = true;
  const running = (async () => {
    while (isRunning) {
      for (let at = 0; at < rate / 20; at += 1) void send(token, phones++).catch(() => {});
      await pause(50);
    }
  })();
  return {
    async stop() {
      isRunning = false;
      await running;
      await pause(2000);
    },
  };
}

/** Locks a lead of the other workspace, and starts eight senders that send requests about it. */
async function lock(token) {
  const phone = phones++;
  await send(token, phone);
  const cluster = await startCluster({ dataDir: env.DATA_DIR });
  const client = new pg.Client({ ...cluster.superuser, database: cluster.app.database });
  await client.connect();
  await client.query('begin');
  await client.query('select 1 from leads where phone = $1 for update', [`+44${phone}`]);
  let isRunning = true;
  const running = Array.from({ length: 8 }, async () => {
    while (isRunning) if ((await send(token, phone)).status !== 200) await pause(100);
  });
  return {
    async stop() {
      isRunning = false;
      await client.query('rollback');
      await Promise.all(running);
      await client.end();
      await cluster.stop();
    },
  };
}

function report(figures) {
  const at = (times, share) => times.sort((a, b) => a - b)[Math.floor(times.length * share)];
  const usual = at(figures.quiet, 0.99);
  for (const [name, times] of Object.entries(figures)) {
    const late = at(times, 0.99);
    const isSlow = late > Math.max(usual * allowed, floor);
    console.log(
      `${name.padEnd(8)} p50 ${at(times, 0.5).toFixed(1)} ms, p99 ${late.toFixed(1)} ms of ${times.length}, ` +
        `${(late / usual).toFixed(2)} times the usual${isSlow ? ', too slow' : ''}`,
    );
    if (isSlow) process.exitCode = 1;
  }
}
