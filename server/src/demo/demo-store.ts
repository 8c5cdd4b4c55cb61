import type { Tx } from '../platform/transaction.ts';

/** How many made-up leads there are. */
export async function countDemoLeads(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ leads: number }>('SELECT count(*) AS leads FROM demo_leads WHERE workspace_id = $1', [
    tx.workspaceId,
  ]);
  return row?.leads ?? 0;
}
