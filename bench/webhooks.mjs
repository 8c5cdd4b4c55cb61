// Measures durable lead creation with five webhooks subscribed to everything, compared with none, and with five
// disabled ones, which shows what creating deliveries costs without sending them.
//   npm run bench:webhooks [-- --seconds 4 --rounds 5 --connections 64 --webhooks 5]
// What matters are the ratios within one run. Fails if the rate with webhooks is less than 0.85 of the rate without.
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { withEmptyStore } from './children.mjs';
import { databaseCpu } from './database-figures.mjs';
import { readOptions } from './options.mjs';

const values = readOptions({ seconds: 4, rounds: 5, connections: 64, webhooks: 5 });
const allowed = 0.85;
const modes = ['none', 'disabled', 'enabled'];

await withEmptyStore(async ({ cluster, tokens, child }) => {
  const token = tokens.get('native');
  const receiver = await child('receiver.mjs');
  const server = await child('server.mjs', { mode: 'gathered', app: cluster.app, reach: '127.0.0.1' });
  const load = await child('load.mjs');
  const database = new pg.Client({ ...cluster.superuser, database: cluster.owner.database });
  await database.connect();
  const base = `http://127.0.0.1:${server.ready.port}/v1/webhooks`;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const ask = async (method, path, body) => {
    const reply = await fetch(base + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
    return reply.status === 204 ? undefined : reply.json();
  };
  let start = 0;
  const once = async (mode, seconds) => {
    const made = [];
    for (let left = mode === 'none' ? 0 : values.webhooks; left > 0; left -= 1) {
      const { id } = await ask('POST', '', { url: `http://127.0.0.1:${receiver.ready.port}/`, events: ['*'] });
      if (mode === 'disabled') await ask('PATCH', `/${id}`, { enabled: false });
      made.push(id);
    }
    const usage = async () => ({ ...(await server.ask('usage')), database: databaseCpu(cluster.dir) });
    const before = await usage();
    const { received } = await receiver.ask('received');
    const job = {
      port: server.ready.port,
      connections: values.connections,
      kind: 'native',
      token,
      start,
      seconds,
    };
    const figures = await load.ask(job);
    const after = await usage();
    start = figures.next;
    const sent = (await receiver.ask('received')).received - received;
    for (const id of made) await ask('DELETE', `/${id}`);
    await clear(database);
    return {
      ...figures,
      sent,
      nodeMicros: (after.user + after.system - before.user - before.system) / figures.done,
      databaseMicros: ((after.database - before.database) * 1e6) / figures.done,
    };
  };
  for (const mode of modes) await once(mode, 1);
  const rounds = new Map(modes.map((mode) => [mode, []]));
  for (let round = 0; round < values.rounds; round += 1)
    for (const mode of modes) rounds.get(mode).push(await once(mode, values.seconds));
  await database.end();
  report(rounds);
});

/** Empties the tables after a round. Deliveries still being sent may get in the way, so it tries several times. */
async function clear(database) {
  for (let left = 20; ; left -= 1)
    try {
      await pause(300);
      return await database.query('TRUNCATE webhook_deliveries, webhook_attempts');
    } catch (error) {
      if (left === 0) throw error;
    }
}

function report(rounds) {
  const median = (mode, name) => {
    const sorted = rounds.get(mode).map((one) => one[name]);
    return sorted.sort((a, b) => a - b)[sorted.length >> 1];
  };
  console.log('webhooks  created/s  of none   p50 ms   p99 ms  Node us  PostgreSQL us  sent/s');
  for (const mode of modes) {
    const share = median(mode, 'rate') / median('none', 'rate');
    console.log(
      [
        mode.padEnd(8),
        median(mode, 'rate').toFixed(0).padStart(10),
        share.toFixed(2).padStart(8),
        ...['p50', 'p99'].map((name) => median(mode, name).toFixed(1).padStart(8)),
        median(mode, 'nodeMicros').toFixed(0).padStart(8),
        median(mode, 'databaseMicros').toFixed(0).padStart(14),
        (median(mode, 'sent') / values.seconds).toFixed(0).padStart(7),
      ].join(' '),
    );
    if (share < allowed) process.exitCode = 1;
  }
}
