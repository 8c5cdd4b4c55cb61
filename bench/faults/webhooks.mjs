// Proves that every event reaches its webhook, with two servers on one database that are killed again and again, and a
// receiver that fails, hangs, disconnects and sends broken answers. Then proves that a healthy receiver gets no event
// twice, that held events arrive after a replay, and that a receiver that hangs delays no other.
// Every request is verified by the official library and by the verifiers of our docs. That includes requests during the
// rotation of a secret, with both secrets, and one that arrives six minutes after its event.
//   npm run prove:webhooks [-- --deliveries 20000 --webhooks 10 --kills 10 --due 10000]
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { typeId } from '../../dist/platform/ids.js';
import { withEmptyStore } from '../children.mjs';
import { readOptions } from '../options.mjs';
import { until } from './programs.mjs';
import { LATE_SECONDS, startReceiver } from './webhook-receiver.mjs';
import { acceptedByLanguage } from './webhook-verifiers.mjs';

const values = readOptions({ deliveries: 20_000, webhooks: 10, kills: 10, due: 10_000 });
/** The time in ms from the commit to the arrival at healthy receivers while another receiver hangs. */
const allowed = 1_000;
const retries = Array.from({ length: 30 }, (_, at) => Math.min(at, 2));
const failures = [];
const demand = (right, words) => {
  console.log(`${right ? 'ok  ' : 'FAIL'} ${words}`);
  if (!right) failures.push(words);
};

await withEmptyStore(async ({ cluster, tokens, child }) => {
  const receiver = await startReceiver();
  const database = new pg.Pool({ ...cluster.superuser, database: cluster.owner.database, max: 2 });
  database.on('error', () => {});
  const start = () => child('../bench/server.mjs', { mode: 'gathered', app: cluster.app, reach: '127.0.0.1', retries });
  const proof = { receiver, database, servers: [await start(), await start()], start, token: tokens.get('native') };
  try {
    const late = await announceLate(proof);
    await proveArrival(proof);
    await proveOnce(proof);
    await proveReplay(proof);
    await proveNobodyWaits(proof);
    await proveLate(proof, late);
    proveVerified(proof);
  } finally {
    receiver.close();
    await database.end();
  }
});
process.exitCode = failures.length > 0 ? 1 : 0;

