#!/usr/bin/env node
// Runs the tests on every version that we promise: Node 20, 22 and 24, taken as packages from npm, and the PostgreSQL
// versions 15 to 18 that this machine has under /usr/lib/postgresql. Takes hours. Arguments are test files, for a part.
// Tests of the embedded database use that one in any case.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'leadwell-matrix-'));
// Some tests start programs as an ordinary user, who must be able to enter.
chmodSync(scratch, 0o755);
const files = process.argv.slice(2);
const results = [];
try {
  for (const major of [20, 22, 24]) {
    const bin = nodeOf(major);
    results.push([
      `Node ${major}`,
      bin ? test({ PATH: `${bin}:${process.env.PATH}` }, join(bin, 'node')) : 'not to be had',
    ]);
  }
  for (const major of [15, 16, 17, 18]) {
    const bin = `/usr/lib/postgresql/${major}/bin`;
    const has = existsSync(join(bin, 'initdb'));
    results.push([`PostgreSQL ${major}`, has ? test({ TEST_POSTGRES: bin }, process.execPath) : 'not installed here']);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
for (const [version, result] of results) console.log(`${version.padEnd(14)} ${result}`);
process.exitCode = results.some(([, result]) => result === 'failed') ? 1 : 0;

/** The folder of that version's program, or undefined when npm does not give it. */
function nodeOf(major) {
  if (process.versions.node.startsWith(`${major}.`)) return join(process.execPath, '..');
  const folder = join(scratch, String(major));
  mkdirSync(folder);
  // The package fetches the program for this machine by a script.
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, allowScripts: { node: true } }));
  try {
    execFileSync('npm', ['install', `node@${major}`], { cwd: folder, stdio: 'ignore' });
  } catch {
    return undefined;
  }
  const bin = join(folder, 'node_modules', 'node', 'bin');
  return existsSync(join(bin, 'node')) ? bin : undefined;
}

function test(env, node) {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  console.log(`\n--- Node ${version.slice(1)}, PostgreSQL ${env.TEST_POSTGRES ?? 'embedded'}`);
  const { status } = spawnSync(node, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...files], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return status === 0 ? 'passed' : 'failed';
}
