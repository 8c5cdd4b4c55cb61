import type { Tx } from '../platform/database/transaction.ts';
import { fold } from '../platform/fold/fold.ts';
import { uuidv7 } from '../platform/ids.ts';
import type { CallEnding } from '../workspaces/reference-data.ts';

/** The stored values of an outcome. */
export type OutcomeValues = Pick<
  CallEnding,
  'name' | 'meaning' | 'reached' | 'retry_minutes' | 'max_attempts' | 'status_id' | 'lost_reason_id' | 'asks_next_step'
>;

/** Adds an outcome at the end; undefined if its name is taken. */
export async function addOutcome(tx: Tx, outcome: OutcomeValues): Promise<string | undefined> {
  const [made] = await tx.query<{ id: string }>(
    `INSERT INTO call_outcomes (workspace_id, id, name, folded_name, meaning, reached, retry_minutes, most_attempts,
       status_id, lost_reason_id, asks_next_step, position)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,
       (SELECT coalesce(max(position) + 1, 0) FROM call_outcomes WHERE workspace_id = $1))
     ON CONFLICT DO NOTHING RETURNING id`,
    [tx.workspaceId, uuidv7(), ...columns(outcome)],
  );
  return made?.id;
}

/** Updates an outcome. A taken name violates its unique constraint. */
export async function saveOutcome(tx: Tx, id: string, outcome: OutcomeValues): Promise<void> {
  await tx.query(
    `UPDATE call_outcomes SET name = $3, folded_name = $4, meaning = $5, reached = $6, retry_minutes = $7,
       most_attempts = $8, status_id = $9, lost_reason_id = $10, asks_next_step = $11 WHERE workspace_id = $1 AND id = $2`,
    [tx.workspaceId, id, ...columns(outcome)],
  );
}

/** Deletes an outcome; calls that ended with it still show its name. */
export async function removeOutcome(tx: Tx, id: string): Promise<boolean> {
  return (await tx.execute('DELETE FROM call_outcomes WHERE workspace_id = $1 AND id = $2', [tx.workspaceId, id])) > 0;
}

/** Sorts outcomes in this order; those not named come after them. */
export async function orderOutcomes(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.query(
    `UPDATE call_outcomes o SET position = wanted.place FROM (
       SELECT one.id, row_number() OVER (ORDER BY named.place NULLS LAST, one.position, one.id) AS place
       FROM call_outcomes one LEFT JOIN unnest($2::uuid[]) WITH ORDINALITY AS named (id, place) ON named.id = one.id
       WHERE one.workspace_id = $1
     ) AS wanted WHERE o.workspace_id = $1 AND o.id = wanted.id`,
    [tx.workspaceId, ids],
  );
}

function columns({ name, meaning, reached, retry_minutes, max_attempts, ...effects }: OutcomeValues): unknown[] {
  const { status_id, lost_reason_id, asks_next_step } = effects;
  return [name, fold(name), meaning, reached, retry_minutes, max_attempts, status_id, lost_reason_id, asks_next_step];
}
