import type { Tx } from '../platform/database/transaction.ts';
import { damageIn } from './checks-store.ts';

/** A table or index of ours, and what PostgreSQL's own check found wrong with it. */
export interface StructureProblem {
  of: string;
  text: string;
}

/** The most that is listed of one table; a file that is gone has as many as it had pages. */
const MOST_OF_ONE = 1000;

/**
 * Has PostgreSQL check the pages of all our tables and the structure of all our B-tree indexes, one after the other: a
 * damaged one does not end the check. Needs the superuser. The extension it creates for this must be removed again by
 * rolling the transaction back.
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

/** Our tables with their overflow tables, or our indexes with theirs. */
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

/** A page that cannot be read ends PostgreSQL's check of its table; it is begun again behind that page. */
async function checkTable(tx: Tx, oid: number, name: string): Promise<StructureProblem[]> {
  const found: StructureProblem[] = [];
  const blocks = await blocksOf(tx, oid);
  for (let from = 0; from < blocks && found.length < MOST_OF_ONE; ) {
    const text = await checkBlocks(tx, { oid, name, from, to: blocks - 1 }, found);
    if (text === undefined) break;
    const [first, last] = /\bblocks? (\d+)(?:\.\.(\d+))?/.exec(text)?.slice(1).map(Number) ?? [];
    if (first === undefined || first < from) found.push({ of: name, text });
    // Several pages are read at once, and the message then counts the bad ones only.
    const end = Number.isFinite(last) ? Number(last) : Math.max(first ?? blocks, from);
    for (let block = Math.max(first ?? blocks, from); block <= Math.min(end, blocks - 1); block += 1) {
      const one = await checkBlocks(tx, { oid, name, from: block, to: block }, found);
      if (one !== undefined) found.push({ of: name, text: one });
    }
    from = end + 1;
  }
  return found.slice(0, MOST_OF_ONE);
}

/** Adds what is wrong in these pages; returns the error that ended the check, if one did. */
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

/** The damage that a statement meets; the transaction goes on after it. */
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
