import type { World } from './world.ts';

/** A refused request is kept, and announced as such. */
const KEPT_ONLY = " AND type NOT IN ('submission.refused', 'submission.failed')";

/** What is stored of a workspace, a line for each table, but for what every request writes or workers do behind it. */
export async function digest({ query }: Pick<World, 'query'>, workspaceId: string, except: readonly string[] = []) {
  const tables = await query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id'
     WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND NOT c.relispartition ORDER BY 1`,
  );
  const skipped = new Set(['index_queue', 'lead_search', 'lead_counts', ...except]);
  const parts: string[] = [];
  for (const { name } of tables) {
    if (skipped.has(name)) continue;
    // When and where from a credential was last used is no change of it.
    const row = "to_jsonb(t) - 'last_used_at' - 'last_used_address' - 'last_seen_at'";
    const [found] = await query<{ digest: string }>(
      `SELECT coalesce(md5(string_agg((${row})::text, '|' ORDER BY (${row})::text)), '') AS digest FROM ${name} t
       WHERE workspace_id = $1${name === 'events' && skipped.has('submissions') ? KEPT_ONLY : ''}`,
      [workspaceId],
    );
    parts.push(`${name} ${found?.digest}`);
  }
  const [people] = await query<{ digest: string }>(
    `SELECT md5(string_agg(u::text, '|' ORDER BY u.id)) AS digest FROM users u JOIN members m ON m.user_id = u.id
     WHERE m.workspace_id = $1`,
    [workspaceId],
  );
  return [...parts, `users ${people?.digest}`].join('\n');
}
