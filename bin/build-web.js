#!/usr/bin/env node
// Builds the web app into dist/web if it is older than its sources. Run by `serve`, by the tests and by hand.
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildOnce, newestOf, timeOf } from './build-lock.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [dist, made] = [join(root, 'dist', 'web'), join(root, 'dist', 'web.new')];
const stamp = join(dist, '.built');
const sources = ['web', 'api/openapi.json', 'package-lock.json', 'bin/build-web.js'].map((name) => join(root, name));
const config = join(root, 'web', 'vite.config.ts');
const tool = join(root, 'node_modules', 'vite', 'package.json');
const A_DAY = 86_400_000;

function isBuilt() {
  if (!existsSync(config) || !existsSync(tool)) return existsSync(join(dist, 'index.html'));
  return timeOf(stamp) >= newestOf(sources);
}

async function build() {
  if (!existsSync(config) || !existsSync(tool))
    throw new Error('The web app has not been built, and its build tool is not installed: run "npm ci".');
  process.stdout.write('Building the web app…\n');
  // Always a production build, even when the caller is a test or a developer.
  process.env.NODE_ENV = 'production';
  const vite = await import('vite');
  await vite.build({ configFile: config, logLevel: 'error', build: { outDir: made, emptyOutDir: true } });
  putInPlace();
}

/** Keeps old chunks for a day, because open pages still load those of their own build. Replaces index.html last. */
function putInPlace() {
  const assets = join(dist, 'assets');
  mkdirSync(assets, { recursive: true });
  for (const name of readdirSync(assets))
    if (Date.now() - statSync(join(assets, name)).mtimeMs > A_DAY) rmSync(join(assets, name), { force: true });
  const now = new Date();
  for (const name of readdirSync(join(made, 'assets'))) {
    cpSync(join(made, 'assets', name), join(assets, name));
    utimesSync(join(assets, name), now, now);
  }
  const others = readdirSync(made).filter((name) => name !== 'assets' && name !== 'index.html');
  for (const name of [...others, 'index.html']) renameSync(join(made, name), join(dist, name));
  rmSync(made, { recursive: true, force: true });
}

try {
  await buildOnce({ stamp, lock: join(root, 'dist', '.web-lock'), isBuilt, build });
} catch (error) {
  process.stderr.write(`The web app could not be built.\n${error.message}\n`);
  process.exitCode = 1;
}
