import type { Tx } from '../../platform/database/transaction.ts';
import { writeFigures } from './figures-store.ts';

/** What facts are computed from besides the leads: the time zone that defines days, and the steps of the funnel. */
export interface FigureBasis {
  timeZone: string;
  steps: readonly { status_id: string; step: number }[];
}

/** Workspaces whose figures must be computed, for the first time or again; runs outside any workspace. */
export async function workspacesToFigure(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ id: string }>('SELECT workspaces_to_figure() AS id');
  return rows.map(({ id }) => id);
}

/**
 * `ready`: the figures of the workspace are complete and were computed from this basis. `waiting`: leads in the index
 * queue are not yet included in them.
 */
export async function stateOfFigures(
  tx: Tx,
  { timeZone, steps }: FigureBasis,
): Promise<{ ready: boolean; waiting: boolean }> {
  const inOrder = steps.toSorted((a, b) => a.step - b.step || (a.status_id < b.status_id ? -1 : 1));
  const [row] = await tx.query<{ ready: boolean; waiting: boolean }>(
    `SELECT ready AND time_zone = $2 AND statuses = $3 AND places = $4 AS ready,
       EXISTS (SELECT FROM index_queue q WHERE q.workspace_id = $1) AS waiting
     FROM figure_bases WHERE workspace_id = $1`,
    [tx.workspaceId, timeZone, inOrder.map(({ status_id }) => status_id), inOrder.map(({ step }) => step)],
    { name: 'state_of_figures' },
  );
  return row ?? { ready: false, waiting: false };
}

/**
 * Recomputes the figures of the next leads, starting over with the first ones if the basis of the workspace
 * has changed. Returns whether all are done. Only one transaction per workspace may do this at a time, so it
 * must hold the index lock.
 */
export async function figureNext(tx: Tx, most: number): Promise<boolean> {
  await tx.query(
    `INSERT INTO figure_bases AS b (workspace_id, time_zone, statuses, places)
     SELECT w.id, w.time_zone, p.statuses, p.places FROM workspaces w CROSS JOIN LATERAL funnel_places(w.id) p WHERE w.id = $1
     ON CONFLICT (workspace_id) DO UPDATE SET time_zone = excluded.time_zone, statuses = excluded.statuses,
       places = excluded.places, computed_to = excluded.computed_to, ready = false
     WHERE (b.time_zone, b.statuses, b.places) IS DISTINCT FROM (excluded.time_zone, excluded.statuses, excluded.places)`,
    [tx.workspaceId],
  );
  const leads = await tx.query<{ id: string }>(
    `SELECT id FROM leads WHERE workspace_id = $1
       AND id > (SELECT computed_to FROM figure_bases WHERE workspace_id = $1) ORDER BY id LIMIT $2`,
    [tx.workspaceId, most],
    { name: 'leads_to_figure' },
  );
  const ids = leads.map(({ id }) => id);
  if (ids.length > 0) await writeFigures(tx, ids);
  const isDone = ids.length < most;
  await tx.query(
    'UPDATE figure_bases SET computed_to = coalesce($2, computed_to), ready = $3 WHERE workspace_id = $1',
    [tx.workspaceId, ids.at(-1) ?? null, isDone],
  );
  return isDone;
}
