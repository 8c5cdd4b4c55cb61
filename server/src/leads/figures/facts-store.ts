const columns = [
  'day',
  'hour',
  'department_id',
  'source_id',
  'owner_id',
  'status_id',
  'furthest',
  'answered',
  'wait',
  'reached',
  'calls',
  'callbacks',
] as const;
/** Columns of `lead_facts`, in the order in which `computedFacts` returns them. */
export const factColumns = ['workspace_id', 'lead_id', ...columns].join(', ');
export const replaceFacts = columns.map((name) => `${name} = excluded.${name}`).join(', ');

/** A callback is on time if it begins no later than this after the agreed time. */
export const KEPT_WITHIN = '15 minutes';

const microseconds = (interval: string) => `(extract(epoch FROM ${interval}) * 1000000)::bigint`;
const place = (status: string) => `b.places[array_position(b.statuses, ${status})]`;

/**
 * A query for the facts of leads as they are now. `from` is SQL that joins the leads `l` and the bases
 * `b` of their workspaces.
 */
export const computedFacts = (from: string) => `
  SELECT l.workspace_id, l.id AS lead_id, came.at::date AS day, extract(hour FROM came.at)::smallint AS hour,
    l.department_id, l.source_id, l.owner_id, l.status_id,
    greatest(${place('l.status_id')}, moves.furthest, 0) AS furthest,
    (extract(isodow FROM replied.at) * 24 + extract(hour FROM replied.at))::smallint AS answered,
    CASE WHEN l.first_reply_at IS NOT NULL THEN greatest(0, ${microseconds('l.first_reply_at - l.created_at')}) END AS wait,
    moves.reached, made.calls, kept.callbacks
  FROM ${from}
  CROSS JOIN LATERAL (SELECT l.created_at AT TIME ZONE b.time_zone AS at) AS came
  CROSS JOIN LATERAL (SELECT l.first_reply_at AT TIME ZONE b.time_zone AS at) AS replied
  CROSS JOIN LATERAL (
    SELECT had.furthest, CASE WHEN had.furthest > 0 THEN ARRAY(
      SELECT (SELECT min(one.wait) FROM unnest(had.places, had.waits) AS one (place, wait) WHERE one.place >= step)
      FROM generate_series(1, had.furthest) AS step ORDER BY step
    ) END AS reached
    FROM (
      SELECT max(move.place) AS furthest, array_agg(move.place) AS places, array_agg(move.wait) AS waits FROM (
        SELECT ${place('m.status_id')} AS place, ${microseconds('m.at - l.created_at')} AS wait
        FROM lead_moves m WHERE m.workspace_id = l.workspace_id AND m.lead_id = l.id
      ) AS move WHERE move.place IS NOT NULL
    ) AS had
  ) AS moves
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(one) ORDER BY one.day, one.member, one.outcome) AS calls FROM (
      SELECT (t.ended_at AT TIME ZONE b.time_zone)::date AS day, t.member_id AS member, t.outcome_id AS outcome,
        count(*) AS calls, coalesce(sum(t.talk_seconds), 0) AS seconds
      FROM call_attempts t
      WHERE t.workspace_id = l.workspace_id AND t.lead_id = l.id AND t.member_id IS NOT NULL GROUP BY 1, 2, 3
    ) AS one
  ) AS made
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(one) ORDER BY one.day, one.member, one.kept) AS callbacks FROM (
      SELECT (c.ended_at AT TIME ZONE b.time_zone)::date AS day, c.member_id AS member,
        (coalesce(c.started_at, c.ended_at) <= c.due_at + interval '${KEPT_WITHIN}')::int AS kept, count(*) AS calls
      FROM calls c WHERE c.workspace_id = l.workspace_id AND c.lead_id = l.id AND c.callback AND c.state = 'dialled'
        AND c.ended_at IS NOT NULL AND c.member_id IS NOT NULL GROUP BY 1, 2, 3
    ) AS one
  ) AS kept`;

/** The current facts of some leads, looked up one by one (LATERAL with LIMIT) whatever the planner estimates. */
export const factsNow = (ids: string) =>
  computedFacts(`(SELECT DISTINCT id FROM ${ids}) AS wanted
  CROSS JOIN LATERAL (SELECT * FROM leads one WHERE one.workspace_id = $1 AND one.id = wanted.id LIMIT 1) AS l
  JOIN figure_bases b ON b.workspace_id = $1`);

/** The facts of some leads as last counted in the figures. */
export const factsKept = (ids: string) => `
  SELECT ${factColumns.replace('workspace_id', 'f.workspace_id').replace('lead_id', 'f.lead_id')}
  FROM (SELECT DISTINCT id FROM ${ids}) AS wanted
  CROSS JOIN LATERAL (SELECT * FROM lead_facts one WHERE one.workspace_id = $1 AND one.lead_id = wanted.id LIMIT 1) AS f`;
