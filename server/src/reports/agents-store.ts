import { KEPT_WITHIN } from '../leads/figures/facts-store.ts';
import { type FigureKind, isOfKind } from '../leads/figures/kinds-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { countedOf, type FiguredCohort, isFigured, planFor } from './cohort-figures-store.ts';
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

/** Counts each member's leads, and their calls that ended in the period. */
export async function countMemberActivity(
  tx: Tx,
  cohort: Cohort,
  memberIds: readonly string[],
): Promise<MemberActivity[]> {
  if (!isFigured(cohort)) return sweepActivity(tx, cohort, memberIds);
  // Which calls are visible depends on who owns the lead now, so with limited visibility calls are read one by one.
  if (!cohort.visibility) return sumFigures(tx, cohort, memberIds, ['owned', 'call', 'callback']);
  const owned = await sumFigures(tx, cohort, memberIds, ['owned']);
  await planFor(tx, 'sweep');
  const byMember = new Map(owned.map((one) => [one.member_id, one]));
  for (const { leads, won, ...called } of await sweepActivity(tx, cohort, memberIds))
    if (called.calls > 0 || called.callbacks > 0)
      byMember.set(called.member_id, { ...(byMember.get(called.member_id) ?? { leads: 0, won: 0 }), ...called });
  return [...byMember.values()];
}

/** Sums of the figures of these kinds; whatever is of other kinds is 0. */
function sumFigures(
  tx: Tx,
  cohort: FiguredCohort,
  memberIds: readonly string[],
  [kind, ...more]: [FigureKind, ...FigureKind[]],
): Promise<MemberActivity[]> {
  const { sql, where } = countedOf(tx, cohort, kind, ...more);
  const sum = (what: string, kind: FigureKind, and = 'true') =>
    `coalesce(sum(${what}) FILTER (WHERE ${isOfKind(kind)} AND ${and}), 0)::bigint`;
  // Added up before statuses and outcomes are joined, because there may be figures for each day and member.
  return tx.query(
    `${sql}, added AS (
       SELECT kind, member_id, item_id, value, sum(leads) AS leads, sum(seconds) AS seconds FROM counted
       WHERE ${isOfKind('owned')} OR member_id = ANY (${where.param(memberIds)}::uuid[]) GROUP BY 1, 2, 3, 4
     )
     SELECT member_id, ${sum('leads', 'owned')} AS leads, ${sum('leads', 'owned', "s.state = 'won'")} AS won,
       ${sum('leads', 'call')} AS calls, ${sum('leads', 'call', 'o.reached')} AS contacts, ${sum('seconds', 'call')} AS talk_seconds,
       ${sum('leads', 'callback')} AS callbacks, ${sum('leads', 'callback', 'value = 1')} AS callbacks_on_time
     FROM added LEFT JOIN statuses s ON s.workspace_id = $1 AND s.id = item_id
       LEFT JOIN call_outcomes o ON o.workspace_id = $1 AND o.id = item_id
     GROUP BY 1 HAVING bool_or(leads <> 0)`,
    where.params,
  );
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
