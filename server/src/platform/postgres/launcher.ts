import { chown } from 'node:fs/promises';
import type { Account } from './account.ts';
import { missingAccess, privilegedPrefix, unprivilegedAccount } from './account.ts';
import type { Binaries } from './binaries.ts';
import type { Layout } from './layout.ts';
import type { RunResult } from './run.ts';
import { run } from './run.ts';

/** Runs the bundled programs under the right account. */
export interface Launcher {
  /** The account PostgreSQL runs under, or null for our own. */
  readonly account: Account | null;
  run(program: string, args: readonly string[]): Promise<RunResult>;
  /** Makes that account the owner of a file or folder. */
  own(path: string): Promise<void>;
}

/** Decides how PostgreSQL's programs are started on a data folder. Throws an operator error when they cannot be. */
export async function chooseLauncher(
  binaries: Binaries,
  layout: Layout,
  env: Readonly<Record<string, string>> = {},
): Promise<Launcher> {
  // A fixed locale and path: messages are recognised in English, and our environment is not inherited.
  const environment = { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', ...env };
  const account = await unprivilegedAccount(layout.cluster);
  if (!account) {
    return { account, run: (program, args) => run(program, args, { env: environment }), own: async () => {} };
  }
  const own = (path: string) => chown(path, account.uid, account.gid);
  const folders = [layout.cluster, layout.run];
  const lack = await missingAccess(account, folders, binaries.postgres);
  if (lack === 'nothing') {
    const options = { env: environment, uid: account.uid, gid: account.gid };
    return { account, run: (program, args) => run(program, args, options), own };
  }
  const [setpriv = '', ...flags] = await privilegedPrefix(account, lack, layout.dataDir);
  return { account, run: (program, args) => run(setpriv, [...flags, program, ...args], { env: environment }), own };
}
