// Measures one database at several sizes as it grows from empty.
import { makePartitions } from '../../dist/journal/partition-store.js';
import { openDatabase } from '../../dist/platform/database/database.js';
import { migrate } from '../../dist/platform/database/migrate.js';
import { uuidv7 } from '../../dist/platform/ids.js';
import { tokenKinds } from '../../dist/token-kinds.js';
import { openAccount } from '../../dist/workspaces/access/account-store.js';
import { createSession } from '../../dist/workspaces/access/session-store.js';
import { firstRun } from '../../dist/workspaces/first-run.js';
import { addMember } from '../../dist/workspaces/members/member-store.js';
import { createWorkspace, fillWorkspace } from '../../dist/workspaces/workspace-store.js';
import { startChild } from '../children.mjs';
import { fill } from './fill.mjs';
import { query } from './postgres.mjs';
import { hotPath, send } from './requests.mjs';
import { sumUp } from './rows-read.mjs';

/** How many leads are copied to fill the tables. */
const ORIGINALS = 50;

/** Creates an empty store with `count` workspaces, as the template for each series. */
export async function makeBase({ as }, count) {
  const name = `base_${count}`;
  await query(as('postgres', 'postgres'), `CREATE DATABASE ${name} OWNER leadwell_owner`);
  await migrate(as('leadwell_owner', name));
  const owner = await openDatabase(as('leadwell_owner', name), { size: 1, asOwner: true });
  await owner.global((tx) => makePartitions(tx, new Date()));
  const { workspaceId, tokens } = await firstRun(owner, { region: 'GB', kinds: tokenKinds, now: new Date() });
  const workspaces = [workspaceId];
  while (workspaces.length < count) {
    const id = uuidv7();
    await owner.tx(id, async (tx) => {
      await createWorkspace(tx, { id, name: `Firm ${workspaces.length}`, region: 'GB' });
      await fillWorkspace(tx);
    });
    workspaces.push(id);
  }
  const agent = await owner.tx(workspaceId, addAgent);
  await owner.close();
  return { name, workspaces, tokens, ...agent };
}

/** Adds a signed-in member who sees only their own leads. */
async function addAgent(tx) {
  const person = {
    name: 'Annie Agent',
    email: 'agent@example.com',
    username: 'agent',
    role: 'agent',
    password_hash: null,
  };
  const agent = await addMember(tx, person);
  await openAccount(tx, agent, null);
  await tx.query("UPDATE members SET sees = 'own' WHERE workspace_id = $1 AND id = $2", [tx.workspaceId, agent]);
  const expires_at = new Date(Date.now() + 86_400_000);
  const { secret } = await createSession(tx, {
    kind: 'web',
    dialect: null,
    member_id: agent,
    token_id: null,
    expires_at,
  });
  return { agent, cookie: `leadwell=${secret}` };
}

/** Measures every request at every size, and passes each figure to `tell`. */
export async function measureSeries(postgres, base, { statistics, sizes }, tell) {
  const { as } = postgres;
  const admin = as('postgres', 'postgres');
  await query(admin, `CREATE DATABASE series OWNER leadwell_owner TEMPLATE ${base.name}`);
  const superuser = as('postgres', 'series');
  const state = {
    start: 0,
    copies: 0,
    load: startChild('load.mjs'),
    base,
    superuser,
    log: postgres.log,
  };
  const app = as('leadwell_app', 'series');
  const running = await startServer(app);
  try {
    for (const size of sizes) {
      if (size > 0) await growTo(size, state, base.workspaces);
      if (statistics === 'all') await query(superuser, 'ANALYZE');
      await measure(state, running, (figure) => tell({ ...figure, size, server: 'a server running since the start' }));
      if (size === 0 && statistics === 'few') await query(superuser, 'ANALYZE');
      const started = await startServer(app);
      await measure(state, started, (figure) => tell({ ...figure, size, server: 'a new server' }));
      started.process.kill('SIGKILL');
    }
  } finally {
    running.process.kill('SIGKILL');
    state.load.process.kill();
    await query(admin, 'DROP DATABASE series WITH (FORCE)');
  }
}

async function startServer(app) {
  const server = startChild('server.mjs', { mode: 'gathered', app });
  return { ...server, port: (await server.ask()).port };
}

async function growTo(size, state, workspaces) {
  const { superuser } = state;
  state.originals ??= (await query(superuser, 'SELECT id FROM leads ORDER BY id LIMIT $1', [ORIGINALS])).map(
    ({ id }) => id,
  );
  const [{ have }] = await query(superuser, 'SELECT count(*)::int AS have FROM leads');
  const more = Math.ceil((size - have) / ORIGINALS);
  if (more <= 0) return;
  const from = state.copies + 1;
  state.copies += more;
  await fill(superuser, { originals: state.originals, workspaces, from, to: state.copies });
}

async function measure(state, { port }, tell) {
  const { superuser, log, base, load } = state;
  const { tokens, cookie } = base;
  const ids = [];
  const ownIds = [];
  let start = state.start;
  for (const step of hotPath) {
    if (!step.kind && ids.length === 0) ids.push(...(await someLeads(superuser, base.workspaces[0])));
    if (step.isSighted && ownIds.length === 0) ownIds.push(...(await ownLeads(superuser, base)));
    if (step.kind && !step.isRepeat) start = state.start;
    log.read();
    const count = await send(step, { load, port, tokens, cookie, start, ids, ownIds });
    if (step.kind && !step.isRepeat) state.start += count;
    await atRest(superuser);
    const { rows, worst } = sumUp(log.read());
    tell({ step, rows: rows / count, worst });
  }
}

async function someLeads(superuser, workspaceId) {
  const newest = 'SELECT id FROM leads WHERE workspace_id = $1 ORDER BY id DESC LIMIT 40';
  return (await query(superuser, newest, [workspaceId])).map(({ id }) => id);
}

/** Makes the member the owner of the newest leads, and returns their ids. */
async function ownLeads(superuser, { workspaces, agent }) {
  const ids = (await someLeads(superuser, workspaces[0])).slice(0, 5);
  await query(superuser, 'UPDATE leads SET owner_id = $2 WHERE id = ANY ($1)', [ids, agent]);
  return ids;
}

/** Waits for the background work that requests have queued. */
async function atRest(superuser) {
  for (;;) {
    const [{ busy }] = await query(
      superuser,
      `SELECT EXISTS (SELECT FROM index_queue) OR EXISTS (SELECT FROM pg_stat_activity
         WHERE datname = current_database() AND usename = 'leadwell_app' AND state <> 'idle') AS busy`,
    );
    if (!busy) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
