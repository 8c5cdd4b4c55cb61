import type { Tx } from '../../platform/database/transaction.ts';

/** Maximum number of requests that are counted. */
const MOST_LOOKED_AT = 50_000;

/** Number of a token's requests by outcome. */
export interface TokenUse {
  token_id: string;
  outcome: string;
  requests: number;
}

/** Counts the newest requests since a given time, by token and outcome. */
export async function countTokenUses(tx: Tx, since: Date): Promise<TokenUse[]> {
  return tx.query<TokenUse>(
    `SELECT token_id, outcome, count(*)::int AS requests FROM (
       SELECT token_id, outcome FROM submissions WHERE workspace_id = $1 AND id >= uuid_from($2) ORDER BY id DESC LIMIT $3
     ) AS newest WHERE token_id IS NOT NULL GROUP BY token_id, outcome ORDER BY token_id, outcome`,
    [tx.workspaceId, since, MOST_LOOKED_AT],
  );
}
