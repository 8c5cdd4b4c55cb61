-- The SQL that the lists of reports send. Written by `npm run queries`; a test demands that it is up to date.

-- Leads by day and source, as seen by all
SELECT (created_at AT TIME ZONE $4)::date AS day, source_id, count(*) AS leads
FROM leads
WHERE leads.workspace_id = $1
  AND leads.id >= uuid_from($2::timestamptz - interval '1 hour')
  AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
  AND leads.created_at >= $2
  AND leads.created_at < $3
GROUP BY 1, 2
ORDER BY 1, 2;

-- Leads by day and source, as seen by own
SELECT (created_at AT TIME ZONE $5)::date AS day, source_id, count(*) AS leads
FROM leads
WHERE leads.workspace_id = $1
  AND leads.id >= uuid_from($2::timestamptz - interval '1 hour')
  AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
  AND leads.created_at >= $2
  AND leads.created_at < $3
  AND leads.owner_id = ANY ($4::uuid[])
GROUP BY 1, 2
ORDER BY 1, 2;

-- Leads by day and source, as seen by team
SELECT (created_at AT TIME ZONE $6)::date AS day, source_id, count(*) AS leads
FROM leads
WHERE leads.workspace_id = $1
  AND leads.id >= uuid_from($2::timestamptz - interval '1 hour')
  AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
  AND leads.created_at >= $2
  AND leads.created_at < $3
  AND (leads.owner_id = ANY ($4::uuid[]) OR leads.department_id = ANY ($5::uuid[]))
GROUP BY 1, 2
ORDER BY 1, 2;

-- Leads by day and source, of some departments, sources and owners
SELECT (created_at AT TIME ZONE $7)::date AS day, source_id, count(*) AS leads
FROM leads
WHERE leads.workspace_id = $1
  AND leads.id >= uuid_from($2::timestamptz - interval '1 hour')
  AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
  AND leads.created_at >= $2
  AND leads.created_at < $3
  AND leads.department_id = ANY ($4::uuid[])
  AND leads.source_id = ANY ($5::uuid[])
  AND (leads.owner_id = ANY ($6::uuid[]) OR leads.owner_id IS NULL)
GROUP BY 1, 2
ORDER BY 1, 2;

-- Leads by day and source, from figures
WITH counted AS (
  SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
  FROM (
    SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
    FROM lead_figures f
    WHERE f.workspace_id = $1
      AND f.kind = ANY ($4::smallint[])
      AND f.department_id = ANY ($5::uuid[])
      AND f.source_id = ANY ($6::uuid[])
      AND f.day BETWEEN $2::date
      AND $3::date
  ) AS f
)
SELECT day, nullif(source_id, '00000000-0000-0000-0000-000000000000') AS source_id, sum(leads)::bigint AS leads
FROM counted
GROUP BY 1, 2 HAVING sum(leads) > 0
ORDER BY 1, 2;

-- Leads by day and source, from figures, of some owners
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT unnest(q.lead_ids) AS id
  FROM index_queue q
  WHERE q.workspace_id = $1
), kept AS MATERIALIZED (
  SELECT f.workspace_id, f.lead_id, day, hour, department_id, source_id, owner_id, status_id, furthest, answered, wait, reached, calls, callbacks
  FROM (
    SELECT DISTINCT id
    FROM waiting
  ) AS wanted
  CROSS JOIN LATERAL (
    SELECT *
    FROM lead_facts one
    WHERE one.workspace_id = $1
      AND one.lead_id = wanted.id
    LIMIT 1
  ) AS f
), fresh AS MATERIALIZED (
  SELECT l.workspace_id, l.id AS lead_id, came.at::date AS day, extract(hour FROM came.at)::smallint AS hour, l.department_id, l.source_id, l.owner_id, l.status_id, greatest(b.places[array_position(b.statuses, l.status_id)], moves.furthest, 0) AS furthest, (extract(isodow FROM replied.at) * 24 + extract(hour FROM replied.at))::smallint AS answered, CASE WHEN l.first_reply_at IS NOT NULL THEN greatest(0, (extract(epoch FROM l.first_reply_at - l.created_at) * 1000000)::bigint) END AS wait, moves.reached, made.calls, kept.callbacks
  FROM (
    SELECT DISTINCT id
    FROM waiting
  ) AS wanted
  CROSS JOIN LATERAL (
    SELECT *
    FROM leads one
    WHERE one.workspace_id = $1
      AND one.id = wanted.id
    LIMIT 1
  ) AS l
  JOIN figure_bases b ON b.workspace_id = $1
  CROSS JOIN LATERAL (
    SELECT l.created_at AT TIME ZONE b.time_zone AS at
  ) AS came
  CROSS JOIN LATERAL (
    SELECT l.first_reply_at AT TIME ZONE b.time_zone AS at
  ) AS replied
  CROSS JOIN LATERAL (
    SELECT had.furthest, CASE WHEN had.furthest > 0 THEN ARRAY(
      SELECT (
        SELECT min(one.wait)
        FROM unnest(had.places, had.waits) AS one (place, wait)
        WHERE one.place >= step
      )
      FROM generate_series(1, had.furthest) AS step
      ORDER BY step
    ) END AS reached
    FROM (
      SELECT max(move.place) AS furthest, array_agg(move.place) AS places, array_agg(move.wait) AS waits
      FROM (
        SELECT b.places[array_position(b.statuses, m.status_id)] AS place, (extract(epoch FROM m.at - l.created_at) * 1000000)::bigint AS wait
        FROM lead_moves m
        WHERE m.workspace_id = l.workspace_id
          AND m.lead_id = l.id
      ) AS move
      WHERE move.place IS NOT NULL
    ) AS had
  ) AS moves
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(one) ORDER BY one.day, one.member, one.outcome) AS calls
    FROM (
      SELECT (t.ended_at AT TIME ZONE b.time_zone)::date AS day, t.member_id AS member, t.outcome_id AS outcome, count(*) AS calls, coalesce(sum(t.talk_seconds), 0) AS seconds
      FROM call_attempts t
      WHERE t.workspace_id = l.workspace_id
        AND t.lead_id = l.id
        AND t.member_id IS NOT NULL
      GROUP BY 1, 2, 3
    ) AS one
  ) AS made
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(one) ORDER BY one.day, one.member, one.kept) AS callbacks
    FROM (
      SELECT (c.ended_at AT TIME ZONE b.time_zone)::date AS day, c.member_id AS member, (coalesce(c.started_at, c.ended_at) <= c.due_at + interval '15 minutes')::int AS kept, count(*) AS calls
      FROM calls c
      WHERE c.workspace_id = l.workspace_id
        AND c.lead_id = l.id
        AND c.callback
        AND c.state = 'dialled'
        AND c.ended_at IS NOT NULL
        AND c.member_id IS NOT NULL
      GROUP BY 1, 2, 3
    ) AS one
  ) AS kept
), moved AS (
  SELECT 1 AS sign, f.workspace_id, f.lead_id, f.day, f.hour, f.department_id, f.source_id, f.owner_id, f.status_id, f.furthest, f.answered, f.wait, f.reached, f.calls, f.callbacks
  FROM lead_facts f
  WHERE f.workspace_id = $1
    AND f.day BETWEEN $2::date
    AND $3::date
    AND f.workspace_id = $1
    AND true
    AND (f.owner_id = ANY ($5::uuid[]) OR f.owner_id IS NULL)
  UNION ALL
  SELECT -1 AS sign, f.*
  FROM kept f
  WHERE f.workspace_id = $1
    AND true
    AND (f.owner_id = ANY ($6::uuid[]) OR f.owner_id IS NULL)
  UNION ALL
  SELECT 1 AS sign, f.*
  FROM fresh f
  WHERE f.workspace_id = $1
    AND true
    AND (f.owner_id = ANY ($7::uuid[]) OR f.owner_id IS NULL)
), counted AS (
  SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
  FROM (
    SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
    FROM (
      SELECT f.workspace_id, CASE WHEN NOT by.origin THEN 4 WHEN f.owner_id IS NULL THEN 6 ELSE 7 END AS kind, CASE WHEN by.origin THEN coalesce(f.department_id, '00000000-0000-0000-0000-000000000000') ELSE '00000000-0000-0000-0000-000000000000' END AS department_id, coalesce(f.source_id, '00000000-0000-0000-0000-000000000000') AS source_id, f.day AS day, '00000000-0000-0000-0000-000000000000'::uuid AS member_id, coalesce(f.status_id, '00000000-0000-0000-0000-000000000000') AS item_id, (f.furthest * 2 + (f.answered IS NOT NULL)::int)::integer AS value, f.sign * 1 AS leads, f.sign * 0 AS seconds
      FROM moved f
      CROSS JOIN (VALUES (false), (true)) AS by (origin)
      WHERE true
    ) AS f
    WHERE f.kind = ANY ($4::smallint[])
      AND f.day BETWEEN $2::date
      AND $3::date
  ) AS f
)
SELECT day, nullif(source_id, '00000000-0000-0000-0000-000000000000') AS source_id, sum(leads)::bigint AS leads
FROM counted
GROUP BY 1, 2 HAVING sum(leads) > 0
ORDER BY 1, 2;

-- Leads by source, as seen by all
SELECT source_id, count(*) AS leads, count(first_reply_at) AS replied, count(*) FILTER (WHERE s.state = 'won') AS won, count(*) FILTER (WHERE s.state = 'lost') AS lost
FROM leads
JOIN statuses s ON s.workspace_id = leads.workspace_id
  AND s.id = leads.status_id
WHERE leads.workspace_id = $1
  AND leads.id >= uuid_from($2::timestamptz - interval '1 hour')
  AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
  AND leads.created_at >= $2
  AND leads.created_at < $3
GROUP BY 1
ORDER BY 2 DESC, 1;

-- Leads by source, as seen by own
SELECT source_id, count(*) AS leads, count(first_reply_at) AS replied, count(*) FILTER (WHERE s.state = 'won') AS won, count(*) FILTER (WHERE s.state = 'lost') AS lost
FROM leads
JOIN statuses s ON s.workspace_id = leads.workspace_id
  AND s.id = leads.status_id
WHERE leads.workspace_id = $1
  AND leads.id >= uuid_from($2::timestamptz - interval '1 hour')
  AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
  AND leads.created_at >= $2
  AND leads.created_at < $3
  AND leads.owner_id = ANY ($4::uuid[])
GROUP BY 1
ORDER BY 2 DESC, 1;

-- Leads by source, as seen by team
SELECT source_id, count(*) AS leads, count(first_reply_at) AS replied, count(*) FILTER (WHERE s.state = 'won') AS won, count(*) FILTER (WHERE s.state = 'lost') AS lost
FROM leads
JOIN statuses s ON s.workspace_id = leads.workspace_id
  AND s.id = leads.status_id
WHERE leads.workspace_id = $1
  AND leads.id >= uuid_from($2::timestamptz - interval '1 hour')
  AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
  AND leads.created_at >= $2
  AND leads.created_at < $3
  AND (leads.owner_id = ANY ($4::uuid[]) OR leads.department_id = ANY ($5::uuid[]))
GROUP BY 1
ORDER BY 2 DESC, 1;

-- Leads by source, of some departments, sources and owners
SELECT source_id, count(*) AS leads, count(first_reply_at) AS replied, count(*) FILTER (WHERE s.state = 'won') AS won, count(*) FILTER (WHERE s.state = 'lost') AS lost
FROM leads
JOIN statuses s ON s.workspace_id = leads.workspace_id
  AND s.id = leads.status_id
WHERE leads.workspace_id = $1
  AND leads.id >= uuid_from($2::timestamptz - interval '1 hour')
  AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
  AND leads.created_at >= $2
  AND leads.created_at < $3
  AND leads.department_id = ANY ($4::uuid[])
  AND leads.source_id = ANY ($5::uuid[])
  AND (leads.owner_id = ANY ($6::uuid[]) OR leads.owner_id IS NULL)
GROUP BY 1
ORDER BY 2 DESC, 1;

-- Leads by source, from figures
WITH counted AS (
  SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
  FROM (
    SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
    FROM lead_figures f
    WHERE f.workspace_id = $1
      AND f.kind = ANY ($4::smallint[])
      AND f.department_id = ANY ($5::uuid[])
      AND f.source_id = ANY ($6::uuid[])
      AND f.day BETWEEN $2::date
      AND $3::date
  ) AS f
)
SELECT nullif(source_id, '00000000-0000-0000-0000-000000000000') AS source_id, sum(leads)::bigint AS leads, coalesce(sum(leads) FILTER (WHERE value % 2 = 1), 0)::bigint AS replied, coalesce(sum(leads) FILTER (WHERE s.state = 'won'), 0)::bigint AS won, coalesce(sum(leads) FILTER (WHERE s.state = 'lost'), 0)::bigint AS lost
FROM counted
JOIN statuses s ON s.workspace_id = $1
  AND s.id = item_id
GROUP BY 1 HAVING sum(leads) > 0
ORDER BY 2 DESC, 1;

-- Leads by source, from figures, of some owners
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT unnest(q.lead_ids) AS id
  FROM index_queue q
  WHERE q.workspace_id = $1
), kept AS MATERIALIZED (
  SELECT f.workspace_id, f.lead_id, day, hour, department_id, source_id, owner_id, status_id, furthest, answered, wait, reached, calls, callbacks
  FROM (
    SELECT DISTINCT id
    FROM waiting
  ) AS wanted
  CROSS JOIN LATERAL (
    SELECT *
    FROM lead_facts one
    WHERE one.workspace_id = $1
      AND one.lead_id = wanted.id
    LIMIT 1
  ) AS f
), fresh AS MATERIALIZED (
  SELECT l.workspace_id, l.id AS lead_id, came.at::date AS day, extract(hour FROM came.at)::smallint AS hour, l.department_id, l.source_id, l.owner_id, l.status_id, greatest(b.places[array_position(b.statuses, l.status_id)], moves.furthest, 0) AS furthest, (extract(isodow FROM replied.at) * 24 + extract(hour FROM replied.at))::smallint AS answered, CASE WHEN l.first_reply_at IS NOT NULL THEN greatest(0, (extract(epoch FROM l.first_reply_at - l.created_at) * 1000000)::bigint) END AS wait, moves.reached, made.calls, kept.callbacks
  FROM (
    SELECT DISTINCT id
    FROM waiting
  ) AS wanted
  CROSS JOIN LATERAL (
    SELECT *
    FROM leads one
    WHERE one.workspace_id = $1
      AND one.id = wanted.id
    LIMIT 1
  ) AS l
  JOIN figure_bases b ON b.workspace_id = $1
  CROSS JOIN LATERAL (
    SELECT l.created_at AT TIME ZONE b.time_zone AS at
  ) AS came
  CROSS JOIN LATERAL (
    SELECT l.first_reply_at AT TIME ZONE b.time_zone AS at
  ) AS replied
  CROSS JOIN LATERAL (
    SELECT had.furthest, CASE WHEN had.furthest > 0 THEN ARRAY(
      SELECT (
        SELECT min(one.wait)
        FROM unnest(had.places, had.waits) AS one (place, wait)
        WHERE one.place >= step
      )
      FROM generate_series(1, had.furthest) AS step
      ORDER BY step
    ) END AS reached
    FROM (
      SELECT max(move.place) AS furthest, array_agg(move.place) AS places, array_agg(move.wait) AS waits
      FROM (
        SELECT b.places[array_position(b.statuses, m.status_id)] AS place, (extract(epoch FROM m.at - l.created_at) * 1000000)::bigint AS wait
        FROM lead_moves m
        WHERE m.workspace_id = l.workspace_id
          AND m.lead_id = l.id
      ) AS move
      WHERE move.place IS NOT NULL
    ) AS had
  ) AS moves
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(one) ORDER BY one.day, one.member, one.outcome) AS calls
    FROM (
      SELECT (t.ended_at AT TIME ZONE b.time_zone)::date AS day, t.member_id AS member, t.outcome_id AS outcome, count(*) AS calls, coalesce(sum(t.talk_seconds), 0) AS seconds
      FROM call_attempts t
      WHERE t.workspace_id = l.workspace_id
        AND t.lead_id = l.id
        AND t.member_id IS NOT NULL
      GROUP BY 1, 2, 3
    ) AS one
  ) AS made
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(one) ORDER BY one.day, one.member, one.kept) AS callbacks
    FROM (
      SELECT (c.ended_at AT TIME ZONE b.time_zone)::date AS day, c.member_id AS member, (coalesce(c.started_at, c.ended_at) <= c.due_at + interval '15 minutes')::int AS kept, count(*) AS calls
      FROM calls c
      WHERE c.workspace_id = l.workspace_id
        AND c.lead_id = l.id
        AND c.callback
        AND c.state = 'dialled'
        AND c.ended_at IS NOT NULL
        AND c.member_id IS NOT NULL
      GROUP BY 1, 2, 3
    ) AS one
  ) AS kept
), moved AS (
  SELECT 1 AS sign, f.workspace_id, f.lead_id, f.day, f.hour, f.department_id, f.source_id, f.owner_id, f.status_id, f.furthest, f.answered, f.wait, f.reached, f.calls, f.callbacks
  FROM lead_facts f
  WHERE f.workspace_id = $1
    AND f.day BETWEEN $2::date
    AND $3::date
    AND f.workspace_id = $1
    AND true
    AND (f.owner_id = ANY ($5::uuid[]) OR f.owner_id IS NULL)
  UNION ALL
  SELECT -1 AS sign, f.*
  FROM kept f
  WHERE f.workspace_id = $1
    AND true
    AND (f.owner_id = ANY ($6::uuid[]) OR f.owner_id IS NULL)
  UNION ALL
  SELECT 1 AS sign, f.*
  FROM fresh f
  WHERE f.workspace_id = $1
    AND true
    AND (f.owner_id = ANY ($7::uuid[]) OR f.owner_id IS NULL)
), counted AS (
  SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
  FROM (
    SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
    FROM (
      SELECT f.workspace_id, CASE WHEN NOT by.origin THEN 4 WHEN f.owner_id IS NULL THEN 6 ELSE 7 END AS kind, CASE WHEN by.origin THEN coalesce(f.department_id, '00000000-0000-0000-0000-000000000000') ELSE '00000000-0000-0000-0000-000000000000' END AS department_id, coalesce(f.source_id, '00000000-0000-0000-0000-000000000000') AS source_id, f.day AS day, '00000000-0000-0000-0000-000000000000'::uuid AS member_id, coalesce(f.status_id, '00000000-0000-0000-0000-000000000000') AS item_id, (f.furthest * 2 + (f.answered IS NOT NULL)::int)::integer AS value, f.sign * 1 AS leads, f.sign * 0 AS seconds
      FROM moved f
      CROSS JOIN (VALUES (false), (true)) AS by (origin)
      WHERE true
    ) AS f
    WHERE f.kind = ANY ($4::smallint[])
      AND f.day BETWEEN $2::date
      AND $3::date
  ) AS f
)
SELECT nullif(source_id, '00000000-0000-0000-0000-000000000000') AS source_id, sum(leads)::bigint AS leads, coalesce(sum(leads) FILTER (WHERE value % 2 = 1), 0)::bigint AS replied, coalesce(sum(leads) FILTER (WHERE s.state = 'won'), 0)::bigint AS won, coalesce(sum(leads) FILTER (WHERE s.state = 'lost'), 0)::bigint AS lost
FROM counted
JOIN statuses s ON s.workspace_id = $1
  AND s.id = item_id
