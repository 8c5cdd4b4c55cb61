import { randomBytes } from 'node:crypto';
import { appendFile, chmod, lchown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../database/database-errors.ts';
import { operatorError } from '../operator-error.ts';
import type { PlainLog } from '../plain-log.ts';
import type { Binaries } from './binaries.ts';
import type { Launcher } from './launcher.ts';
import type { Layout } from './layout.ts';
import { SETTINGS_FILE } from './settings.ts';

/** The superuser of the cluster; used only by Leadwell itself and its backups. */
export const SUPERUSER = 'postgres';

/** The major version of the cluster on disk, or null when there is none yet. */
export async function clusterVersion(layout: Layout): Promise<number | null> {
  try {
    return Number.parseInt(await readFile(join(layout.cluster, 'PG_VERSION'), 'utf8'), 10);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw operatorError(`The database folder ${layout.cluster} cannot be read.`, error);
  }
}

/** Makes PostgreSQL's account the owner of a cluster that root put there (a copy or a restored backup). */
export async function takeOwnership(layout: Layout, launcher: Launcher): Promise<void> {
  const { uid } = await stat(layout.cluster);
  if (!launcher.account || uid === launcher.account.uid) return;
  for (const name of await readdir(layout.cluster, { recursive: true })) {
    await lchown(join(layout.cluster, name), launcher.account.uid, launcher.account.gid);
  }
  await chmod(layout.cluster, 0o700);
  await launcher.own(layout.cluster);
}

/** Refuses a cluster created by another major version, which the bundled programs cannot open. */
export async function checkVersion(binaries: Binaries, launcher: Launcher, onDisk: number): Promise<void> {
  const { output } = await launcher.run(binaries.postgres, ['--version']);
  const bundled = Number.parseInt(/(\d+)/.exec(output)?.[1] ?? '', 10);
  if (Number.isNaN(bundled)) throw operatorError(`The bundled PostgreSQL cannot be run here: ${output.trim()}`);
  if (bundled !== onDisk) {
    throw operatorError(
      `The database was created by PostgreSQL ${onDisk}, and this version of Leadwell includes PostgreSQL ${bundled}. ` +
        'Make a backup with the version that created it, and restore it with this one into a new data folder.',
    );
  }
}

/**
 * Creates the cluster beside its final place and moves it there when finished. An interruption leaves nothing
 * half-made, and of two concurrent processes the slower one discards its own. True when ours is the one in place.
 */
export async function initialise(
  layout: Layout,
  password: string,
  tools: { binaries: Binaries; launcher: Launcher; log: PlainLog },
): Promise<boolean> {
  tools.log.info(`Creating the database in ${layout.cluster}.`);
  const draft = `${layout.cluster}.new-${process.pid}-${randomBytes(4).toString('hex')}`;
  const passwordFile = join(layout.run, `password-${process.pid}-${randomBytes(8).toString('hex')}`);
  try {
    await mkdir(draft, { mode: 0o700 });
    await tools.launcher.own(draft);
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' });
    await tools.launcher.own(passwordFile);
    const { code, output } = await tools.launcher.run(tools.binaries.initdb, initdbArguments(draft, passwordFile));
    if (code !== 0) throw operatorError(`The database could not be created in ${draft}: ${output.trim()}`);
    await appendFile(join(draft, 'postgresql.conf'), `\ninclude '${SETTINGS_FILE}'\n`);
    await writeFile(join(draft, SETTINGS_FILE), '', { mode: 0o600 });
    await tools.launcher.own(join(draft, SETTINGS_FILE));
    return await moveIntoPlace(draft, layout.cluster);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
}

function initdbArguments(folder: string, passwordFile: string): string[] {
  return [
    `--pgdata=${folder}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    // Explicit, because without LANG (containers, systemd) initdb would choose SQL_ASCII.
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
  ];
}

async function moveIntoPlace(draft: string, cluster: string): Promise<boolean> {
  try {
    await rename(draft, cluster);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOTEMPTY', 'EEXIST', 'EPERM')) return false;
    throw error;
  }
}
