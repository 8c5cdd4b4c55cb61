// Compares Leadwell with a plain NestJS and TypeORM server and with Directus, on the same PostgreSQL with the same
// number of rows, in interleaved rounds. To be run by hand: it installs both from npm, which takes minutes.
//   npm run bench:peers [-- --rows 20000 --seconds 4 --rounds 3 --connections 32 --only nest,directus --folder FOLDER]
// `--folder` keeps the installed servers for the next run. What matters are the ratios within one run.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeOf } from '../../bin/versions.js';
import { startChild, withEmptyStore } from '../children.mjs';
import { readOptions } from '../options.mjs';
import { fill } from '../plans/fill.mjs';
import { query } from '../plans/postgres.mjs';
import { startDirectus } from './directus.mjs';
import { peers } from './requests.mjs';

const values = readOptions({ rows: 20_000, seconds: 4, rounds: 3, connections: 32, only: 'nest,directus', folder: '' });
const { rows } = values;
const others = values.only.split(',');
const folder = values.folder || mkdtempSync(join(tmpdir(), 'leadwell-peers-'));
mkdirSync(folder, { recursive: true });
const stops = [];
try {
  // Directus needs Node 22.
  const node = nodeOf(22, folder);
  const homes = Object.fromEntries(
    others.map((name) => [name, install(name, name === 'directus' ? node : process.execPath)]),
  );
  await withEmptyStore(async ({ cluster, tokens, child }) => {
    const load = await child('load.mjs');
    const ours = await child('server.mjs', { mode: 'gathered', app: cluster.app });
    const servers = { leadwell: { port: ours.ready.port, token: tokens.get('native') } };
    await load.ask({ ...servers.leadwell, kind: 'leadwell create', connections: 8, count: 100, start: 0 });
    await fillOurs({ ...cluster.superuser, database: cluster.owner.database });
    for (const name of others) {
      const connection = await newDatabase(cluster, `peer_${name}`);
      servers[name] = await start(name, { folder: homes[name], node, connection });
      await load.ask({ ...servers[name], kind: `${name} create`, connections: 8, count: 100, start: 0 });
      const missing = (await bytesOf(servers.leadwell, 'leadwell')) - (await bytesOf(servers[name], name));
      await fillTheirs({ ...cluster.superuser, database: `peer_${name}` }, Math.ceil(missing / 20));
    }
    print(await compare(load, servers));
  });
} finally {
  for (const stop of stops) stop();
  if (!values.folder) rmSync(folder, { recursive: true, force: true });
}