GROUP BY 1 HAVING sum(leads) > 0
ORDER BY 2 DESC, 1;

-- Won deals by month, as seen by all
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT lead_id
  FROM deals_to_index
  WHERE workspace_id = $1
), live AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT d.workspace_id, d.id AS deal_id, d.lead_id, d.stage_id, d.owner_id, l.owner_id AS lead_owner_id, l.department_id, l.source_id, d.closed_on, d.end_date, d.amount, l.next_step_at, concat_ws(E'\n', fold_text(d.name), fold_text(l.name), fold_text(l.company_name)) AS text
    FROM deals d
    JOIN leads l ON l.workspace_id = $1
      AND l.id = waiting.lead_id
    WHERE d.workspace_id = $1
      AND d.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
), stale AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT *
    FROM deal_index i
    WHERE i.workspace_id = $1
      AND i.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
)
SELECT to_char(closed_on, 'YYYY-MM') AS key, sum(deals)::bigint AS deals, sum(amount) AS amount
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, d.deals, d.amount
  FROM deal_sums d
  WHERE d.kind = 'all'
    AND d.lead_owner_id IS NULL
    AND d.owner_id IS NULL
    AND d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, -1 AS deals, -coalesce(d.amount, 0) AS amount
  FROM stale d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
) AS d
GROUP BY 1 HAVING sum(deals) <> 0
ORDER BY 1;

-- Won deals by month, as seen by own
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT lead_id
  FROM deals_to_index
  WHERE workspace_id = $1
), live AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT d.workspace_id, d.id AS deal_id, d.lead_id, d.stage_id, d.owner_id, l.owner_id AS lead_owner_id, l.department_id, l.source_id, d.closed_on, d.end_date, d.amount, l.next_step_at, concat_ws(E'\n', fold_text(d.name), fold_text(l.name), fold_text(l.company_name)) AS text
    FROM deals d
    JOIN leads l ON l.workspace_id = $1
      AND l.id = waiting.lead_id
    WHERE d.workspace_id = $1
      AND d.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
), stale AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT *
    FROM deal_index i
    WHERE i.workspace_id = $1
      AND i.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
)
SELECT to_char(closed_on, 'YYYY-MM') AS key, sum(deals)::bigint AS deals, sum(amount) AS amount
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, d.deals, d.amount
  FROM deal_sums d
  WHERE d.kind = 'sight'
    AND d.owner_id IS NULL
    AND d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
    AND d.lead_owner_id = $5
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, -1 AS deals, -coalesce(d.amount, 0) AS amount
  FROM stale d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
    AND d.lead_owner_id = $5
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
    AND d.lead_owner_id = $5
) AS d
GROUP BY 1 HAVING sum(deals) <> 0
ORDER BY 1;

-- Won deals by month, as seen by team
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT lead_id
  FROM deals_to_index
  WHERE workspace_id = $1
), live AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT d.workspace_id, d.id AS deal_id, d.lead_id, d.stage_id, d.owner_id, l.owner_id AS lead_owner_id, l.department_id, l.source_id, d.closed_on, d.end_date, d.amount, l.next_step_at, concat_ws(E'\n', fold_text(d.name), fold_text(l.name), fold_text(l.company_name)) AS text
    FROM deals d
    JOIN leads l ON l.workspace_id = $1
      AND l.id = waiting.lead_id
    WHERE d.workspace_id = $1
      AND d.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
), stale AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT *
    FROM deal_index i
    WHERE i.workspace_id = $1
      AND i.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
)
SELECT to_char(closed_on, 'YYYY-MM') AS key, sum(deals)::bigint AS deals, sum(amount) AS amount
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, d.deals, d.amount
  FROM deal_sums d
  WHERE d.kind = 'sight'
    AND d.owner_id IS NULL
    AND d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
    AND (d.lead_owner_id = ANY ($5::uuid[]) OR d.department_id = ANY ($6::uuid[]))
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, -1 AS deals, -coalesce(d.amount, 0) AS amount
  FROM stale d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
    AND (d.lead_owner_id = ANY ($5::uuid[]) OR d.department_id = ANY ($6::uuid[]))
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
    AND (d.lead_owner_id = ANY ($5::uuid[]) OR d.department_id = ANY ($6::uuid[]))
) AS d
GROUP BY 1 HAVING sum(deals) <> 0
ORDER BY 1;

-- Won deals by month, of some departments, sources and owners
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT lead_id
  FROM deals_to_index
  WHERE workspace_id = $1
), live AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT d.workspace_id, d.id AS deal_id, d.lead_id, d.stage_id, d.owner_id, l.owner_id AS lead_owner_id, l.department_id, l.source_id, d.closed_on, d.end_date, d.amount, l.next_step_at, concat_ws(E'\n', fold_text(d.name), fold_text(l.name), fold_text(l.company_name)) AS text
    FROM deals d
    JOIN leads l ON l.workspace_id = $1
      AND l.id = waiting.lead_id
    WHERE d.workspace_id = $1
      AND d.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
), stale AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT *
    FROM deal_index i
    WHERE i.workspace_id = $1
      AND i.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
)
SELECT to_char(closed_on, 'YYYY-MM') AS key, sum(deals)::bigint AS deals, sum(amount) AS amount
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM deal_index AS d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
    AND (d.owner_id = ANY ($5::uuid[]) OR d.owner_id IS NULL)
    AND d.department_id = ANY ($6::uuid[])
    AND d.source_id = ANY ($7::uuid[])
    AND d.lead_id NOT IN (
    SELECT lead_id
    FROM waiting
  )
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
    AND (d.owner_id = ANY ($5::uuid[]) OR d.owner_id IS NULL)
    AND d.department_id = ANY ($6::uuid[])
    AND d.source_id = ANY ($7::uuid[])
) AS d
GROUP BY 1 HAVING sum(deals) <> 0
ORDER BY 1;

-- Won deals by month, from figures
-- sends a statement of "Won deals by month, as seen by all"

-- Won deals by month, from figures, of some owners
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT lead_id
  FROM deals_to_index
  WHERE workspace_id = $1
), live AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT d.workspace_id, d.id AS deal_id, d.lead_id, d.stage_id, d.owner_id, l.owner_id AS lead_owner_id, l.department_id, l.source_id, d.closed_on, d.end_date, d.amount, l.next_step_at, concat_ws(E'\n', fold_text(d.name), fold_text(l.name), fold_text(l.company_name)) AS text
    FROM deals d
    JOIN leads l ON l.workspace_id = $1
      AND l.id = waiting.lead_id
    WHERE d.workspace_id = $1
      AND d.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
), stale AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT *
    FROM deal_index i
    WHERE i.workspace_id = $1
      AND i.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
)
SELECT to_char(closed_on, 'YYYY-MM') AS key, sum(deals)::bigint AS deals, sum(amount) AS amount
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, d.deals, d.amount
  FROM deal_sums d
  WHERE d.kind = 'owner'
    AND d.lead_owner_id IS NULL
    AND d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
    AND (d.owner_id = ANY ($5::uuid[]) OR d.owner_id IS NULL)
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, -1 AS deals, -coalesce(d.amount, 0) AS amount
  FROM stale d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
    AND (d.owner_id = ANY ($5::uuid[]) OR d.owner_id IS NULL)
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
    AND (d.owner_id = ANY ($5::uuid[]) OR d.owner_id IS NULL)
) AS d
GROUP BY 1 HAVING sum(deals) <> 0
ORDER BY 1;

-- Won deals by owner, as seen by all
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT lead_id
  FROM deals_to_index
  WHERE workspace_id = $1
), live AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT d.workspace_id, d.id AS deal_id, d.lead_id, d.stage_id, d.owner_id, l.owner_id AS lead_owner_id, l.department_id, l.source_id, d.closed_on, d.end_date, d.amount, l.next_step_at, concat_ws(E'\n', fold_text(d.name), fold_text(l.name), fold_text(l.company_name)) AS text
    FROM deals d
    JOIN leads l ON l.workspace_id = $1
      AND l.id = waiting.lead_id
    WHERE d.workspace_id = $1
      AND d.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
), stale AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT *
    FROM deal_index i
    WHERE i.workspace_id = $1
      AND i.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
)
SELECT owner_id AS key, sum(deals)::bigint AS deals, sum(amount) AS amount
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, d.deals, d.amount
  FROM deal_sums d
  WHERE d.kind = 'owner'
    AND d.lead_owner_id IS NULL
    AND d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, -1 AS deals, -coalesce(d.amount, 0) AS amount
  FROM stale d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
) AS d
GROUP BY 1 HAVING sum(deals) <> 0
ORDER BY 3 DESC, 1;

-- Won deals by owner, as seen by own
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT lead_id
  FROM deals_to_index
  WHERE workspace_id = $1
), live AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT d.workspace_id, d.id AS deal_id, d.lead_id, d.stage_id, d.owner_id, l.owner_id AS lead_owner_id, l.department_id, l.source_id, d.closed_on, d.end_date, d.amount, l.next_step_at, concat_ws(E'\n', fold_text(d.name), fold_text(l.name), fold_text(l.company_name)) AS text
    FROM deals d
    JOIN leads l ON l.workspace_id = $1
      AND l.id = waiting.lead_id
    WHERE d.workspace_id = $1
      AND d.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
), stale AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT *
    FROM deal_index i
    WHERE i.workspace_id = $1
      AND i.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
)
SELECT owner_id AS key, sum(deals)::bigint AS deals, sum(amount) AS amount
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM deal_index AS d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
    AND d.lead_owner_id = $5
    AND d.lead_id NOT IN (
    SELECT lead_id
    FROM waiting
  )
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
    AND d.lead_owner_id = $5
) AS d
GROUP BY 1 HAVING sum(deals) <> 0
ORDER BY 3 DESC, 1;

-- Won deals by owner, as seen by team
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT lead_id
  FROM deals_to_index
  WHERE workspace_id = $1
), live AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT d.workspace_id, d.id AS deal_id, d.lead_id, d.stage_id, d.owner_id, l.owner_id AS lead_owner_id, l.department_id, l.source_id, d.closed_on, d.end_date, d.amount, l.next_step_at, concat_ws(E'\n', fold_text(d.name), fold_text(l.name), fold_text(l.company_name)) AS text
    FROM deals d
    JOIN leads l ON l.workspace_id = $1
      AND l.id = waiting.lead_id
    WHERE d.workspace_id = $1
      AND d.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
), stale AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT *
    FROM deal_index i
    WHERE i.workspace_id = $1
      AND i.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
)
SELECT owner_id AS key, sum(deals)::bigint AS deals, sum(amount) AS amount
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM deal_index AS d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
    AND (d.lead_owner_id = ANY ($5::uuid[]) OR d.department_id = ANY ($6::uuid[]))
    AND d.lead_id NOT IN (
    SELECT lead_id
    FROM waiting
  )
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
    AND (d.lead_owner_id = ANY ($5::uuid[]) OR d.department_id = ANY ($6::uuid[]))
) AS d
GROUP BY 1 HAVING sum(deals) <> 0
ORDER BY 3 DESC, 1;

-- Won deals by owner, of some departments, sources and owners
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT lead_id
  FROM deals_to_index
  WHERE workspace_id = $1
), live AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT d.workspace_id, d.id AS deal_id, d.lead_id, d.stage_id, d.owner_id, l.owner_id AS lead_owner_id, l.department_id, l.source_id, d.closed_on, d.end_date, d.amount, l.next_step_at, concat_ws(E'\n', fold_text(d.name), fold_text(l.name), fold_text(l.company_name)) AS text
    FROM deals d
    JOIN leads l ON l.workspace_id = $1
      AND l.id = waiting.lead_id
    WHERE d.workspace_id = $1
      AND d.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
), stale AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT *
    FROM deal_index i
    WHERE i.workspace_id = $1
      AND i.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
)
SELECT owner_id AS key, sum(deals)::bigint AS deals, sum(amount) AS amount
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM deal_index AS d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
    AND (d.owner_id = ANY ($5::uuid[]) OR d.owner_id IS NULL)
    AND d.department_id = ANY ($6::uuid[])
    AND d.source_id = ANY ($7::uuid[])
    AND d.lead_id NOT IN (
    SELECT lead_id
    FROM waiting
  )
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
    AND (d.owner_id = ANY ($5::uuid[]) OR d.owner_id IS NULL)
    AND d.department_id = ANY ($6::uuid[])
    AND d.source_id = ANY ($7::uuid[])
) AS d
GROUP BY 1 HAVING sum(deals) <> 0
ORDER BY 3 DESC, 1;

-- Won deals by owner, from figures
-- sends a statement of "Won deals by owner, as seen by all"

-- Won deals by owner, from figures, of some owners
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT lead_id
  FROM deals_to_index
  WHERE workspace_id = $1
), live AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT d.workspace_id, d.id AS deal_id, d.lead_id, d.stage_id, d.owner_id, l.owner_id AS lead_owner_id, l.department_id, l.source_id, d.closed_on, d.end_date, d.amount, l.next_step_at, concat_ws(E'\n', fold_text(d.name), fold_text(l.name), fold_text(l.company_name)) AS text
    FROM deals d
    JOIN leads l ON l.workspace_id = $1
      AND l.id = waiting.lead_id
    WHERE d.workspace_id = $1
      AND d.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
), stale AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT *
    FROM deal_index i
    WHERE i.workspace_id = $1
      AND i.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
)
SELECT owner_id AS key, sum(deals)::bigint AS deals, sum(amount) AS amount
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, d.deals, d.amount
  FROM deal_sums d
  WHERE d.kind = 'owner'
    AND d.lead_owner_id IS NULL
    AND d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
    AND (d.owner_id = ANY ($5::uuid[]) OR d.owner_id IS NULL)
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, -1 AS deals, -coalesce(d.amount, 0) AS amount
  FROM stale d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
    AND (d.owner_id = ANY ($5::uuid[]) OR d.owner_id IS NULL)
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
    AND (d.owner_id = ANY ($5::uuid[]) OR d.owner_id IS NULL)
) AS d
GROUP BY 1 HAVING sum(deals) <> 0
ORDER BY 3 DESC, 1;

-- Won deals by source, as seen by all
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT lead_id
  FROM deals_to_index
  WHERE workspace_id = $1
), live AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT d.workspace_id, d.id AS deal_id, d.lead_id, d.stage_id, d.owner_id, l.owner_id AS lead_owner_id, l.department_id, l.source_id, d.closed_on, d.end_date, d.amount, l.next_step_at, concat_ws(E'\n', fold_text(d.name), fold_text(l.name), fold_text(l.company_name)) AS text
    FROM deals d
    JOIN leads l ON l.workspace_id = $1
      AND l.id = waiting.lead_id
    WHERE d.workspace_id = $1
      AND d.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
), stale AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT *
    FROM deal_index i
    WHERE i.workspace_id = $1
      AND i.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
)
SELECT source_id AS key, sum(deals)::bigint AS deals, sum(amount) AS amount
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, d.deals, d.amount
  FROM deal_sums d
  WHERE d.kind = 'source'
    AND d.lead_owner_id IS NULL
    AND d.owner_id IS NULL
    AND d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, -1 AS deals, -coalesce(d.amount, 0) AS amount
  FROM stale d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
) AS d
GROUP BY 1 HAVING sum(deals) <> 0
ORDER BY 3 DESC, 1;

