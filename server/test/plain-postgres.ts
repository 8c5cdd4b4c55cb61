import { execFileSync } from 'node:child_process';
import { appendFile, chown, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection } from '../src/platform/database/connection.ts';
import { unprivilegedAccount } from '../src/platform/postgres/account.ts';
import { bootstrapCluster, DATABASE } from '../src/platform/postgres/bootstrap.ts';

/** A cluster of an installed PostgreSQL, for tests that need a database but not the embedded one. */
export interface PlainPostgres {
  superuser: Connection;
  owner: Connection;
  app: Connection;
  stop(): Promise<void>;
}

const settings = {
  listen_addresses: '',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '128MB',
  max_connections: 300,
};

/** Creates and starts a cluster in `folder` with the programs in `bin`, such as /usr/lib/postgresql/15/bin. */
export async function startPlainPostgres(folder: string, bin: string): Promise<PlainPostgres> {
  const account = await unprivilegedAccount();
  const run = (program: string, args: readonly string[]) =>
    execFileSync(join(bin, program), args, {
      cwd: '/',
      stdio: 'ignore',
      env: { PATH: bin, LC_ALL: 'C.UTF-8' },
      ...(account && { uid: account.uid, gid: account.gid }),
    });
  const [data, socket] = [join(folder, 'postgres'), join(folder, 'run')];
  for (const path of [data, socket]) {
    await mkdir(path, { mode: 0o700 });
    if (account) await chown(path, account.uid, account.gid);
  }
  run('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--data-checksums']);
  const lines = Object.entries({ ...settings, unix_socket_directories: socket });
  await appendFile(join(data, 'postgresql.conf'), lines.map(([name, value]) => `\n${name} = '${value}'`).join(''));
  run('pg_ctl', ['start', '-w', '-D', data, '-l', join(data, 'log')]);
  const as = (user: string, database: string) => ({ host: socket, port: 5432, user, password: user, database });
  const superuser = as('postgres', 'postgres');
  await bootstrapCluster(superuser, { superuser: '', owner: 'leadwell_owner', app: 'leadwell_app', port: 5432 });
  return {
    superuser,
    owner: as('leadwell_owner', DATABASE),
    app: as('leadwell_app', DATABASE),
    stop: async () => void run('pg_ctl', ['stop', '-w', '-m', 'immediate', '-D', data]),
  };
}
