import { createHash } from 'node:crypto';
import { escapeIdentifier } from 'pg';
import type { Tx } from '../platform/database/transaction.ts';
import type { TableDigest } from './format.ts';
import type { Table } from './schema-store.ts';

/** A low number, because a row may contain a body of 256 kB, which is twice as long in hex. */
const ROWS_AT_ONCE = 250;

/** Makes the transaction see a single moment, whatever is written meanwhile. Must be its first statement. */
export async function useSnapshot(tx: Tx): Promise<void> {
  await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
}

/** Makes PostgreSQL write values as text in the same way on every system, and without loss. */
export async function writeExactly(tx: Tx): Promise<void> {
  await tx.query(
    `SELECT set_config(name, value, true) FROM (VALUES ('timezone', 'UTC'), ('datestyle', 'ISO, MDY'),
       ('intervalstyle', 'postgres'), ('extra_float_digits', '1'), ('bytea_output', 'hex'), ('xmloption', 'content')
     ) AS wanted (name, value)`,
  );
}

/** Reads a table's rows as JSON lines in primary key order, a few hundred at a time. */
export async function* readRows(tx: Tx, table: Table): AsyncGenerator<string[]> {
  await tx.query(`DECLARE rows NO SCROLL CURSOR FOR ${selectLines(table)}`);
  for (;;) {
    const rows = await tx.query<{ line: string }>(`FETCH ${ROWS_AT_ONCE} FROM rows`);
    if (rows.length === 0) break;
    yield rows.map(({ line }) => line);
  }
  await tx.query('CLOSE rows');
}

function selectLines({ name, columns, key }: Table): string {
  const texts = columns.map(({ name: column }) => `${escapeIdentifier(column)}::text AS ${escapeIdentifier(column)}`);
  // Texts are compared byte by byte, so that every database returns the same order.
  const order = key.map((one) => `${escapeIdentifier(one.name)}${one.collated ? ' COLLATE "C"' : ''}`);
  return `SELECT json_strip_nulls(row_to_json("the row"))::text AS line FROM (
    SELECT ${texts.join(', ')} FROM public.${escapeIdentifier(name)} ORDER BY ${order.join(', ')}
  ) AS "the row"`;
}

/** Counts and digests lines as they pass. */
export function countLines(name: string): { add(lines: readonly string[]): void; result(): TableDigest } {
  const digest = createHash('sha256');
  let rows = 0;
  return {
    add(lines) {
      rows += lines.length;
      for (const line of lines) digest.update(line).update('\n');
    },
    result: () => ({ name, rows, sha256: digest.digest('hex') }),
  };
}

/** Digests the current content of a table in the same way as a backup does. */
export async function digestTable(tx: Tx, table: Table): Promise<TableDigest> {
  const counted = countLines(table.name);
  for await (const lines of readRows(tx, table)) counted.add(lines);
  return counted.result();
}

/** Inserts rows exactly as they were, leads included (no `saveLeadChange`), from the lines that `readRows` returned. */
export async function insertRows(tx: Tx, { name, columns }: Table, lines: readonly string[]): Promise<void> {
  const names = columns.map((column) => escapeIdentifier(column.name));
  const values = columns.map((column) => `kept.${escapeIdentifier(column.name)}::${column.type}`);
  await tx.query(
    `INSERT INTO public.${escapeIdentifier(name)} (${names.join(', ')}) OVERRIDING SYSTEM VALUE
     SELECT ${values.join(', ')} FROM json_to_recordset($1) AS kept (${names.map((one) => `${one} text`).join(', ')})`,
    [`[${lines.join(',')}]`],
    { name: `put_back_${name}` },
  );
}

/** Empties tables that migrations may have filled. */
export async function clearTables(tx: Tx, tables: readonly Table[]): Promise<void> {
  if (tables.length === 0) return;
  await tx.query(`TRUNCATE ${tables.map(({ name }) => `public.${escapeIdentifier(name)}`).join(', ')}`);
}

/**
 * Disables triggers while rows are restored, since they ran when the rows were first written, or enables them again.
 */
export async function switchTriggers(tx: Tx, to: 'DISABLE' | 'ENABLE'): Promise<void> {
  const tables = await tx.query<{ name: string }>(
    'SELECT DISTINCT tgrelid::regclass::text AS name FROM pg_trigger WHERE NOT tgisinternal',
  );
  for (const { name } of tables) await tx.query(`ALTER TABLE ${name} ${to} TRIGGER USER`);
}

/** Updates the planner's statistics of the tables just filled. */
export async function analyze(tx: Tx): Promise<void> {
  await tx.query('ANALYZE');
}