-- Won deals by source, as seen by own
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT lead_id
  FROM deals_to_index
  WHERE workspace_id = $1
), live AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT d.workspace_id, d.id AS deal_id, d.lead_id, d.stage_id, d.owner_id, l.owner_id AS lead_owner_id, l.department_id, l.source_id, d.closed_on, d.end_date, d.amount, l.next_step_at, concat_ws(E'\n', fold_text(d.name), fold_text(l.name), fold_text(l.company_name)) AS text
    FROM deals d
    JOIN leads l ON l.workspace_id = $1
      AND l.id = waiting.lead_id
    WHERE d.workspace_id = $1
      AND d.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
), stale AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT *
    FROM deal_index i
    WHERE i.workspace_id = $1
      AND i.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
)
SELECT source_id AS key, sum(deals)::bigint AS deals, sum(amount) AS amount
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM deal_index AS d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
    AND d.lead_owner_id = $5
    AND d.lead_id NOT IN (
    SELECT lead_id
    FROM waiting
  )
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
    AND d.lead_owner_id = $5
) AS d
GROUP BY 1 HAVING sum(deals) <> 0
ORDER BY 3 DESC, 1;

-- Won deals by source, as seen by team
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT lead_id
  FROM deals_to_index
  WHERE workspace_id = $1
), live AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT d.workspace_id, d.id AS deal_id, d.lead_id, d.stage_id, d.owner_id, l.owner_id AS lead_owner_id, l.department_id, l.source_id, d.closed_on, d.end_date, d.amount, l.next_step_at, concat_ws(E'\n', fold_text(d.name), fold_text(l.name), fold_text(l.company_name)) AS text
    FROM deals d
    JOIN leads l ON l.workspace_id = $1
      AND l.id = waiting.lead_id
    WHERE d.workspace_id = $1
      AND d.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
), stale AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT *
    FROM deal_index i
    WHERE i.workspace_id = $1
      AND i.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
)
SELECT source_id AS key, sum(deals)::bigint AS deals, sum(amount) AS amount
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM deal_index AS d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
    AND (d.lead_owner_id = ANY ($5::uuid[]) OR d.department_id = ANY ($6::uuid[]))
    AND d.lead_id NOT IN (
    SELECT lead_id
    FROM waiting
  )
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
    AND (d.lead_owner_id = ANY ($5::uuid[]) OR d.department_id = ANY ($6::uuid[]))
) AS d
GROUP BY 1 HAVING sum(deals) <> 0
ORDER BY 3 DESC, 1;

-- Won deals by source, of some departments, sources and owners
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT lead_id
  FROM deals_to_index
  WHERE workspace_id = $1
), live AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT d.workspace_id, d.id AS deal_id, d.lead_id, d.stage_id, d.owner_id, l.owner_id AS lead_owner_id, l.department_id, l.source_id, d.closed_on, d.end_date, d.amount, l.next_step_at, concat_ws(E'\n', fold_text(d.name), fold_text(l.name), fold_text(l.company_name)) AS text
    FROM deals d
    JOIN leads l ON l.workspace_id = $1
      AND l.id = waiting.lead_id
    WHERE d.workspace_id = $1
      AND d.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
), stale AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT *
    FROM deal_index i
    WHERE i.workspace_id = $1
      AND i.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
)
SELECT source_id AS key, sum(deals)::bigint AS deals, sum(amount) AS amount
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM deal_index AS d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
    AND (d.owner_id = ANY ($5::uuid[]) OR d.owner_id IS NULL)
    AND d.department_id = ANY ($6::uuid[])
    AND d.source_id = ANY ($7::uuid[])
    AND d.lead_id NOT IN (
    SELECT lead_id
    FROM waiting
  )
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
    AND (d.owner_id = ANY ($5::uuid[]) OR d.owner_id IS NULL)
    AND d.department_id = ANY ($6::uuid[])
    AND d.source_id = ANY ($7::uuid[])
) AS d
GROUP BY 1 HAVING sum(deals) <> 0
ORDER BY 3 DESC, 1;

-- Won deals by source, from figures
-- sends a statement of "Won deals by source, as seen by all"

-- Won deals by source, from figures, of some owners
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT lead_id
  FROM deals_to_index
  WHERE workspace_id = $1
), live AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT d.workspace_id, d.id AS deal_id, d.lead_id, d.stage_id, d.owner_id, l.owner_id AS lead_owner_id, l.department_id, l.source_id, d.closed_on, d.end_date, d.amount, l.next_step_at, concat_ws(E'\n', fold_text(d.name), fold_text(l.name), fold_text(l.company_name)) AS text
    FROM deals d
    JOIN leads l ON l.workspace_id = $1
      AND l.id = waiting.lead_id
    WHERE d.workspace_id = $1
      AND d.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
), stale AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT *
    FROM deal_index i
    WHERE i.workspace_id = $1
      AND i.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
)
SELECT source_id AS key, sum(deals)::bigint AS deals, sum(amount) AS amount
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM deal_index AS d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
    AND (d.owner_id = ANY ($5::uuid[]) OR d.owner_id IS NULL)
    AND d.lead_id NOT IN (
    SELECT lead_id
    FROM waiting
  )
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.closed_on >= $3::date
    AND d.closed_on <= $4::date
    AND (d.owner_id = ANY ($5::uuid[]) OR d.owner_id IS NULL)
) AS d
GROUP BY 1 HAVING sum(deals) <> 0
ORDER BY 3 DESC, 1;

-- Open deals by month of closing, as seen by all
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT lead_id
  FROM deals_to_index
  WHERE workspace_id = $1
), live AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT d.workspace_id, d.id AS deal_id, d.lead_id, d.stage_id, d.owner_id, l.owner_id AS lead_owner_id, l.department_id, l.source_id, d.closed_on, d.end_date, d.amount, l.next_step_at, concat_ws(E'\n', fold_text(d.name), fold_text(l.name), fold_text(l.company_name)) AS text
    FROM deals d
    JOIN leads l ON l.workspace_id = $1
      AND l.id = waiting.lead_id
    WHERE d.workspace_id = $1
      AND d.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
), stale AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT *
    FROM deal_index i
    WHERE i.workspace_id = $1
      AND i.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
)
SELECT to_char(end_date, 'YYYY-MM') AS month, stage_id, sum(deals)::bigint AS deals, sum(amount) AS amount
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, d.deals, d.amount
  FROM deal_sums d
  WHERE d.kind = 'expected'
    AND d.lead_owner_id IS NULL
    AND d.owner_id IS NULL
    AND d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, -1 AS deals, -coalesce(d.amount, 0) AS amount
  FROM stale d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
) AS d
GROUP BY 1, 2 HAVING sum(deals) <> 0
ORDER BY 1, 2;

-- Open deals by month of closing, as seen by own
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT lead_id
  FROM deals_to_index
  WHERE workspace_id = $1
), live AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT d.workspace_id, d.id AS deal_id, d.lead_id, d.stage_id, d.owner_id, l.owner_id AS lead_owner_id, l.department_id, l.source_id, d.closed_on, d.end_date, d.amount, l.next_step_at, concat_ws(E'\n', fold_text(d.name), fold_text(l.name), fold_text(l.company_name)) AS text
    FROM deals d
    JOIN leads l ON l.workspace_id = $1
      AND l.id = waiting.lead_id
    WHERE d.workspace_id = $1
      AND d.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
), stale AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT *
    FROM deal_index i
    WHERE i.workspace_id = $1
      AND i.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
)
SELECT to_char(end_date, 'YYYY-MM') AS month, stage_id, sum(deals)::bigint AS deals, sum(amount) AS amount
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM deal_index AS d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.lead_owner_id = $3
    AND d.lead_id NOT IN (
    SELECT lead_id
    FROM waiting
  )
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND d.lead_owner_id = $3
) AS d
GROUP BY 1, 2 HAVING sum(deals) <> 0
ORDER BY 1, 2;

-- Open deals by month of closing, as seen by team
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT lead_id
  FROM deals_to_index
  WHERE workspace_id = $1
), live AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT d.workspace_id, d.id AS deal_id, d.lead_id, d.stage_id, d.owner_id, l.owner_id AS lead_owner_id, l.department_id, l.source_id, d.closed_on, d.end_date, d.amount, l.next_step_at, concat_ws(E'\n', fold_text(d.name), fold_text(l.name), fold_text(l.company_name)) AS text
    FROM deals d
    JOIN leads l ON l.workspace_id = $1
      AND l.id = waiting.lead_id
    WHERE d.workspace_id = $1
      AND d.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
), stale AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT *
    FROM deal_index i
    WHERE i.workspace_id = $1
      AND i.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
)
SELECT to_char(end_date, 'YYYY-MM') AS month, stage_id, sum(deals)::bigint AS deals, sum(amount) AS amount
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM deal_index AS d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND (d.lead_owner_id = ANY ($3::uuid[]) OR d.department_id = ANY ($4::uuid[]))
    AND d.lead_id NOT IN (
    SELECT lead_id
    FROM waiting
  )
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND (d.lead_owner_id = ANY ($3::uuid[]) OR d.department_id = ANY ($4::uuid[]))
) AS d
GROUP BY 1, 2 HAVING sum(deals) <> 0
ORDER BY 1, 2;

-- Open deals by month of closing, of some departments, sources and owners
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT lead_id
  FROM deals_to_index
  WHERE workspace_id = $1
), live AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT d.workspace_id, d.id AS deal_id, d.lead_id, d.stage_id, d.owner_id, l.owner_id AS lead_owner_id, l.department_id, l.source_id, d.closed_on, d.end_date, d.amount, l.next_step_at, concat_ws(E'\n', fold_text(d.name), fold_text(l.name), fold_text(l.company_name)) AS text
    FROM deals d
    JOIN leads l ON l.workspace_id = $1
      AND l.id = waiting.lead_id
    WHERE d.workspace_id = $1
      AND d.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
), stale AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT *
    FROM deal_index i
    WHERE i.workspace_id = $1
      AND i.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
)
SELECT to_char(end_date, 'YYYY-MM') AS month, stage_id, sum(deals)::bigint AS deals, sum(amount) AS amount
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM deal_index AS d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND (d.owner_id = ANY ($3::uuid[]) OR d.owner_id IS NULL)
    AND d.department_id = ANY ($4::uuid[])
    AND d.source_id = ANY ($5::uuid[])
    AND d.lead_id NOT IN (
    SELECT lead_id
    FROM waiting
  )
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND (d.owner_id = ANY ($3::uuid[]) OR d.owner_id IS NULL)
    AND d.department_id = ANY ($4::uuid[])
    AND d.source_id = ANY ($5::uuid[])
) AS d
GROUP BY 1, 2 HAVING sum(deals) <> 0
ORDER BY 1, 2;

-- Open deals by month of closing, from figures
-- sends a statement of "Open deals by month of closing, as seen by all"

-- Open deals by month of closing, from figures, of some owners
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT lead_id
  FROM deals_to_index
  WHERE workspace_id = $1
), live AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT d.workspace_id, d.id AS deal_id, d.lead_id, d.stage_id, d.owner_id, l.owner_id AS lead_owner_id, l.department_id, l.source_id, d.closed_on, d.end_date, d.amount, l.next_step_at, concat_ws(E'\n', fold_text(d.name), fold_text(l.name), fold_text(l.company_name)) AS text
    FROM deals d
    JOIN leads l ON l.workspace_id = $1
      AND l.id = waiting.lead_id
    WHERE d.workspace_id = $1
      AND d.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
), stale AS MATERIALIZED (
  SELECT one.*
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT *
    FROM deal_index i
    WHERE i.workspace_id = $1
      AND i.lead_id = waiting.lead_id
    OFFSET 0
  ) AS one
)
SELECT to_char(end_date, 'YYYY-MM') AS month, stage_id, sum(deals)::bigint AS deals, sum(amount) AS amount
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM deal_index AS d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND (d.owner_id = ANY ($3::uuid[]) OR d.owner_id IS NULL)
    AND d.lead_id NOT IN (
    SELECT lead_id
    FROM waiting
  )
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND d.stage_id = ANY ($2::uuid[])
    AND (d.owner_id = ANY ($3::uuid[]) OR d.owner_id IS NULL)
) AS d
GROUP BY 1, 2 HAVING sum(deals) <> 0
ORDER BY 1, 2;

-- Leads by status, as seen by all
SELECT status_id, count(*) AS leads
FROM leads
WHERE leads.workspace_id = $1
  AND leads.id >= uuid_from($2::timestamptz - interval '1 hour')
  AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
  AND leads.created_at >= $2
  AND leads.created_at < $3
GROUP BY 1;

-- Leads by status, as seen by own
SELECT status_id, count(*) AS leads
FROM leads
WHERE leads.workspace_id = $1
  AND leads.id >= uuid_from($2::timestamptz - interval '1 hour')
  AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
  AND leads.created_at >= $2
  AND leads.created_at < $3
  AND leads.owner_id = ANY ($4::uuid[])
GROUP BY 1;

-- Leads by status, as seen by team
SELECT status_id, count(*) AS leads
FROM leads
WHERE leads.workspace_id = $1
  AND leads.id >= uuid_from($2::timestamptz - interval '1 hour')
  AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
  AND leads.created_at >= $2
  AND leads.created_at < $3
  AND (leads.owner_id = ANY ($4::uuid[]) OR leads.department_id = ANY ($5::uuid[]))
GROUP BY 1;

-- Leads by status, of some departments, sources and owners
SELECT status_id, count(*) AS leads
FROM leads
WHERE leads.workspace_id = $1
  AND leads.id >= uuid_from($2::timestamptz - interval '1 hour')
  AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
  AND leads.created_at >= $2
  AND leads.created_at < $3
  AND leads.department_id = ANY ($4::uuid[])
  AND leads.source_id = ANY ($5::uuid[])
  AND (leads.owner_id = ANY ($6::uuid[]) OR leads.owner_id IS NULL)
GROUP BY 1;

-- Leads by status, from figures
WITH counted AS (
  SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
  FROM (
    SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
    FROM lead_figures f
    WHERE f.workspace_id = $1
      AND f.kind = ANY ($4::smallint[])
      AND f.department_id = ANY ($5::uuid[])
      AND f.source_id = ANY ($6::uuid[])
      AND f.day BETWEEN $2::date
      AND $3::date
  ) AS f
)
SELECT item_id AS status_id, sum(leads)::bigint AS leads
FROM counted
GROUP BY 1 HAVING sum(leads) > 0;

