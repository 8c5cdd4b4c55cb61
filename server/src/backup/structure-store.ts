import type { Tx } from '../platform/database/transaction.ts';
import { damageIn } from './checks-store.ts';

/** A table or index of ours, and what PostgreSQL's own check found wrong with it. */
export interface StructureProblem {
  of: string;
  text: string;
}

/** Most problems listed for one table; a table whose file is missing has one for each of its pages. */
const MOST_OF_ONE = 1000;

/**
 * Has PostgreSQL check the pages of all our tables and the structure of all our B-tree indexes, one after another; a
 * damaged one does not end the check. Needs the superuser. The transaction must be rolled back, to remove the extension
 * created for the check.
 */
export async function checkStructure(tx: Tx): Promise<{ tables: StructureProblem[]; indexes: StructureProblem[] }> {
  await tx.query('CREATE EXTENSION IF NOT EXISTS amcheck');
  const tables: StructureProblem[] = [];
  for (const { oid, name } of await relations(tx, "c.relkind IN ('r', 'm', 't')"))
    tables.push(...(await checkTable(tx, oid, name)));
  const indexes: StructureProblem[] = [];
  for (const { oid, name } of await relations(tx, "c.relkind = 'i' AND a.amname = 'btree' AND i.indisvalid")) {
    const deep = /^(leads|lead_keys|tokens)_pkey$/.test(name);
    const text = await problemOf(tx, () => tx.query('SELECT bt_index_check($1::oid, $2)', [oid, deep]));
    if (text !== undefined) indexes.push({ of: name, text });
  }
  return { tables, indexes };
}

/** Our tables with their TOAST tables, or the indexes of all of these. */
function relations(tx: Tx, condition: string): Promise<{ oid: number; name: string }[]> {
  return tx.query(
    `WITH ours AS (
       SELECT oid, reltoastrelid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'm')
     ), tables AS (SELECT oid FROM ours UNION SELECT reltoastrelid FROM ours WHERE reltoastrelid <> 0)
     SELECT c.oid, c.relname AS name FROM pg_class c
     LEFT JOIN pg_index i ON i.indexrelid = c.oid LEFT JOIN pg_am a ON a.oid = c.relam
     WHERE coalesce(i.indrelid, c.oid) IN (SELECT oid FROM tables) AND ${condition} ORDER BY c.relname`,
  );
}

/** An unreadable page ends PostgreSQL's check of its table, so the check is restarted after that page. */
async function checkTable(tx: Tx, oid: number, name: string): Promise<StructureProblem[]> {
  const found: StructureProblem[] = [];
  const blocks = await blocksOf(tx, oid);
  for (let from = 0; from < blocks && found.length < MOST_OF_ONE; ) {
    const text = await checkBlocks(tx, { oid, name, from, to: blocks - 1 }, found);
    if (text === undefined) break;
    const [first, last] = /\bblocks? (\d+)(?:\.\.(\d+))?/.exec(text)?.slice(1).map(Number) ?? [];
    if (first === undefined || first < from) found.push({ of: name, text });
    // PostgreSQL reads several pages at once; its message then gives only a range of pages and the number of bad ones.
    const end = Number.isFinite(last) ? Number(last) : Math.max(first ?? blocks, from);
    for (let block = Math.max(first ?? blocks, from); block <= Math.min(end, blocks - 1); block += 1) {
      const one = await checkBlocks(tx, { oid, name, from: block, to: block }, found);
      if (one !== undefined) found.push({ of: name, text: one });
    }
    from = end + 1;
  }
  return found.slice(0, MOST_OF_ONE);
}

/** Adds the problems found in these pages. Returns the error that ended the check, if any. */
async function checkBlocks(
  tx: Tx,
  { oid, name, from, to }: { oid: number; name: string; from: number; to: number },
  found: StructureProblem[],
): Promise<string | undefined> {
  return problemOf(tx, async () => {
    const rows = await tx.query<{ blkno: number; msg: string }>(
      `SELECT blkno, msg FROM verify_heapam($1::oid, check_toast => false, startblock => $2, endblock => $3)
       LIMIT ${MOST_OF_ONE}`,
      [oid, from, to],
    );
    for (const { blkno, msg } of rows) found.push({ of: name, text: `block ${blkno}: ${msg}` });
  });
}

async function blocksOf(tx: Tx, oid: number): Promise<number> {
  const [row] = await tx.query<{ blocks: number }>(
    `SELECT pg_relation_size($1::oid::regclass) / current_setting('block_size')::int AS blocks`,
    [oid],
  );
  return Number(row?.blocks ?? 0);
}

/** Returns the damage that the work ran into; the transaction remains usable. */
async function problemOf(tx: Tx, work: () => Promise<unknown>): Promise<string | undefined> {
  const before = await tx.savepoint();
  try {
    await work();
    return undefined;
  } catch (error) {
    await before.undo();
    return damageIn(error);
  }
}