/** Installs one of the compared servers and returns its folder. */
function install(name, node) {
  const home = join(folder, name);
  cpSync(fileURLToPath(new URL(`${name}/`, import.meta.url)), home, { recursive: true });
  if (existsSync(join(home, 'node_modules'))) return home;
  console.log(`Installing ${name} ...`);
  const env = {
    ...process.env,
    PATH: `${dirname(node.endsWith('node') ? node : join(node, 'node'))}:${process.env.PATH}`,
  };
  execFileSync('npm', ['install', '--no-audit', '--no-fund'], {
    cwd: home,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return home;
}

async function newDatabase({ superuser }, database) {
  await query(superuser, `CREATE DATABASE ${database}`);
  return { ...superuser, database };
}

async function start(name, { folder: home, node, connection }) {
  if (name === 'directus') {
    const server = await startDirectus({ folder: home, node: join(node, 'node'), connection });
    stops.push(server.stop);
    return server;
  }
  const server = startChild(new URL(`file://${home}/server.mjs`), { connection });
  stops.push(() => server.process.kill('SIGKILL'));
  return { port: (await server.ask()).port, token: '' };
}

async function fillOurs(superuser) {
  const found = await query(superuser, 'SELECT id, workspace_id FROM leads ORDER BY id LIMIT 50');
  const originals = found.map(({ id }) => id);
  await fill(superuser, {
    originals,
    workspaces: [found[0].workspace_id],
    from: 1,
    to: Math.ceil((rows - 100) / originals.length),
  });
  await query(superuser, 'ANALYZE');
}

/**
 * Copies the leads that the other server created itself until it has as many as ours. Each gets a description of
 * `bytes` bytes, so that its list is as long as ours.
 */
async function fillTheirs(superuser, bytes) {
  if (bytes > 0) {
    await query(
      superuser,
      `ALTER TABLE leads ALTER description SET DEFAULT '${'A few words more. '.repeat(bytes / 18)}'`,
    );
    await query(superuser, 'UPDATE leads SET description = DEFAULT');
  }
  const columns = await query(
    superuser,
    `SELECT column_name AS name, data_type AS type FROM information_schema.columns
     WHERE table_name = 'leads' AND column_name <> 'number' ORDER BY ordinal_position`,
  );
  const own = { id: 'gen_random_uuid()', phone: "'+44' || (7900000000 + n)", email: "'copy' || n || '@example.com'" };
  const list = (of) => columns.map(of).join(', ');
  await query(
    superuser,
    `INSERT INTO leads (${list(({ name }) => `"${name}"`)}) SELECT ${list(({ name }) => own[name] ?? `s."${name}"`)}
     FROM generate_series(1, $1::int) AS n JOIN (SELECT *, row_number() OVER () AS at FROM leads) AS s ON s.at = 1 + n % 100`,
    [rows - 100],
  );
  await query(superuser, 'INSERT INTO touches (id, fields, lead_id) SELECT gen_random_uuid(), $1, id FROM leads', [
    '{}',
  ]).catch(() =>
    query(superuser, 'INSERT INTO touches (id, fields, lead) SELECT gen_random_uuid(), $1, id FROM leads', ['{}']),
  );
  await query(superuser, 'ANALYZE');
}

async function compare(load, servers) {
  const results = new Map();
  const kinds = ['create', 'list'].flatMap((what) =>
    Object.keys(servers).map((name) => ({ name, kind: `${name} ${what}` })),
  );
  for (const name of Object.keys(servers)) console.log(`${name}: ${await bytesOf(servers[name], name)} bytes a list`);
  let start = 1000;
  for (let round = 0; round <= values.rounds; round += 1)
    for (const { name, kind } of kinds) {
      const seconds = round === 0 ? 1 : values.seconds;
      const job = { ...servers[name], kind, connections: values.connections, seconds, start };
      const figures = await load.ask(job);
      start = figures.next;
      // The first round is only a warm-up.
      if (round > 0) results.set(kind, [...(results.get(kind) ?? []), figures]);
    }
  return results;
}

async function bytesOf({ port, token }, name) {
  const path = /^GET (\S+)/.exec(peers[`${name} list`](0, token))[1];
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization: `Bearer ${token}` } });
  return (await response.arrayBuffer()).byteLength;
}

function print(results) {
  const median = (kind, figure) =>
    results
      .get(kind)
      .map((one) => one[figure])
      .sort((a, b) => a - b)[results.get(kind).length >> 1];
  console.log(`\n${values.connections} connections, ${rows} leads, medians of ${values.rounds} interleaved rounds\n`);
  console.log('                        per s   p50 ms   p99 ms   Leadwell is  statuses');
  for (const kind of results.keys()) {
    const what = kind.split(' ')[1];
    const times = median(`leadwell ${what}`, 'rate') / median(kind, 'rate');
    const cells = [
      median(kind, 'rate').toFixed(0).padStart(8),
      ...['p50', 'p99'].map((figure) => median(kind, figure).toFixed(1).padStart(8)),
    ];
    console.log(
      `${kind.padEnd(20)} ${cells.join(' ')} ${times.toFixed(1).padStart(9)} times  ${JSON.stringify(results.get(kind)[0].statuses)}`,
    );
  }
}