-- Leads by status, from figures, of some owners
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT unnest(q.lead_ids) AS id
  FROM index_queue q
  WHERE q.workspace_id = $1
), kept AS MATERIALIZED (
  SELECT f.workspace_id, f.lead_id, day, hour, department_id, source_id, owner_id, status_id, furthest, answered, wait, reached, calls, callbacks
  FROM (
    SELECT DISTINCT id
    FROM waiting
  ) AS wanted
  CROSS JOIN LATERAL (
    SELECT *
    FROM lead_facts one
    WHERE one.workspace_id = $1
      AND one.lead_id = wanted.id
    LIMIT 1
  ) AS f
), fresh AS MATERIALIZED (
  SELECT l.workspace_id, l.id AS lead_id, came.at::date AS day, extract(hour FROM came.at)::smallint AS hour, l.department_id, l.source_id, l.owner_id, l.status_id, greatest(b.places[array_position(b.statuses, l.status_id)], moves.furthest, 0) AS furthest, (extract(isodow FROM replied.at) * 24 + extract(hour FROM replied.at))::smallint AS answered, CASE WHEN l.first_reply_at IS NOT NULL THEN greatest(0, (extract(epoch FROM l.first_reply_at - l.created_at) * 1000000)::bigint) END AS wait, moves.reached, made.calls, kept.callbacks
  FROM (
    SELECT DISTINCT id
    FROM waiting
  ) AS wanted
  CROSS JOIN LATERAL (
    SELECT *
    FROM leads one
    WHERE one.workspace_id = $1
      AND one.id = wanted.id
    LIMIT 1
  ) AS l
  JOIN figure_bases b ON b.workspace_id = $1
  CROSS JOIN LATERAL (
    SELECT l.created_at AT TIME ZONE b.time_zone AS at
  ) AS came
  CROSS JOIN LATERAL (
    SELECT l.first_reply_at AT TIME ZONE b.time_zone AS at
  ) AS replied
  CROSS JOIN LATERAL (
    SELECT had.furthest, CASE WHEN had.furthest > 0 THEN ARRAY(
      SELECT (
        SELECT min(one.wait)
        FROM unnest(had.places, had.waits) AS one (place, wait)
        WHERE one.place >= step
      )
      FROM generate_series(1, had.furthest) AS step
      ORDER BY step
    ) END AS reached
    FROM (
      SELECT max(move.place) AS furthest, array_agg(move.place) AS places, array_agg(move.wait) AS waits
      FROM (
        SELECT b.places[array_position(b.statuses, m.status_id)] AS place, (extract(epoch FROM m.at - l.created_at) * 1000000)::bigint AS wait
        FROM lead_moves m
        WHERE m.workspace_id = l.workspace_id
          AND m.lead_id = l.id
      ) AS move
      WHERE move.place IS NOT NULL
    ) AS had
  ) AS moves
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(one) ORDER BY one.day, one.member, one.outcome) AS calls
    FROM (
      SELECT (t.ended_at AT TIME ZONE b.time_zone)::date AS day, t.member_id AS member, t.outcome_id AS outcome, count(*) AS calls, coalesce(sum(t.talk_seconds), 0) AS seconds
      FROM call_attempts t
      WHERE t.workspace_id = l.workspace_id
        AND t.lead_id = l.id
        AND t.member_id IS NOT NULL
      GROUP BY 1, 2, 3
    ) AS one
  ) AS made
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(one) ORDER BY one.day, one.member, one.kept) AS callbacks
    FROM (
      SELECT (c.ended_at AT TIME ZONE b.time_zone)::date AS day, c.member_id AS member, (coalesce(c.started_at, c.ended_at) <= c.due_at + interval '15 minutes')::int AS kept, count(*) AS calls
      FROM calls c
      WHERE c.workspace_id = l.workspace_id
        AND c.lead_id = l.id
        AND c.callback
        AND c.state = 'dialled'
        AND c.ended_at IS NOT NULL
        AND c.member_id IS NOT NULL
      GROUP BY 1, 2, 3
    ) AS one
  ) AS kept
), moved AS (
  SELECT 1 AS sign, f.workspace_id, f.lead_id, f.day, f.hour, f.department_id, f.source_id, f.owner_id, f.status_id, f.furthest, f.answered, f.wait, f.reached, f.calls, f.callbacks
  FROM lead_facts f
  WHERE f.workspace_id = $1
    AND f.day BETWEEN $2::date
    AND $3::date
    AND f.workspace_id = $1
    AND true
    AND (f.owner_id = ANY ($5::uuid[]) OR f.owner_id IS NULL)
  UNION ALL
  SELECT -1 AS sign, f.*
  FROM kept f
  WHERE f.workspace_id = $1
    AND true
    AND (f.owner_id = ANY ($6::uuid[]) OR f.owner_id IS NULL)
  UNION ALL
  SELECT 1 AS sign, f.*
  FROM fresh f
  WHERE f.workspace_id = $1
    AND true
    AND (f.owner_id = ANY ($7::uuid[]) OR f.owner_id IS NULL)
), counted AS (
  SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
  FROM (
    SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
    FROM (
      SELECT f.workspace_id, CASE WHEN NOT by.origin THEN 4 WHEN f.owner_id IS NULL THEN 6 ELSE 7 END AS kind, CASE WHEN by.origin THEN coalesce(f.department_id, '00000000-0000-0000-0000-000000000000') ELSE '00000000-0000-0000-0000-000000000000' END AS department_id, coalesce(f.source_id, '00000000-0000-0000-0000-000000000000') AS source_id, f.day AS day, '00000000-0000-0000-0000-000000000000'::uuid AS member_id, coalesce(f.status_id, '00000000-0000-0000-0000-000000000000') AS item_id, (f.furthest * 2 + (f.answered IS NOT NULL)::int)::integer AS value, f.sign * 1 AS leads, f.sign * 0 AS seconds
      FROM moved f
      CROSS JOIN (VALUES (false), (true)) AS by (origin)
      WHERE true
    ) AS f
    WHERE f.kind = ANY ($4::smallint[])
      AND f.day BETWEEN $2::date
      AND $3::date
  ) AS f
)
SELECT item_id AS status_id, sum(leads)::bigint AS leads
FROM counted
GROUP BY 1 HAVING sum(leads) > 0;

-- Leads by hour of the week, as seen by all
WITH cohort AS MATERIALIZED (
  SELECT created_at AT TIME ZONE $4 AS arrived, first_reply_at AT TIME ZONE $4 AS answered
  FROM leads
  WHERE leads.workspace_id = $1
    AND leads.id >= uuid_from($2::timestamptz - interval '1 hour')
    AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
    AND leads.created_at >= $2
    AND leads.created_at < $3
), moments AS (
  SELECT extract(isodow FROM arrived)::int AS weekday, extract(hour FROM arrived)::int AS hour, count(*) AS arrivals, 0 AS answers
  FROM cohort
  GROUP BY 1, 2
  UNION ALL
  SELECT extract(isodow FROM answered)::int, extract(hour FROM answered)::int, 0, count(*)
  FROM cohort
  WHERE answered IS NOT NULL
  GROUP BY 1, 2
)
SELECT weekday, hour, sum(arrivals)::bigint AS arrivals, sum(answers)::bigint AS answers
FROM moments
GROUP BY 1, 2
ORDER BY 1, 2;

-- Leads by hour of the week, as seen by own
WITH cohort AS MATERIALIZED (
  SELECT created_at AT TIME ZONE $5 AS arrived, first_reply_at AT TIME ZONE $5 AS answered
  FROM leads
  WHERE leads.workspace_id = $1
    AND leads.id >= uuid_from($2::timestamptz - interval '1 hour')
    AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
    AND leads.created_at >= $2
    AND leads.created_at < $3
    AND leads.owner_id = ANY ($4::uuid[])
), moments AS (
  SELECT extract(isodow FROM arrived)::int AS weekday, extract(hour FROM arrived)::int AS hour, count(*) AS arrivals, 0 AS answers
  FROM cohort
  GROUP BY 1, 2
  UNION ALL
  SELECT extract(isodow FROM answered)::int, extract(hour FROM answered)::int, 0, count(*)
  FROM cohort
  WHERE answered IS NOT NULL
  GROUP BY 1, 2
)
SELECT weekday, hour, sum(arrivals)::bigint AS arrivals, sum(answers)::bigint AS answers
FROM moments
GROUP BY 1, 2
ORDER BY 1, 2;

-- Leads by hour of the week, as seen by team
WITH cohort AS MATERIALIZED (
  SELECT created_at AT TIME ZONE $6 AS arrived, first_reply_at AT TIME ZONE $6 AS answered
  FROM leads
  WHERE leads.workspace_id = $1
    AND leads.id >= uuid_from($2::timestamptz - interval '1 hour')
    AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
    AND leads.created_at >= $2
    AND leads.created_at < $3
    AND (leads.owner_id = ANY ($4::uuid[]) OR leads.department_id = ANY ($5::uuid[]))
), moments AS (
  SELECT extract(isodow FROM arrived)::int AS weekday, extract(hour FROM arrived)::int AS hour, count(*) AS arrivals, 0 AS answers
  FROM cohort
  GROUP BY 1, 2
  UNION ALL
  SELECT extract(isodow FROM answered)::int, extract(hour FROM answered)::int, 0, count(*)
  FROM cohort
  WHERE answered IS NOT NULL
  GROUP BY 1, 2
)
SELECT weekday, hour, sum(arrivals)::bigint AS arrivals, sum(answers)::bigint AS answers
FROM moments
GROUP BY 1, 2
ORDER BY 1, 2;

-- Leads by hour of the week, of some departments, sources and owners
WITH cohort AS MATERIALIZED (
  SELECT created_at AT TIME ZONE $7 AS arrived, first_reply_at AT TIME ZONE $7 AS answered
  FROM leads
  WHERE leads.workspace_id = $1
    AND leads.id >= uuid_from($2::timestamptz - interval '1 hour')
    AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
    AND leads.created_at >= $2
    AND leads.created_at < $3
    AND leads.department_id = ANY ($4::uuid[])
    AND leads.source_id = ANY ($5::uuid[])
    AND (leads.owner_id = ANY ($6::uuid[]) OR leads.owner_id IS NULL)
), moments AS (
  SELECT extract(isodow FROM arrived)::int AS weekday, extract(hour FROM arrived)::int AS hour, count(*) AS arrivals, 0 AS answers
  FROM cohort
  GROUP BY 1, 2
  UNION ALL
  SELECT extract(isodow FROM answered)::int, extract(hour FROM answered)::int, 0, count(*)
  FROM cohort
  WHERE answered IS NOT NULL
  GROUP BY 1, 2
)
SELECT weekday, hour, sum(arrivals)::bigint AS arrivals, sum(answers)::bigint AS answers
FROM moments
GROUP BY 1, 2
ORDER BY 1, 2;

-- Leads by hour of the week, from figures
WITH counted AS (
  SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
  FROM (
    SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
    FROM lead_figures f
    WHERE f.workspace_id = $1
      AND f.kind = ANY ($4::smallint[])
      AND f.department_id = ANY ($5::uuid[])
      AND f.source_id = ANY ($6::uuid[])
      AND f.day BETWEEN $2::date
      AND $3::date
  ) AS f
)
SELECT extract(isodow FROM day)::int * 24 + value AS at, sum(leads)::bigint AS leads
FROM counted
GROUP BY 1 HAVING sum(leads) > 0
ORDER BY 1;
WITH counted AS (
  SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
  FROM (
    SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
    FROM lead_figures f
    WHERE f.workspace_id = $1
      AND f.kind = ANY ($4::smallint[])
      AND f.department_id = ANY ($5::uuid[])
      AND f.source_id = ANY ($6::uuid[])
      AND f.day BETWEEN $2::date
      AND $3::date
  ) AS f
)
SELECT value AS at, sum(leads)::bigint AS leads
FROM counted
GROUP BY 1 HAVING sum(leads) > 0
ORDER BY 1;

-- Leads by hour of the week, from figures, of some owners
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT unnest(q.lead_ids) AS id
  FROM index_queue q
  WHERE q.workspace_id = $1
), kept AS MATERIALIZED (
  SELECT f.workspace_id, f.lead_id, day, hour, department_id, source_id, owner_id, status_id, furthest, answered, wait, reached, calls, callbacks
  FROM (
    SELECT DISTINCT id
    FROM waiting
  ) AS wanted
  CROSS JOIN LATERAL (
    SELECT *
    FROM lead_facts one
    WHERE one.workspace_id = $1
      AND one.lead_id = wanted.id
    LIMIT 1
  ) AS f
), fresh AS MATERIALIZED (
  SELECT l.workspace_id, l.id AS lead_id, came.at::date AS day, extract(hour FROM came.at)::smallint AS hour, l.department_id, l.source_id, l.owner_id, l.status_id, greatest(b.places[array_position(b.statuses, l.status_id)], moves.furthest, 0) AS furthest, (extract(isodow FROM replied.at) * 24 + extract(hour FROM replied.at))::smallint AS answered, CASE WHEN l.first_reply_at IS NOT NULL THEN greatest(0, (extract(epoch FROM l.first_reply_at - l.created_at) * 1000000)::bigint) END AS wait, moves.reached, made.calls, kept.callbacks
  FROM (
    SELECT DISTINCT id
    FROM waiting
  ) AS wanted
  CROSS JOIN LATERAL (
    SELECT *
    FROM leads one
    WHERE one.workspace_id = $1
      AND one.id = wanted.id
    LIMIT 1
  ) AS l
  JOIN figure_bases b ON b.workspace_id = $1
  CROSS JOIN LATERAL (
    SELECT l.created_at AT TIME ZONE b.time_zone AS at
  ) AS came
  CROSS JOIN LATERAL (
    SELECT l.first_reply_at AT TIME ZONE b.time_zone AS at
  ) AS replied
  CROSS JOIN LATERAL (
    SELECT had.furthest, CASE WHEN had.furthest > 0 THEN ARRAY(
      SELECT (
        SELECT min(one.wait)
        FROM unnest(had.places, had.waits) AS one (place, wait)
        WHERE one.place >= step
      )
      FROM generate_series(1, had.furthest) AS step
      ORDER BY step
    ) END AS reached
    FROM (
      SELECT max(move.place) AS furthest, array_agg(move.place) AS places, array_agg(move.wait) AS waits
      FROM (
        SELECT b.places[array_position(b.statuses, m.status_id)] AS place, (extract(epoch FROM m.at - l.created_at) * 1000000)::bigint AS wait
        FROM lead_moves m
        WHERE m.workspace_id = l.workspace_id
          AND m.lead_id = l.id
      ) AS move
      WHERE move.place IS NOT NULL
    ) AS had
  ) AS moves
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(one) ORDER BY one.day, one.member, one.outcome) AS calls
    FROM (
      SELECT (t.ended_at AT TIME ZONE b.time_zone)::date AS day, t.member_id AS member, t.outcome_id AS outcome, count(*) AS calls, coalesce(sum(t.talk_seconds), 0) AS seconds
      FROM call_attempts t
      WHERE t.workspace_id = l.workspace_id
        AND t.lead_id = l.id
        AND t.member_id IS NOT NULL
      GROUP BY 1, 2, 3
    ) AS one
  ) AS made
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(one) ORDER BY one.day, one.member, one.kept) AS callbacks
    FROM (
      SELECT (c.ended_at AT TIME ZONE b.time_zone)::date AS day, c.member_id AS member, (coalesce(c.started_at, c.ended_at) <= c.due_at + interval '15 minutes')::int AS kept, count(*) AS calls
      FROM calls c
      WHERE c.workspace_id = l.workspace_id
        AND c.lead_id = l.id
        AND c.callback
        AND c.state = 'dialled'
        AND c.ended_at IS NOT NULL
        AND c.member_id IS NOT NULL
      GROUP BY 1, 2, 3
    ) AS one
  ) AS kept
), moved AS (
  SELECT 1 AS sign, f.workspace_id, f.lead_id, f.day, f.hour, f.department_id, f.source_id, f.owner_id, f.status_id, f.furthest, f.answered, f.wait, f.reached, f.calls, f.callbacks
  FROM lead_facts f
  WHERE f.workspace_id = $1
    AND f.day BETWEEN $2::date
    AND $3::date
    AND f.workspace_id = $1
    AND true
    AND (f.owner_id = ANY ($5::uuid[]) OR f.owner_id IS NULL)
  UNION ALL
  SELECT -1 AS sign, f.*
  FROM kept f
  WHERE f.workspace_id = $1
    AND true
    AND (f.owner_id = ANY ($6::uuid[]) OR f.owner_id IS NULL)
  UNION ALL
  SELECT 1 AS sign, f.*
  FROM fresh f
  WHERE f.workspace_id = $1
    AND true
    AND (f.owner_id = ANY ($7::uuid[]) OR f.owner_id IS NULL)
), counted AS (
  SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
  FROM (
    SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
    FROM (
      SELECT f.workspace_id, CASE WHEN NOT by.origin THEN 8 WHEN f.owner_id IS NULL THEN 10 ELSE 11 END AS kind, CASE WHEN by.origin THEN coalesce(f.department_id, '00000000-0000-0000-0000-000000000000') ELSE '00000000-0000-0000-0000-000000000000' END AS department_id, CASE WHEN by.origin THEN coalesce(f.source_id, '00000000-0000-0000-0000-000000000000') ELSE '00000000-0000-0000-0000-000000000000' END AS source_id, f.day AS day, '00000000-0000-0000-0000-000000000000'::uuid AS member_id, '00000000-0000-0000-0000-000000000000'::uuid AS item_id, (f.hour)::integer AS value, f.sign * 1 AS leads, f.sign * 0 AS seconds
      FROM moved f
      CROSS JOIN (VALUES (false), (true)) AS by (origin)
      WHERE true
    ) AS f
    WHERE f.kind = ANY ($4::smallint[])
      AND f.day BETWEEN $2::date
      AND $3::date
  ) AS f
)
SELECT extract(isodow FROM day)::int * 24 + value AS at, sum(leads)::bigint AS leads
FROM counted
GROUP BY 1 HAVING sum(leads) > 0
ORDER BY 1;
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT unnest(q.lead_ids) AS id
  FROM index_queue q
  WHERE q.workspace_id = $1
), kept AS MATERIALIZED (
  SELECT f.workspace_id, f.lead_id, day, hour, department_id, source_id, owner_id, status_id, furthest, answered, wait, reached, calls, callbacks
  FROM (
    SELECT DISTINCT id
    FROM waiting
  ) AS wanted
  CROSS JOIN LATERAL (
    SELECT *
    FROM lead_facts one
    WHERE one.workspace_id = $1
      AND one.lead_id = wanted.id
    LIMIT 1
  ) AS f
), fresh AS MATERIALIZED (
  SELECT l.workspace_id, l.id AS lead_id, came.at::date AS day, extract(hour FROM came.at)::smallint AS hour, l.department_id, l.source_id, l.owner_id, l.status_id, greatest(b.places[array_position(b.statuses, l.status_id)], moves.furthest, 0) AS furthest, (extract(isodow FROM replied.at) * 24 + extract(hour FROM replied.at))::smallint AS answered, CASE WHEN l.first_reply_at IS NOT NULL THEN greatest(0, (extract(epoch FROM l.first_reply_at - l.created_at) * 1000000)::bigint) END AS wait, moves.reached, made.calls, kept.callbacks
  FROM (
    SELECT DISTINCT id
    FROM waiting
  ) AS wanted
  CROSS JOIN LATERAL (
    SELECT *
    FROM leads one
    WHERE one.workspace_id = $1
      AND one.id = wanted.id
    LIMIT 1
  ) AS l
  JOIN figure_bases b ON b.workspace_id = $1
  CROSS JOIN LATERAL (
    SELECT l.created_at AT TIME ZONE b.time_zone AS at
  ) AS came
  CROSS JOIN LATERAL (
    SELECT l.first_reply_at AT TIME ZONE b.time_zone AS at
  ) AS replied
  CROSS JOIN LATERAL (
    SELECT had.furthest, CASE WHEN had.furthest > 0 THEN ARRAY(
      SELECT (
        SELECT min(one.wait)
        FROM unnest(had.places, had.waits) AS one (place, wait)
        WHERE one.place >= step
      )
      FROM generate_series(1, had.furthest) AS step
      ORDER BY step
    ) END AS reached
    FROM (
      SELECT max(move.place) AS furthest, array_agg(move.place) AS places, array_agg(move.wait) AS waits
      FROM (
        SELECT b.places[array_position(b.statuses, m.status_id)] AS place, (extract(epoch FROM m.at - l.created_at) * 1000000)::bigint AS wait
        FROM lead_moves m
        WHERE m.workspace_id = l.workspace_id
          AND m.lead_id = l.id
      ) AS move
      WHERE move.place IS NOT NULL
    ) AS had
  ) AS moves
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(one) ORDER BY one.day, one.member, one.outcome) AS calls
    FROM (
      SELECT (t.ended_at AT TIME ZONE b.time_zone)::date AS day, t.member_id AS member, t.outcome_id AS outcome, count(*) AS calls, coalesce(sum(t.talk_seconds), 0) AS seconds
      FROM call_attempts t
      WHERE t.workspace_id = l.workspace_id
        AND t.lead_id = l.id
        AND t.member_id IS NOT NULL
      GROUP BY 1, 2, 3
    ) AS one
  ) AS made
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(one) ORDER BY one.day, one.member, one.kept) AS callbacks
    FROM (
      SELECT (c.ended_at AT TIME ZONE b.time_zone)::date AS day, c.member_id AS member, (coalesce(c.started_at, c.ended_at) <= c.due_at + interval '15 minutes')::int AS kept, count(*) AS calls
      FROM calls c
      WHERE c.workspace_id = l.workspace_id
        AND c.lead_id = l.id
        AND c.callback
        AND c.state = 'dialled'
        AND c.ended_at IS NOT NULL
        AND c.member_id IS NOT NULL
      GROUP BY 1, 2, 3
    ) AS one
  ) AS kept
), moved AS (
  SELECT 1 AS sign, f.workspace_id, f.lead_id, f.day, f.hour, f.department_id, f.source_id, f.owner_id, f.status_id, f.furthest, f.answered, f.wait, f.reached, f.calls, f.callbacks
  FROM lead_facts f
  WHERE f.workspace_id = $1
    AND f.day BETWEEN $2::date
    AND $3::date
    AND f.workspace_id = $1
    AND true
    AND (f.owner_id = ANY ($5::uuid[]) OR f.owner_id IS NULL)
  UNION ALL
  SELECT -1 AS sign, f.*
  FROM kept f
  WHERE f.workspace_id = $1
    AND true
    AND (f.owner_id = ANY ($6::uuid[]) OR f.owner_id IS NULL)
  UNION ALL
  SELECT 1 AS sign, f.*
  FROM fresh f
  WHERE f.workspace_id = $1
    AND true
    AND (f.owner_id = ANY ($7::uuid[]) OR f.owner_id IS NULL)
), counted AS (
  SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
  FROM (
    SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
    FROM (
      SELECT f.workspace_id, CASE WHEN NOT by.origin THEN 12 WHEN f.owner_id IS NULL THEN 14 ELSE 15 END AS kind, CASE WHEN by.origin THEN coalesce(f.department_id, '00000000-0000-0000-0000-000000000000') ELSE '00000000-0000-0000-0000-000000000000' END AS department_id, CASE WHEN by.origin THEN coalesce(f.source_id, '00000000-0000-0000-0000-000000000000') ELSE '00000000-0000-0000-0000-000000000000' END AS source_id, f.day AS day, '00000000-0000-0000-0000-000000000000'::uuid AS member_id, '00000000-0000-0000-0000-000000000000'::uuid AS item_id, (f.answered)::integer AS value, f.sign * 1 AS leads, f.sign * 0 AS seconds
      FROM moved f
      CROSS JOIN (VALUES (false), (true)) AS by (origin)
      WHERE f.answered IS NOT NULL
    ) AS f
    WHERE f.kind = ANY ($4::smallint[])
      AND f.day BETWEEN $2::date
      AND $3::date
  ) AS f
)
SELECT value AS at, sum(leads)::bigint AS leads
FROM counted
GROUP BY 1 HAVING sum(leads) > 0
ORDER BY 1;

