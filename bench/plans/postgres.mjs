// A PostgreSQL of any version for examining plans: nothing is vacuumed or analysed unless we ask for it, and the plan
// of every statement of the app's role is logged with the rows that it read.
import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, chownSync, closeSync, fstatSync, mkdirSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { unprivilegedAccount } from '../../dist/platform/postgres/account.js';
import { bootstrapCluster } from '../../dist/platform/postgres/bootstrap.js';

const settings = {
  listen_addresses: '',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_wal_size: '4GB',
  shared_buffers: '256MB',
  random_page_cost: '1.1',
  jit: 'off',
  autovacuum: 'off',
  logging_collector: 'on',
  log_destination: 'jsonlog',
  log_directory: 'log',
  log_filename: 'plans',
  log_rotation_age: '0',
  log_rotation_size: '0',
  session_preload_libraries: 'auto_explain',
  'auto_explain.log_analyze': 'on',
  'auto_explain.log_timing': 'off',
  'auto_explain.log_format': 'json',
  'auto_explain.log_nested_statements': 'on',
};

/** Starts a new cluster in the folder with the programs in `bin`. */
export async function startPostgres(bin, folder) {
  const account = await unprivilegedAccount();
  const run = (program, args) =>
    execFileSync(join(bin, program), args, {
      cwd: '/',
      stdio: 'ignore',
      env: { PATH: bin, LC_ALL: 'C.UTF-8' },
      ...(account && { uid: account.uid, gid: account.gid }),
    });
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  if (account) chownSync(folder, account.uid, account.gid);
  const data = join(folder, 'data');
  run('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '-N']);
  const lines = Object.entries({ ...settings, unix_socket_directories: folder });
  appendFileSync(join(data, 'postgresql.conf'), lines.map(([name, value]) => `\n${name} = '${value}'`).join(''));
  run('pg_ctl', ['start', '-w', '-D', data, '-l', join(folder, 'start.log')]);
  const as = (user, database) => ({ host: folder, port: 5432, user, password: user, database });
  await bootstrapCluster(as('postgres', 'postgres'), { owner: 'leadwell_owner', app: 'leadwell_app' });
  await query(as('postgres', 'postgres'), 'ALTER ROLE leadwell_app SET auto_explain.log_min_duration = 0');
  return {
    as,
    log: openLog(join(data, 'log', 'plans.json')),
    stop: () => run('pg_ctl', ['stop', '-m', 'immediate', '-D', data]),
  };
}

/** Runs one statement on a connection of its own. */
export async function query(connection, text, params) {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return (await client.query(text, params)).rows;
  } finally {
    await client.end();
  }
}

/** Returns a reader of the log that continues where it last stopped. */
function openLog(path) {
  let at = 0;
  return {
    /** The plans of the statements that have ended since the last read, each with its text. */
    read() {
      const file = openSync(path);
      const rest = Buffer.alloc(fstatSync(file).size - at);
      readSync(file, rest, 0, rest.length, at);
      closeSync(file);
      const text = rest.subarray(0, rest.lastIndexOf(10) + 1);
      at += text.length;
      return text.toString('utf8').split('\n').flatMap(planOf);
    },
  };
}

function planOf(line) {
  if (!line) return [];
  const { message } = JSON.parse(line);
  const start = message.indexOf('plan:\n');
  return start < 0 ? [] : [JSON.parse(message.slice(start + 6))];
}
