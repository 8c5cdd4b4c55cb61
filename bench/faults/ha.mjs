// Proves that no acknowledged lead is lost with the database's leader: three PostgreSQL nodes under Patroni with etcd,
// two servers that know all three, and a leader that is killed again and again under load. Every killed node must come
// back as a standby by itself. Needs root on Debian.
//   npm run prove:ha [-- --kills 5 --senders 16]

import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readOptions } from '../options.mjs';
import { ask, followsSynchronously, startPatroni } from './patroni.mjs';
import { provePooling } from './pgbouncer.mjs';
import { endAll, findPrograms, until } from './programs.mjs';
import { command, startSenders, startServer } from './servers.mjs';

const values = readOptions({ kills: 5, senders: 16, keep: false });
/** The time in seconds from the promotion of another node to when both servers have accepted a lead. */
const allowed = 30;
/**
 * For how long a killed node may take to come back, in seconds. Nothing is promised about it: the node recovers, rewinds
 * and recovers again beside everything else on this machine.
 */
const patience = 300;

const programs = findPrograms();
if (programs) await prove(programs);

async function prove(programs) {
  const folder = mkdtempSync(join(tmpdir(), 'leadwell-ha-'));
  chmodSync(folder, 0o777);
  const servers = [];
  try {
    const password = randomBytes(12).toString('hex');
    const cluster = await startPatroni(folder, programs, password);
    const account = { user: 'customer', password, database: 'leadwell' };
    await cluster.query(`create role customer login createrole password '${password}'`);
    await cluster.query(`create database leadwell owner customer`);
    const hosts = cluster.nodes.map(({ port }) => `127.0.0.1:${port}`).join(',');
    const env = { DATABASE_URL: `postgres://customer:${password}@${hosts}/leadwell` };
    for (let left = 2; left > 0; left -= 1) servers.push(await startServer(env));
    const [{ token }] = servers;
    const senders = startSenders(servers, token, values.senders);
    await until('Leads are accepted', 30, () => senders.acknowledged.length > 100);
    const failovers = [];
    for (let kill = 0; kill < values.kills; kill += 1) failovers.push(await killLeader(cluster, servers, senders));
    await senders.stop();
    const books = await check(cluster, senders, env);
    for (const server of servers.splice(0)) await server.stop();
    const pooling = await provePooling(folder, programs, await cluster.leader(), account, token);
    report({ failovers, senders, books, pooling });
  } finally {
    for (const server of servers) await server.stop();
    await endAll();
    if (!values.keep) rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Kills the leader at a random moment; returns the seconds to the promotion, from there to the first writes, and from its
 * new start to when it follows as a standby.
 */
async function killLeader(cluster, servers, senders) {
  await pause(500 + Math.random() * 2000);
  const leader = await cluster.leader();
  const killed = Date.now();
  leader.kill();
  await until('Another node leads', 60, async () => {
    const next = await cluster.leader();
    return next && next !== leader;
  });
  const promoted = Date.now();
  await until('Both servers accept leads', 60, () =>
    servers.every(({ url }) => (senders.lastAt.get(url) ?? 0) > promoted),
  );
  const back = Date.now();
  const found = { promotion: (promoted - killed) / 1000, writes: (back - promoted) / 1000 };
  console.log(`${leader.name} killed: promotion after ${found.promotion} s, writes ${found.writes} s after it`);
  leader.start();
  await until('Both standbys follow', patience, () => followsSynchronously(cluster)).catch(async (error) => {
    throw new Error(`${error.message}\n${await cluster.describe()}`);
  });
  found.standby = (Date.now() - back) / 1000;
  console.log(`${leader.name} follows as a standby after ${found.standby} s`);
  return found;
}

/** Looks for acknowledged leads that are missing, leads stored twice, and problems found by `verify` and `doctor`. */
async function check(cluster, senders, env) {
  const leader = await cluster.leader();
  const rows = await ask(
    { ...leader.connection, database: 'leadwell' },
    'select right(phone, 10) as phone, count(*)::int as times from leads group by 1',
  );
  const times = new Map(rows.map((row) => [row.phone, row.times]));
  const lost = senders.acknowledged.filter((phone) => !times.has(phone));
  const doubled = rows.filter((row) => row.times > 1);
  const { stdout } = await command(env, 'verify', '--json');
  const { symptoms } = JSON.parse((await command(env, 'doctor', '--json')).stdout);
  const told = symptoms.filter(({ check: name }) => ['session', 'pooler', 'hosts', 'standbys'].includes(name));
  return { lost: lost.length, doubled: doubled.length, inOrder: JSON.parse(stdout).ok, told };
}

function report({ failovers, senders, books, pooling }) {
  const worst = Math.max(...failovers.map(({ writes }) => writes));
  const slowest = Math.max(...failovers.map(({ standby }) => standby));
  console.log(`
${failovers.length} leaders killed under load: ${senders.acknowledged.length} leads acknowledged, ${books.lost} lost, ${books.doubled} doubled; books in order: ${books.inOrder}
writes back ${worst} s after promotion at worst (allowed: ${allowed}); ${senders.refused} requests were told to come back (503), slowest answer ${Math.round(senders.slowest)} ms, ${senders.wrong.length} wrong answers ${senders.wrong.slice(0, 3)}
every killed node came back as a standby by itself, after ${slowest} s at worst
`);
  for (const { check: name, state, text } of books.told) console.log(`doctor: ${state} ${name} ${text}`);
  for (const [mode, text] of Object.entries(pooling)) console.log(`PgBouncer, ${mode}: ${text}`);
  const failed = books.lost > 0 || books.doubled > 0 || !books.inOrder || worst > allowed || senders.wrong.length > 0;
  console.log(failed ? 'FAILED' : 'Proved.');
  process.exitCode = failed ? 1 : 0;
}
