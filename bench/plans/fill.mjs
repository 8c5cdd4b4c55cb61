// Fills a database with copies of its leads and of everything that belongs to them. Uses SQL only, because it is fast
// and does nothing that would make the planner gather statistics.
import pg from 'pg';

/** The tables that are copied with a lead. */
const tables = [
  'leads',
  'lead_keys',
  'lead_search',
  'touches',
  'activities',
  'submissions',
  'events',
  'calls',
  'notes',
  'tasks',
];

/**
 * SQL for the id of a copy, the same wherever the original's id is used: the original's time, a second earlier per
 * copy, and a digest.
 */
const copied = (id) =>
  `(CASE WHEN ${id} IS NULL THEN NULL ELSE overlay(overlay(
     lpad(to_hex(('x' || left(replace(${id}::text, '-', ''), 12))::bit(48)::bigint - c * 1000), 12, '0')
       || substr(md5(${id}::text || c), 13) placing '7' from 13 for 1) placing '8' from 17 for 1) END)::uuid`;

/** Values that must differ between copies, such as phone numbers and e-mail addresses. */
const own = {
  leads: {
    number: "nextval('lead_numbers')",
    phone: "'+4479' || lpad(abs(hashtext(s.id::text || c) % 100000000)::text, 8, '0')",
    email: "'copy' || c || 'x' || s.number || '@example.com'",
  },
  lead_keys: { value: "s.value || '-' || c" },
  lead_search: { text: "s.text || ' ' || c" },
};

/**
 * Adds the copies `from` to `to` of each original. Half of them stay in the original's workspace; `workspaces` take
 * turns for the others. `connection` is that of the superuser.
 */
export async function fill(connection, { originals, workspaces, from, to }) {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await client.query('SET session_replication_role = replica');
    for (const table of tables) await copyRows(client, table, { ids: originals, workspaces, from, to });
    await client.query(
      `INSERT INTO lead_counts (workspace_id, leads) SELECT workspace_id, count(*) FROM leads GROUP BY 1
       ON CONFLICT (workspace_id) DO UPDATE SET leads = excluded.leads`,
    );
  } finally {
    await client.end();
  }
}

async function copyRows(client, table, { ids, workspaces, from, to }) {
  const { rows } = await client.query(
    `SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped
       AND attgenerated = '' AND attidentity = '' ORDER BY attnum`,
    [table],
  );
  const columns = rows.map(({ name }) => `"${name}"`);
  const values = rows.map(({ name }) => {
    if (name === 'workspace_id')
      return `CASE WHEN c % 2 = 0 THEN s.workspace_id ELSE ($2::uuid[])[1 + c / 2 % ${workspaces.length}] END`;
    const special = own[table]?.[name];
    if (special) return special;
    return ['id', 'lead_id', 'submission_id'].includes(name) ? copied(`s.${name}`) : `s."${name}"`;
  });
  const lead = table === 'leads' ? 'id' : 'lead_id';
  await client.query(
    `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')}
     FROM generate_series($3::int, $4::int) AS c, ${table} AS s WHERE s.${lead} = ANY ($1) AND $2::uuid[] IS NOT NULL`,
    [ids, workspaces, from, to],
  );
}
