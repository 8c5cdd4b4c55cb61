import type { Tx } from '../platform/database/transaction.ts';

export interface WorkspaceLine {
  id: string;
  name: string;
  region: string;
  created_at: Date;
  leads: number;
}

/** All workspaces, oldest first. Runs as the owner role, which alone can see more than one workspace. */
export async function listWorkspaces(owner: Tx): Promise<WorkspaceLine[]> {
  return owner.query<WorkspaceLine>(
    `SELECT w.id, w.name, w.region, w.created_at,
       coalesce(c.leads, 0) + (SELECT coalesce(sum(q.delta), 0)::bigint FROM index_queue q WHERE q.workspace_id = w.id) AS leads
     FROM workspaces w LEFT JOIN lead_counts c ON c.workspace_id = w.id ORDER BY w.created_at, w.id`,
  );
}
