import type { Tx } from '../platform/database/transaction.ts';
import type { SearchedTable } from './searched-tables.ts';

/** A row of a searched table: its key and its texts as PostgreSQL writes them. */
export interface SearchedRow {
  key: string[];
  lead_id: string | null;
  /** The contents of the searched columns, in the order of `SearchedTable.columns`. */
  texts: (string | null)[];
}

const ROWS = 300;

/** The next rows of a searched table, in the order of its key. */
export async function readSearchedTable(
  tx: Tx,
  searched: SearchedTable,
  after: readonly string[] | undefined,
): Promise<SearchedRow[]> {
  const { table, key, columns, lead } = searched;
  const names = key.map(([name]) => name);
  const where = after
    ? `AND (${names.join(', ')}) > (${key.map(([, type], at) => `$${at + 2}::${type}`).join(', ')})`
    : '';
  return tx.query<SearchedRow>(
    `SELECT ARRAY[${names.map((name) => `${name}::text`).join(', ')}] AS key, ${lead ?? 'NULL::uuid'} AS lead_id,
       ARRAY[${columns.map(([name]) => `${quoted(name)}::text`).join(', ')}] AS texts
     FROM ${table} WHERE workspace_id = $1 ${where} ORDER BY ${names.join(', ')} LIMIT ${ROWS}`,
    [tx.workspaceId, ...(after ?? [])],
  );
}

export function isLastPage(rows: readonly SearchedRow[]): boolean {
  return rows.length < ROWS;
}

export async function deleteRow(tx: Tx, { table, key }: SearchedTable, row: SearchedRow): Promise<void> {
  await tx.query(`DELETE FROM ${table} WHERE workspace_id = $1 AND ${keyIs(key, 2)}`, [tx.workspaceId, ...row.key]);
}

/** Stores redacted texts; undefined ones are unchanged. */
export async function updateRow(
  tx: Tx,
  { table, key, columns }: SearchedTable,
  row: SearchedRow,
  texts: readonly (string | undefined)[],
): Promise<void> {
  const changed = columns.flatMap(([name, type], at) =>
    texts[at] === undefined ? [] : [{ name, type, text: texts[at] }],
  );
  if (table === 'audit_log') {
    await tx.query('SELECT redact_audit_entry($1, $2)', [row.key[0], changed[0]?.text]);
    return;
  }
  const set = changed.map(({ name, type }, at) => `${quoted(name)} = $${at + 2}::${type}`);
  await tx.query(
    `UPDATE ${table} SET ${set.join(', ')} WHERE workspace_id = $1 AND ${keyIs(key, changed.length + 2)}`,
    [tx.workspaceId, ...changed.map(({ text }) => text), ...row.key],
  );
}

function keyIs(key: SearchedTable['key'], from: number): string {
  return key.map(([name, type], at) => `${name} = $${from + at}::${type}`).join(' AND ');
}

/** Quoted, because some columns have the name of a keyword. */
function quoted(name: string): string {
  return `"${name}"`;
}
