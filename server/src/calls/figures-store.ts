import type { Tx } from '../platform/database/transaction.ts';
import { Conditions } from '../workspaces/access/conditions.ts';
import type { Wanted } from './queue-store.ts';

/** Counting stops here, because the exact length of a longer queue is of no use. */
export const MOST_COUNTED = 1000;

export interface QueueFigures {
  in_queue: number;
  callbacks_due: number;
  oldest_due_at: Date | null;
}

/** Counts the calls that are due, up to a limit. */
export async function countQueue(tx: Tx, { now, visibility }: Wanted): Promise<QueueFigures> {
  const where = new Conditions(tx.workspaceId);
  const due = where.param(now);
  const among = visibility
    ? `WHERE EXISTS (SELECT 1 FROM leads l WHERE ${where.inside('l').visible(visibility, 'l').sql()} AND l.id = due.lead_id)`
    : '';
  const [row] = await tx.query<QueueFigures>(
    `SELECT count(*)::integer AS in_queue, (count(*) FILTER (WHERE callback))::integer AS callbacks_due,
       min(due_at) AS oldest_due_at
     FROM (SELECT lead_id, callback, due_at FROM calls c WHERE workspace_id = $1 AND offer_at <= ${due}
         AND (state = 'pending' OR (state = 'claimed' AND claim_expires_at <= ${due})) AND state IN ('pending', 'claimed')
       ORDER BY offer_at LIMIT ${MOST_COUNTED}) AS due ${among}`,
    where.params,
  );
  return row ?? { in_queue: 0, callbacks_due: 0, oldest_due_at: null };
}

export interface DayFigures {
  member_id: string;
  calls: number;
  reached: number;
  talk_seconds: number;
  first_at: Date | null;
}

/**
 * Counts the calls since a given time: all calls of one member, or those of each member with leads that the transaction
 * may see.
 */
export async function countDay(tx: Tx, since: Date, memberId?: string): Promise<DayFigures[]> {
  return tx.query<DayFigures>(
    `SELECT a.member_id, count(*)::integer AS calls, (count(*) FILTER (WHERE o.reached))::integer AS reached,
       coalesce(sum(a.talk_seconds), 0)::integer AS talk_seconds, min(coalesce(a.started_at, a.ended_at)) AS first_at
     FROM call_attempts a LEFT JOIN call_outcomes o ON o.workspace_id = a.workspace_id AND o.id = a.outcome_id
     WHERE a.workspace_id = $1 AND a.ended_at >= $2 AND a.member_id IS NOT NULL AND ($3::uuid = a.member_id OR $3 IS NULL
       AND EXISTS (SELECT 1 FROM leads l WHERE l.workspace_id = a.workspace_id AND l.id = a.lead_id))
     GROUP BY a.member_id`,
    [tx.workspaceId, since, memberId ?? null],
  );
}