async function ask({ servers, token }, method, path, body) {
  const reply = await fetch(`http://127.0.0.1:${servers[0].ready.port}/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
  return reply.status === 204 ? undefined : reply.json();
}

/** Creates webhooks, each with its own path at the receiver, and tells the receiver their secrets. */
async function subscribe(proof, names, type) {
  const made = [];
  for (const name of names) {
    const hook = await ask(proof, 'POST', '/webhooks', { url: `${proof.receiver.url}/${name}`, events: [type] });
    proof.receiver.expect(name, hook.secret);
    made.push({ name, ...hook });
  }
  return made;
}

function numbered(name, count) {
  return Array.from({ length: count }, (_, at) => `${name}${at}`);
}

/** Announces events as the transactions of many leads would, up to 500 in each. */
async function announce({ database }, count, type) {
  const ids = [];
  for (let left = count; left > 0; left -= 500) {
    const { rows } = await database.query(
      `INSERT INTO events (workspace_id, id, type, payload, created_at)
       SELECT w.id, gen_random_uuid(), $1, '{}', now() FROM workspaces w, generate_series(1, $2::int) RETURNING id`,
      [type, Math.min(left, 500)],
    );
    ids.push(...rows.map(({ id }) => id));
  }
  return ids;
}

/** Whether exactly these ids arrived. */
function isSame(accepted, ids) {
  return accepted.size === ids.length && ids.every((id) => accepted.has(id));
}

/** How many deliveries are not finished yet, except the one for the path `late`. */
async function waiting({ database }) {
  const { rows } = await database.query(
    `SELECT count(*)::int AS count FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id
     WHERE d.state IN ('pending', 'sending') AND w.url NOT LIKE '%/late'`,
  );
  return rows[0].count;
}

async function remove(proof, hooks) {
  for (const { id } of hooks) await ask(proof, 'DELETE', `/webhooks/${id}`);
}

async function proveArrival(proof) {
  const { receiver, database } = proof;
  const hooks = await subscribe(proof, numbered('hard', values.webhooks), 'lead.updated');
  receiver.behave({ fail: 0.2, reset: 0.1, lie: 0.05, hang: 0.002 });
  const each = Math.ceil(values.deliveries / hooks.length);
  const began = Date.now();
  const announced = await announce(proof, each, 'lead.updated');
  for (let kill = 0; kill < values.kills; kill += 1) {
    await pause(1_000 + Math.random() * 1_000);
    proof.servers[kill % 2].process.kill('SIGKILL');
    proof.servers[kill % 2] = await proof.start();
    if (kill === 3) {
      const rotated = await ask(proof, 'POST', `/webhooks/${hooks[0].id}/rotate`, { overlap_hours: 1 });
      // For as long as a request takes, deliveries claimed earlier are still signed with the old secret alone.
      receiver.expect(hooks[0].name, rotated.secret, Math.floor(Date.now() / 1000) + 2);
    }
  }
  await until('Everything is delivered', 1_800, async () => (await waiting(proof)) === 0);
  const ids = announced.map((id) => typeId('evt', id));
  const { rows } = await database.query(
    `SELECT state, count(*)::int AS count FROM webhook_deliveries WHERE webhook_id <> (SELECT id FROM webhooks
       WHERE url LIKE '%/late') GROUP BY state`,
  );
  const names = hooks.map(({ name }) => name);
  const isWhole = names.every((name) => isSame(receiver.accepted(name), ids));
  const repeats = names.reduce((sum, name) => sum + receiver.repeats(name), 0);
  demand(
    rows.length === 1 && rows[0].state === 'delivered',
    `all of ${each * hooks.length} deliveries are stored as delivered`,
  );
  demand(isWhole, `each of ${hooks.length} receivers took all of ${each} events, by the ids of the database`);
  demand(receiver.refused.length === 0, `${receiver.verified} signatures accepted, ${receiver.refused.length} refused`);
  console.log(
    `     ${values.kills} kills, ${repeats} repeats of what had been taken, ${(Date.now() - began) / 1000} s`,
  );
  await remove(proof, hooks);
}

async function proveOnce(proof) {
  const { receiver } = proof;
  const hooks = await subscribe(proof, numbered('once', 5), 'lead.updated');
  receiver.behave({});
  await announce(proof, 1_000, 'lead.updated');
  const began = Date.now();
  await until('Everything is delivered', 600, async () => (await waiting(proof)) === 0);
  const repeats = hooks.reduce((sum, { name }) => sum + receiver.repeats(name), 0);
  const taken = hooks.reduce((sum, { name }) => sum + receiver.accepted(name).size, 0);
  const most = Math.max(...hooks.map(({ name }) => receiver.most(name)));
  demand(taken === 5_000 && repeats === 0, `two servers, no fault: ${taken} deliveries, ${repeats} repeats`);
  demand(most <= 4, `at most ${most} requests at once to one webhook`);
  console.log(`     ${Math.round(5_000_000 / (Date.now() - began))} deliveries a second`);
  await remove(proof, hooks);
}

async function proveReplay(proof) {
  const { receiver } = proof;
  const [hook] = await subscribe(proof, ['held'], 'lead.updated');
  await ask(proof, 'PATCH', `/webhooks/${hook.id}`, { enabled: false });
  const since = new Date(Date.now() - 1_000).toISOString();
  const announced = await announce(proof, 500, 'lead.updated');
  const { held } = await ask(proof, 'PATCH', `/webhooks/${hook.id}`, { enabled: true });
  await ask(proof, 'POST', `/webhooks/${hook.id}/replay`, { since });
  await until('The replay is over', 120, async () => receiver.accepted('held').size === 500);
  demand(held === 500, `${held} events were held while it was disabled`);
  await pause(1_000);
  const ids = announced.map((id) => typeId('evt', id));
  demand(
    receiver.repeats('held') === 0 && isSame(receiver.accepted('held'), ids),
    `a replay delivered these 500 by their ids, with ${receiver.repeats('held')} repeats`,
  );
  await remove(proof, [hook]);
}

async function proveNobodyWaits(proof) {
  const { receiver } = proof;
  const [hanging] = await subscribe(proof, ['hanging'], 'lead.updated');
  receiver.behave({ hangAt: 'hanging' });
  await announce(proof, values.due, 'lead.updated');
  const hooks = await subscribe(proof, numbered('healthy', 20), 'lead.created');
  await pause(2_000);
  const committed = new Map();
  for (let at = 0; at < 60; at += 1) {
    const { id } = await ask(proof, 'POST', '/leads', { name: `Person ${at}` });
    committed.set(id, Date.now());
    await pause(150);
  }
  await until('The healthy ones have theirs', 60, () => hooks.every(({ name }) => receiver.accepted(name).size === 60));
  const times = hooks
    .flatMap(({ name }) => [...receiver.accepted(name).values()].map(({ leadId, at }) => at - committed.get(leadId)))
    .sort((a, b) => a - b);
  const p95 = times[Math.floor(times.length * 0.95)];
  const share = `${times.length} deliveries beside ${values.due} due at a receiver that hangs`;
  demand(p95 <= allowed, `${share}: half within ${times[times.length >> 1]} ms, 95 % within ${p95} ms`);
  demand(receiver.most('hanging') <= 4, `at most ${receiver.most('hanging')} requests hang`);
  await remove(proof, [hanging, ...hooks]);
}

/** Announces an event for a receiver that is busy for six minutes. */
async function announceLate(proof) {
  const [hook] = await subscribe(proof, ['late'], 'lead.assigned');
  return { hook, ids: await announce(proof, 1, 'lead.assigned'), at: Date.now() };
}

async function proveLate(proof, { hook, ids, at }) {
  const { receiver } = proof;
  await until('The late one is there', 2 * LATE_SECONDS, () => receiver.accepted('late').size === 1);
  const [[id, taken]] = receiver.accepted('late');
  const seconds = Math.round((taken.at - at) / 1000);
  demand(
    id === typeId('evt', ids[0]) && seconds >= LATE_SECONDS,
    `a retry ${seconds} s after its event has the same id`,
  );
  await remove(proof, [hook]);
}

function proveVerified({ receiver }) {
  const { requests, refused } = receiver;
  demand(refused.length === 0, `the official library accepts each of ${receiver.verified} requests`);
  for (const { language, accepted } of acceptedByLanguage(requests))
    if (accepted === null) console.log(`     ${language} is not installed`);
    else demand(accepted === requests.length, `${language} accepts ${accepted} of ${requests.length} signatures`);
}
