import { KEPT_WITHIN } from '../leads/figures/facts-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { narrowToOrigin, ofCohort } from './cohort-store.ts';
import { countedOf, type FiguredCohort, isFigured, planFor } from './counted-store.ts';
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

/** Counts each member's leads, and their calls that ended in the period. */
export async function countMemberActivity(
  tx: Tx,
  cohort: Cohort,
  memberIds: readonly string[],
): Promise<MemberActivity[]> {
  if (!isFigured(cohort)) return sweepActivity(tx, cohort, memberIds);
  const owned = await figuresOfOwners(tx, cohort);
  // Which calls are visible depends on who owns the lead now, so with limited visibility calls are read one by one.
  const calls = cohort.visibility
    ? await sweepCalls(tx, cohort, memberIds)
    : await figuresOfCalls(tx, cohort, memberIds);
  const byMember = new Map<string, MemberActivity>();
  for (const one of [...owned, ...calls])
    byMember.set(one.member_id, { ...(byMember.get(one.member_id) ?? nothing), ...one });
  return [...byMember.values()];
}

/** The figures of a member from one query. */
type Part = Pick<MemberActivity, 'member_id'> & Partial<MemberActivity>;
const nothing: Omit<MemberActivity, 'member_id'> = {
  leads: 0,
  won: 0,
  calls: 0,
  contacts: 0,
  talk_seconds: 0,
  callbacks: 0,
  callbacks_on_time: 0,
};

async function sweepCalls(tx: Tx, cohort: Cohort, memberIds: readonly string[]): Promise<Part[]> {
  await planFor(tx, 'sweep');
  const swept = await sweepActivity(tx, cohort, memberIds);
  return swept.filter((one) => one.calls > 0 || one.callbacks > 0).map(({ leads, won, ...called }) => called);
}

function figuresOfOwners(tx: Tx, cohort: FiguredCohort): Promise<Part[]> {
  const { sql, where } = countedOf(tx, cohort, 'owned');
  return tx.query(
    `${sql} SELECT member_id, sum(leads)::bigint AS leads, coalesce(sum(leads) FILTER (WHERE s.state = 'won'), 0)::bigint AS won
     FROM counted JOIN statuses s ON s.workspace_id = $1 AND s.id = item_id GROUP BY 1 HAVING sum(leads) > 0`,
    where.params,
  );
}

async function figuresOfCalls(tx: Tx, cohort: FiguredCohort, memberIds: readonly string[]): Promise<Part[]> {
  const attempts = countedOf(tx, cohort, 'call');
  const made = await tx.query<Part>(
    `${attempts.sql} SELECT member_id, sum(leads)::bigint AS calls, coalesce(sum(leads) FILTER (WHERE o.reached), 0)::bigint AS contacts,
       sum(seconds)::bigint AS talk_seconds
     FROM counted LEFT JOIN call_outcomes o ON o.workspace_id = $1 AND o.id = item_id
     WHERE member_id = ANY (${attempts.where.param(memberIds)}::uuid[]) GROUP BY 1 HAVING sum(leads) > 0`,
    attempts.where.params,
  );
  const callbacks = countedOf(tx, cohort, 'callback');
  const agreed = await tx.query<Part>(
    `${callbacks.sql} SELECT member_id, sum(leads)::bigint AS callbacks, coalesce(sum(leads) FILTER (WHERE value = 1), 0)::bigint AS callbacks_on_time
     FROM counted WHERE member_id = ANY (${callbacks.where.param(memberIds)}::uuid[]) GROUP BY 1 HAVING sum(leads) > 0`,
    callbacks.where.params,
  );
  return [...made, ...agreed];
}

/** Computes the same from the leads and calls themselves. */
async function sweepActivity(tx: Tx, cohort: Cohort, memberIds: readonly string[]): Promise<MemberActivity[]> {
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
