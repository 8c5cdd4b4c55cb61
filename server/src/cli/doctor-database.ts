import { join } from 'node:path';
import { readApplied } from '../backup/schema-store.ts';
import { isServed } from '../backup/sessions-store.ts';
import type { Config } from '../config.ts';
import { APP_ROLE, OWNER_ROLE } from '../platform/database/connection.ts';
import { type Database, openDatabase } from '../platform/database/database.ts';
import { readMigrations } from '../platform/database/migrate.ts';
import type { DataStore } from '../store.ts';
import type { CheckResult } from './check-result.ts';
import { checkConnection, checkReading } from './doctor-connection.ts';
import { type DatabaseFacts, readBacklog, readFacts, unprotectedTables, unsafeRoles } from './doctor-queries.ts';
import { checkSecrets } from './secrets.ts';

const MANY_WAITING = 1_000;

/** Checks the database, its schema and its background work. */
export async function* checkDatabase(place: DataStore, config: Config): AsyncGenerator<CheckResult> {
  const owner = await openDatabase(place.owner, { size: 1, asOwner: true, name: 'leadwell command' });
  try {
    const facts = await owner.global(readFacts);
    if (facts) yield* checkSettings(place, config, facts);
    yield await checkRoles(owner);
    yield* await checkConnection(place);
    if (!place.cluster) yield await checkReading(owner, config.reading);
    const schema = await checkSchema(owner);
    yield schema;
    if (schema.state === 'ok') {
      yield* checkBackground(owner);
      yield await checkSecrets(owner, config);
    }
    const served = await isServed(place.admin);
    yield { check: 'server', state: 'ok', text: served ? 'running' : 'not running' };
  } finally {
    await owner.close();
  }
}

function* checkSettings(place: DataStore, { dataDir }: Config, facts: DatabaseFacts): Generator<CheckResult> {
  const where = place.cluster
    ? `embedded in ${place.cluster.dir}, socket in ${place.owner.host}, passwords in ${join(dataDir, 'secrets.json')}`
    : 'set by DATABASE_URL';
  const roles = `roles ${OWNER_ROLE} and ${APP_ROLE}`;
  yield {
    check: 'database',
    state: 'ok',
    text: `PostgreSQL ${place.version}, ${where}; database ${facts.database}, ${roles}`,
  };
  const isUtf8 = facts.encoding === 'UTF8';
  yield {
    check: 'encoding',
    state: isUtf8 ? 'ok' : 'fail',
    text: `${facts.encoding}${isUtf8 ? '' : ' instead of UTF8'}`,
  };
  yield checkCollation(facts);
  yield facts.data_checksums === 'on'
    ? { check: 'checksums', state: 'ok', text: 'on' }
    : {
        check: 'checksums',
        state: 'warn',
        text: 'off: disk corruption would go unnoticed. Enable them with pg_checksums --enable.',
      };
  yield checkDurability(facts);
}

/** The sort order of text must not change under an index when the operating system is upgraded. */
function checkCollation({ collation_provider, collation }: DatabaseFacts): CheckResult {
  const isFixed = collation_provider === 'b' || collation === 'C' || collation === 'POSIX';
  if (isFixed) return { check: 'collation', state: 'ok', text: `${collation}, which upgrades do not change` };
  const provider = collation_provider === 'i' ? 'ICU' : 'the C library';
  return { check: 'collation', state: 'warn', text: `${collation} from ${provider}: reindex after upgrading it` };
}

function checkDurability({ fsync, full_page_writes, synchronous_commit }: DatabaseFacts): CheckResult {
  const settings = Object.entries({ fsync, full_page_writes, synchronous_commit });
  const off = settings.filter(([, value]) => value === 'off').map(([name]) => name);
  return off.length === 0
    ? { check: 'durability', state: 'ok', text: 'fsync, full_page_writes and synchronous_commit are on' }
    : {
        check: 'durability',
        state: 'fail',
        text: `${off.join(' and ')} off: accepted leads can be lost. Switch it on.`,
      };
}

async function checkRoles(owner: Database): Promise<CheckResult> {
  const unsafe = await owner.global((tx) => unsafeRoles(tx, [OWNER_ROLE, APP_ROLE]));
  return unsafe.length === 0
    ? { check: 'roles', state: 'ok', text: 'neither is a superuser, and neither bypasses row-level security' }
    : { check: 'roles', state: 'fail', text: `${unsafe.join(' and ')} can see every workspace or does not exist` };
}

async function checkSchema(owner: Database): Promise<CheckResult> {
  const applied = await owner.global(readApplied);
  const known = await readMigrations();
  const newest = `${known.at(-1)?.version ?? 0}`;
  const check = 'schema';
  if (applied.length === 0)
    return { check, state: 'warn', text: 'not created yet. Run "leadwell serve" or "leadwell migrate".' };
  const unknown = applied.find(
    ({ version, checksum }) => known.find((one) => one.version === version)?.checksum !== checksum,
  );
  if (unknown)
    return {
      check,
      state: 'fail',
      text: `migration ${unknown.version} is unknown to this version of Leadwell (its newest is ${newest})`,
    };
  if (applied.length < known.length)
    return {
      check,
      state: 'warn',
      text: `${known.length - applied.length} migrations to apply. Run "leadwell migrate".`,
    };
  return { check, state: 'ok', text: `up to date (migration ${newest})` };
}

async function* checkBackground(owner: Database): AsyncGenerator<CheckResult> {
  const open = await owner.global(unprotectedTables);
  yield open.length === 0
    ? { check: 'isolation', state: 'ok', text: 'row-level security is forced on every tenant table' }
    : { check: 'isolation', state: 'fail', text: `row-level security is not forced on ${open.join(', ')}` };
  const { waiting, astray } = await owner.global(readBacklog);
  yield waiting < MANY_WAITING
    ? { check: 'index', state: 'ok', text: `${waiting} changes waiting to be indexed` }
    : {
        check: 'index',
        state: 'warn',
        text: `${waiting} changes waiting to be indexed; is the server running?`,
      };
  yield astray
    ? {
        check: 'journal',
        state: 'warn',
        text: 'requests were stored outside their monthly partition. Restart the server.',
      }
    : { check: 'journal', state: 'ok', text: 'every request is in its monthly partition' };
}
