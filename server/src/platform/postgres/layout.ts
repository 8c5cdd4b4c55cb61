import { createHash } from 'node:crypto';
import { lstat, mkdir, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operatorError } from '../operator-error.ts';
import type { Account } from './account.ts';

/** The paths of one embedded cluster; absolute and real. */
export interface Layout {
  readonly dataDir: string;
  /** PostgreSQL's data directory. */
  readonly cluster: string;
  /** The socket's folder, mode 0700. */
  readonly run: string;
  /** The file with the passwords, mode 0600. */
  readonly secrets: string;
}

/** The number in the socket's name. No TCP port is opened, except on Windows (see secrets). */
export const SOCKET_PORT = 5432;
/** Linux allows 107 bytes, macOS 103. */
const LONGEST_SOCKET_PATH = 100;

/** Creates the data folder if missing and returns the paths in it. */
export async function createLayout(folder: string): Promise<Layout> {
  // If we are root, PostgreSQL's account must be able to enter the folder; private files are protected separately.
  await mkdir(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const dataDir = await realpath(folder);
  return {
    dataDir,
    cluster: join(dataDir, 'postgres'),
    run: socketFolder(dataDir),
    secrets: join(dataDir, 'secrets.json'),
  };
}

function socketFolder(dataDir: string): string {
  const near = join(dataDir, 'run');
  if (fits(near)) return near;
  const name = `leadwell-${createHash('sha256').update(dataDir).digest('hex').slice(0, 20)}`;
  const far = join(tmpdir(), name);
  return fits(far) ? far : join('/tmp', name);
}

function fits(folder: string): boolean {
  return Buffer.byteLength(join(folder, `.s.PGSQL.${SOCKET_PORT}`)) <= LONGEST_SOCKET_PATH;
}

/** Creates the socket's folder and makes PostgreSQL's account its owner. Refuses one created by somebody else. */
export async function makeSocketFolder(
  layout: Layout,
  launcher: { readonly account: Account | null; own(path: string): Promise<void> },
): Promise<void> {
  await mkdir(layout.run, { recursive: true, mode: 0o700 });
  if (process.platform === 'win32') return;
  const found = await lstat(layout.run);
  const allowed = [process.getuid?.(), launcher.account?.uid];
  if (!found.isDirectory() || !allowed.includes(found.uid) || (found.mode & 0o077) !== 0) {
    throw operatorError(
      `The folder ${layout.run} for PostgreSQL's socket belongs to another account or is open to others. ` +
        'Run Leadwell as the user who created the data folder; if that is you, remove this folder and start again.',
    );
  }
  await launcher.own(layout.run);
}
