import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, expect, test } from 'vitest';
import { dumpSchema } from '../src/platform/database/dump-schema.ts';
import { projectRoot } from '../src/platform/project-root.ts';
import { testWorld } from './world.ts';

const world = await testWorld();
const other = await world.anotherHome('other');
const app = new Client(world.connections.app);
await app.connect();
afterAll(() => app.end());

const tables = (
  await world.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relkind IN ('r', 'p') AND a.attname = 'workspace_id' AND c.relnamespace = 'public'::regnamespace`,
  )
).map((row) => row.name);

async function fill(home: typeof other) {
  const post = (dialect: string, url: string, payload: object) =>
    world.app.inject({
      method: 'POST',
      url,
      payload,
      headers: { authorization: `Bearer ${home.tokens.get(dialect)}` },
    });
  const person = { email: 'same@example.com', phone: '07840258823' };
  const lead = (await post('native', '/v1/leads', { name: 'Same Person', note: 'n', ...person })).json();
  await post('ispcrm', '/api/v1/subscriber/CreateLead', { name: 'Same', ...person });
  await post('native', `/v1/leads/${lead.id}/tasks`, { name: 'T' });
  await post('native', `/v1/leads/${lead.id}/deals`, { name: 'D', stage: 'Open' });
  await post('native', `/v1/leads/${lead.id}/calls`, {});
  return lead;
}

const mine = await fill(world);
const theirs = await fill(other);

test('the same person in two workspaces is two leads', () => {
  expect(mine.id).not.toBe(theirs.id);
});

test('every table with a workspace has forced row-level security', async () => {
  const loose = await world.query(
    `SELECT relname FROM pg_class WHERE relname = ANY($1) AND relnamespace = 'public'::regnamespace
       AND NOT (relrowsecurity AND relforcerowsecurity)`,
    [tables],
  );
  expect(loose).toEqual([]);
  expect(tables.length).toBeGreaterThan(20);
});

test('every primary key and unique constraint of a tenant table starts with the workspace', async () => {
  const astray = await world.query<{ constraint: string }>(
    `SELECT con.conname AS constraint FROM pg_constraint con JOIN pg_class c ON c.oid = con.conrelid
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = con.conkey[1]
     WHERE con.contype IN ('p', 'u') AND c.relname = ANY($1) AND a.attname <> 'workspace_id'`,
    [tables],
  );
  expect(astray).toEqual([]);
});

test('the app’s role is neither owner nor superuser, and cannot bypass row-level security', async () => {
  const [role] = await world.query(
    `SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
       EXISTS (SELECT 1 FROM pg_class WHERE relowner = r.oid) AS owns FROM pg_roles r WHERE rolname = 'leadwell_app'`,
  );
  expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, owns: false });
});

test.each([
  'leads',
  'lead_keys',
  'touches',
  'activities',
  'submissions',
  'events',
  'tokens',
  'members',
  'users',
  'notes',
  'tasks',
])('raw SQL as the app’s role sees nothing of another workspace in %s', async (table) => {
  const column = table === 'users' ? 'id IN (SELECT user_id FROM members)' : 'workspace_id = $1';
  const all = await world.query(
    `SELECT 1 FROM ${table}${table === 'users' ? '' : ' WHERE workspace_id = $1'}`,
    table === 'users' ? [] : [other.workspaceId],
  );
  expect(all.length).toBeGreaterThan(0);
  await app.query('BEGIN');
  await app.query("SELECT set_config('leadwell.workspace', $1, true)", [world.workspaceId]);
  const seen = await app.query(
    table === 'users' ? `SELECT 1 FROM users WHERE NOT (${column})` : `SELECT 1 FROM ${table} WHERE ${column}`,
    table === 'users' ? [] : [other.workspaceId],
  );
  await app.query('COMMIT');
  expect(seen.rows).toEqual([]);
});

test('without a workspace, raw SQL as the app’s role fails', async () => {
  await app.query('BEGIN');
  await expect(app.query('SELECT * FROM leads')).rejects.toThrow();
  await app.query('ROLLBACK');
});

test('a row cannot be written into another workspace', async () => {
  await app.query('BEGIN');
  await app.query("SELECT set_config('leadwell.workspace', $1, true)", [world.workspaceId]);
  await expect(
    app.query("INSERT INTO sources (workspace_id, id, name, folded_name) VALUES ($1, gen_random_uuid(), 'x', 'x')", [
      other.workspaceId,
    ]),
  ).rejects.toThrow(/row-level security/);
  await app.query('ROLLBACK');
});

test.each(['GET', 'PATCH', 'DELETE'] as const)(
  '%s of another workspace’s lead is answered like that of an unknown one',
  async (method) => {
    const ask = (id: string) =>
      world.app.inject({
        method,
        url: `/v1/leads/${id}`,
        headers: { authorization: `Bearer ${world.tokens.get('native')}` },
        ...(method === 'PATCH' && { payload: { city: 'x' } }),
      });
    const [foreign, unknown] = [await ask(theirs.id), await ask('lead_01h455vb4pex5vsknk084sn02q')];
    const told = (body: string) => ({ ...JSON.parse(body), instance: undefined });
    expect(foreign.statusCode).toBe(404);
    expect(told(foreign.body)).toEqual(told(unknown.body));
  },
);

// Other versions of PostgreSQL generate different names for constraints.
test.skipIf(process.env['TEST_POSTGRES'])('server/schema.sql matches the migrations', async () => {
  const written = await readFile(join(projectRoot(), 'server/schema.sql'), 'utf8');
  expect(written, 'run: npm run schema').toBe(await dumpSchema(world.connections.owner));
});

test('each table has a single policy for the app, which is permissive and names the workspace', async () => {
  const policies = await world.query<{ name: string; permissive: boolean; names: boolean }>(
    `SELECT polrelid::regclass::text AS name, polpermissive AS permissive,
       pg_get_expr(polqual, polrelid) LIKE '%leadwell.workspace%' AS names
     FROM pg_policy WHERE 'leadwell_app'::regrole = ANY (polroles) AND polrelid = ANY ($1::regclass[])`,
    [tables],
  );
  expect(policies.filter(({ permissive, names }) => !permissive || !names)).toEqual([]);
  expect(new Set(policies.map(({ name }) => name)).size).toBe(policies.length);
});

/** Tables with a lead that the database shows to the whole workspace: statements of ours limit what is read of them. */
const shownToAll = [
  ...['deal_index', 'deals_to_index', 'deleted_leads', 'demo_leads', 'idempotency', 'job_changes', 'lead_facts'],
  ...['lead_waits', 'mails', 'replays', 'waiting_leads'],
];

test('what belongs to a lead is limited in the database to those who see the lead, apart from a few tables', async () => {
  const open = await world.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'lead_id'
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT EXISTS (
       SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND 'leadwell_app'::regrole = ANY (p.polroles)
         AND pg_get_expr(p.polqual, p.polrelid) LIKE '%seen.id%') ORDER BY 1`,
  );
  expect(open.map(({ name }) => name)).toEqual(shownToAll);
});

