import { leadNameInSql } from '../leads/lead-name.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { Visibility } from '../workspaces/access/visibility.ts';

/** The member and the day. */
export interface Day {
  memberId: string;
  /** Limits which leads the member sees, always including their own; undefined for all. */
  visibility?: Visibility | undefined;
  /** YYYY-MM-DD. */
  today: string;
  now: Date;
  start: Date;
  end: Date;
}

/** A lead that needs attention. */
export interface WaitingLead {
  id: string;
  name: string;
  company_name: string | null;
  phone: string | null;
  status_id: string;
  created_at: Date;
}

/** A callback that a lead asked for. */
export interface Callback {
  id: string;
  lead_id: string;
  lead_name: string;
  phone: string;
  due_at: Date;
}

/** How many of a member's newest leads are searched. Older ones have been dealt with long ago. */
const MOST_LOOKED_AT = 2_000;

/**
 * A member's leads in these statuses that lack a first reply or a next step, newest first. Only the newest leads of the
 * member are searched.
 */
export async function listWaitingLeads(
  tx: Tx,
  memberId: string,
  statusIds: readonly string[],
  lack: 'first reply' | 'next step',
  most: number,
): Promise<WaitingLead[]> {
  const lacking = lack === 'first reply' ? 'l.first_reply_at IS NULL' : 'l.next_step_kind IS NULL';
  return tx.query<WaitingLead>(
    `SELECT l.id, ${leadNameInSql} AS name, l.company_name, l.phone, l.status_id, l.created_at
     FROM (SELECT * FROM leads WHERE workspace_id = $1 AND owner_id = $2 ORDER BY id DESC LIMIT ${MOST_LOOKED_AT}) AS l
     WHERE l.status_id = ANY ($3) AND ${lacking} ORDER BY l.id DESC LIMIT $4`,
    [tx.workspaceId, memberId, statusIds, most],
  );
}

/**
 * Callbacks for a member's leads that are due before the end of the day. They are found through the leads, because a
 * lead's next step is never later than its callback, and other members have many callbacks.
 */
export async function listCallbacks(
  tx: Tx,
  { memberId, end }: Pick<Day, 'memberId' | 'end'>,
  most: number,
): Promise<Callback[]> {
  return tx.query<Callback>(
    `SELECT c.id, c.lead_id, ${leadNameInSql} AS lead_name, c.phone, c.due_at
     FROM leads l CROSS JOIN LATERAL (
       SELECT c.id, c.lead_id, c.phone, c.due_at FROM calls c WHERE c.workspace_id = $1 AND c.lead_id = l.id
         AND c.state IN ('pending', 'claimed') AND c.callback AND c.due_at < $3 OFFSET 0
     ) AS c
     WHERE l.workspace_id = $1 AND l.owner_id = $2 AND l.next_step_at < $3 ORDER BY c.due_at, c.id LIMIT $4`,
    [tx.workspaceId, memberId, end, most],
  );
}

/** What a member has achieved today. */
export interface Achieved {
  calls: number;
  reached: number;
  talk_seconds: number;
  wins: number;
  won_sum: number;
}

/** Calls made and deals won by a member today. */
export async function countAchieved(
  tx: Tx,
  { memberId, today, start, end }: Day,
  wonIds: readonly string[],
): Promise<Achieved> {
  const [row] = await tx.query<Achieved>(
    `SELECT made.*, won.* FROM (
       SELECT count(*) AS calls, count(*) FILTER (WHERE o.reached) AS reached,
         coalesce(sum(c.talk_seconds), 0) AS talk_seconds
       FROM call_attempts c LEFT JOIN call_outcomes o ON o.workspace_id = c.workspace_id AND o.id = c.outcome_id
       WHERE c.workspace_id = $1 AND c.member_id = $2 AND c.ended_at >= $3 AND c.ended_at < $4
     ) AS made CROSS JOIN (
       SELECT count(*) AS wins, coalesce(sum(amount), 0) AS won_sum FROM deals
       WHERE workspace_id = $1 AND owner_id = $2 AND stage_id = ANY ($5) AND closed_on = $6
     ) AS won`,
    [tx.workspaceId, memberId, start, end, wonIds, today],
  );
  return row ?? { calls: 0, reached: 0, talk_seconds: 0, wins: 0, won_sum: 0 };
}
