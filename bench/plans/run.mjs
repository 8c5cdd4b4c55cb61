// Proves that no look-up and no foreign-key check of the hot path reads all rows of a workspace, whatever statistics
// the planner has.
//   npm run prove:plans [-- --versions 15,16,17,18 --sizes 1000,10000,100000 --workspaces 1,200
//                           --statistics never,few,all]
// For each PostgreSQL version, a database that is never vacuumed grows from empty to each size. Two servers are
// measured there: one that has been running, with its cached plans, since the tables were empty, and one that has just
// started. Statistics are gathered never, only for the first leads, or at every size. Prints the rows read per request,
// the worst of these cases; fails if a statement exceeds its bound.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresOf } from '../../bin/versions.js';
import { readOptions } from '../options.mjs';
import { startPostgres } from './postgres.mjs';
import { hotPath } from './requests.mjs';
import { outline } from './rows-read.mjs';
import { makeBase, measureSeries } from './series.mjs';

const values = readOptions({
  versions: '15,16,17,18',
  sizes: '1000,10000,100000',
  workspaces: '1,200',
  statistics: 'never,few,all',
});
const list = (name) => values[name].split(',');
const sizes = [0, ...list('sizes').map(Number)];
const scratch = mkdtempSync(join(tmpdir(), 'leadwell-plans-'));
chmodSync(scratch, 0o755);
/** The worst run of each statement that read too many rows. */
const excesses = new Map();
try {
  for (const version of list('versions').map(Number)) await proveVersion(version);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
for (const { where, worst } of excesses.values())
  console.log(`\n${where}\n${worst.text}\n${outline(worst.plan).join('\n')}`);
console.log(
  excesses.size === 0 ? '\nNo statement reads more than its bound.' : `\n${excesses.size} statements read too much.`,
);
process.exitCode = excesses.size > 0 ? 1 : 0;

async function proveVersion(version) {
  const bin = postgresOf(version, scratch);
  if (!bin) throw new Error(`npm does not have PostgreSQL ${version}.`);
  const postgres = await startPostgres(bin, join(scratch, `cluster-${version}`));
  const table = new Map();
  try {
    for (const workspaces of list('workspaces').map(Number)) {
      const base = await makeBase(postgres, workspaces);
      for (const statistics of list('statistics'))
        await measureSeries(postgres, base, { statistics, sizes }, (figure) =>
          note(table, {
            ...figure,
            where: `PostgreSQL ${version}, ${workspaces} workspaces, statistics: ${statistics}`,
          }),
        );
    }
  } finally {
    postgres.stop();
  }
  print(version, table);
}

/** Records the worst figure of each request and size. */
function note(table, { step, size, server, rows, worst, where }) {
  const key = `${step.name} ${size}`;
  table.set(key, Math.max(table.get(key) ?? 0, rows));
  // Judged by single statements, because background work is also counted towards the requests sent meanwhile.
  if (worst.rows <= step.most) return;
  const title = `${step.name}, ${size} leads, ${where}, ${server}: ${worst.rows} rows in a statement, ${step.most} allowed`;
  console.log(title);
  if (worst.rows > (excesses.get(worst.text)?.worst.rows ?? 0)) excesses.set(worst.text, { where: title, worst });
}

function print(version, table) {
  console.log(`\nPostgreSQL ${version}: rows read a request, the worst of all statistics, workspaces and servers\n`);
  console.log(`${''.padEnd(28)}${sizes.map((size) => String(size).padStart(10)).join('')}     bound`);
  for (const { name, most } of hotPath) {
    const cells = sizes.map((size) => (table.get(`${name} ${size}`)?.toFixed(0) ?? '').padStart(10));
    console.log(`${name.padEnd(28)}${cells.join('')}${String(most).padStart(10)}`);
  }
}
