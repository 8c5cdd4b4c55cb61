import { access, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { operatorError } from '../operator-error.ts';
import { run } from './run.ts';

/** An existing unprivileged system account. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root: returns the account to run it under, or null when we are not root. A cluster
 * created by an ordinary user keeps that user, even if root happens to run Leadwell once.
 */
export async function unprivilegedAccount(cluster?: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const owner = cluster === undefined ? null : await stat(cluster).catch(() => null);
  const hasOwner = owner !== null && owner.uid !== 0;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = await Promise.all([idOf('-u', name), idOf('-g', name)]);
    if (uid !== null && gid !== null && uid !== 0 && (!hasOwner || uid === owner.uid)) return { name, uid, gid };
  }
  if (hasOwner) return { name: `number ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  throw operatorError(
    'Leadwell runs as root, and PostgreSQL refuses to: it needs an account "postgres" or "nobody" on this system, ' +
      'and there is none. Run Leadwell as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
  );
}

async function idOf(flag: string, name: string): Promise<number | null> {
  const { code, output } = await run('id', [flag, name], { env: { PATH: '/usr/bin:/bin:/usr/sbin:/sbin' } });
  const id = Number.parseInt(output, 10);
  return code === 0 && Number.isInteger(id) ? id : null;
}

/** The access an account lacks to the files it needs, which decides the capability it is given. */
export type MissingAccess = 'nothing' | 'search' | 'execute';

const READ = 4;
const EXECUTE = 1;

/** Checks whether the account can reach the folders, and read and execute the bundled programs. */
export async function missingAccess(
  account: Account,
  folders: readonly string[],
  program: string,
): Promise<MissingAccess> {
  if (!(await permits(program, account, EXECUTE))) return 'execute';
  const native = dirname(dirname(program));
  const samples = [join(native, 'lib'), join(native, 'share', 'postgresql')];
  const readable = [program, ...samples, join(native, 'share', 'postgresql', 'postgres.bki')];
  for (const path of readable) if (!(await permits(path, account, READ))) return 'search';
  for (const path of [program, ...folders]) if (!(await canReach(path, account))) return 'search';
  for (const path of samples) if (!(await permits(path, account, EXECUTE))) return 'search';
  return 'nothing';
}

async function canReach(path: string, account: Account): Promise<boolean> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (!(await permits(folder, account, EXECUTE))) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** Looks at the mode bits only. Access lists are ignored, so the answer may be too strict but never too lax. */
async function permits(path: string, account: Account, bit: number): Promise<boolean> {
  const { mode, uid, gid } = await stat(path);
  const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
  return ((mode >> shift) & bit) !== 0;
}

const CAPABILITY_BITS = { dac_override: 1n, dac_read_search: 2n, setpcap: 8n } as const;

/**
 * The command that starts a program under the account with just enough capabilities to get through closed
 * folders. For example, a clone in a `mktemp -d` folder is closed to every other account, and we do not change
 * the mode of the user's folders.
 */
export async function privilegedPrefix(account: Account, lack: MissingAccess, place: string): Promise<string[]> {
  const setpriv = await firstExecutable(['/usr/bin/setpriv', '/bin/setpriv', '/usr/sbin/setpriv', '/sbin/setpriv']);
  const held = await heldCapabilities();
  const has = (name: keyof typeof CAPABILITY_BITS) => ((held >> CAPABILITY_BITS[name]) & 1n) === 1n;
  const enough = lack === 'search' && has('dac_read_search') ? 'dac_read_search' : 'dac_override';
  if (!setpriv || !has(enough) || !has('setpcap')) throw cannotReach(account, place);
  return [
    setpriv,
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    '--clear-groups',
    `--inh-caps=+${enough}`,
    `--ambient-caps=+${enough}`,
    // Without this bit, access(2), which PostgreSQL calls for its own programs, ignores the capability.
    '--securebits=+no_setuid_fixup',
  ];
}

function cannotReach(account: Account, place: string): Error {
  return operatorError(
    `Leadwell runs as root and so starts PostgreSQL under the account "${account.name}", which may not enter ${place} ` +
      '(or a folder above it), and this system lacks the means to grant it access (setpriv of util-linux, with the ' +
      'capabilities DAC_READ_SEARCH or DAC_OVERRIDE, and SETPCAP). Run Leadwell as an ordinary user, or move it and ' +
      'DATA_DIR to folders that every account may enter (for example /opt/leadwell and /var/lib/leadwell), ' +
      'or set DATABASE_URL.',
  );
}

async function firstExecutable(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    const found = await access(path, 1).then(
      () => true,
      () => false,
    );
    if (found) return path;
  }
  return null;
}

async function heldCapabilities(): Promise<bigint> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const mask = (name: string) => BigInt(`0x${new RegExp(`^${name}:\\s*([0-9a-f]+)`, 'm').exec(status)?.[1] ?? '0'}`);
  return mask('CapPrm') & mask('CapBnd');
}
