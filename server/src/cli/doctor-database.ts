import { join } from 'node:path';
import { readApplied } from '../backup/catalogue-store.ts';
import { isServed } from '../backup/sessions-store.ts';
import type { Config } from '../config.ts';
import { APP_ROLE, OWNER_ROLE } from '../platform/database/connection.ts';
import { type Database, openDatabase } from '../platform/database/database.ts';
import { readMigrations } from '../platform/database/migrate.ts';
import type { Place } from '../store.ts';
import { type DatabaseFacts, looseRoles, readBacklog, readFacts, unprotectedTables } from './doctor-store.ts';
import type { Symptom } from './symptom.ts';

const MANY_WAITING = 1_000;

/** What the database, its schema and the work behind it look like. */
export async function* databaseSymptoms(place: Place, config: Config): AsyncGenerator<Symptom> {
  const owner = await openDatabase(place.owner, { size: 1, asOwner: true, name: 'leadwell command' });
  try {
    const facts = await owner.global(readFacts);
    if (facts) yield* settingSymptoms(place, config, facts);
    yield await roleSymptom(owner);
    const schema = await schemaSymptom(owner);
    yield schema;
    if (schema.state === 'ok') yield* workSymptoms(owner);
    const served = await isServed(place.admin);
    yield { check: 'server', state: 'ok', text: served ? 'running on this store' : 'not running' };
  } finally {
    await owner.close();
  }
}

function* settingSymptoms(place: Place, { dataDir }: Config, facts: DatabaseFacts): Generator<Symptom> {
  const where = place.cluster
    ? `embedded in ${place.cluster.dir}, socket in ${place.owner.host}, passwords in ${join(dataDir, 'secrets.json')}`
    : 'the one of DATABASE_URL';
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
    text: `${facts.encoding}${isUtf8 ? '' : ' in place of UTF8'}`,
  };
  yield collationSymptom(facts);
  yield facts.data_checksums === 'on'
    ? { check: 'checksums', state: 'ok', text: 'every page has one' }
    : {
        check: 'checksums',
        state: 'warn',
        text: 'off: damage on the disk would go unnoticed. pg_checksums --enable adds them.',
      };
  yield durabilitySymptom(facts);
}

/** The order of texts must not change under an index when the operating system is upgraded. */
function collationSymptom({ collation_provider, collation }: DatabaseFacts): Symptom {
  const isFixed = collation_provider === 'b' || collation === 'C' || collation === 'POSIX';
  if (isFixed) return { check: 'collation', state: 'ok', text: `${collation}, which no upgrade changes` };
  const provider = collation_provider === 'i' ? 'ICU' : 'the C library';
  return { check: 'collation', state: 'warn', text: `${collation} of ${provider}: reindex after it is upgraded` };
}

function durabilitySymptom({ fsync, full_page_writes, synchronous_commit }: DatabaseFacts): Symptom {
  const settings = Object.entries({ fsync, full_page_writes, synchronous_commit });
  const off = settings.filter(([, value]) => value === 'off').map(([name]) => name);
  return off.length === 0
    ? { check: 'durability', state: 'ok', text: 'fsync, full_page_writes and synchronous_commit are on' }
    : {
        check: 'durability',
        state: 'fail',
        text: `${off.join(' and ')} off: leads that were taken can be lost. Switch it on.`,
      };
}

async function roleSymptom(owner: Database): Promise<Symptom> {
  const loose = await owner.global((tx) => looseRoles(tx, [OWNER_ROLE, APP_ROLE]));
  return loose.length === 0
    ? { check: 'roles', state: 'ok', text: 'neither is a superuser or passes by row-level security' }
    : { check: 'roles', state: 'fail', text: `${loose.join(' and ')} can see every workspace, or is missing` };
}

async function schemaSymptom(owner: Database): Promise<Symptom> {
  const applied = await owner.global(readApplied);
  const known = await readMigrations();
  const newest = `${known.at(-1)?.version ?? 0}`;
  const check = 'schema';
  if (applied.length === 0)
    return { check, state: 'warn', text: 'not made yet. "leadwell serve" or "leadwell migrate" does it.' };
  const strange = applied.find(
    ({ version, checksum }) => known.find((one) => one.version === version)?.checksum !== checksum,
  );
  if (strange)
    return {
      check,
      state: 'fail',
      text: `migration ${strange.version} is not one of this Leadwell (it knows up to ${newest})`,
    };
  if (applied.length < known.length)
    return {
      check,
      state: 'warn',
      text: `${known.length - applied.length} migrations to apply. "leadwell migrate" does it.`,
    };
  return { check, state: 'ok', text: `up to date (migration ${newest})` };
}

async function* workSymptoms(owner: Database): AsyncGenerator<Symptom> {
  const open = await owner.global(unprotectedTables);
  yield open.length === 0
    ? { check: 'isolation', state: 'ok', text: 'row-level security is forced on every table of tenants' }
    : { check: 'isolation', state: 'fail', text: `row-level security is not forced on ${open.join(', ')}` };
  const { waiting, astray } = await owner.global(readBacklog);
  yield waiting < MANY_WAITING
    ? { check: 'index', state: 'ok', text: `${waiting} changes wait for search and counters` }
    : {
        check: 'index',
        state: 'warn',
        text: `${waiting} changes wait for search and counters; is the server running?`,
      };
  yield astray
    ? {
        check: 'journal',
        state: 'warn',
        text: 'requests lie outside the partition of their month. Restart the server.',
      }
    : { check: 'journal', state: 'ok', text: 'every request lies in the partition of its month' };
}
