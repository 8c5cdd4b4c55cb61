// Shows how response times grow with the number of leads: sends the same requests in turn to servers on databases of
// different sizes in one cluster. What matters is the ratio to the smallest database.
//   npm run bench:growth [-- --sizes 10000,1000000 --rounds 40 --keep FOLDER --only tasks]
// With --keep the cluster stays in that folder, and databases that are already filled are reused.
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { sumsToKeep } from '../dist/deals/index/keep-sums.js';
import { analyzeTables } from '../dist/demo/analyze-store.js';
import { createDemoLeads } from '../dist/demo/create-demo-leads.js';
import { makePartitions } from '../dist/journal/partition-store.js';
import { openDatabase } from '../dist/platform/database/database.js';
import { migrate } from '../dist/platform/database/migrate.js';
import { startCluster } from '../dist/platform/postgres/cluster.js';
import { createSession } from '../dist/workspaces/access/session-store.js';
import { firstRun } from '../dist/workspaces/first-run.js';
import { findWorkspaces } from '../dist/workspaces/workspace-store.js';
import { growthRequests } from './growth-requests.mjs';
import { readOptions } from './options.mjs';

const values = readOptions({ sizes: '10000,1000000', rounds: 40, keep: '', only: '' });
const requests = growthRequests.filter(({ name }) => name.includes(values.only));
const sizes = values.sizes.split(',').map(Number);
const dataDir = values.keep || (await mkdtemp(join(tmpdir(), 'leadwell-growth-')));
const cluster = await startCluster({ dataDir });
const children = [];
const refused = new Set();
try {
  const sides = [];
  for (const size of sizes) sides.push(await side(size));
  print(await measure(sides));
  for (const one of refused) console.log(`Refused: ${one}`);
} finally {
  for (const one of children) one.kill('SIGKILL');
  await cluster.stop();
  if (!values.keep) await rm(dataDir, { recursive: true, force: true });
}

/** A database of the given size, a server on it, and the members who send requests. */
async function side(size) {
  const database = `growth_${size}`;
  const [owner, app] = [cluster.owner, cluster.app].map((connection) => ({ ...connection, database }));
  await makeDatabase(database);
  await migrate(owner);
  const asOwner = await openDatabase(owner, { size: 1, asOwner: true });
  const asApp = await openDatabase(app);
  await asOwner.global((tx) => makePartitions(tx, new Date()));
  await firstRun(asOwner, { region: 'GB', kinds: [], now: new Date() });
  const [workspaceId] = await asApp.global((tx) => findWorkspaces(tx, 'default'));
  await fillTo(size, { asApp, asOwner, workspaceId });
  await asOwner.tx(workspaceId, letMembersIn);
  const who = await asApp.tx(workspaceId, (tx) => people(tx, workspaceId));
  await Promise.all([asOwner.close(), asApp.close()]);
  const port = await serve(app);
  return { size, port, ...who };
}

async function makeDatabase(database) {
  const client = new pg.Client(cluster.superuser);
  await client.connect();
  const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
  if (rowCount === 0) {
    await client.query(`create database ${database} owner leadwell_owner template template0`);
    await client.query(`grant connect on database ${database} to leadwell_app`);
  }
  await client.end();
}

async function fillTo(size, { asApp, asOwner, workspaceId }) {
  const [{ leads }] = await asApp.tx(workspaceId, (tx) => tx.query('SELECT count(*) AS leads FROM demo_leads'));
  const began = performance.now();
  let looked = size - leads < 5000;
  const onProgress = async (made) => {
    if (looked || made < 1000) return;
    looked = true;
    await analyzeTables(asOwner);
  };
  if (leads < size) await createDemoLeads(asApp, workspaceId, { leads: size - leads, now: new Date(), onProgress });
  const seconds = (performance.now() - began) / 1000;
  if (leads < size) console.log(`${size}: filled at ${((size - leads) / seconds).toFixed(0)} leads/s`);
  while (await asApp.tx(workspaceId, (tx) => sumsToKeep.step(tx)));
  await analyzeTables(asOwner);
}

/** Gives every member an account: sample members have none, and without one they cannot sign in. */
async function letMembersIn(tx) {
  await tx.query('INSERT INTO users (id) SELECT id FROM members WHERE user_id IS NULL ON CONFLICT DO NOTHING');
  await tx.query('UPDATE members SET user_id = id, active = true WHERE user_id IS NULL');
}

/** Signs in the owner, who sees all leads, and an agent, who sees their own; selects leads to open and search for. */
async function people(tx, workspaceId) {
  await tx.query("UPDATE members SET sees = 'own' WHERE workspace_id = $1 AND role = 'agent'", [workspaceId]);
  const members = await tx.query('SELECT id, role FROM members WHERE workspace_id = $1 ORDER BY id', [workspaceId]);
  const signIn = async (role) => {
    const member_id = members.find((member) => member.role === role).id;
    const expires_at = new Date(Date.now() + 86_400_000);
    const session = { kind: 'web', dialect: null, member_id, token_id: null, expires_at };
    return { member_id, cookie: `leadwell=${(await createSession(tx, session)).secret}` };
  };
  const leads = await tx.query(
    `SELECT id, phone, email, owner_id FROM leads WHERE workspace_id = $1 AND email IS NOT NULL
     AND (get_byte(uuid_send(id), 15) & 31) = 7 LIMIT 300`,
    [workspaceId],
  );
  return { owner: await signIn('owner'), agent: await signIn('agent'), leads };
}

async function serve(app) {
  const child = fork(new URL('server.mjs', import.meta.url), [JSON.stringify({ mode: 'gathered', app })]);
  children.push(child);
  const { port } = await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', () => reject(new Error('The server ended.')));
  });
  return port;
}

async function measure(sides) {
  const times = new Map();
  for (let round = -2; round < values.rounds; round += 1)
    for (const request of requests)
      for (const one of sides) {
        if (request.seldom && (round + 2) % 8 !== 0) continue;
        const ms = await ask(one, request, round + 2);
        const key = `${request.name} ${one.size}`;
        if (round >= 0 || request.seldom) times.set(key, [...(times.get(key) ?? []), ms]);
      }
  return times;
}

async function ask(side, { path, as = 'owner' }, round) {
  const began = performance.now();
  const reply = await fetch(`http://127.0.0.1:${side.port}/v1${path(side, round)}`, {
    headers: { cookie: side[as].cookie, 'sec-fetch-site': 'same-origin' },
  });
  await reply.text();
  if (reply.status !== 200) refused.add(`${path(side, round)} with ${side.size} leads: ${reply.status}`);
  return performance.now() - began;
}

function print(times) {
  const at = (name, size, part) => {
    const sorted = times.get(`${name} ${size}`).sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  };
  const heads = sizes.flatMap((size) => [`p50 ${size}`, 'p95']);
  const ratios = sizes.slice(1).map((size) => `${size}/${sizes[0]}`);
  console.log(['ms'.padEnd(28), ...[...heads, ...ratios].map((head) => head.padStart(14))].join(''));
  for (const { name } of requests) {
    const cells = sizes.flatMap((size) => [at(name, size, 0.5), at(name, size, 0.95)]).map((ms) => ms.toFixed(2));
    const grown = sizes.slice(1).map((size) => (at(name, size, 0.5) / at(name, sizes[0], 0.5)).toFixed(2));
    console.log([name.padEnd(28), ...[...cells, ...grown].map((cell) => cell.padStart(14))].join(''));
  }
}
