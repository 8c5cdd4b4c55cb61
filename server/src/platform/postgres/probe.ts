import { realpath } from 'node:fs/promises';
import { DatabaseClient } from '../database/client.ts';
import type { Connection } from '../database/connection.ts';
import { hasCode } from '../database/database-errors.ts';
import { isOperatorError, operatorError } from '../operator-error.ts';
import type { Layout } from './layout.ts';

/** What answered on our socket. `unready`: the server is starting, recovering, stopping or out of connections. */
export type Probe =
  | { readonly state: 'ours'; readonly version: string }
  | { readonly state: 'absent' }
  | { readonly state: 'unready'; readonly reason: string };

/**
 * Connects as superuser and checks that the server uses our data folder and UTF-8. Throws an operator error for a
 * server of another folder, a wrong password or another encoding, because waiting would not help.
 */
export async function probe(layout: Layout, connection: Connection): Promise<Probe> {
  const client = new DatabaseClient({ ...connection, connectionTimeoutMillis: 5000, query_timeout: 5000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string; version: string; encoding: string }>(
      `select current_setting('data_directory') as folder, current_setting('server_version') as version,
              current_setting('server_encoding') as encoding`,
    );
    return await checkIdentity(layout, rows[0]);
  } catch (error) {
    return explainFailure(layout, error);
  } finally {
    await client.end().catch(() => {});
  }
}

async function checkIdentity(
  layout: Layout,
  found: { folder: string; version: string; encoding: string } | undefined,
): Promise<Probe> {
  const folder = await realpath(found?.folder ?? '').catch(() => found?.folder);
  if (!found || folder !== layout.cluster) {
    throw operatorError(
      `Another PostgreSQL (of ${folder}) answers on the socket in ${layout.run} instead of that of ${layout.cluster}. ` +
        'Stop it, then start again.',
    );
  }
  if (found.encoding !== 'UTF8') {
    throw operatorError(`The database in ${layout.cluster} is encoded in ${found.encoding}; Leadwell needs UTF8.`);
  }
  return { state: 'ours', version: found.version };
}

function explainFailure(layout: Layout, error: unknown): Probe {
  if (isOperatorError(error)) throw error;
  if (hasCode(error, 'ENOENT', 'ECONNREFUSED')) return { state: 'absent' };
  if (hasCode(error, '28P01', '28000')) {
    throw operatorError(
      `The database in ${layout.cluster} does not accept the password in ${layout.secrets}: ` +
        'the two are not from the same installation or backup.',
      error,
    );
  }
  if (hasCode(error, 'EACCES', 'EPERM')) {
    throw operatorError(`The database's socket in ${layout.run} may not be opened by this user.`, error);
  }
  return { state: 'unready', reason: error instanceof Error ? error.message : String(error) };
}