-- Waits for the first reply, as seen by all
WITH waits AS (
  SELECT (created_at AT TIME ZONE $4)::date AS day, first_reply_at IS NOT NULL AS replied, greatest(0, extract(epoch FROM first_reply_at - created_at)::float8 / 60) AS minutes
  FROM leads
  WHERE leads.workspace_id = $1
    AND leads.id >= uuid_from($2::timestamptz - interval '1 hour')
    AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
    AND leads.created_at >= $2
    AND leads.created_at < $3
)
SELECT day, count(*) AS leads, count(*) FILTER (WHERE replied) AS replied, percentile_cont(0.5) WITHIN GROUP (ORDER BY minutes) FILTER (WHERE replied) AS median_minutes, percentile_cont(0.9) WITHIN GROUP (ORDER BY minutes) FILTER (WHERE replied) AS p90_minutes, count(*) FILTER (WHERE replied AND minutes < 5) AS under_5, count(*) FILTER (WHERE replied AND minutes >= 5 AND minutes < 15) AS from_5_to_15, count(*) FILTER (WHERE replied AND minutes >= 15 AND minutes <= 60) AS from_15_to_60, count(*) FILTER (WHERE replied AND minutes > 60) AS over_60
FROM waits
GROUP BY GROUPING SETS ((day), ())
ORDER BY day NULLS LAST;

-- Waits for the first reply, as seen by own
WITH waits AS (
  SELECT (created_at AT TIME ZONE $5)::date AS day, first_reply_at IS NOT NULL AS replied, greatest(0, extract(epoch FROM first_reply_at - created_at)::float8 / 60) AS minutes
  FROM leads
  WHERE leads.workspace_id = $1
    AND leads.id >= uuid_from($2::timestamptz - interval '1 hour')
    AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
    AND leads.created_at >= $2
    AND leads.created_at < $3
    AND leads.owner_id = ANY ($4::uuid[])
)
SELECT day, count(*) AS leads, count(*) FILTER (WHERE replied) AS replied, percentile_cont(0.5) WITHIN GROUP (ORDER BY minutes) FILTER (WHERE replied) AS median_minutes, percentile_cont(0.9) WITHIN GROUP (ORDER BY minutes) FILTER (WHERE replied) AS p90_minutes, count(*) FILTER (WHERE replied AND minutes < 5) AS under_5, count(*) FILTER (WHERE replied AND minutes >= 5 AND minutes < 15) AS from_5_to_15, count(*) FILTER (WHERE replied AND minutes >= 15 AND minutes <= 60) AS from_15_to_60, count(*) FILTER (WHERE replied AND minutes > 60) AS over_60
FROM waits
GROUP BY GROUPING SETS ((day), ())
ORDER BY day NULLS LAST;

-- Waits for the first reply, as seen by team
WITH waits AS (
  SELECT (created_at AT TIME ZONE $6)::date AS day, first_reply_at IS NOT NULL AS replied, greatest(0, extract(epoch FROM first_reply_at - created_at)::float8 / 60) AS minutes
  FROM leads
  WHERE leads.workspace_id = $1
    AND leads.id >= uuid_from($2::timestamptz - interval '1 hour')
    AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
    AND leads.created_at >= $2
    AND leads.created_at < $3
    AND (leads.owner_id = ANY ($4::uuid[]) OR leads.department_id = ANY ($5::uuid[]))
)
SELECT day, count(*) AS leads, count(*) FILTER (WHERE replied) AS replied, percentile_cont(0.5) WITHIN GROUP (ORDER BY minutes) FILTER (WHERE replied) AS median_minutes, percentile_cont(0.9) WITHIN GROUP (ORDER BY minutes) FILTER (WHERE replied) AS p90_minutes, count(*) FILTER (WHERE replied AND minutes < 5) AS under_5, count(*) FILTER (WHERE replied AND minutes >= 5 AND minutes < 15) AS from_5_to_15, count(*) FILTER (WHERE replied AND minutes >= 15 AND minutes <= 60) AS from_15_to_60, count(*) FILTER (WHERE replied AND minutes > 60) AS over_60
FROM waits
GROUP BY GROUPING SETS ((day), ())
ORDER BY day NULLS LAST;

-- Waits for the first reply, of some departments, sources and owners
WITH waits AS (
  SELECT (created_at AT TIME ZONE $7)::date AS day, first_reply_at IS NOT NULL AS replied, greatest(0, extract(epoch FROM first_reply_at - created_at)::float8 / 60) AS minutes
  FROM leads
  WHERE leads.workspace_id = $1
    AND leads.id >= uuid_from($2::timestamptz - interval '1 hour')
    AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
    AND leads.created_at >= $2
    AND leads.created_at < $3
    AND leads.department_id = ANY ($4::uuid[])
    AND leads.source_id = ANY ($5::uuid[])
    AND (leads.owner_id = ANY ($6::uuid[]) OR leads.owner_id IS NULL)
)
SELECT day, count(*) AS leads, count(*) FILTER (WHERE replied) AS replied, percentile_cont(0.5) WITHIN GROUP (ORDER BY minutes) FILTER (WHERE replied) AS median_minutes, percentile_cont(0.9) WITHIN GROUP (ORDER BY minutes) FILTER (WHERE replied) AS p90_minutes, count(*) FILTER (WHERE replied AND minutes < 5) AS under_5, count(*) FILTER (WHERE replied AND minutes >= 5 AND minutes < 15) AS from_5_to_15, count(*) FILTER (WHERE replied AND minutes >= 15 AND minutes <= 60) AS from_15_to_60, count(*) FILTER (WHERE replied AND minutes > 60) AS over_60
FROM waits
GROUP BY GROUPING SETS ((day), ())
ORDER BY day NULLS LAST;

-- Waits for the first reply, from figures
WITH counted AS (
  SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
  FROM (
    SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
    FROM lead_figures f
    WHERE f.workspace_id = $1
      AND f.kind = ANY ($4::smallint[])
      AND f.department_id = ANY ($5::uuid[])
      AND f.source_id = ANY ($6::uuid[])
      AND f.day BETWEEN $2::date
      AND $3::date
  ) AS f
)
SELECT day, sum(leads)::bigint AS leads
FROM counted
GROUP BY GROUPING SETS ((day), ()) HAVING sum(leads) > 0
ORDER BY day NULLS LAST;
WITH counted AS (
  SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
  FROM (
    SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
    FROM lead_figures f
    WHERE f.workspace_id = $1
      AND f.kind = ANY ($4::smallint[])
      AND f.department_id = ANY ($5::uuid[])
      AND f.source_id = ANY ($6::uuid[])
      AND f.day BETWEEN $2::date
      AND $3::date
  ) AS f
)
SELECT day, value AS class, (wait_bounds())[value + 1] AS below, sum(leads)::bigint AS leads
FROM counted
WHERE value < 1000
GROUP BY GROUPING SETS ((day, value), (value)) HAVING sum(leads) > 0
ORDER BY day, value;

