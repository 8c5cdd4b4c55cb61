import type { World } from './world.ts';

/** When submissions are left out, so are the events about refused ones. */
const KEPT_ONLY = " AND type NOT IN ('submission.refused', 'submission.failed')";

const ofLeads = ['index_queue', 'lead_search', 'lead_counts', 'lead_sums', 'lead_sum_changes'];
const figures = ['figure_bases', 'lead_facts', 'lead_figures', 'lead_waits'];
const ofRequests = ['intake_count_bases', 'intake_counts', 'intake_count_changes'];
const ofDeals = ['deal_index', 'deals_to_index', 'deal_sums'];
const keptByConsumers = [...ofLeads, ...figures, ...ofRequests, ...ofDeals];

/** A digest of a workspace's data, one line per table, without what every request or background job writes. */
export async function digest({ query }: Pick<World, 'query'>, workspaceId: string, except: readonly string[] = []) {
  const tables = await query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id'
     WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND NOT c.relispartition ORDER BY 1`,
  );
  const skipped = new Set([...keptByConsumers, ...except]);
  // When and where a credential was last used does not count as a change.
  const row = "to_jsonb(t) - 'last_used_at' - 'last_used_address' - 'last_seen_at'";
  const digests = tables
    .filter(({ name }) => !skipped.has(name))
    .map(
      ({ name }) =>
        `SELECT '${name} ' || coalesce(md5(string_agg((${row})::text, '|' ORDER BY (${row})::text)), '') AS line
         FROM ${name} t WHERE workspace_id = $1${name === 'events' && skipped.has('submissions') ? KEPT_ONLY : ''}`,
    );
  const parts = await query<{ line: string }>(digests.join(' UNION ALL '), [workspaceId]);
  const [people] = await query<{ digest: string }>(
    `SELECT md5(string_agg(u::text, '|' ORDER BY u.id)) AS digest FROM users u JOIN members m ON m.user_id = u.id
     WHERE m.workspace_id = $1`,
    [workspaceId],
  );
  return [...parts.map(({ line }) => line), `users ${people?.digest}`].join('\n');
}
