import { touches } from '../events/screens.ts';
import type { Tx } from '../platform/database/transaction.ts';

/** Facts about the first steps that only the database knows. */
export interface FirstStepFacts {
  dismissed: boolean;
  /** Whether one of the newest leads is not a sample. */
  has_lead: boolean;
  /** Whether a sender has used a token, or a member has created one. */
  is_connected: boolean;
  /** Whether there is a member besides the first one and the samples. */
  has_colleague: boolean;
}

/** Sample leads are backdated, so a real lead that arrives later is found among the newest. */
const NEWEST = 1_000;

/** Reads the progress of a new workspace. */
export async function findFirstSteps(tx: Tx): Promise<FirstStepFacts> {
  const [row] = await tx.query<FirstStepFacts>(
    `SELECT first_steps_away_at IS NOT NULL AS dismissed,
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

/** Hides the first steps. */
export async function dismissFirstSteps(tx: Tx, now: Date): Promise<void> {
  touches(tx, 'settings');
  await tx.query('UPDATE workspaces SET first_steps_away_at = coalesce(first_steps_away_at, $2) WHERE id = $1', [
    tx.workspaceId,
    now,
  ]);
}