-- Waits for the first reply, from figures, of some owners
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT unnest(q.lead_ids) AS id
  FROM index_queue q
  WHERE q.workspace_id = $1
), kept AS MATERIALIZED (
  SELECT f.workspace_id, f.lead_id, day, hour, department_id, source_id, owner_id, status_id, furthest, answered, wait, reached, calls, callbacks
  FROM (
    SELECT DISTINCT id
    FROM waiting
  ) AS wanted
  CROSS JOIN LATERAL (
    SELECT *
    FROM lead_facts one
    WHERE one.workspace_id = $1
      AND one.lead_id = wanted.id
    LIMIT 1
  ) AS f
), fresh AS MATERIALIZED (
  SELECT l.workspace_id, l.id AS lead_id, came.at::date AS day, extract(hour FROM came.at)::smallint AS hour, l.department_id, l.source_id, l.owner_id, l.status_id, greatest(b.places[array_position(b.statuses, l.status_id)], moves.furthest, 0) AS furthest, (extract(isodow FROM replied.at) * 24 + extract(hour FROM replied.at))::smallint AS answered, CASE WHEN l.first_reply_at IS NOT NULL THEN greatest(0, (extract(epoch FROM l.first_reply_at - l.created_at) * 1000000)::bigint) END AS wait, moves.reached, made.calls, kept.callbacks
  FROM (
    SELECT DISTINCT id
    FROM waiting
  ) AS wanted
  CROSS JOIN LATERAL (
    SELECT *
    FROM leads one
    WHERE one.workspace_id = $1
      AND one.id = wanted.id
    LIMIT 1
  ) AS l
  JOIN figure_bases b ON b.workspace_id = $1
  CROSS JOIN LATERAL (
    SELECT l.created_at AT TIME ZONE b.time_zone AS at
  ) AS came
  CROSS JOIN LATERAL (
    SELECT l.first_reply_at AT TIME ZONE b.time_zone AS at
  ) AS replied
  CROSS JOIN LATERAL (
    SELECT had.furthest, CASE WHEN had.furthest > 0 THEN ARRAY(
      SELECT (
        SELECT min(one.wait)
        FROM unnest(had.places, had.waits) AS one (place, wait)
        WHERE one.place >= step
      )
      FROM generate_series(1, had.furthest) AS step
      ORDER BY step
    ) END AS reached
    FROM (
      SELECT max(move.place) AS furthest, array_agg(move.place) AS places, array_agg(move.wait) AS waits
      FROM (
        SELECT b.places[array_position(b.statuses, m.status_id)] AS place, (extract(epoch FROM m.at - l.created_at) * 1000000)::bigint AS wait
        FROM lead_moves m
        WHERE m.workspace_id = l.workspace_id
          AND m.lead_id = l.id
      ) AS move
      WHERE move.place IS NOT NULL
    ) AS had
  ) AS moves
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(one) ORDER BY one.day, one.member, one.outcome) AS calls
    FROM (
      SELECT (t.ended_at AT TIME ZONE b.time_zone)::date AS day, t.member_id AS member, t.outcome_id AS outcome, count(*) AS calls, coalesce(sum(t.talk_seconds), 0) AS seconds
      FROM call_attempts t
      WHERE t.workspace_id = l.workspace_id
        AND t.lead_id = l.id
        AND t.member_id IS NOT NULL
      GROUP BY 1, 2, 3
    ) AS one
  ) AS made
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(one) ORDER BY one.day, one.member, one.kept) AS callbacks
    FROM (
      SELECT (c.ended_at AT TIME ZONE b.time_zone)::date AS day, c.member_id AS member, (coalesce(c.started_at, c.ended_at) <= c.due_at + interval '15 minutes')::int AS kept, count(*) AS calls
      FROM calls c
      WHERE c.workspace_id = l.workspace_id
        AND c.lead_id = l.id
        AND c.callback
        AND c.state = 'dialled'
        AND c.ended_at IS NOT NULL
        AND c.member_id IS NOT NULL
      GROUP BY 1, 2, 3
    ) AS one
  ) AS kept
), moved AS (
  SELECT 1 AS sign, f.workspace_id, f.lead_id, f.day, f.hour, f.department_id, f.source_id, f.owner_id, f.status_id, f.furthest, f.answered, f.wait, f.reached, f.calls, f.callbacks
  FROM lead_facts f
  WHERE f.workspace_id = $1
    AND f.day BETWEEN $2::date
    AND $3::date
    AND f.workspace_id = $1
    AND true
    AND (f.owner_id = ANY ($5::uuid[]) OR f.owner_id IS NULL)
  UNION ALL
  SELECT -1 AS sign, f.*
  FROM kept f
  WHERE f.workspace_id = $1
    AND true
    AND (f.owner_id = ANY ($6::uuid[]) OR f.owner_id IS NULL)
  UNION ALL
  SELECT 1 AS sign, f.*
  FROM fresh f
  WHERE f.workspace_id = $1
    AND true
    AND (f.owner_id = ANY ($7::uuid[]) OR f.owner_id IS NULL)
), counted AS (
  SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
  FROM (
    SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
    FROM (
      SELECT f.workspace_id, CASE WHEN NOT by.origin THEN 4 WHEN f.owner_id IS NULL THEN 6 ELSE 7 END AS kind, CASE WHEN by.origin THEN coalesce(f.department_id, '00000000-0000-0000-0000-000000000000') ELSE '00000000-0000-0000-0000-000000000000' END AS department_id, coalesce(f.source_id, '00000000-0000-0000-0000-000000000000') AS source_id, f.day AS day, '00000000-0000-0000-0000-000000000000'::uuid AS member_id, coalesce(f.status_id, '00000000-0000-0000-0000-000000000000') AS item_id, (f.furthest * 2 + (f.answered IS NOT NULL)::int)::integer AS value, f.sign * 1 AS leads, f.sign * 0 AS seconds
      FROM moved f
      CROSS JOIN (VALUES (false), (true)) AS by (origin)
      WHERE true
    ) AS f
    WHERE f.kind = ANY ($4::smallint[])
      AND f.day BETWEEN $2::date
      AND $3::date
  ) AS f
)
SELECT day, sum(leads)::bigint AS leads
FROM counted
GROUP BY GROUPING SETS ((day), ()) HAVING sum(leads) > 0
ORDER BY day NULLS LAST;
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT unnest(q.lead_ids) AS id
  FROM index_queue q
  WHERE q.workspace_id = $1
), kept AS MATERIALIZED (
  SELECT f.workspace_id, f.lead_id, day, hour, department_id, source_id, owner_id, status_id, furthest, answered, wait, reached, calls, callbacks
  FROM (
    SELECT DISTINCT id
    FROM waiting
  ) AS wanted
  CROSS JOIN LATERAL (
    SELECT *
    FROM lead_facts one
    WHERE one.workspace_id = $1
      AND one.lead_id = wanted.id
    LIMIT 1
  ) AS f
), fresh AS MATERIALIZED (
  SELECT l.workspace_id, l.id AS lead_id, came.at::date AS day, extract(hour FROM came.at)::smallint AS hour, l.department_id, l.source_id, l.owner_id, l.status_id, greatest(b.places[array_position(b.statuses, l.status_id)], moves.furthest, 0) AS furthest, (extract(isodow FROM replied.at) * 24 + extract(hour FROM replied.at))::smallint AS answered, CASE WHEN l.first_reply_at IS NOT NULL THEN greatest(0, (extract(epoch FROM l.first_reply_at - l.created_at) * 1000000)::bigint) END AS wait, moves.reached, made.calls, kept.callbacks
  FROM (
    SELECT DISTINCT id
    FROM waiting
  ) AS wanted
  CROSS JOIN LATERAL (
    SELECT *
    FROM leads one
    WHERE one.workspace_id = $1
      AND one.id = wanted.id
    LIMIT 1
  ) AS l
  JOIN figure_bases b ON b.workspace_id = $1
  CROSS JOIN LATERAL (
    SELECT l.created_at AT TIME ZONE b.time_zone AS at
  ) AS came
  CROSS JOIN LATERAL (
    SELECT l.first_reply_at AT TIME ZONE b.time_zone AS at
  ) AS replied
  CROSS JOIN LATERAL (
    SELECT had.furthest, CASE WHEN had.furthest > 0 THEN ARRAY(
      SELECT (
        SELECT min(one.wait)
        FROM unnest(had.places, had.waits) AS one (place, wait)
        WHERE one.place >= step
      )
      FROM generate_series(1, had.furthest) AS step
      ORDER BY step
    ) END AS reached
    FROM (
      SELECT max(move.place) AS furthest, array_agg(move.place) AS places, array_agg(move.wait) AS waits
      FROM (
        SELECT b.places[array_position(b.statuses, m.status_id)] AS place, (extract(epoch FROM m.at - l.created_at) * 1000000)::bigint AS wait
        FROM lead_moves m
        WHERE m.workspace_id = l.workspace_id
          AND m.lead_id = l.id
      ) AS move
      WHERE move.place IS NOT NULL
    ) AS had
  ) AS moves
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(one) ORDER BY one.day, one.member, one.outcome) AS calls
    FROM (
      SELECT (t.ended_at AT TIME ZONE b.time_zone)::date AS day, t.member_id AS member, t.outcome_id AS outcome, count(*) AS calls, coalesce(sum(t.talk_seconds), 0) AS seconds
      FROM call_attempts t
      WHERE t.workspace_id = l.workspace_id
        AND t.lead_id = l.id
        AND t.member_id IS NOT NULL
      GROUP BY 1, 2, 3
    ) AS one
  ) AS made
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(one) ORDER BY one.day, one.member, one.kept) AS callbacks
    FROM (
      SELECT (c.ended_at AT TIME ZONE b.time_zone)::date AS day, c.member_id AS member, (coalesce(c.started_at, c.ended_at) <= c.due_at + interval '15 minutes')::int AS kept, count(*) AS calls
      FROM calls c
      WHERE c.workspace_id = l.workspace_id
        AND c.lead_id = l.id
        AND c.callback
        AND c.state = 'dialled'
        AND c.ended_at IS NOT NULL
        AND c.member_id IS NOT NULL
      GROUP BY 1, 2, 3
    ) AS one
  ) AS kept
), moved AS (
  SELECT 1 AS sign, f.workspace_id, f.lead_id, f.day, f.hour, f.department_id, f.source_id, f.owner_id, f.status_id, f.furthest, f.answered, f.wait, f.reached, f.calls, f.callbacks
  FROM lead_facts f
  WHERE f.workspace_id = $1
    AND f.day BETWEEN $2::date
    AND $3::date
    AND f.workspace_id = $1
    AND true
    AND (f.owner_id = ANY ($5::uuid[]) OR f.owner_id IS NULL)
  UNION ALL
  SELECT -1 AS sign, f.*
  FROM kept f
  WHERE f.workspace_id = $1
    AND true
    AND (f.owner_id = ANY ($6::uuid[]) OR f.owner_id IS NULL)
  UNION ALL
  SELECT 1 AS sign, f.*
  FROM fresh f
  WHERE f.workspace_id = $1
    AND true
    AND (f.owner_id = ANY ($7::uuid[]) OR f.owner_id IS NULL)
), counted AS (
  SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
  FROM (
    SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
    FROM (
      SELECT f.workspace_id, CASE WHEN NOT by.origin THEN 20 WHEN f.owner_id IS NULL THEN 22 ELSE 23 END AS kind, CASE WHEN by.origin THEN coalesce(f.department_id, '00000000-0000-0000-0000-000000000000') ELSE '00000000-0000-0000-0000-000000000000' END AS department_id, CASE WHEN by.origin THEN coalesce(f.source_id, '00000000-0000-0000-0000-000000000000') ELSE '00000000-0000-0000-0000-000000000000' END AS source_id, f.day AS day, '00000000-0000-0000-0000-000000000000'::uuid AS member_id, '00000000-0000-0000-0000-000000000000'::uuid AS item_id, (one.step * 1000 + wait_class(one.wait))::integer AS value, f.sign * 1 AS leads, f.sign * 0 AS seconds
      FROM moved f
      CROSS JOIN (VALUES (false), (true)) AS by (origin)
      CROSS JOIN LATERAL (
        SELECT 0 AS step, f.wait
        WHERE f.wait IS NOT NULL
        UNION ALL
        SELECT step, reached.wait
        FROM unnest(f.reached)
        WITH ORDINALITY AS reached (wait, step)
      ) AS one
      WHERE true
    ) AS f
    WHERE f.kind = ANY ($4::smallint[])
      AND f.day BETWEEN $2::date
      AND $3::date
  ) AS f
)
SELECT day, value AS class, (wait_bounds())[value + 1] AS below, sum(leads)::bigint AS leads
FROM counted
WHERE value < 1000
GROUP BY GROUPING SETS ((day, value), (value)) HAVING sum(leads) > 0
ORDER BY day, value;

-- Steps of the funnel, as seen by all
WITH steps AS MATERIALIZED (
  SELECT *
  FROM unnest($4::uuid[], $5::int[]) AS s (status_id, step)
), cohort AS (
  SELECT id, status_id, created_at
  FROM leads
  WHERE leads.workspace_id = $1
    AND leads.id >= uuid_from($2::timestamptz - interval '1 hour')
    AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
    AND leads.created_at >= $2
    AND leads.created_at < $3
), been AS (
  SELECT c.id, c.created_at, greatest(s.step, 0) AS step, CASE WHEN coalesce(s.step, 0) = 0 THEN c.created_at END AS at
  FROM cohort c
  LEFT JOIN steps s USING (status_id)
  UNION ALL
  SELECT c.id, c.created_at, s.step, m.at
  FROM cohort c
  JOIN lead_moves m ON m.workspace_id = $1
    AND m.lead_id = c.id
    AND m.lead_id >= uuid_from($2::timestamptz - interval '1 hour')
    AND m.lead_id < uuid_from($3::timestamptz + interval '1 hour')
  JOIN steps s ON s.status_id = m.status_id
), leads_so_far AS (
  SELECT max(step) AS furthest, 0::float8 AS days_0, extract(epoch FROM min(at) FILTER (WHERE step >= 1) - min(created_at))::float8 / 86400 AS days_1
  FROM been
  GROUP BY id
)
SELECT count(*) FILTER (WHERE furthest >= 0) AS leads_0, percentile_cont(0.5) WITHIN GROUP (ORDER BY days_0) AS median_0, count(*) FILTER (WHERE furthest >= 1) AS leads_1, percentile_cont(0.5) WITHIN GROUP (ORDER BY days_1) AS median_1
FROM leads_so_far;

-- Steps of the funnel, as seen by own
WITH steps AS MATERIALIZED (
  SELECT *
  FROM unnest($5::uuid[], $6::int[]) AS s (status_id, step)
), cohort AS (
  SELECT id, status_id, created_at
  FROM leads
  WHERE leads.workspace_id = $1
    AND leads.id >= uuid_from($2::timestamptz - interval '1 hour')
    AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
    AND leads.created_at >= $2
    AND leads.created_at < $3
    AND leads.owner_id = ANY ($4::uuid[])
), been AS (
  SELECT c.id, c.created_at, greatest(s.step, 0) AS step, CASE WHEN coalesce(s.step, 0) = 0 THEN c.created_at END AS at
  FROM cohort c
  LEFT JOIN steps s USING (status_id)
  UNION ALL
  SELECT c.id, c.created_at, s.step, m.at
  FROM cohort c
  JOIN lead_moves m ON m.workspace_id = $1
    AND m.lead_id = c.id
    AND m.lead_id >= uuid_from($2::timestamptz - interval '1 hour')
    AND m.lead_id < uuid_from($3::timestamptz + interval '1 hour')
  JOIN steps s ON s.status_id = m.status_id
), leads_so_far AS (
  SELECT max(step) AS furthest, 0::float8 AS days_0, extract(epoch FROM min(at) FILTER (WHERE step >= 1) - min(created_at))::float8 / 86400 AS days_1
  FROM been
  GROUP BY id
)
SELECT count(*) FILTER (WHERE furthest >= 0) AS leads_0, percentile_cont(0.5) WITHIN GROUP (ORDER BY days_0) AS median_0, count(*) FILTER (WHERE furthest >= 1) AS leads_1, percentile_cont(0.5) WITHIN GROUP (ORDER BY days_1) AS median_1
FROM leads_so_far;

-- Steps of the funnel, as seen by team
WITH steps AS MATERIALIZED (
  SELECT *
  FROM unnest($6::uuid[], $7::int[]) AS s (status_id, step)
), cohort AS (
  SELECT id, status_id, created_at
  FROM leads
  WHERE leads.workspace_id = $1
    AND leads.id >= uuid_from($2::timestamptz - interval '1 hour')
    AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
    AND leads.created_at >= $2
    AND leads.created_at < $3
    AND (leads.owner_id = ANY ($4::uuid[]) OR leads.department_id = ANY ($5::uuid[]))
), been AS (
  SELECT c.id, c.created_at, greatest(s.step, 0) AS step, CASE WHEN coalesce(s.step, 0) = 0 THEN c.created_at END AS at
  FROM cohort c
  LEFT JOIN steps s USING (status_id)
  UNION ALL
  SELECT c.id, c.created_at, s.step, m.at
  FROM cohort c
  JOIN lead_moves m ON m.workspace_id = $1
    AND m.lead_id = c.id
    AND m.lead_id >= uuid_from($2::timestamptz - interval '1 hour')
    AND m.lead_id < uuid_from($3::timestamptz + interval '1 hour')
  JOIN steps s ON s.status_id = m.status_id
), leads_so_far AS (
  SELECT max(step) AS furthest, 0::float8 AS days_0, extract(epoch FROM min(at) FILTER (WHERE step >= 1) - min(created_at))::float8 / 86400 AS days_1
  FROM been
  GROUP BY id
)
SELECT count(*) FILTER (WHERE furthest >= 0) AS leads_0, percentile_cont(0.5) WITHIN GROUP (ORDER BY days_0) AS median_0, count(*) FILTER (WHERE furthest >= 1) AS leads_1, percentile_cont(0.5) WITHIN GROUP (ORDER BY days_1) AS median_1
FROM leads_so_far;

-- Steps of the funnel, of some departments, sources and owners
WITH steps AS MATERIALIZED (
  SELECT *
  FROM unnest($7::uuid[], $8::int[]) AS s (status_id, step)
), cohort AS (
  SELECT id, status_id, created_at
  FROM leads
  WHERE leads.workspace_id = $1
    AND leads.id >= uuid_from($2::timestamptz - interval '1 hour')
    AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
    AND leads.created_at >= $2
    AND leads.created_at < $3
    AND leads.department_id = ANY ($4::uuid[])
    AND leads.source_id = ANY ($5::uuid[])
    AND (leads.owner_id = ANY ($6::uuid[]) OR leads.owner_id IS NULL)
), been AS (
  SELECT c.id, c.created_at, greatest(s.step, 0) AS step, CASE WHEN coalesce(s.step, 0) = 0 THEN c.created_at END AS at
  FROM cohort c
  LEFT JOIN steps s USING (status_id)
  UNION ALL
  SELECT c.id, c.created_at, s.step, m.at
  FROM cohort c
  JOIN lead_moves m ON m.workspace_id = $1
    AND m.lead_id = c.id
    AND m.lead_id >= uuid_from($2::timestamptz - interval '1 hour')
    AND m.lead_id < uuid_from($3::timestamptz + interval '1 hour')
  JOIN steps s ON s.status_id = m.status_id
), leads_so_far AS (
  SELECT max(step) AS furthest, 0::float8 AS days_0, extract(epoch FROM min(at) FILTER (WHERE step >= 1) - min(created_at))::float8 / 86400 AS days_1
  FROM been
  GROUP BY id
)
SELECT count(*) FILTER (WHERE furthest >= 0) AS leads_0, percentile_cont(0.5) WITHIN GROUP (ORDER BY days_0) AS median_0, count(*) FILTER (WHERE furthest >= 1) AS leads_1, percentile_cont(0.5) WITHIN GROUP (ORDER BY days_1) AS median_1
FROM leads_so_far;

-- Steps of the funnel, from figures
WITH counted AS (
  SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
  FROM (
    SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
    FROM lead_figures f
    WHERE f.workspace_id = $1
      AND f.kind = ANY ($4::smallint[])
      AND f.department_id = ANY ($5::uuid[])
      AND f.source_id = ANY ($6::uuid[])
      AND f.day BETWEEN $2::date
      AND $3::date
  ) AS f
)
SELECT value / 2 AS step, sum(leads)::bigint AS leads
FROM counted
GROUP BY 1;
WITH counted AS (
  SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
  FROM (
    SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
    FROM lead_figures f
    WHERE f.workspace_id = $1
      AND f.kind = ANY ($4::smallint[])
      AND f.department_id = ANY ($5::uuid[])
      AND f.source_id = ANY ($6::uuid[])
      AND f.day BETWEEN $2::date
      AND $3::date
  ) AS f
)
SELECT value / 1000 AS step, value % 1000 AS class, sum(leads)::bigint AS leads
FROM counted
WHERE value >= 1000
GROUP BY 1, 2 HAVING sum(leads) > 0
ORDER BY 1, 2;

