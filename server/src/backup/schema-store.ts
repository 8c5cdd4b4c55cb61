import type { Tx } from '../platform/database/transaction.ts';
import type { AppliedMigration, SequenceState } from './format.ts';

interface Column {
  name: string;
  /** As written in SQL: `numeric(14,2)`, `text[]`. */
  type: string;
}

/** A table as described by PostgreSQL's catalogue. Partitions are read through their parent. */
export interface Table {
  name: string;
  columns: Column[];
  /** The columns of the primary key, in order. */
  key: { name: string; collated: boolean }[];
  /** Tables referenced by its foreign keys. */
  needs: string[];
}

/**
 * Our own tables, without those of extensions. The list of applied migrations is left out too, because migrating
 * writes it.
 */
const OWN = `c.relnamespace = 'public'::regnamespace AND c.relname <> 'schema_migrations'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`;

/** All tables in the order of their foreign keys, so that rows can be restored in this order. */
export async function readTables(tx: Tx): Promise<Table[]> {
  const tables = await tx.query<Table>(
    `SELECT c.relname::text AS name,
       (SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod))
                        ORDER BY a.attnum)
          FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
       (SELECT json_agg(json_build_object('name', a.attname, 'collated', a.attcollation <> 0) ORDER BY k.position)
          FROM pg_index i, unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, position)
          JOIN pg_attribute a ON a.attnum = k.number
         WHERE i.indrelid = c.oid AND i.indisprimary AND a.attrelid = c.oid) AS key,
       (SELECT coalesce(array_agg(DISTINCT f.relname::text), '{}') FROM pg_constraint k JOIN pg_class f ON f.oid = k.confrelid
         WHERE k.conrelid = c.oid AND k.contype = 'f' AND NOT f.relispartition AND f.oid <> c.oid) AS needs
     FROM pg_class c WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND ${OWN} ORDER BY c.relname::text COLLATE "C"`,
  );
  return inOrder(tables);
}

function inOrder(tables: readonly Table[]): Table[] {
  const ordered: Table[] = [];
  const placed = new Set<string>();
  while (ordered.length < tables.length) {
    const next = tables.find(({ name, needs }) => !placed.has(name) && needs.every((need) => placed.has(need)));
    if (!next) throw new Error('The foreign keys form a cycle.');
    placed.add(next.name);
    ordered.push(next);
  }
  return ordered;
}

/** The names of all partitions. */
export async function readPartitions(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ name: string }>(
    `SELECT c.relname::text AS name FROM pg_class c WHERE c.relispartition AND c.relkind IN ('r', 'p') AND ${OWN}
     ORDER BY c.relname::text COLLATE "C"`,
  );
  return rows.map(({ name }) => name);
}

/** Creates a monthly partition of the journal from its name in a backup. False for any other name. */
export async function makePartition(tx: Tx, name: string): Promise<boolean> {
  const [, year, month] = /^submissions_(\d{4})_(\d{2})$/.exec(name) ?? [];
  if (!year) return false;
  await tx.query('SELECT make_submission_partition($1)', [`${year}-${month}-01`]);
  return true;
}

/**
 * The current value of every sequence, including those of identity columns. Sequences ignore snapshots, so they must be
 * read last.
 */
export async function readSequences(tx: Tx): Promise<SequenceState[]> {
  const names = await tx.query<{ name: string; quoted: string }>(
    `SELECT c.relname::text AS name, c.oid::regclass::text AS quoted FROM pg_class c WHERE c.relkind = 'S' AND ${OWN}
     ORDER BY c.relname::text COLLATE "C"`,
  );
  const states: SequenceState[] = [];
  for (const { name, quoted } of names) {
    const [state] = await tx.query<SequenceState>(`SELECT $1::text AS name, last_value, is_called FROM ${quoted}`, [
      name,
    ]);
    if (state) states.push(state);
  }
  return states;
}

export async function setSequence(tx: Tx, { name, last_value, is_called }: SequenceState): Promise<void> {
  await tx.query("SELECT setval(format('public.%I', $1::text)::regclass, $2, $3)", [name, last_value, is_called]);
}

/** The applied migrations; empty for a database that was never migrated. */
export async function readApplied(tx: Tx): Promise<AppliedMigration[]> {
  const [ledger] = await tx.query<{ found: boolean }>(
    "SELECT to_regclass('public.schema_migrations') IS NOT NULL AS found",
  );
  if (!ledger?.found) return [];
  return tx.query<AppliedMigration>('SELECT version, name, checksum FROM public.schema_migrations ORDER BY version');
}

/** True when none of our tables has a row. */
export async function isEmpty(tx: Tx): Promise<boolean> {
  for (const { name } of await readTables(tx)) {
    const [row] = await tx.query<{ found: boolean }>(
      `SELECT EXISTS (SELECT FROM public."${name.replaceAll('"', '""')}") AS found`,
    );
    if (row?.found) return false;
  }
  return true;
}

/** Drops everything that Leadwell created in a database: tables, sequences and functions. Extensions stay. */
export async function dropEverything(tx: Tx): Promise<void> {
  const kinds = [
    `SELECT format('DROP TABLE IF EXISTS %s CASCADE', c.oid::regclass) AS statement FROM pg_class c
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace
       AND pg_get_userbyid(c.relowner) = current_user`,
    `SELECT format('DROP SEQUENCE %s CASCADE', c.oid::regclass) AS statement FROM pg_class c
     WHERE c.relkind = 'S' AND c.relnamespace = 'public'::regnamespace AND pg_get_userbyid(c.relowner) = current_user`,
    `SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', p.oid::regprocedure) AS statement FROM pg_proc p
     WHERE p.pronamespace = 'public'::regnamespace AND pg_get_userbyid(p.proowner) = current_user
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')`,
  ];
  for (const kind of kinds)
    for (const { statement } of await tx.query<{ statement: string }>(kind)) await tx.query(statement);
}
