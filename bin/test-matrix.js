#!/usr/bin/env node
// Runs the tests on every version that we support, one after another: Node 20, 22 and 24 with the embedded PostgreSQL,
// then PostgreSQL 15 to 18. Versions that the machine lacks are fetched from npm. Takes hours.
//   npm run test:matrix [-- --clock +400d --zone Pacific/Auckland] [-- --combined] [-- TEST FILES]
// --clock shifts the time of Node and PostgreSQL (needs libfaketime), --zone sets their zone; --combined runs a few
// combinations of versions and times instead of each version by itself.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { copyWorkTree } from './copy-work-tree.js';
import { clockOf, nodeOf, nodeVersions, postgresOf, postgresVersions, wrapEmbedded, wrapPrograms } from './versions.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals: files } = parseArgs({
  allowPositionals: true,
  options: { clock: { type: 'string' }, zone: { type: 'string' }, combined: { type: 'boolean' } },
});

const here = { clock: values.clock, zone: values.zone };
const alone = [
  ...nodeVersions.map((node) => ({ node, ...here })),
  ...postgresVersions.map((postgres) => ({ postgres, ...here })),
];
const combined = [
  { node: 20, postgres: 15, clock: '+3d' },
  { node: 22, postgres: 16, clock: '+40d' },
  { node: 24, postgres: 17, clock: '+400d', zone: 'Pacific/Auckland' },
  { node: 24, postgres: 18, zone: 'America/St_Johns' },
];

const scratch = mkdtempSync(join(tmpdir(), 'leadwell-matrix-'));
// Some tests start programs as an ordinary user, who needs access to the folder.
chmodSync(scratch, 0o755);
const results = [];
try {
  for (const one of values.combined ? combined : alone) results.push([titleOf(one), await test(one)]);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
for (const [title, result] of results) console.log(`${title.padEnd(60)} ${result}`);
process.exitCode = results.every(([, result]) => result === 'passed') ? 0 : 1;

function titleOf({ node, postgres, clock, zone }) {
  const parts = [node && `Node ${node}`, postgres && `PostgreSQL ${postgres}`, clock, zone];
  return parts.filter(Boolean).join(', ');
}

async function test({ node, postgres, clock, zone }) {
  const bin = node && nodeOf(node, scratch);
  if (node && !bin) return 'npm does not have this Node';
  const programs = postgres && postgresOf(postgres, scratch);
  if (postgres && !programs) return 'npm does not have this PostgreSQL';
  const time = clockOf({ clock, zone });
  if (!time) return 'needs libfaketime';
  const env = { ...process.env, ...time, ...(bin && { PATH: `${bin}:${process.env.PATH}` }) };
  const program = bin ? join(bin, 'node') : process.execPath;
  const version = execFileSync(program, ['--version'], { encoding: 'utf8' }).trim();
  console.log(`\n--- ${titleOf({ node: version.slice(1), postgres: postgres ?? 'embedded', clock, zone })}`);
  if (Object.keys(time).length === 0)
    return run(program, root, { ...env, ...(programs && { TEST_POSTGRES: programs }) });
  const folder = mkdtempSync(join(scratch, 'clock-'));
  chmodSync(folder, 0o755);
  const copy = await copyWorkTree(root, 'matrix');
  try {
    chmodSync(copy, 0o755);
    wrapEmbedded(root, copy, time);
    const wrapped = programs && { TEST_POSTGRES: wrapPrograms(programs, time, folder) };
    return run(program, copy, { ...env, ...wrapped });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function run(program, cwd, env) {
  const vitest = join(cwd, 'node_modules/vitest/vitest.mjs');
  const { status } = spawnSync(program, [vitest, 'run', ...files], { cwd, stdio: 'inherit', env });
  return status === 0 ? 'passed' : 'failed';
}
