import type { Config } from '../config.ts';
import type { Connection } from '../platform/database/connection.ts';
import type { Database } from '../platform/database/database.ts';
import { openClient } from '../platform/database/session.ts';
import { transact } from '../platform/database/transaction.ts';
import { readReplica } from '../platform/external-database.ts';
import { measureLag } from '../platform/read-replica.ts';
import type { DataStore } from '../store.ts';
import type { CheckResult } from './check-result.ts';
import { type LinkFacts, readLink } from './doctor-queries.ts';
import { errorText } from './output.ts';

/** The newest minor version of the embedded PostgreSQL when this version of Leadwell was released. */
const NEWEST = { major: 18, minor: 6 };

/**
 * Checks the connection to PostgreSQL: the role of its sessions, poolers or proxies in between, and standbys that could
 * take over.
 */
export async function checkConnection({ app, cluster, version }: DataStore): Promise<CheckResult[]> {
  const results: CheckResult[] = cluster ? [rateEmbedded(version)] : [];
  try {
    const { facts, localPort } = await look(app);
    results.push({
      check: 'session',
      state: 'ok',
      text: `runs as ${app.role ?? app.user}, which is checked on every connection before its first use`,
    });
    if (facts && !cluster) results.push(ratePooler(facts, localPort), rateHosts(app), rateStandbys(facts));
  } catch (error) {
    results.push({ check: 'session', state: 'fail', text: errorText(error) });
  }
  return results;
}

async function look(app: Connection): Promise<{ facts: LinkFacts | undefined; localPort: number | undefined }> {
  const client = await openClient(app, { name: 'leadwell command' });
  try {
    const outcome = await transact(client, null, async (tx) => ({ result: await readLink(tx) }));
    if (!outcome.ok) throw outcome.error;
    return { facts: outcome.value, localPort: client.localPort };
  } finally {
    await client.end().catch(() => {});
  }
}

/** `version` is that of the embedded PostgreSQL, e.g. `18.4`. */
export function rateEmbedded(version: string): CheckResult {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isBehind = major < NEWEST.major || (major === NEWEST.major && minor < NEWEST.minor);
  return isBehind
    ? {
        check: 'version',
        state: 'warn',
        text: `embedded PostgreSQL ${version} is older than ${NEWEST.major}.${NEWEST.minor}, which fixed vulnerabilities; use DATABASE_URL for servers on the internet`,
      }
    : { check: 'version', state: 'ok', text: `embedded PostgreSQL ${version}` };
}

/** Behind a pooler or a proxy, PostgreSQL sees a different client port from ours. */
function ratePooler({ client_port }: LinkFacts, localPort: number | undefined): CheckResult {
  const isDirect = (client_port ?? undefined) === localPort;
  const text = isDirect
    ? 'none: connections go straight to PostgreSQL'
    : 'connections go through a pooler or a proxy, which keeps each on one session';
  return { check: 'pooler', state: 'ok', text };
}

function rateHosts({ hosts }: Connection): CheckResult {
  const [count, name] = [hosts?.count ?? 1, hosts?.name];
  const only = name ? `one in DATABASE_URL: ${name}` : 'one in DATABASE_URL';
  const text = count === 1 ? only : `${count} in DATABASE_URL; ${name} takes writes`;
  return { check: 'hosts', state: 'ok', text };
}

function rateStandbys({ standbys, synchronous }: LinkFacts): CheckResult {
  if (standbys === 0)
    return { check: 'standbys', state: 'ok', text: 'none: only a backup would help if the server is lost' };
  if (synchronous)
    return { check: 'standbys', state: 'ok', text: `${standbys} connected, and each commit waits for one of them` };
  const text = `${standbys} connected, but commits do not wait for them: a failover can lose leads that were accepted just before it`;
  return { check: 'standbys', state: 'warn', text };
}

/** Whether reports and exports are read from the standby of DATABASE_READ_URL, and how far behind that is. */
export async function checkReading(primary: Database, reading: Config['reading']): Promise<CheckResult> {
  const check = 'reports';
  if (!reading) return { check, state: 'ok', text: 'read from the primary; no DATABASE_READ_URL' };
  const replica = readReplica(reading.url, reading.lag);
  const [name, most] = [replica.connection.hosts?.name, `${reading.lag / 1000} s`];
  try {
    const lag = await measureLag(primary, replica);
    return lag === null
      ? { check, state: 'warn', text: `read from the primary: the standby ${name} is more than ${most} behind` }
      : {
          check,
          state: 'ok',
          text: `read from the standby ${name}, ${(lag / 1000).toFixed(1)} s behind; ${most} at most`,
        };
  } catch (error) {
    return { check, state: 'warn', text: `read from the primary: the standby cannot be used. ${errorText(error)}` };
  }
}