-- Steps of the funnel, from figures, of some owners
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT unnest(q.lead_ids) AS id
  FROM index_queue q
  WHERE q.workspace_id = $1
), kept AS MATERIALIZED (
  SELECT f.workspace_id, f.lead_id, day, hour, department_id, source_id, owner_id, status_id, furthest, answered, wait, reached, calls, callbacks
  FROM (
    SELECT DISTINCT id
    FROM waiting
  ) AS wanted
  CROSS JOIN LATERAL (
    SELECT *
    FROM lead_facts one
    WHERE one.workspace_id = $1
      AND one.lead_id = wanted.id
    LIMIT 1
  ) AS f
), fresh AS MATERIALIZED (
  SELECT l.workspace_id, l.id AS lead_id, came.at::date AS day, extract(hour FROM came.at)::smallint AS hour, l.department_id, l.source_id, l.owner_id, l.status_id, greatest(b.places[array_position(b.statuses, l.status_id)], moves.furthest, 0) AS furthest, (extract(isodow FROM replied.at) * 24 + extract(hour FROM replied.at))::smallint AS answered, CASE WHEN l.first_reply_at IS NOT NULL THEN greatest(0, (extract(epoch FROM l.first_reply_at - l.created_at) * 1000000)::bigint) END AS wait, moves.reached, made.calls, kept.callbacks
  FROM (
    SELECT DISTINCT id
    FROM waiting
  ) AS wanted
  CROSS JOIN LATERAL (
    SELECT *
    FROM leads one
    WHERE one.workspace_id = $1
      AND one.id = wanted.id
    LIMIT 1
  ) AS l
  JOIN figure_bases b ON b.workspace_id = $1
  CROSS JOIN LATERAL (
    SELECT l.created_at AT TIME ZONE b.time_zone AS at
  ) AS came
  CROSS JOIN LATERAL (
    SELECT l.first_reply_at AT TIME ZONE b.time_zone AS at
  ) AS replied
  CROSS JOIN LATERAL (
    SELECT had.furthest, CASE WHEN had.furthest > 0 THEN ARRAY(
      SELECT (
        SELECT min(one.wait)
        FROM unnest(had.places, had.waits) AS one (place, wait)
        WHERE one.place >= step
      )
      FROM generate_series(1, had.furthest) AS step
      ORDER BY step
    ) END AS reached
    FROM (
      SELECT max(move.place) AS furthest, array_agg(move.place) AS places, array_agg(move.wait) AS waits
      FROM (
        SELECT b.places[array_position(b.statuses, m.status_id)] AS place, (extract(epoch FROM m.at - l.created_at) * 1000000)::bigint AS wait
        FROM lead_moves m
        WHERE m.workspace_id = l.workspace_id
          AND m.lead_id = l.id
      ) AS move
      WHERE move.place IS NOT NULL
    ) AS had
  ) AS moves
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(one) ORDER BY one.day, one.member, one.outcome) AS calls
    FROM (
      SELECT (t.ended_at AT TIME ZONE b.time_zone)::date AS day, t.member_id AS member, t.outcome_id AS outcome, count(*) AS calls, coalesce(sum(t.talk_seconds), 0) AS seconds
      FROM call_attempts t
      WHERE t.workspace_id = l.workspace_id
        AND t.lead_id = l.id
        AND t.member_id IS NOT NULL
      GROUP BY 1, 2, 3
    ) AS one
  ) AS made
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(one) ORDER BY one.day, one.member, one.kept) AS callbacks
    FROM (
      SELECT (c.ended_at AT TIME ZONE b.time_zone)::date AS day, c.member_id AS member, (coalesce(c.started_at, c.ended_at) <= c.due_at + interval '15 minutes')::int AS kept, count(*) AS calls
      FROM calls c
      WHERE c.workspace_id = l.workspace_id
        AND c.lead_id = l.id
        AND c.callback
        AND c.state = 'dialled'
        AND c.ended_at IS NOT NULL
        AND c.member_id IS NOT NULL
      GROUP BY 1, 2, 3
    ) AS one
  ) AS kept
), moved AS (
  SELECT 1 AS sign, f.workspace_id, f.lead_id, f.day, f.hour, f.department_id, f.source_id, f.owner_id, f.status_id, f.furthest, f.answered, f.wait, f.reached, f.calls, f.callbacks
  FROM lead_facts f
  WHERE f.workspace_id = $1
    AND f.day BETWEEN $2::date
    AND $3::date
    AND f.workspace_id = $1
    AND true
    AND (f.owner_id = ANY ($5::uuid[]) OR f.owner_id IS NULL)
  UNION ALL
  SELECT -1 AS sign, f.*
  FROM kept f
  WHERE f.workspace_id = $1
    AND true
    AND (f.owner_id = ANY ($6::uuid[]) OR f.owner_id IS NULL)
  UNION ALL
  SELECT 1 AS sign, f.*
  FROM fresh f
  WHERE f.workspace_id = $1
    AND true
    AND (f.owner_id = ANY ($7::uuid[]) OR f.owner_id IS NULL)
), counted AS (
  SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
  FROM (
    SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
    FROM (
      SELECT f.workspace_id, CASE WHEN NOT by.origin THEN 4 WHEN f.owner_id IS NULL THEN 6 ELSE 7 END AS kind, CASE WHEN by.origin THEN coalesce(f.department_id, '00000000-0000-0000-0000-000000000000') ELSE '00000000-0000-0000-0000-000000000000' END AS department_id, coalesce(f.source_id, '00000000-0000-0000-0000-000000000000') AS source_id, f.day AS day, '00000000-0000-0000-0000-000000000000'::uuid AS member_id, coalesce(f.status_id, '00000000-0000-0000-0000-000000000000') AS item_id, (f.furthest * 2 + (f.answered IS NOT NULL)::int)::integer AS value, f.sign * 1 AS leads, f.sign * 0 AS seconds
      FROM moved f
      CROSS JOIN (VALUES (false), (true)) AS by (origin)
      WHERE true
    ) AS f
    WHERE f.kind = ANY ($4::smallint[])
      AND f.day BETWEEN $2::date
      AND $3::date
  ) AS f
)
SELECT value / 2 AS step, sum(leads)::bigint AS leads
FROM counted
GROUP BY 1;
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT unnest(q.lead_ids) AS id
  FROM index_queue q
  WHERE q.workspace_id = $1
), kept AS MATERIALIZED (
  SELECT f.workspace_id, f.lead_id, day, hour, department_id, source_id, owner_id, status_id, furthest, answered, wait, reached, calls, callbacks
  FROM (
    SELECT DISTINCT id
    FROM waiting
  ) AS wanted
  CROSS JOIN LATERAL (
    SELECT *
    FROM lead_facts one
    WHERE one.workspace_id = $1
      AND one.lead_id = wanted.id
    LIMIT 1
  ) AS f
), fresh AS MATERIALIZED (
  SELECT l.workspace_id, l.id AS lead_id, came.at::date AS day, extract(hour FROM came.at)::smallint AS hour, l.department_id, l.source_id, l.owner_id, l.status_id, greatest(b.places[array_position(b.statuses, l.status_id)], moves.furthest, 0) AS furthest, (extract(isodow FROM replied.at) * 24 + extract(hour FROM replied.at))::smallint AS answered, CASE WHEN l.first_reply_at IS NOT NULL THEN greatest(0, (extract(epoch FROM l.first_reply_at - l.created_at) * 1000000)::bigint) END AS wait, moves.reached, made.calls, kept.callbacks
  FROM (
    SELECT DISTINCT id
    FROM waiting
  ) AS wanted
  CROSS JOIN LATERAL (
    SELECT *
    FROM leads one
    WHERE one.workspace_id = $1
      AND one.id = wanted.id
    LIMIT 1
  ) AS l
  JOIN figure_bases b ON b.workspace_id = $1
  CROSS JOIN LATERAL (
    SELECT l.created_at AT TIME ZONE b.time_zone AS at
  ) AS came
  CROSS JOIN LATERAL (
    SELECT l.first_reply_at AT TIME ZONE b.time_zone AS at
  ) AS replied
  CROSS JOIN LATERAL (
    SELECT had.furthest, CASE WHEN had.furthest > 0 THEN ARRAY(
      SELECT (
        SELECT min(one.wait)
        FROM unnest(had.places, had.waits) AS one (place, wait)
        WHERE one.place >= step
      )
      FROM generate_series(1, had.furthest) AS step
      ORDER BY step
    ) END AS reached
    FROM (
      SELECT max(move.place) AS furthest, array_agg(move.place) AS places, array_agg(move.wait) AS waits
      FROM (
        SELECT b.places[array_position(b.statuses, m.status_id)] AS place, (extract(epoch FROM m.at - l.created_at) * 1000000)::bigint AS wait
        FROM lead_moves m
        WHERE m.workspace_id = l.workspace_id
          AND m.lead_id = l.id
      ) AS move
      WHERE move.place IS NOT NULL
    ) AS had
  ) AS moves
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(one) ORDER BY one.day, one.member, one.outcome) AS calls
    FROM (
      SELECT (t.ended_at AT TIME ZONE b.time_zone)::date AS day, t.member_id AS member, t.outcome_id AS outcome, count(*) AS calls, coalesce(sum(t.talk_seconds), 0) AS seconds
      FROM call_attempts t
      WHERE t.workspace_id = l.workspace_id
        AND t.lead_id = l.id
        AND t.member_id IS NOT NULL
      GROUP BY 1, 2, 3
    ) AS one
  ) AS made
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(one) ORDER BY one.day, one.member, one.kept) AS callbacks
    FROM (
      SELECT (c.ended_at AT TIME ZONE b.time_zone)::date AS day, c.member_id AS member, (coalesce(c.started_at, c.ended_at) <= c.due_at + interval '15 minutes')::int AS kept, count(*) AS calls
      FROM calls c
      WHERE c.workspace_id = l.workspace_id
        AND c.lead_id = l.id
        AND c.callback
        AND c.state = 'dialled'
        AND c.ended_at IS NOT NULL
        AND c.member_id IS NOT NULL
      GROUP BY 1, 2, 3
    ) AS one
  ) AS kept
), moved AS (
  SELECT 1 AS sign, f.workspace_id, f.lead_id, f.day, f.hour, f.department_id, f.source_id, f.owner_id, f.status_id, f.furthest, f.answered, f.wait, f.reached, f.calls, f.callbacks
  FROM lead_facts f
  WHERE f.workspace_id = $1
    AND f.day BETWEEN $2::date
    AND $3::date
    AND f.workspace_id = $1
    AND true
    AND (f.owner_id = ANY ($5::uuid[]) OR f.owner_id IS NULL)
  UNION ALL
  SELECT -1 AS sign, f.*
  FROM kept f
  WHERE f.workspace_id = $1
    AND true
    AND (f.owner_id = ANY ($6::uuid[]) OR f.owner_id IS NULL)
  UNION ALL
  SELECT 1 AS sign, f.*
  FROM fresh f
  WHERE f.workspace_id = $1
    AND true
    AND (f.owner_id = ANY ($7::uuid[]) OR f.owner_id IS NULL)
), counted AS (
  SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
  FROM (
    SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
    FROM (
      SELECT f.workspace_id, CASE WHEN NOT by.origin THEN 20 WHEN f.owner_id IS NULL THEN 22 ELSE 23 END AS kind, CASE WHEN by.origin THEN coalesce(f.department_id, '00000000-0000-0000-0000-000000000000') ELSE '00000000-0000-0000-0000-000000000000' END AS department_id, CASE WHEN by.origin THEN coalesce(f.source_id, '00000000-0000-0000-0000-000000000000') ELSE '00000000-0000-0000-0000-000000000000' END AS source_id, f.day AS day, '00000000-0000-0000-0000-000000000000'::uuid AS member_id, '00000000-0000-0000-0000-000000000000'::uuid AS item_id, (one.step * 1000 + wait_class(one.wait))::integer AS value, f.sign * 1 AS leads, f.sign * 0 AS seconds
      FROM moved f
      CROSS JOIN (VALUES (false), (true)) AS by (origin)
      CROSS JOIN LATERAL (
        SELECT 0 AS step, f.wait
        WHERE f.wait IS NOT NULL
        UNION ALL
        SELECT step, reached.wait
        FROM unnest(f.reached)
        WITH ORDINALITY AS reached (wait, step)
      ) AS one
      WHERE true
    ) AS f
    WHERE f.kind = ANY ($4::smallint[])
      AND f.day BETWEEN $2::date
      AND $3::date
  ) AS f
)
SELECT value / 1000 AS step, value % 1000 AS class, sum(leads)::bigint AS leads
FROM counted
WHERE value >= 1000
GROUP BY 1, 2 HAVING sum(leads) > 0
ORDER BY 1, 2;

-- What members did, as seen by all
WITH owned AS (
  SELECT owner_id AS member_id, count(*) AS leads, count(*) FILTER (WHERE s.state = 'won') AS won
  FROM leads
  JOIN statuses s ON s.workspace_id = leads.workspace_id
    AND s.id = leads.status_id
  WHERE leads.workspace_id = $1
    AND leads.id >= uuid_from($2::timestamptz - interval '1 hour')
    AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
    AND leads.created_at >= $2
    AND leads.created_at < $3
    AND owner_id IS NOT NULL
  GROUP BY 1
), made AS (
  SELECT t.member_id, count(*) AS calls, count(*) FILTER (WHERE o.reached) AS contacts, coalesce(sum(t.talk_seconds), 0)::bigint AS talk_seconds
  FROM call_attempts t
  LEFT JOIN call_outcomes o ON o.workspace_id = t.workspace_id
    AND o.id = t.outcome_id
  WHERE t.workspace_id = $1
    AND t.member_id = ANY ($4::uuid[])
    AND t.ended_at >= $2
    AND t.ended_at < $3
  GROUP BY 1
), agreed AS (
  SELECT c.member_id, count(*) AS callbacks, count(*) FILTER (WHERE coalesce(c.started_at, c.ended_at) <= c.due_at + interval '15 minutes') AS callbacks_on_time
  FROM calls c
  WHERE c.workspace_id = $1
    AND c.member_id = ANY ($4::uuid[])
    AND c.ended_at >= $2
    AND c.ended_at < $3
    AND c.callback
    AND c.state = 'dialled'
  GROUP BY 1
)
SELECT member_id, coalesce(leads, 0) AS leads, coalesce(won, 0) AS won, coalesce(calls, 0) AS calls, coalesce(contacts, 0) AS contacts, coalesce(talk_seconds, 0) AS talk_seconds, coalesce(callbacks, 0) AS callbacks, coalesce(callbacks_on_time, 0) AS callbacks_on_time
FROM owned
FULL JOIN made USING (member_id)
FULL JOIN agreed USING (member_id);

-- What members did, as seen by own
WITH owned AS (
  SELECT owner_id AS member_id, count(*) AS leads, count(*) FILTER (WHERE s.state = 'won') AS won
  FROM leads
  JOIN statuses s ON s.workspace_id = leads.workspace_id
    AND s.id = leads.status_id
  WHERE leads.workspace_id = $1
    AND leads.id >= uuid_from($2::timestamptz - interval '1 hour')
    AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
    AND leads.created_at >= $2
    AND leads.created_at < $3
    AND leads.owner_id = ANY ($4::uuid[])
    AND owner_id IS NOT NULL
  GROUP BY 1
), made AS (
  SELECT t.member_id, count(*) AS calls, count(*) FILTER (WHERE o.reached) AS contacts, coalesce(sum(t.talk_seconds), 0)::bigint AS talk_seconds
  FROM call_attempts t
  LEFT JOIN call_outcomes o ON o.workspace_id = t.workspace_id
    AND o.id = t.outcome_id
  WHERE t.workspace_id = $1
    AND t.member_id = ANY ($5::uuid[])
    AND t.ended_at >= $2
    AND t.ended_at < $3
    AND EXISTS (
    SELECT 1
    FROM leads l
    WHERE l.workspace_id = $1
      AND l.owner_id = ANY ($6::uuid[])
      AND l.id = t.lead_id
  )
  GROUP BY 1
), agreed AS (
  SELECT c.member_id, count(*) AS callbacks, count(*) FILTER (WHERE coalesce(c.started_at, c.ended_at) <= c.due_at + interval '15 minutes') AS callbacks_on_time
  FROM calls c
  WHERE c.workspace_id = $1
    AND c.member_id = ANY ($5::uuid[])
    AND c.ended_at >= $2
    AND c.ended_at < $3
    AND EXISTS (
    SELECT 1
    FROM leads l
    WHERE l.workspace_id = $1
      AND l.owner_id = ANY ($6::uuid[])
      AND l.id = c.lead_id
  )
    AND c.callback
    AND c.state = 'dialled'
  GROUP BY 1
)
SELECT member_id, coalesce(leads, 0) AS leads, coalesce(won, 0) AS won, coalesce(calls, 0) AS calls, coalesce(contacts, 0) AS contacts, coalesce(talk_seconds, 0) AS talk_seconds, coalesce(callbacks, 0) AS callbacks, coalesce(callbacks_on_time, 0) AS callbacks_on_time
FROM owned
FULL JOIN made USING (member_id)
FULL JOIN agreed USING (member_id);

