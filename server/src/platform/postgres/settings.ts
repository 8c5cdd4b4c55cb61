import { randomBytes } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import type { Launcher } from './launcher.ts';
import type { Layout } from './layout.ts';

/** PostgreSQL settings by name. */
export type Settings = Readonly<Record<string, string | number | boolean>>;

/** The file in the cluster with our settings, included by `postgresql.conf`. */
export const SETTINGS_FILE = 'leadwell.conf';

const MEGABYTE = 1024 * 1024;

/** A quarter of the memory (the container's, where there is one), between 64 and 512 MB. */
function sharedBuffers(memory: number = availableMemory()): string {
  const quarter = Math.floor(memory / 4 / MEGABYTE);
  return `${Math.min(512, Math.max(64, quarter))}MB`;
}

function availableMemory(): number {
  const limit = process.constrainedMemory?.() ?? 0;
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

/** Durability settings (fsync, full_page_writes, synchronous_commit) keep PostgreSQL's defaults: on. */
function defaults(layout: Layout, port: number): Settings {
  const overTcp = process.platform === 'win32';
  return {
    listen_addresses: overTcp ? '127.0.0.1' : '',
    port,
    ...(overTcp ? {} : { unix_socket_directories: layout.run, unix_socket_permissions: '0700' }),
    password_encryption: 'scram-sha-256',
    max_connections: 60,
    shared_buffers: sharedBuffers(),
    max_wal_size: '1GB',
    checkpoint_timeout: '15min',
    wal_compression: true,
    jit: false,
    random_page_cost: 1.1,
    timezone: 'UTC',
    log_timezone: 'UTC',
    logging_collector: true,
    log_directory: 'log',
    log_filename: 'postgresql-%a.log',
    log_file_mode: '0600',
    log_truncate_on_rotation: true,
    log_rotation_age: '1d',
    log_rotation_size: 0,
    // Personal data stays out of the log: no statements, no details, no messages of failed statements (those quote
    // values and reach us as errors anyway). "log" keeps start, stop, recovery, checkpoints and crashes.
    log_min_messages: 'log',
    log_error_verbosity: 'terse',
    log_statement: 'none',
    log_min_error_statement: 'panic',
    log_parameter_max_length_on_error: 0,
    log_parameter_max_length: 0,
  };
}

/** The text of our settings file; `extra` overrides settings (tests switch fsync off). */
export function settingsText(layout: Layout, port: number, extra: Settings = {}): string {
  const lines = [
    '# Written by Leadwell at each start: your own settings belong in postgresql.conf, below the include.',
  ];
  for (const [name, value] of Object.entries({ ...defaults(layout, port), ...extra })) {
    lines.push(`${name} = '${formatSetting(value).replaceAll('\\', '\\\\').replaceAll("'", "''")}'`);
  }
  return `${lines.join('\n')}\n`;
}

function formatSetting(value: string | number | boolean): string {
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
}

/** Replaces a cluster's settings file in one step, so that another process never reads half of it. */
export async function writeSettings(cluster: string, text: string, launcher: Launcher): Promise<void> {
  const draft = join(cluster, `${SETTINGS_FILE}.${process.pid}.${randomBytes(4).toString('hex')}`);
  await writeFile(draft, text, { mode: 0o600 });
  await launcher.own(draft);
  await rename(draft, join(cluster, SETTINGS_FILE));
}
