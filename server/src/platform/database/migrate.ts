import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import { operatorError } from '../operator-error.ts';
import type { PlainLog } from '../plain-log.ts';
import { silentLog } from '../plain-log.ts';
import { projectRoot } from '../project-root.ts';
import { pause } from '../time/wait.ts';
import type { Connection } from './connection.ts';
import { APP_ROLE, LOCKS } from './connection.ts';
import { hasCode } from './database-errors.ts';
import { openClient } from './session.ts';

/** A numbered SQL file; migrations only go forward. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly checksum: string;
  readonly sql: string;
}

/** Options for `migrate`. */
export interface MigrateOptions {
  /** The folder with the SQL files; `server/migrations` by default. */
  readonly folder?: string;
  readonly log?: PlainLog;
}

/** The project's migrations folder, used by both the sources and the build in `dist`. */
export function migrationsFolder(): string {
  return join(projectRoot(), 'server', 'migrations');
}

/** Reads the migration files in order. Refuses duplicate numbers and malformed names. */
export async function readMigrations(folder: string = migrationsFolder()): Promise<Migration[]> {
  const migrations: Migration[] = [];
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()) {
    const [, number = '', name = ''] = /^(\d{4})_([a-z0-9_-]+)\.sql$/.exec(file) ?? [];
    if (!number) throw operatorError(`The migration ${file} must be named NNNN_name.sql.`);
    const version = Number(number);
    if (migrations.at(-1)?.version === version) throw operatorError(`Two migrations have the number ${number}.`);
    // Line endings are ignored, so that a checkout on Windows has the same checksum.
    const sql = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n');
    migrations.push({ version, name, checksum: createHash('sha256').update(sql).digest('hex'), sql });
  }
  return migrations;
}

/**
 * Brings the database up to the newest migration, acting as its owner; several processes may call it at once. Returns
 * the migrations it applied. Refuses, changing nothing, if the database is newer than the code or not UTF-8, or if an
 * applied file has since been edited.
 */
export async function migrate(owner: Connection, options: MigrateOptions = {}): Promise<Migration[]> {
  const log = options.log ?? silentLog;
  const migrations = await readMigrations(options.folder);
  const client = await openClient(owner, { name: 'leadwell migrate', statementTimeout: 0, asOwner: true });
  try {
    await takeLock(client);
    await createLedger(client);
    const applied = await readLedger(client);
    checkHistory(migrations, applied);
    const missing = migrations.filter(({ version }) => !applied.some((row) => row.version === version));
    for (const migration of missing) {
      await apply(client, migration, log);
      log.info(`Applied migration ${label(migration)}.`);
    }
    return missing;
  } finally {
    await client.end();
  }
}

async function takeLock(client: Client): Promise<void> {
  try {
    await client.query(`set lock_timeout = '120s'`);
    await client.query('select pg_advisory_lock($1)', [LOCKS.migrate]);
  } catch (error) {
    if (!hasCode(error, '55P03')) throw error;
    throw operatorError('Another process has been migrating this database for two minutes. Try again when it is done.');
  }
}

async function createLedger(client: Client): Promise<void> {
  const { rows } = await client.query<{ found: boolean }>(
    `select to_regclass('public.schema_migrations') is not null as found`,
  );
  if (rows[0]?.found) return;
  await client.query(`
    begin;
    create table public.schema_migrations (
      version int primary key,
      name text not null,
      checksum text not null,
      applied_at timestamptz not null default now()
    );
    grant select on public.schema_migrations to ${APP_ROLE};
    commit`);
}

interface Applied {
  readonly version: number;
  readonly name: string;
  readonly checksum: string;
}

async function readLedger(client: Client): Promise<Applied[]> {
  const { rows } = await client.query<Applied>(
    'select version, name, checksum from public.schema_migrations order by version',
  );
  return rows;
}

function checkHistory(migrations: readonly Migration[], applied: readonly Applied[]): void {
  const newest = migrations.at(-1)?.version ?? 0;
  for (const row of applied) {
    const known = migrations.find(({ version }) => version === row.version);
    if (known && known.checksum !== row.checksum) {
      throw operatorError(
        `The migration ${label(row)} has been changed after it was applied to this database. ` +
          'Restore the file as it was, and make changes in a new one.',
      );
    }
    if (!known) {
      throw operatorError(
        row.version > newest
          ? `This database is newer than this version of Leadwell: it has migration ${label(row)}, and this version knows ` +
              `${newest} at most. Run the newer version, or restore a backup made before the upgrade.`
          : `This database has migration ${label(row)}, which this version of Leadwell does not know.`,
      );
    }
  }
}

const ATTEMPTS = 20;

/**
 * Gives up waiting for a lock after 500 ms and retries, so that a busy table does not make every other query queue
 * behind the migration.
 */
async function apply(client: Client, migration: Migration, log: PlainLog): Promise<void> {
  for (let left = ATTEMPTS; ; left--) {
    try {
      await applyOnce(client, migration);
      return;
    } catch (error) {
      await client.query('rollback').catch(() => {});
      if (left > 1 && hasCode(error, '55P03', '40P01', '40001')) {
        log.warn(`Migration ${label(migration)} is waiting for a busy table.`);
        await pause(250);
        continue;
      }
      const reason = error instanceof Error ? error.message : String(error);
      throw operatorError(`Migration ${label(migration)} failed and was rolled back: ${reason}`, error);
    }
  }
}

async function applyOnce(client: Client, { version, name, checksum, sql }: Migration): Promise<void> {
  await client.query('begin');
  await client.query(`set local lock_timeout = '500ms'`);
  await client.query(sql);
  await client.query('insert into public.schema_migrations (version, name, checksum) values ($1, $2, $3)', [
    version,
    name,
    checksum,
  ]);
  const { command } = await client.query('commit');
  if (command !== 'COMMIT') throw new Error('its transaction did not commit');
}

function label({ version, name }: { version: number; name: string }): string {
  return `${String(version).padStart(4, '0')}_${name}`;
}
