import { touches } from '../events/screens.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { Problem } from '../platform/problem.ts';
import type { Sent } from './locate-value.ts';
import { whereSearchEnds } from './submission-list-store.ts';
import { isNarrowed, type SubmissionFilter, whereOf } from './submission-where-store.ts';
import { searchedBody, valuedCodes } from './value-in-error.ts';

/** A refused request as far as grouping needs it. */
export interface QuarantineRow extends Sent {
  id: string;
  dialect: string;
  received_at: Date;
  problem: Problem | null;
}

/** Most requests that are looked at for grouping, the newest first. */
export const MOST_GROUPED = 5_000;
const CHUNK = 500;

/** Where a search of the quarantine ends; undefined when it looks at all of it. */
export async function whereQuarantineEnds(tx: Tx, filter: SubmissionFilter): Promise<string | undefined> {
  return isNarrowed(filter) ? whereSearchEnds(tx, { ...filter, outcomes: ['refused', 'failed'] }) : undefined;
}

/** Reads the quarantine for grouping, newest first, in pieces, down to `end`; what was put aside is left out. */
export async function* readQuarantine(tx: Tx, filter: SubmissionFilter, end?: string): AsyncGenerator<QuarantineRow> {
  const { bounds, rest, params } = whereOf(tx, { ...filter, dismissed: false });
  const where = `${bounds} AND ${rest}${end ? ` AND s.id >= $${params.push(end)}` : ''}`;
  const [codes, after] = [params.push(valuedCodes), params.push(null)];
  for (let read = 0; read < MOST_GROUPED; read += CHUNK) {
    const rows = await tx.query<QuarantineRow>(
      `SELECT s.id, s.dialect, s.received_at, s.problem, s.query, s.headers, ${searchedBody('s', `$${codes}`)}
       FROM submissions s WHERE ${where} AND s.outcome IN ('refused', 'failed') AND ($${after}::uuid IS NULL OR s.id < $${after})
       ORDER BY s.id DESC LIMIT ${CHUNK}`,
      params,
    );
    yield* rows;
    if (rows.length < CHUNK) return;
    params[after - 1] = rows.at(-1)?.id;
  }
}

/** Puts refused and failed requests aside, or takes them up again. Answers the ids of those that were. */
export async function dismissSubmissions(tx: Tx, ids: readonly string[], at: Date | null): Promise<string[]> {
  touches(tx, 'journal');
  const rows = await tx.query<{ id: string }>(
    `UPDATE submissions SET dismissed_at = $3 WHERE workspace_id = $1 AND id = ANY ($2::uuid[])
       AND outcome IN ('refused', 'failed') AND (dismissed_at IS NULL) = ($3::timestamptz IS NOT NULL) RETURNING id`,
    [tx.workspaceId, ids, at],
  );
  return rows.map(({ id }) => id);
}
