import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cluster } from '../src/platform/postgres/cluster.ts';
import { takeOwnership } from '../src/platform/postgres/initialise.ts';
import { withClient } from './database.ts';

/** A standby that streams from an embedded cluster; its socket is in the cluster's folder. */
export interface Standby {
  readonly port: number;
  /** Runs a statement as superuser, for example to pause the standby. */
  ask(text: string): Promise<void>;
  stop(): Promise<void>;
}

const PORT = 5499;

/** Copies the running cluster into the folder, like a base backup, and starts the copy as its standby. */
export async function startStandby(cluster: Cluster, folder: string): Promise<Standby> {
  const { launcher, binaries, superuser } = cluster;
  const data = join(folder, 'standby');
  await copyRunning(cluster, data);
  const socket = superuser.host ?? '';
  const primary = `host=${socket} port=${superuser.port} user=${superuser.user} password=${superuser.password}`;
  await writeFile(join(data, 'postgresql.auto.conf'), `port = ${PORT}\nprimary_conninfo = '${primary}'\n`);
  await writeFile(join(data, 'standby.signal'), '');
  await takeOwnership({ dataDir: folder, cluster: data, run: socket, secrets: '' }, launcher);
  const control = async (...args: string[]) => {
    const { code, output } = await launcher.run(binaries.pgCtl, [...args, '-s', '-w', '-D', data]);
    if (code !== 0) throw new Error(output);
  };
  await control('start', '-l', join(data, 'start.log'));
  return {
    port: PORT,
    ask: (text) => withClient({ ...superuser, port: PORT }, async (client) => void (await client.query(text))),
    stop: () => control('stop', '-m', 'immediate'),
  };
}

/** Copies the files of a running cluster. The copy is consistent, whatever is written between backup start and stop. */
async function copyRunning({ superuser, dir }: Cluster, data: string): Promise<void> {
  await withClient(superuser, async (client) => {
    await client.query(`select pg_backup_start('standby', true)`);
    await mkdir(data, { mode: 0o700 });
    await cp(dir, data, { recursive: true });
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
    await writeFile(join(data, 'backup_label'), rows[0]?.labelfile ?? '');
    await rm(join(data, 'postmaster.pid'), { force: true });
  });
}
