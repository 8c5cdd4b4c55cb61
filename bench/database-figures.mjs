// PostgreSQL's own figures about a run: its CPU time, and how many rows it reads from each index per lead.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

const TICKS_PER_SECOND = 100;

/** CPU seconds of all PostgreSQL processes since the start; NaN without /proc. `dir` is the data directory. */
export function databaseCpu(dir) {
  try {
    const postmaster = readFileSync(join(dir, 'postmaster.pid'), 'utf8').split('\n')[0];
    let ticks = 0;
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const stat = statOf(pid);
      if (!stat) continue;
      // The time of processes that have ended counts towards the postmaster, their parent.
      if (pid === postmaster) ticks += stat.own + stat.endedChildren;
      else if (stat.parent === postmaster) ticks += stat.own;
    }
    return ticks / TICKS_PER_SECOND;
  } catch {
    return Number.NaN;
  }
}

function statOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1].split(' ');
    const [user, system, childUser, childSystem] = fields.slice(11, 15).map(Number);
    return { parent: fields[1], own: user + system, endedChildren: childUser + childSystem };
  } catch {
    return null;
  }
}

/** How many index rows a look-up may read per lead; more means that its plan reads rows and filters them out. */
const MOST_ROWS = Number(process.env.MR ?? 40);

/** Rows read from each index, and by sequential scans of each table. */
export async function rowsRead(connection) {
  const client = new pg.Client(connection);
  await client.connect();
  const { rows } = await client.query(`
    SELECT relname AS table, indexrelname AS name, idx_tup_read::float8 AS rows FROM pg_stat_user_indexes
    UNION ALL SELECT relname, 'sequential scans', seq_tup_read::float8 FROM pg_stat_user_tables`);
  await client.end();
  return new Map(rows.map((row) => [`${row.table}: ${row.name}`, row.rows]));
}

/** Look-ups that read more rows per lead than `MOST_ROWS`, worst first. */
export function readTooMuch(before, after, leads) {
  return [...after]
    .map(([name, rows]) => ({ name, perLead: (rows - (before.get(name) ?? 0)) / leads }))
    .filter(({ perLead }) => perLead > MOST_ROWS)
    .sort((a, b) => b.perLead - a.perLead);
}
