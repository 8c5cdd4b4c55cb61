import { expect, test } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { aWorkspace, createLead, testIntake } from '../../test/test-intake.ts';
import { sumsToKeep } from '../deals/index/keep-sums.ts';
import { startIndexer } from '../leads/index/indexer.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { intakeToCount, keepCounts } from '../reports/intake/keep-counts.ts';
import { reportRules } from '../reports/report-rules-store.ts';
import { checkTotals } from './checks-store.ts';
import { longTransaction } from './long-transaction.ts';
import { verify } from './verify.ts';

const { db, connections, query } = await testDatabase();
const workspaceId = await aWorkspace(db, query);
await query('SELECT make_submission_partition(current_date)');

const target = { owner: connections.owner, rules: reportRules, superuser: connections.superuser };

async function breaches(deep = false): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, differences, ids } of verify(
    deep ? target : { owner: connections.owner, rules: reportRules },
  )) {
    if (differences > 0) found.push(name);
    expect(ids.length).toBe(Math.min(differences, 5));
  }
  return found;
}

/** Breaks a rule with all constraints disabled, runs the checks, and undoes the change. */
async function breachesAfter(broken: string, edited: string): Promise<string[]> {
  await query(`SET session_replication_role = replica; ${broken}`);
  const found = await breaches();
  await query(`SET session_replication_role = replica; ${edited}`);
  return found;
}

test('verify finds nothing wrong after leads are created, merged, refused and deleted', async () => {
  const agentContext = testIntake(db, connections.app, workspaceId);
  const draft = (name: string, phone: string) => createLead({ values: { name }, phone: { sent: phone } });
  const { id } = await agentContext.ask(draft('Ann', '07840258823'));
  await agentContext.ask(draft('Ann again', '+44 7840 258823'));
  await agentContext.ask(draft('Bob', '07840258824'));
  await agentContext.ask(draft('Bob, as a twin', '07840258824'), { policy: 'create' });
  await agentContext.ask(draft('Nobody', '07840258824'), { policy: 'refuse' });
  await agentContext.ask(draft('Only tried', '07840258899'), { test_mode: true });
  await agentContext.ask({ kind: 'deleteLead', lead: { by: 'id', id } });
  await agentContext.close();
  expect(await breaches(true)).toEqual([]);
  const indexer = startIndexer(
    db,
    { isPaused: () => false, onError: () => {} },
    { soon: [sumsToKeep], later: [intakeToCount] },
  );
  await indexer.run();
  await indexer.stop();
  // A request is counted once no transaction is open that began before it, also none of another test's database.
  const count = async () => {
    await db.tx(workspaceId, (tx) => keepCounts(tx, '0 seconds'));
    return (await query('SELECT 1 FROM intake_counts')).length;
  };
  await expect.poll(count, { timeout: 20_000 }).toBeGreaterThan(0);
  expect(await breaches(true)).toEqual([]);
});

const save = (table: string, where: string) =>
  `CREATE TABLE saved AS SELECT * FROM ${table} WHERE ${where}; DELETE FROM ${table} WHERE ${where}`;
const putBack = (table: string) => `INSERT INTO ${table} SELECT * FROM saved; DROP TABLE saved`;

test('events removed after their retention period are not reported', async () => {
  const older = (days: number) =>
    `UPDATE leads SET created_at = created_at - interval '${days} days';
     UPDATE submissions SET received_at = received_at - interval '${days} days';
     UPDATE intake_counts SET day = day - (${days});
     UPDATE figure_bases SET ready = ${days < 0}`;
  expect(await breachesAfter(`${older(91)}; ${save('events', 'true')}`, `${older(-91)}; ${putBack('events')}`)).toEqual(
    [],
  );
});

const lead = `(SELECT id FROM leads WHERE name = 'Bob')`;
test.each([
  ['touches', `lead_id = ${lead}`, ['the touch of its submission', 'as many touches as it counts']],
  ['activities', `lead_id = ${lead}`, ['has a timeline']],
  ['events', `lead_id = ${lead} AND type = 'lead.created'`, ['was announced']],
  ['lead_keys', `lead_id = ${lead}`, ['every phone finds a lead']],
  ['lead_search', `lead_id = ${lead}`, ['the search text of every lead']],
  ['events', "type = 'lead.deleted'", ['is there, or was deleted']],
])('rows missing from %s where %s are reported', async (table, where, names) => {
  const found = await breachesAfter(save(table, where), putBack(table));
  expect(found).toHaveLength(names.length);
  for (const name of names) expect(found).toContainEqual(expect.stringContaining(name));
});