-- What members did, as seen by team
WITH owned AS (
  SELECT owner_id AS member_id, count(*) AS leads, count(*) FILTER (WHERE s.state = 'won') AS won
  FROM leads
  JOIN statuses s ON s.workspace_id = leads.workspace_id
    AND s.id = leads.status_id
  WHERE leads.workspace_id = $1
    AND leads.id >= uuid_from($2::timestamptz - interval '1 hour')
    AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
    AND leads.created_at >= $2
    AND leads.created_at < $3
    AND (leads.owner_id = ANY ($4::uuid[]) OR leads.department_id = ANY ($5::uuid[]))
    AND owner_id IS NOT NULL
  GROUP BY 1
), made AS (
  SELECT t.member_id, count(*) AS calls, count(*) FILTER (WHERE o.reached) AS contacts, coalesce(sum(t.talk_seconds), 0)::bigint AS talk_seconds
  FROM call_attempts t
  LEFT JOIN call_outcomes o ON o.workspace_id = t.workspace_id
    AND o.id = t.outcome_id
  WHERE t.workspace_id = $1
    AND t.member_id = ANY ($6::uuid[])
    AND t.ended_at >= $2
    AND t.ended_at < $3
    AND EXISTS (
    SELECT 1
    FROM leads l
    WHERE l.workspace_id = $1
      AND (l.owner_id = ANY ($7::uuid[]) OR l.department_id = ANY ($8::uuid[]))
      AND l.id = t.lead_id
  )
  GROUP BY 1
), agreed AS (
  SELECT c.member_id, count(*) AS callbacks, count(*) FILTER (WHERE coalesce(c.started_at, c.ended_at) <= c.due_at + interval '15 minutes') AS callbacks_on_time
  FROM calls c
  WHERE c.workspace_id = $1
    AND c.member_id = ANY ($6::uuid[])
    AND c.ended_at >= $2
    AND c.ended_at < $3
    AND EXISTS (
    SELECT 1
    FROM leads l
    WHERE l.workspace_id = $1
      AND (l.owner_id = ANY ($7::uuid[]) OR l.department_id = ANY ($8::uuid[]))
      AND l.id = c.lead_id
  )
    AND c.callback
    AND c.state = 'dialled'
  GROUP BY 1
)
SELECT member_id, coalesce(leads, 0) AS leads, coalesce(won, 0) AS won, coalesce(calls, 0) AS calls, coalesce(contacts, 0) AS contacts, coalesce(talk_seconds, 0) AS talk_seconds, coalesce(callbacks, 0) AS callbacks, coalesce(callbacks_on_time, 0) AS callbacks_on_time
FROM owned
FULL JOIN made USING (member_id)
FULL JOIN agreed USING (member_id);

-- What members did, of some departments, sources and owners
WITH owned AS (
  SELECT owner_id AS member_id, count(*) AS leads, count(*) FILTER (WHERE s.state = 'won') AS won
  FROM leads
  JOIN statuses s ON s.workspace_id = leads.workspace_id
    AND s.id = leads.status_id
  WHERE leads.workspace_id = $1
    AND leads.id >= uuid_from($2::timestamptz - interval '1 hour')
    AND leads.id < uuid_from($3::timestamptz + interval '1 hour')
    AND leads.created_at >= $2
    AND leads.created_at < $3
    AND leads.department_id = ANY ($4::uuid[])
    AND leads.source_id = ANY ($5::uuid[])
    AND (leads.owner_id = ANY ($6::uuid[]) OR leads.owner_id IS NULL)
    AND owner_id IS NOT NULL
  GROUP BY 1
), made AS (
  SELECT t.member_id, count(*) AS calls, count(*) FILTER (WHERE o.reached) AS contacts, coalesce(sum(t.talk_seconds), 0)::bigint AS talk_seconds
  FROM call_attempts t
  LEFT JOIN call_outcomes o ON o.workspace_id = t.workspace_id
    AND o.id = t.outcome_id
  WHERE t.workspace_id = $1
    AND t.member_id = ANY ($7::uuid[])
    AND t.ended_at >= $2
    AND t.ended_at < $3
    AND t.member_id = ANY ($8::uuid[])
    AND EXISTS (
    SELECT 1
    FROM leads l
    WHERE l.workspace_id = $1
      AND l.department_id = ANY ($9::uuid[])
      AND l.source_id = ANY ($10::uuid[])
      AND l.id = t.lead_id
  )
  GROUP BY 1
), agreed AS (
  SELECT c.member_id, count(*) AS callbacks, count(*) FILTER (WHERE coalesce(c.started_at, c.ended_at) <= c.due_at + interval '15 minutes') AS callbacks_on_time
  FROM calls c
  WHERE c.workspace_id = $1
    AND c.member_id = ANY ($7::uuid[])
    AND c.ended_at >= $2
    AND c.ended_at < $3
    AND c.member_id = ANY ($8::uuid[])
    AND EXISTS (
    SELECT 1
    FROM leads l
    WHERE l.workspace_id = $1
      AND l.department_id = ANY ($9::uuid[])
      AND l.source_id = ANY ($10::uuid[])
      AND l.id = c.lead_id
  )
    AND c.callback
    AND c.state = 'dialled'
  GROUP BY 1
)
SELECT member_id, coalesce(leads, 0) AS leads, coalesce(won, 0) AS won, coalesce(calls, 0) AS calls, coalesce(contacts, 0) AS contacts, coalesce(talk_seconds, 0) AS talk_seconds, coalesce(callbacks, 0) AS callbacks, coalesce(callbacks_on_time, 0) AS callbacks_on_time
FROM owned
FULL JOIN made USING (member_id)
FULL JOIN agreed USING (member_id);

-- What members did, from figures
WITH counted AS (
  SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
  FROM (
    SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
    FROM lead_figures f
    WHERE f.workspace_id = $1
      AND f.kind = ANY ($4::smallint[])
      AND f.department_id = ANY ($5::uuid[])
      AND f.source_id = ANY ($6::uuid[])
      AND f.day BETWEEN $2::date
      AND $3::date
  ) AS f
), added AS (
  SELECT kind, member_id, item_id, value, sum(leads) AS leads, sum(seconds) AS seconds
  FROM counted
  WHERE kind / 4 = 4 OR member_id = ANY ($7::uuid[])
  GROUP BY 1, 2, 3, 4
)
SELECT member_id, coalesce(sum(leads) FILTER (WHERE kind / 4 = 4 AND true), 0)::bigint AS leads, coalesce(sum(leads) FILTER (WHERE kind / 4 = 4 AND s.state = 'won'), 0)::bigint AS won, coalesce(sum(leads) FILTER (WHERE kind / 4 = 6 AND true), 0)::bigint AS calls, coalesce(sum(leads) FILTER (WHERE kind / 4 = 6 AND o.reached), 0)::bigint AS contacts, coalesce(sum(seconds) FILTER (WHERE kind / 4 = 6 AND true), 0)::bigint AS talk_seconds, coalesce(sum(leads) FILTER (WHERE kind / 4 = 7 AND true), 0)::bigint AS callbacks, coalesce(sum(leads) FILTER (WHERE kind / 4 = 7 AND value = 1), 0)::bigint AS callbacks_on_time
FROM added
LEFT JOIN statuses s ON s.workspace_id = $1
  AND s.id = item_id
LEFT JOIN call_outcomes o ON o.workspace_id = $1
  AND o.id = item_id
GROUP BY 1 HAVING bool_or(leads <> 0);

-- What members did, from figures, of some owners
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT unnest(q.lead_ids) AS id
  FROM index_queue q
  WHERE q.workspace_id = $1
), kept AS MATERIALIZED (
  SELECT f.workspace_id, f.lead_id, day, hour, department_id, source_id, owner_id, status_id, furthest, answered, wait, reached, calls, callbacks
  FROM (
    SELECT DISTINCT id
    FROM waiting
  ) AS wanted
  CROSS JOIN LATERAL (
    SELECT *
    FROM lead_facts one
    WHERE one.workspace_id = $1
      AND one.lead_id = wanted.id
    LIMIT 1
  ) AS f
), fresh AS MATERIALIZED (
  SELECT l.workspace_id, l.id AS lead_id, came.at::date AS day, extract(hour FROM came.at)::smallint AS hour, l.department_id, l.source_id, l.owner_id, l.status_id, greatest(b.places[array_position(b.statuses, l.status_id)], moves.furthest, 0) AS furthest, (extract(isodow FROM replied.at) * 24 + extract(hour FROM replied.at))::smallint AS answered, CASE WHEN l.first_reply_at IS NOT NULL THEN greatest(0, (extract(epoch FROM l.first_reply_at - l.created_at) * 1000000)::bigint) END AS wait, moves.reached, made.calls, kept.callbacks
  FROM (
    SELECT DISTINCT id
    FROM waiting
  ) AS wanted
  CROSS JOIN LATERAL (
    SELECT *
    FROM leads one
    WHERE one.workspace_id = $1
      AND one.id = wanted.id
    LIMIT 1
  ) AS l
  JOIN figure_bases b ON b.workspace_id = $1
  CROSS JOIN LATERAL (
    SELECT l.created_at AT TIME ZONE b.time_zone AS at
  ) AS came
  CROSS JOIN LATERAL (
    SELECT l.first_reply_at AT TIME ZONE b.time_zone AS at
  ) AS replied
  CROSS JOIN LATERAL (
    SELECT had.furthest, CASE WHEN had.furthest > 0 THEN ARRAY(
      SELECT (
        SELECT min(one.wait)
        FROM unnest(had.places, had.waits) AS one (place, wait)
        WHERE one.place >= step
      )
      FROM generate_series(1, had.furthest) AS step
      ORDER BY step
    ) END AS reached
    FROM (
      SELECT max(move.place) AS furthest, array_agg(move.place) AS places, array_agg(move.wait) AS waits
      FROM (
        SELECT b.places[array_position(b.statuses, m.status_id)] AS place, (extract(epoch FROM m.at - l.created_at) * 1000000)::bigint AS wait
        FROM lead_moves m
        WHERE m.workspace_id = l.workspace_id
          AND m.lead_id = l.id
      ) AS move
      WHERE move.place IS NOT NULL
    ) AS had
  ) AS moves
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(one) ORDER BY one.day, one.member, one.outcome) AS calls
    FROM (
      SELECT (t.ended_at AT TIME ZONE b.time_zone)::date AS day, t.member_id AS member, t.outcome_id AS outcome, count(*) AS calls, coalesce(sum(t.talk_seconds), 0) AS seconds
      FROM call_attempts t
      WHERE t.workspace_id = l.workspace_id
        AND t.lead_id = l.id
        AND t.member_id IS NOT NULL
      GROUP BY 1, 2, 3
    ) AS one
  ) AS made
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(one) ORDER BY one.day, one.member, one.kept) AS callbacks
    FROM (
      SELECT (c.ended_at AT TIME ZONE b.time_zone)::date AS day, c.member_id AS member, (coalesce(c.started_at, c.ended_at) <= c.due_at + interval '15 minutes')::int AS kept, count(*) AS calls
      FROM calls c
      WHERE c.workspace_id = l.workspace_id
        AND c.lead_id = l.id
        AND c.callback
        AND c.state = 'dialled'
        AND c.ended_at IS NOT NULL
        AND c.member_id IS NOT NULL
      GROUP BY 1, 2, 3
    ) AS one
  ) AS kept
), moved AS (
  SELECT -1 AS sign, f.*
  FROM kept f
  WHERE f.workspace_id = $1
    AND true
  UNION ALL
  SELECT 1 AS sign, f.*
  FROM fresh f
  WHERE f.workspace_id = $1
    AND true
), counted AS (
  SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
  FROM (
    SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
    FROM lead_figures f
    WHERE f.workspace_id = $1
      AND f.kind = ANY ($4::smallint[])
      AND f.department_id = ANY ($5::uuid[])
      AND f.source_id = ANY ($6::uuid[])
      AND f.day BETWEEN $2::date
      AND $3::date
    UNION ALL
    SELECT kind, source_id, day, member_id, item_id, value, leads, seconds
    FROM (
      SELECT f.workspace_id, CASE WHEN NOT by.origin THEN 16 WHEN f.owner_id IS NULL THEN 18 ELSE 19 END AS kind, CASE WHEN by.origin THEN coalesce(f.department_id, '00000000-0000-0000-0000-000000000000') ELSE '00000000-0000-0000-0000-000000000000' END AS department_id, CASE WHEN by.origin THEN coalesce(f.source_id, '00000000-0000-0000-0000-000000000000') ELSE '00000000-0000-0000-0000-000000000000' END AS source_id, f.day AS day, coalesce(f.owner_id, '00000000-0000-0000-0000-000000000000') AS member_id, coalesce(f.status_id, '00000000-0000-0000-0000-000000000000') AS item_id, (0)::integer AS value, f.sign * 1 AS leads, f.sign * 0 AS seconds
      FROM moved f
      CROSS JOIN (VALUES (false), (true)) AS by (origin)
      WHERE f.owner_id IS NOT NULL
      UNION ALL
      SELECT f.workspace_id, CASE WHEN NOT by.origin THEN 24 WHEN f.owner_id IS NULL THEN 26 ELSE 27 END AS kind, CASE WHEN by.origin THEN coalesce(f.department_id, '00000000-0000-0000-0000-000000000000') ELSE '00000000-0000-0000-0000-000000000000' END AS department_id, CASE WHEN by.origin THEN coalesce(f.source_id, '00000000-0000-0000-0000-000000000000') ELSE '00000000-0000-0000-0000-000000000000' END AS source_id, one.day AS day, coalesce(one.member, '00000000-0000-0000-0000-000000000000') AS member_id, coalesce(one.outcome, '00000000-0000-0000-0000-000000000000') AS item_id, (0)::integer AS value, f.sign * one.calls AS leads, f.sign * one.seconds AS seconds
      FROM moved f
      CROSS JOIN (VALUES (false), (true)) AS by (origin)
      CROSS JOIN LATERAL jsonb_to_recordset(f.calls) AS one (day date, member uuid, calls integer, outcome uuid, seconds bigint)
      WHERE f.calls IS NOT NULL
      UNION ALL
      SELECT f.workspace_id, CASE WHEN NOT by.origin THEN 28 WHEN f.owner_id IS NULL THEN 30 ELSE 31 END AS kind, CASE WHEN by.origin THEN coalesce(f.department_id, '00000000-0000-0000-0000-000000000000') ELSE '00000000-0000-0000-0000-000000000000' END AS department_id, CASE WHEN by.origin THEN coalesce(f.source_id, '00000000-0000-0000-0000-000000000000') ELSE '00000000-0000-0000-0000-000000000000' END AS source_id, one.day AS day, coalesce(one.member, '00000000-0000-0000-0000-000000000000') AS member_id, '00000000-0000-0000-0000-000000000000'::uuid AS item_id, (one.kept)::integer AS value, f.sign * one.calls AS leads, f.sign * 0 AS seconds
      FROM moved f
      CROSS JOIN (VALUES (false), (true)) AS by (origin)
      CROSS JOIN LATERAL jsonb_to_recordset(f.callbacks) AS one (day date, member uuid, calls integer, kept integer)
      WHERE f.callbacks IS NOT NULL
    ) AS f
    WHERE f.kind = ANY ($4::smallint[])
      AND f.day BETWEEN $2::date
      AND $3::date
  ) AS f
  WHERE f.member_id = ANY ($7::uuid[])
), added AS (
  SELECT kind, member_id, item_id, value, sum(leads) AS leads, sum(seconds) AS seconds
  FROM counted
  WHERE kind / 4 = 4 OR member_id = ANY ($8::uuid[])
  GROUP BY 1, 2, 3, 4
)
SELECT member_id, coalesce(sum(leads) FILTER (WHERE kind / 4 = 4 AND true), 0)::bigint AS leads, coalesce(sum(leads) FILTER (WHERE kind / 4 = 4 AND s.state = 'won'), 0)::bigint AS won, coalesce(sum(leads) FILTER (WHERE kind / 4 = 6 AND true), 0)::bigint AS calls, coalesce(sum(leads) FILTER (WHERE kind / 4 = 6 AND o.reached), 0)::bigint AS contacts, coalesce(sum(seconds) FILTER (WHERE kind / 4 = 6 AND true), 0)::bigint AS talk_seconds, coalesce(sum(leads) FILTER (WHERE kind / 4 = 7 AND true), 0)::bigint AS callbacks, coalesce(sum(leads) FILTER (WHERE kind / 4 = 7 AND value = 1), 0)::bigint AS callbacks_on_time
FROM added
LEFT JOIN statuses s ON s.workspace_id = $1
  AND s.id = item_id
LEFT JOIN call_outcomes o ON o.workspace_id = $1
  AND o.id = item_id
GROUP BY 1 HAVING bool_or(leads <> 0);

-- Requests by day, dialect and outcome
SELECT (received_at AT TIME ZONE $4)::date AS day, dialect, outcome, count(*) AS requests
FROM submissions
WHERE workspace_id = $1
  AND id >= uuid_from($2::timestamptz - interval '1 hour')
  AND id < uuid_from($3::timestamptz + interval '1 hour')
  AND received_at >= $2
  AND received_at < $3
  AND (command IS NULL OR command = 'createLead')
GROUP BY 1, 2, 3
ORDER BY 1, 2;

-- Requests by day, dialect and outcome, from the counts
SELECT day, dialect, outcome, sum(requests)::bigint AS requests
FROM (
  SELECT day, dialect, outcome, requests
  FROM intake_counts
  WHERE workspace_id = $1
    AND day BETWEEN $5::date
    AND $6::date
  UNION ALL
  SELECT (received_at AT TIME ZONE $4)::date, dialect, outcome, requests
  FROM intake_count_changes
  WHERE workspace_id = $1
    AND submission_id <= $7
    AND received_at >= $2
    AND received_at < $3
  UNION ALL
  SELECT (received_at AT TIME ZONE $4)::date, dialect, outcome, count(*)
  FROM submissions
  WHERE workspace_id = $1
    AND id >= uuid_from($2::timestamptz - interval '1 hour')
    AND id < uuid_from($3::timestamptz + interval '1 hour')
    AND received_at >= $2
    AND received_at < $3
    AND (command IS NULL OR command = 'createLead')
    AND id > $7
  GROUP BY 1, 2, 3
) AS counted
GROUP BY 1, 2, 3 HAVING sum(requests) <> 0
ORDER BY 1, 2;
