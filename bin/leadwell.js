#!/usr/bin/env node
// Builds whatever is missing or outdated, then runs the command line in dist/cli/main.js.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildOnce, newestOf, timeOf } from './build-lock.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [dist, sources] = [join(root, 'dist'), join(root, 'server', 'src')];
const compiler = join(root, 'node_modules', 'typescript-native', 'bin', 'tsc');
const [stamp, lock] = [join(dist, '.built'), join(dist, '.lock')];

function isBuilt() {
  if (!existsSync(sources) || !existsSync(compiler)) return existsSync(join(dist, 'cli', 'main.js'));
  return timeOf(stamp) >= newestOf([sources, join(root, 'tsconfig.json'), join(root, 'tsconfig.build.json')]);
}

function build() {
  say('Building the server…');
  if (!existsSync(compiler))
    throw new Error('Leadwell has not been built, and its compiler is not installed: run "npm ci".');
  const args = [compiler, '-p', join(root, 'tsconfig.build.json'), '--noCheck'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`Leadwell could not be built.\n${stdout}${stderr}`);
}

/** The first start takes a while, so it reports what it is doing. */
function say(text) {
  if (process.argv[2] === 'serve') process.stderr.write(`${text}\n`);
}

/** Only `serve` needs the web app. It is built in a separate process, because the build tool uses much memory. */
function buildWeb() {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'bin', 'build-web.js')], {
    encoding: 'utf8',
    stdio: ['ignore', 2, 'pipe'],
  });
  if (status !== 0) throw new Error(stderr.trim());
}

try {
  await buildOnce({ stamp, lock, isBuilt, build });
  const words = process.argv.slice(2);
  if (words[0] === 'serve' && !words.includes('--help')) buildWeb();
  const { main } = await import(pathToFileURL(join(dist, 'cli', 'main.js')).href);
  process.exitCode = await main(words);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
