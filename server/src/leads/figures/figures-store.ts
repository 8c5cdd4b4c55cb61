import type { Tx } from '../../platform/database/transaction.ts';
import { factColumns, factsKept, factsNow, replaceFacts } from './facts-store.ts';
import { allKinds, figureColumns, pointsOf } from './kinds-store.ts';

const key = `workspace_id, ${figureColumns}`;

/** One row for each wait in the facts, with the columns that reports filter by. */
export const waitsOf = (facts: string) => `
  SELECT f.workspace_id, one.step::integer AS step, f.day, one.wait, f.lead_id, f.department_id, f.source_id, f.owner_id
  FROM ${facts} f CROSS JOIN LATERAL (
    SELECT 0 AS step, f.wait WHERE f.wait IS NOT NULL
    UNION ALL SELECT step, reached.wait FROM unnest(f.reached) WITH ORDINALITY AS reached (wait, step)
  ) AS one`;

const WRITE = `WITH kept AS MATERIALIZED (${factsKept('unnest($2::uuid[]) AS ids (id)')}),
  fresh AS MATERIALIZED (${factsNow('unnest($2::uuid[]) AS ids (id)')}),
  changed AS MATERIALIZED (
    SELECT coalesce(k.lead_id, n.lead_id) AS id, n.lead_id IS NULL AS gone
    FROM kept k FULL JOIN fresh n ON n.lead_id = k.lead_id WHERE k IS DISTINCT FROM n
  ),
  before AS MATERIALIZED (SELECT -1 AS sign, kept.* FROM kept JOIN changed ON changed.id = kept.lead_id),
  after AS MATERIALIZED (SELECT 1 AS sign, fresh.* FROM fresh JOIN changed ON changed.id = fresh.lead_id),
  moved AS (SELECT * FROM before UNION ALL SELECT * FROM after),
  sums AS (
    INSERT INTO lead_figures (${key}, leads, seconds)
    SELECT $1, ${figureColumns}, sum(leads), sum(seconds) FROM (${pointsOf(allKinds, 'moved')}) AS points
    GROUP BY ${figureColumns} HAVING sum(leads) <> 0 OR sum(seconds) <> 0 ORDER BY ${figureColumns}
    ON CONFLICT (${key}) DO UPDATE
      SET leads = lead_figures.leads + excluded.leads, seconds = lead_figures.seconds + excluded.seconds
    RETURNING ${figureColumns}, leads
  ),
  facts AS (
    INSERT INTO lead_facts (${factColumns}) SELECT ${factColumns} FROM after ORDER BY lead_id
    ON CONFLICT (workspace_id, lead_id) DO UPDATE SET ${replaceFacts}
  ),
  no_facts AS (
    DELETE FROM lead_facts WHERE workspace_id = $1 AND lead_id = ANY (ARRAY(SELECT id FROM changed WHERE gone))
  ),
  waits AS MATERIALIZED (${waitsOf('after')}),
  new_waits AS (
    INSERT INTO lead_waits SELECT * FROM waits ORDER BY step, day, wait, lead_id
    ON CONFLICT (workspace_id, step, day, wait, lead_id) DO UPDATE SET department_id = excluded.department_id,
      source_id = excluded.source_id, owner_id = excluded.owner_id
    WHERE (lead_waits.department_id, lead_waits.source_id, lead_waits.owner_id)
      IS DISTINCT FROM (excluded.department_id, excluded.source_id, excluded.owner_id)
  ),
  no_waits AS (
    DELETE FROM lead_waits w USING (
      SELECT step, day, wait, lead_id FROM (${waitsOf('before')}) AS old
      EXCEPT SELECT step, day, wait, lead_id FROM waits
    ) AS old
    WHERE w.workspace_id = $1 AND w.step = old.step AND w.day = old.day AND w.wait = old.wait AND w.lead_id = old.lead_id
  )
  SELECT ${figureColumns} FROM sums WHERE leads = 0`;

const columnTypes = ['smallint', 'uuid', 'uuid', 'date', 'uuid', 'uuid', 'integer'];
const names = figureColumns.split(', ');
const CLEAR = `DELETE FROM lead_figures f USING unnest(${columnTypes.map((type, at) => `$${at + 2}::${type}[]`).join(', ')})
    AS empty (${figureColumns})
  WHERE f.workspace_id = $1 AND ${names.map((name) => `f.${name} = empty.${name}`).join(' AND ')}
    AND f.leads = 0 AND f.seconds = 0`;

/**
 * Updates the figures to the current state of these leads, including deleted ones. Does nothing while the workspace has
 * no basis. Only one transaction per workspace may do this at a time, so it must hold the index lock.
 */
export async function writeFigures(tx: Tx, leadIds: readonly string[]): Promise<void> {
  const empty = await tx.query<Record<string, unknown>>(WRITE, [tx.workspaceId, leadIds], { name: 'write_figures' });
  if (empty.length > 0)
    await tx.query(CLEAR, [tx.workspaceId, ...names.map((name) => empty.map((one) => one[name]))], {
      name: 'clear_figures',
    });
}
