import { factsKept, factsNow } from '../leads/figures/facts-store.ts';
import { waitsOf } from '../leads/figures/figures-store.ts';
import { codesOf, type FigureKind, NOBODY, pointsOf } from '../leads/figures/kinds-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { Conditions } from '../workspaces/access/conditions.ts';
import { narrowToOrigin, narrowToOwners } from './cohort-store.ts';
import type { Cohort } from './report.ts';

/** A cohort that is counted from the figures kept by day. */
export type FiguredCohort = Cohort & { figures: NonNullable<Cohort['figures']> };

export function isFigured(cohort: Cohort): cohort is FiguredCohort {
  return Boolean(cohort.figures);
}

/** Kinds that are about members: a filter by owner means these members, not the owners of the leads. */
const ofMembers: readonly FigureKind[] = ['owned', 'call', 'callback'];

/**
 * Sets how this transaction plans its queries. `figures`: they read few rows, from indexes. `sweep`: they read all
 * leads, which PostgreSQL would look up one by one, because it overestimates the cost of row-level policies.
 */
export async function planFor(tx: Tx, what: 'figures' | 'sweep'): Promise<void> {
  const [nestloop, seqscan] = what === 'figures' ? ['on', 'off'] : ['off', 'on'];
  await tx.query(
    "SELECT set_config('enable_nestloop', $1, true), set_config('enable_seqscan', $2, true), set_config('work_mem', '64MB', true)",
    [nestloop, seqscan],
  );
}

/** SQL to be followed by a SELECT from `counted`, and its parameters. */
export interface Counted {
  sql: string;
  where: Conditions;
}

/**
 * The figures of a kind for a cohort, as `counted` (kind, source_id, day, member_id, item_id, value, leads, seconds): the
 * sums kept by day, less what leads waiting in the index queue contributed to them, plus what these leads contribute
 * now. If filters or visibility are about single owners, facts about each of their leads are used instead of sums.
 * Several kinds (`isOfKind` tells them apart) must all be about members.
 */
export function countedOf(tx: Tx, cohort: FiguredCohort, kind: FigureKind, ...more: FigureKind[]): Counted {
  const where = new Conditions(tx.workspaceId);
  const [from, to] = [where.param(cohort.from), where.param(cohort.to)];
  const days = `f.day BETWEEN ${from}::date AND ${to}::date`;
  const narrow = (row: string) => narrowFacts(where.inside(row), cohort, kind, row).sql();
  const wanted = 'kind, source_id, day, member_id, item_id, value, leads, seconds';
  const sums = sumsFor(cohort, kind);
  const all = [kind, ...more];
  const codes = all.flatMap((one) => codesOf(one, sums?.by ?? 'origin'));
  const kinds = `f.kind = ANY (${where.param(codes)}::smallint[])`;
  const parts: string[] = [];
  if (sums)
    parts.push(`SELECT ${wanted} FROM lead_figures f WHERE f.workspace_id = $1 AND ${kinds}
       AND f.department_id = ANY (${where.param(sums.departments)}::uuid[])
       AND f.source_id = ANY (${where.param(sums.sources)}::uuid[]) AND ${days}`);
  const facts: string[] = [];
  if (!sums)
    facts.push(
      `SELECT 1 AS sign, ${ofFact} FROM lead_facts f WHERE f.workspace_id = $1 AND ${days} AND ${narrow('f')}`,
    );
  if (cohort.figures.waiting)
    facts.push(
      `SELECT -1 AS sign, f.* FROM kept f WHERE ${narrow('f')}`,
      `SELECT 1 AS sign, f.* FROM fresh f WHERE ${narrow('f')}`,
    );
  if (facts.length > 0) parts.push(`SELECT ${wanted} FROM (${pointsOf(all, 'moved')}) AS f WHERE ${kinds} AND ${days}`);
  const moved = facts.length > 0 ? `moved AS (${facts.join(' UNION ALL ')}),` : '';
  const members = ofMembers.includes(kind) && cohort.owners && where.param(cohort.owners.filter((id) => id !== null));
  const sql = `WITH ${cohort.figures.waiting ? `${waiting},` : ''} ${moved} counted AS (
    SELECT ${wanted} FROM (${parts.join(' UNION ALL ')}) AS f ${members ? `WHERE f.member_id = ANY (${members}::uuid[])` : ''}
  )`;
  return { sql, where };
}

