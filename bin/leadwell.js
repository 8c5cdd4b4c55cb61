#!/usr/bin/env node
// Builds what is not built, or no longer up to date, and hands over to the command line in dist/cli/main.js.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [dist, sources] = [join(root, 'dist'), join(root, 'server', 'src')];
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const [stamp, lock] = [join(dist, '.built'), join(dist, '.lock')];
const timeOf = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

function newestSource() {
  const files = readdirSync(sources, { recursive: true }).map((file) => join(sources, file));
  return Math.max(
    ...['tsconfig.json', 'tsconfig.build.json']
      .map((file) => join(root, file))
      .concat(files)
      .map(timeOf),
  );
}

function isBuilt() {
  if (!existsSync(sources) || !existsSync(compiler)) return existsSync(join(dist, 'cli', 'main.js'));
  return timeOf(stamp) >= newestSource();
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** A builder that was killed is not waited for. Its number may be another's by now: no build takes two minutes. */
function isStale() {
  const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
  const limit = holder === 0 ? 5_000 : isAlive(holder) ? 120_000 : 0;
  return Date.now() - timeOf(lock) > limit;
}

/** One process builds, the others wait for it. */
function takeLock() {
  mkdirSync(dist, { recursive: true });
  for (;;) {
    try {
      return writeFileSync(lock, String(process.pid), { flag: 'wx' });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (isStale()) rmSync(lock, { force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  }
}

function build() {
  const begun = new Date();
  const args = [compiler, '-p', join(root, 'tsconfig.build.json'), '--noCheck'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`Leadwell could not be built.\n${stdout}${stderr}`);
  writeFileSync(stamp, '');
  // What changes while the compiler runs must be built the next time.
  utimesSync(stamp, begun, begun);
}

try {
  if (!isBuilt()) {
    if (!existsSync(compiler))
      throw new Error('Leadwell is not built, and its compiler is not installed: run "npm ci".');
    takeLock();
    try {
      if (!isBuilt()) build();
    } finally {
      rmSync(lock, { force: true });
    }
  }
  const { main } = await import(pathToFileURL(join(dist, 'cli', 'main.js')).href);
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