test.each([
  [
    'UPDATE leads SET touch_count = touch_count + 1',
    'UPDATE leads SET touch_count = touch_count - 1',
    'as many touches',
  ],
  ['UPDATE lead_counts SET leads = leads + 1', 'UPDATE lead_counts SET leads = leads - 1', 'add up to the leads'],
  [
    "UPDATE lead_sums SET leads = leads + 1 WHERE kind = 'all'",
    "UPDATE lead_sums SET leads = leads - 1 WHERE kind = 'all'",
    'sums of leads',
  ],
  [
    'UPDATE lead_figures SET leads = leads + 1 WHERE kind % 4 = 0',
    'UPDATE lead_figures SET leads = leads - 1 WHERE kind % 4 = 0',
    'the figures of reports',
  ],
  [
    'UPDATE intake_counts SET requests = requests + 1',
    'UPDATE intake_counts SET requests = requests - 1',
    'the counts of requests',
  ],
  [
    'UPDATE leads SET first_reply_at = created_at',
    'UPDATE leads SET first_reply_at = NULL',
    'what reports know of every lead',
  ],
  [
    "UPDATE leads SET name = 'Rob' WHERE name = 'Bob'",
    "UPDATE leads SET name = 'Bob' WHERE name = 'Rob'",
    'search text',
  ],
  [
    `INSERT INTO lead_keys SELECT workspace_id, 'email', 'ghost@example.com', gen_random_uuid() FROM leads LIMIT 1`,
    "DELETE FROM lead_keys WHERE value = 'ghost@example.com'",
    'belongs to a lead',
  ],
  [
    `INSERT INTO calls (workspace_id, id, lead_id, phone, state, due_at, claim_id, claim_expires_at, rank, offer_at, created_at, updated_at)
       SELECT workspace_id, id, id, '', 'claimed', now(), id, now() - interval '2 days', 0, now(), now(), now() FROM leads LIMIT 1`,
    'DELETE FROM calls',
    'no call has been claimed',
  ],
])('the damage done by %s is reported', async (broken, edited, name) => {
  expect(await breachesAfter(broken, edited)).toEqual([expect.stringContaining(name)]);
});

/** The most rows that any step of a plan takes, also those it drops. */
function mostRows(node: Record<string, unknown>): number {
  const count = (name: string) => Number(node[name] ?? 0);
  const rows = count('Actual Rows') + count('Rows Removed by Filter') + count('Rows Removed by Join Filter');
  const inner = (node['Plans'] ?? []) as Record<string, unknown>[];
  return Math.max(rows * count('Actual Loops'), ...inner.map(mostRows));
}

test('no rule compares every lead with every other', async () => {
  const many = 2000;
  const made = `FROM generate_series(1, ${many}) AS at`;
  const phone = "'+44784' || 1000000 + at";
  await query(`SET session_replication_role = replica;
    INSERT INTO leads (workspace_id, id, number, status_id, phone, created_at, updated_at)
      SELECT '${workspaceId}', gen_random_uuid(), 1000 + at, gen_random_uuid(), ${phone}, now(), now() ${made};
    INSERT INTO lead_keys (workspace_id, kind, value, lead_id)
      SELECT workspace_id, 'phone', phone, id FROM leads WHERE number > 1000`);
  const plans = new Map<string, number>();
  const explaining = <T>(work: (tx: Tx) => Promise<T>) =>
    longTransaction(connections.owner, (tx) =>
      work({
        ...tx,
        async query(sql: string) {
          if (!sql.startsWith('WITH')) return tx.query(sql);
          const [row] = await tx.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`);
          plans.set(
            sql,
            mostRows((row as { 'QUERY PLAN': [{ Plan: Record<string, unknown> }] })['QUERY PLAN'][0].Plan),
          );
          return [];
        },
      } as Tx),
    );
  let rules = 0;
  for await (const _ of checkTotals(explaining, reportRules)) rules += 1;
  await query(`SET session_replication_role = replica;
    DELETE FROM lead_keys WHERE value LIKE '+447841%'; DELETE FROM leads WHERE number > 1000`);
  expect(plans.size).toBe(rules);
  expect([...plans].filter(([, rows]) => rows > many * 50)).toEqual([]);
});

test('a database that lacks a migration is not checked any further', async () => {
  await query('UPDATE schema_migrations SET version = version + 100 WHERE version = 4');
  expect(await breaches()).toEqual(['the migrations of this version are applied']);
  await query('UPDATE schema_migrations SET version = version - 100 WHERE version = 104');
});

test('a table that differs from the migrations is reported', async () => {
  await query('ALTER TABLE notes DISABLE ROW LEVEL SECURITY');
  expect(await breaches(true)).toEqual([expect.stringContaining('schema')]);
  await query('ALTER TABLE notes ENABLE ROW LEVEL SECURITY');
  expect(await breaches(true)).toEqual([]);
});

test('verify leaves nothing behind', async () => {
  expect(await query("SELECT extname FROM pg_extension WHERE extname = 'amcheck'")).toEqual([]);
  expect(await query("SELECT datname FROM pg_database WHERE datname = 'leadwell_schema'")).toEqual([]);
});
