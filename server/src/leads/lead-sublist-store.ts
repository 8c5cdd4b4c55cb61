import type { Tx } from '../platform/database/transaction.ts';

/** The SQL of records that belong to leads, such as notes: columns, tables, and the alias of the records' own table. */
interface SublistSource {
  columns: string;
  from: string;
  as?: string;
}

/** Records that belong to a lead, newest first; `after` is the id of the last one of the previous page. */
export function listOfLead<Row extends object>(
  tx: Tx,
  { columns, from, as }: SublistSource,
  leadId: string,
  limit: number,
  after?: string,
): Promise<Row[]> {
  const of = as === undefined ? '' : `${as}.`;
  return tx.query<Row>(
    `SELECT ${columns} FROM ${from} WHERE ${of}workspace_id = $1 AND ${of}lead_id = $2
       AND ($4::uuid IS NULL OR ${of}id < $4) ORDER BY ${of}id DESC LIMIT $3`,
    [tx.workspaceId, leadId, limit, after ?? null],
  );
}

/** One such record by its id; `lock` keeps others from changing it until the transaction ends. */
export async function oneOfLead<Row extends object>(
  tx: Tx,
  { columns, from, as }: Required<SublistSource>,
  id: string,
  lock: boolean,
): Promise<Row | undefined> {
  const [row] = await tx.query<Row>(
    `SELECT ${columns} FROM ${from} WHERE ${as}.workspace_id = $1 AND ${as}.id = $2${lock ? ` FOR UPDATE OF ${as}` : ''}`,
    [tx.workspaceId, id],
  );
  return row;
}
