// Measures reads as the web app makes them, from a store of `--leads` leads.
//   npm run bench:reads [-- --leads 20000 --seconds 3 --rounds 3 --connections 32 --json FILE]
// Alone: one connection; the median as a multiple of that of /healthz on the same server. Together: the rate relative
// to a bare Fastify handler that answers with as many bytes. Rounds are interleaved; what matters are
// the ratios within one run.
import { writeFile } from 'node:fs/promises';
import { withEmptyStore } from './children.mjs';
import { databaseCpu } from './database-figures.mjs';
import { readOptions } from './options.mjs';

const values = readOptions({ leads: 20_000, seconds: 3, rounds: 3, connections: 32, json: '' });
const kinds = ['get', 'list', 'timeline', 'search'];
const letters = ['ann', 'rob', 'lee', 'son', 'ers', '740', 'exa', 'per', 'n 1', '@ex'];
const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];

await withEmptyStore(async ({ cluster, tokens, child }) => {
  const server = await child('server.mjs', { mode: 'gathered', app: cluster.app });
  const bare = await child('bare.mjs', {});
  const load = await child('load.mjs');
  const token = tokens.get('native');
  const send = (port, kind, more) => load.ask({ port, kind, token, start: 0, connections: 1, ...more });
  await send(server.ready.port, 'native', { connections: 64, count: values.leads });
  const facts = { letters, ids: await leadIds(server.ready.port, token) };
  const results = [];
  for (const kind of kinds) {
    const { bytes, items } = await sizeOf(server.ready.port, token, kind, facts);
    const rounds = [];
    for (let round = 0; round <= values.rounds; round += 1) {
      const seconds = round === 0 ? 1 : values.seconds;
      const { connections } = values;
      const healthz = await send(server.ready.port, 'healthz', { seconds: seconds / 3 });
      const alone = await send(server.ready.port, kind, { seconds, facts });
      const before = { ...(await server.ask('usage')), database: databaseCpu(cluster.dir) };
      const together = await send(server.ready.port, kind, { seconds, facts, connections });
      const after = { ...(await server.ask('usage')), database: databaseCpu(cluster.dir) };
      const same = await send(bare.ready.port, 'bytes', { seconds: seconds / 3, facts: { bytes, items }, connections });
      // The first round is only a warm-up.
      if (round > 0)
        rounds.push({
          alone: alone.p50 / healthz.p50,
          aloneMs: alone.p50,
          ofBare: together.rate / same.rate,
          rate: together.rate,
          statuses: together.statuses,
          nodeMicros: (after.user + after.system - before.user - before.system) / together.done,
          databaseMicros: ((after.database - before.database) * 1e6) / together.done,
        });
    }
    results.push({ kind, bytes, rounds });
  }
  print(results);
  if (values.json) await writeFile(values.json, JSON.stringify(results, null, 1));
});

async function leadIds(port, token) {
  const response = await fetch(`http://127.0.0.1:${port}/v1/leads?limit=100`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return (await response.json()).data.map(({ id }) => id);
}

/** The size of a response in bytes, and how many leads or lines it has. */
async function sizeOf(port, token, kind, { ids: [id] }) {
  const paths = {
    get: `/v1/leads/${id}`,
    list: '/v1/leads?limit=20',
    timeline: `/v1/leads/${id}/timeline`,
    search: '/v1/leads?limit=20&q=ann',
  };
  const response = await fetch(`http://127.0.0.1:${port}${paths[kind]}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const text = await response.text();
  return { bytes: text.length, items: JSON.parse(text).data?.length || 1 };
}

function print(results) {
  console.log(`${values.leads} leads; alone: one connection; together: ${values.connections}\n`);
  console.log('read       bytes  alone ms  of healthz  together/s  of bare  Node us  PostgreSQL us  statuses');
  for (const { kind, bytes, rounds } of results) {
    const figure = (name, digits, width) =>
      median(rounds.map((one) => one[name]))
        .toFixed(digits)
        .padStart(width);
    console.log(
      [
        kind.padEnd(9),
        String(bytes).padStart(6),
        figure('aloneMs', 2, 9),
        figure('alone', 1, 11),
        figure('rate', 0, 11),
        figure('ofBare', 3, 8),
        figure('nodeMicros', 0, 8),
        figure('databaseMicros', 0, 14),
        ` ${JSON.stringify(rounds[0].statuses)}`,
      ].join(' '),
    );
  }
}