test('functions that run as the owner name the schemas they look in', async () => {
  const careless = await world.query(
    `SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace
       AND NOT EXISTS (SELECT FROM unnest(proconfig) AS setting WHERE setting = 'search_path=pg_catalog, public')`,
  );
  expect(careless).toEqual([]);
});

test('our functions can be called by the app alone, and those of triggers by nobody', async () => {
  const open = await world.query<{ name: string }>(
    `SELECT proname AS name FROM pg_proc p, aclexplode(coalesce(proacl, acldefault('f', proowner))) AS acl
     WHERE pronamespace = 'public'::regnamespace AND acl.grantee <> proowner
       AND (acl.grantee <> 'leadwell_app'::regrole OR prorettype = 'trigger'::regtype)
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e')`,
  );
  expect(open).toEqual([]);
});

test('the app may add to the audit log and to replays, but neither change nor remove what they say', async () => {
  const rights = await world.query<{ name: string; right: string }>(
    `SELECT c.relname || ' ' || acl.privilege_type AS right FROM pg_class c, aclexplode(c.relacl) AS acl
     WHERE acl.grantee = 'leadwell_app'::regrole AND c.oid IN ('audit_log'::regclass, 'replays'::regclass, 'submissions'::regclass)
     ORDER BY 1`,
  );
  expect(rights.map(({ right }) => right)).toEqual([
    ...['audit_log INSERT', 'audit_log SELECT', 'replays INSERT', 'replays SELECT'],
    ...['submissions INSERT', 'submissions SELECT', 'submissions UPDATE'],
  ]);
});
