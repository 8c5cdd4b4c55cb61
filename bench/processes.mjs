// Compares several server processes on one database with one: the sum of their rates, whether anything was done twice
// or left out, and how many of their sessions wait for each other's locks.
import { withEmptyStore } from './children.mjs';
import { query } from './plans/postgres.mjs';

/** Runs the comparison and returns the exit code. `values` are the options of the benchmark. */
export function compareProcesses(values) {
  const { processes: count } = values;
  return withEmptyStore(async ({ cluster, tokens, child }) => {
    const superuser = { ...cluster.superuser, database: cluster.owner.database };
    const servers = [];
    for (let one = 0; one < count; one += 1)
      servers.push(await child('server.mjs', { mode: 'gathered', app: cluster.app }));
    const loads = await Promise.all(servers.map(() => child('load.mjs')));
    let created = 0;
    /** Applies the same total load, spread over the given number of processes. */
    const run = async (processes, seconds) => {
      const connections = Math.floor(values.connections / processes);
      const waits = countWaits(superuser);
      const parts = await Promise.all(
        servers.slice(0, processes).map(({ ready }, at) =>
          loads[at].ask({
            port: ready.port,
            token: tokens.get('native'),
            kind: 'native',
            connections,
            seconds,
            start: created + at * 1e7,
          }),
        ),
      );
      // The next run must not reuse a number from any part of this one.
      created += Math.max(...parts.map(({ done }) => done));
      const sum = (name) => parts.reduce((total, part) => total + part[name], 0);
      const worst = (name) => Math.max(...parts.map((part) => part[name]));
      return { rate: sum('rate'), done: sum('done'), p50: worst('p50'), p99: worst('p99'), waiting: await waits() };
    };
    const rounds = { one: [], all: [] };
    let done = (await run(1, 1)).done + (await run(count, 1)).done;
    for (let round = 0; round < values.rounds; round += 1)
      for (const [name, processes] of [
        ['one', 1],
        ['all', count],
      ]) {
        rounds[name].push(await run(processes, values.seconds));
        done += rounds[name].at(-1).done;
      }
    const ratio = print(rounds, count);
    const faults = await whatIsAmiss(superuser, done);
    for (const fault of faults) console.log(fault);
    if (faults.length === 0) console.log(`${done} leads, each stored, counted, indexed and announced once.`);
    return faults.length > 0 || ratio < 1 ? 1 : 0;
  });
}

/** Counts every 50 ms how many sessions wait for a lock; the returned function stops and gives the mean. */
function countWaits(superuser) {
  const seen = [];
  let isOver = false;
  const looking = (async () => {
    while (!isOver) {
      const waiting =
        "SELECT count(*)::int AS n FROM pg_stat_activity WHERE usename = 'leadwell_app' AND wait_event_type = 'Lock'";
      seen.push((await query(superuser, waiting))[0].n);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  return async () => {
    isOver = true;
    await looking;
    return seen.reduce((sum, n) => sum + n, 0) / seen.length;
  };
}

function print(rounds, count) {
  const median = (name, figure) =>
    rounds[name].map((one) => one[figure]).sort((a, b) => a - b)[rounds[name].length >> 1];
  console.log('processes  created/s   p50 ms   p99 ms  sessions waiting for locks');
  for (const [name, processes] of [
    ['one', 1],
    ['all', count],
  ]) {
    const cells = [
      ['rate', 0, 9],
      ['p50', 1, 8],
      ['p99', 1, 8],
      ['waiting', 2, 8],
    ];
    console.log(
      `${String(processes).padStart(9)}  ${cells.map(([figure, digits, width]) => median(name, figure).toFixed(digits).padStart(width)).join(' ')}`,
    );
  }
  const ratio = median('all', 'rate') / median('one', 'rate');
  console.log(`\n${count} processes create ${ratio.toFixed(2)} times what one creates.`);
  return ratio;
}

/** Sentences about anything that is missing or was done twice, once no background work is left. */
async function whatIsAmiss(superuser, done) {
  const deadline = Date.now() + 60_000;
  const left = async () => (await query(superuser, 'SELECT count(*)::int AS n FROM index_queue'))[0].n;
  while ((await left()) > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 100));
  const [counts] = await query(
    superuser,
    `SELECT (SELECT count(*)::int FROM leads) AS "leads stored", (SELECT sum(leads)::int FROM lead_counts) AS "leads counted",
       (SELECT count(*)::int FROM lead_search) AS "leads indexed", (SELECT count(*)::int FROM touches) AS "touches",
       (SELECT count(DISTINCT lead_id)::int FROM events WHERE type = 'lead.created') AS "leads announced",
       (SELECT count(*)::int FROM events WHERE type = 'lead.created') AS "events"`,
  );
  return Object.entries(counts)
    .filter(([, n]) => n !== done)
    .map(([what, n]) => `${n} ${what}, but ${done} were acknowledged.`);
}
