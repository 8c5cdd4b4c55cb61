import { touches } from '../events/screens.ts';
import type { Tx } from '../platform/database/transaction.ts';

/** What of the first steps only the database knows. */
export interface FirstStepFacts {
  put_away: boolean;
  /** A lead that is no sample; looked for among the newest ones. */
  has_lead: boolean;
  /** A token that a sender has used, or that somebody made on purpose. */
  is_connected: boolean;
  /** Somebody besides the first member, samples aside. */
  has_colleague: boolean;
}

/** Sample leads are as old as they say: a real one that comes later stands before them. */
const NEWEST = 1_000;

/** How far a new workspace has come. */
export async function findFirstSteps(tx: Tx): Promise<FirstStepFacts> {
  const [row] = await tx.query<FirstStepFacts>(
    `SELECT first_steps_away_at IS NOT NULL AS put_away,
       EXISTS (SELECT 1 FROM (SELECT id FROM leads WHERE workspace_id = $1 ORDER BY id DESC LIMIT $2) AS newest
         WHERE NOT EXISTS (SELECT 1 FROM demo_leads d WHERE d.workspace_id = $1 AND d.lead_id = newest.id)) AS has_lead,
       EXISTS (SELECT 1 FROM tokens t WHERE t.workspace_id = $1 AND (t.last_used_at IS NOT NULL OR t.created_by LIKE 'member:%')
         AND NOT EXISTS (SELECT 1 FROM demo_items d WHERE d.workspace_id = $1 AND d.kind = 'token' AND d.id = t.id)) AS is_connected,
       (SELECT count(*) > 1 FROM members m WHERE m.workspace_id = $1
         AND NOT EXISTS (SELECT 1 FROM demo_items d WHERE d.workspace_id = $1 AND d.kind = 'member' AND d.id = m.id)) AS has_colleague
     FROM workspaces WHERE id = $1`,
    [tx.workspaceId, NEWEST],
  );
  return row as FirstStepFacts;
}

/** Shows the first steps no more. */
export async function putFirstStepsAway(tx: Tx, now: Date): Promise<void> {
  touches(tx, 'settings');
  await tx.query('UPDATE workspaces SET first_steps_away_at = coalesce(first_steps_away_at, $2) WHERE id = $1', [
    tx.workspaceId,
    now,
  ]);
}
