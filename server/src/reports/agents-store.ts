import type { Tx } from '../platform/database/transaction.ts';
import { narrowToOrigin, ofCohort } from './cohort-store.ts';
import type { Cohort } from './report.ts';

/** Activity of a member in the period. */
export interface MemberActivity {
  member_id: string;
  leads: number;
  won: number;
  calls: number;
  contacts: number;
  talk_seconds: number;
  callbacks: number;
  callbacks_on_time: number;
}

/** A callback that begins later than this after the agreed time does not count as on time. */
const KEPT_WITHIN = '15 minutes';

/** Counts each member's leads, and their calls that ended in the period. */
export async function countMemberActivity(
  tx: Tx,
  cohort: Cohort,
  memberIds: readonly string[],
): Promise<MemberActivity[]> {
  const { where, start, end } = ofCohort(tx, cohort);
  const members = where.param(memberIds);
  const { departments, sources, owners, visibility } = cohort;
  const callers = owners && where.param(owners);
  const isNarrowed = departments || sources || visibility;
  const lead = isNarrowed && narrowToOrigin(where.inside('l'), cohort, 'l').visible(visibility, 'l').sql();
  const isCounted = (call: string) => `${call}.workspace_id = $1 AND ${call}.member_id = ANY (${members}::uuid[])
         AND ${call}.ended_at >= ${start} AND ${call}.ended_at < ${end}
         ${callers ? `AND ${call}.member_id = ANY (${callers}::uuid[])` : ''}
         ${lead ? `AND EXISTS (SELECT 1 FROM leads l WHERE ${lead} AND l.id = ${call}.lead_id)` : ''}`;
  return tx.query(
    `WITH owned AS (
       SELECT owner_id AS member_id, count(*) AS leads, count(*) FILTER (WHERE s.state = 'won') AS won
       FROM leads JOIN statuses s ON s.workspace_id = leads.workspace_id AND s.id = leads.status_id
       WHERE ${where.sql()} AND owner_id IS NOT NULL GROUP BY 1
     ), made AS (
       SELECT t.member_id, count(*) AS calls, count(*) FILTER (WHERE o.reached) AS contacts,
         coalesce(sum(t.talk_seconds), 0)::bigint AS talk_seconds
       FROM call_attempts t LEFT JOIN call_outcomes o ON o.workspace_id = t.workspace_id AND o.id = t.outcome_id
       WHERE ${isCounted('t')} GROUP BY 1
     ), agreed AS (
       SELECT c.member_id, count(*) AS callbacks,
         count(*) FILTER (WHERE coalesce(c.started_at, c.ended_at) <= c.due_at + interval '${KEPT_WITHIN}') AS callbacks_on_time
       FROM calls c
       WHERE ${isCounted('c')} AND c.callback AND c.state = 'dialled' GROUP BY 1
     )
     SELECT member_id, coalesce(leads, 0) AS leads, coalesce(won, 0) AS won, coalesce(calls, 0) AS calls,
       coalesce(contacts, 0) AS contacts, coalesce(talk_seconds, 0) AS talk_seconds, coalesce(callbacks, 0) AS callbacks,
       coalesce(callbacks_on_time, 0) AS callbacks_on_time
     FROM owned FULL JOIN made USING (member_id) FULL JOIN agreed USING (member_id)`,
    where.params,
  );
}
