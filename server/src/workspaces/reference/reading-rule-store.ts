import type { Tx } from '../../platform/database/transaction.ts';
import { fold } from '../../platform/fold/fold.ts';
import { uuidv7 } from '../../platform/ids.ts';

import { MOST_READING_RULES, type ReadingRule } from './reading-rule.ts';

/** A rule as stored, with its author. */
export interface StoredRule extends Omit<ReadingRule, 'folded_value'> {
  actor: string;
  created_at: Date;
  token_name: string | null;
}

const columns = `r.id, r.dialect, r.token_id, r.field, r.value, r.meaning, r.actor, r.created_at,
  (SELECT name FROM tokens t WHERE t.workspace_id = r.workspace_id AND t.id = r.token_id) AS token_name`;

/** All rules, newest first. */
export async function listReadingRules(tx: Tx): Promise<StoredRule[]> {
  return tx.query<StoredRule>(`SELECT ${columns} FROM reading_rules r WHERE workspace_id = $1 ORDER BY id DESC`, [
    tx.workspaceId,
  ]);
}

/**
 * Creates a rule. Fails with `taken` if there is one for this value, and with `full` at the maximum number of rules.
 */
export async function addReadingRule(
  tx: Tx,
  rule: Omit<ReadingRule, 'id' | 'folded_value'>,
  by: { actor: string; at: Date },
): Promise<StoredRule | 'taken' | 'full'> {
  const [count] = await tx.query<{ rules: number }>(
    'SELECT count(*)::int AS rules FROM reading_rules WHERE workspace_id = $1',
    [tx.workspaceId],
  );
  if ((count?.rules ?? 0) >= MOST_READING_RULES) return 'full';
  const { dialect, token_id, field, value, meaning } = rule;
  const [made] = await tx.query<StoredRule>(
    `INSERT INTO reading_rules AS r
       (workspace_id, id, dialect, token_id, field, value, folded_value, meaning, actor, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING ${columns}`,
    [tx.workspaceId, uuidv7(), dialect, token_id, field, value, fold(value), meaning, by.actor, by.at],
  );
  return made ?? 'taken';
}

/** Deletes a rule and returns it. */
export async function removeReadingRule(tx: Tx, id: string): Promise<StoredRule | undefined> {
  const [rule] = await tx.query<StoredRule>(
    `DELETE FROM reading_rules r WHERE workspace_id = $1 AND id = $2 RETURNING ${columns}`,
    [tx.workspaceId, id],
  );
  return rule;
}