const ofFact = `f.workspace_id, f.lead_id, f.day, f.hour, f.department_id, f.source_id, f.owner_id, f.status_id, f.furthest,
  f.answered, f.wait, f.reached, f.calls, f.callbacks`;

/** Leads that wait in the index queue: as they were when they were last counted, and as they are now. */
const waiting = `waiting AS MATERIALIZED (
    SELECT DISTINCT unnest(q.lead_ids) AS id FROM index_queue q WHERE q.workspace_id = $1
  ), kept AS MATERIALIZED (${factsKept('waiting')}), fresh AS MATERIALIZED (${factsNow('waiting')})`;

function narrowFacts(where: Conditions, cohort: Cohort, kind: FigureKind | undefined, row: string): Conditions {
  where.add('true');
  narrowToOrigin(where, cohort, row);
  if (!kind || !ofMembers.includes(kind)) narrowToOwners(where, cohort, row);
  return where.visible(cohort.visibility, row);
}

/** Which of the sums add up to a cohort; undefined if it is about the leads of single owners. */
function sumsFor({ departments, sources, owners, visibility, figures }: FiguredCohort, kind: FigureKind) {
  const isOfMembers = ofMembers.includes(kind);
  const isUnowned = owners?.length === 1 && owners[0] === null;
  if (visibility || (owners && !isUnowned && !isOfMembers)) return undefined;
  const isWhole = !departments && (!sources || kind === 'outcome') && (!owners || isOfMembers);
  const bySource = !isWhole || kind === 'outcome';
  return {
    by: isWhole ? ('all' as const) : owners && !isOfMembers ? ('unowned' as const) : ('origin' as const),
    departments: isWhole ? [NOBODY] : (departments ?? [...figures.departments, NOBODY]),
    sources: bySource ? (sources ?? [...figures.sources, NOBODY]) : [NOBODY],
  };
}

/** One wait of a cohort to look up, or two successive ones: `skip` is the number of shorter waits in its class. */
export interface Pick {
  step: number;
  from: string;
  to: string;
  class: number;
  skip: number;
  count: number;
}

/** The waits that were picked, in microseconds; `at` is the index of the pick. */
export async function pickWaits(
  tx: Tx,
  cohort: FiguredCohort,
  picks: readonly Pick[],
): Promise<{ at: number; wait: number }[]> {
  const where = new Conditions(tx.workspaceId);
  const narrow = (row: string) => narrowFacts(where.inside(row), cohort, undefined, row).sql();
  const of = (name: keyof Pick, type: string) => `${where.param(picks.map((pick) => pick[name]))}::${type}[]`;
  // OFFSET 0: each day is looked up separately, whatever the planner estimates.
  const stored = `SELECT w.wait FROM generate_series(0, p.last - p.first) AS n CROSS JOIN LATERAL (
           SELECT w.wait FROM lead_waits w WHERE w.workspace_id = $1 AND w.step = p.step AND w.day = p.first + n
             AND w.wait >= p.low AND w.wait < p.high AND ${narrow('w')}`;
  const { waiting: isAny } = cohort.figures;
  return tx.query(
    `WITH ${isAny ? `${waiting}, fresh_waits AS MATERIALIZED (${waitsOf('fresh')}),` : ''} picks AS MATERIALIZED (
       SELECT p.*, coalesce((wait_bounds())[p.class], -1e18)::bigint AS low, coalesce((wait_bounds())[p.class + 1], 1e18)::bigint AS high
       FROM unnest(${of('step', 'int')}, ${of('from', 'date')}, ${of('to', 'date')}, ${of('class', 'int')}, ${of('skip', 'int')},
         ${of('count', 'int')}) WITH ORDINALITY AS p (step, first, last, class, skip, count, at)
     )
     SELECT p.at - 1 AS at, one.wait FROM picks p CROSS JOIN LATERAL (
       SELECT w.wait FROM (
         ${stored} ${isAny ? 'AND w.lead_id NOT IN (SELECT id FROM waiting)' : ''} OFFSET 0) AS w
         ${
           isAny
             ? `UNION ALL SELECT f.wait FROM fresh_waits f WHERE f.step = p.step AND f.day BETWEEN p.first AND p.last
           AND f.wait >= p.low AND f.wait < p.high AND ${narrow('f')}`
             : ''
         }
       ) AS w ORDER BY w.wait OFFSET p.skip LIMIT p.count
     ) AS one ORDER BY p.at, one.wait`,
    where.params,
  );
}
