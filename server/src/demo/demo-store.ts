import type { Row } from '../leads/lead-row.ts';
import { pgJson } from '../platform/database/pg-json.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { DemoRows } from './demo-rows.ts';

/** A record created along with the sample leads. */
export interface DemoItem {
  kind: 'member' | 'department' | 'source' | 'token' | 'tag';
  id: string;
}

/** Counts the sample leads. */
export async function countDemoLeads(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ leads: number }>('SELECT count(*) AS leads FROM demo_leads WHERE workspace_id = $1', [
    tx.workspaceId,
  ]);
  return row?.leads ?? 0;
}

/** The named records of this kind created earlier: ids by name. */
export async function findDemoItems(tx: Tx, kind: 'token'): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; name: string }>(
    `SELECT t.id, t.name FROM demo_items d JOIN tokens t ON t.workspace_id = d.workspace_id AND t.id = d.id
     WHERE d.workspace_id = $1 AND d.kind = $2`,
    [tx.workspaceId, kind],
  );
  return new Map(rows.map(({ id, name }) => [name, id]));
}

/** Records what was created, so that it can be removed. */
export async function rememberItems(tx: Tx, items: readonly DemoItem[]): Promise<void> {
  await tx.query(
    `INSERT INTO demo_items (workspace_id, kind, id) SELECT $1, kind, id
     FROM unnest($2::text[], $3::uuid[]) AS made (kind, id) ON CONFLICT DO NOTHING`,
    [tx.workspaceId, items.map(({ kind }) => kind), items.map(({ id }) => id)],
  );
}

/** Returns which of these phones and e-mail addresses existing leads have. */
export async function findExisting(tx: Tx, values: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ value: string }>(
    `SELECT wanted.value FROM unnest($2::text[]) AS wanted (value) WHERE EXISTS (SELECT 1 FROM lead_keys k
       WHERE k.workspace_id = $1 AND k.kind IN ('phone', 'email') AND k.value = wanted.value)`,
    [tx.workspaceId, values],
  );
  return new Set(rows.map(({ value }) => value));
}

/**
 * The columns written to each table; all others get their defaults. Leads are written here without `saveLeadChange`,
 * because they come with an invented history, including the timeline.
 */
const columns: { readonly [T in keyof DemoRows]: readonly [table: string, columns: string] } = {
  leads: [
    'leads',
    `id, number, status_id, type_id, lost_reason_id, source_id, department_id, owner_id, name, first_name, last_name, email,
     phone, phone_sent, company_name, job_title, city, country, description, target_amount, utm_source,
     utm_campaign, custom, dialect_fields, touch_count, version, created_at, updated_at, first_reply_at, next_step_at,
     next_step_kind, next_step, do_not_call_since, tag_ids`,
  ],
  keys: ['lead_keys', 'kind, value, lead_id'],
  touches: ['touches', 'lead_id, id, submission_id, dialect, token_id, source_id, fields, at'],
  activities: ['activities', 'lead_id, id, kind, actor, reason, detail, submission_id, at'],
  events: ['events', 'id, type, lead_id, lead_version, payload, created_at'],
  submissions: [
    'submissions',
    `id, dialect, token_id, received_at, address, method, path, query, headers, body, command, outcome, problem,
     status_code, answer, answer_bytes, lead_id, took_ms`,
  ],
  notes: ['notes', 'lead_id, id, text, actor, created_at'],
  tasks: ['tasks', 'id, lead_id, name, category, due_at, assignee_id, done_at, actor, created_at, updated_at'],
  calls: [
    'calls',
    `id, lead_id, type_id, phone, state, due_at, attempts, outcome, note, callback, priority, skips, again, member_id,
     outcome_id, started_at, talk_seconds, ended_at, created_at, updated_at`,
  ],
  deals: [
    'deals',
    `id, lead_id, name, stage_id, amount, start_date, end_date, owner_id, actor, created_at, updated_at, closed_at`,
  ],
  made: ['demo_leads', 'lead_id, version'],
  requests: ['demo_items', 'kind, id'],
};
const names = Object.keys(columns) as (keyof DemoRows)[];

/** Every table that sample data is written to. */
export const demoTables: readonly string[] = [
  ...names.map((name) => columns[name][0]),
  'lead_search',
  'lead_tags',
  'call_attempts',
];

/** One statement for all tables, so that triggers and foreign keys on any of them find the leads. */
const WRITE = `WITH ${names
  .map((name, at) => {
    const [table, list] = columns[name];
    return `w${at} AS (INSERT INTO ${table} (workspace_id, ${list})
      SELECT $1, ${list} FROM json_populate_recordset(NULL::${table}, $${at + 2}))`;
  })
  .join(', ')}, counted AS (
    INSERT INTO index_queue (workspace_id, lead_ids, delta)
    SELECT $1::uuid, array_agg(l.id), count(*) FROM json_populate_recordset(NULL::leads, $2) AS l HAVING count(*) > 0
  )
  INSERT INTO lead_search (workspace_id, lead_id, text)
  SELECT $1, l.id, lead_text(l) FROM json_populate_recordset(NULL::leads, $2) AS l`;

/**
 * Writes a batch of sample leads with their related records. The leads are searchable at once; the counts follow
 * shortly after.
 */
export async function writeDemoRows(tx: Tx, rows: DemoRows): Promise<void> {
  // The whole batch is queued below, so the triggers need not queue a lead for each of its calls.
  await tx.query("SELECT set_config('leadwell.queued', 'on', true)");
  const list = names.map((name) => pgJson(rows[name] satisfies Row[]));
  await tx.query(WRITE, [tx.workspaceId, ...list], { name: 'write_demo_rows' });
}
