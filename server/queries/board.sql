-- The SQL that the lists of board send. Written by `npm run queries`; a test demands that it is up to date.

-- Cards of a status, as seen by all
WITH page AS MATERIALIZED (
  SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
  FROM (
    SELECT leads.workspace_id, leads.id, leads.id AS lead_id, leads.next_step_at, leads.expected_completion_date AS end_date, leads.target_amount AS amount, NULL::date AS closed_on
    FROM leads
    WHERE workspace_id = $1
      AND leads.status_id = $4
  ) AS c
  WHERE c.workspace_id = $1
    AND c.next_step_at < $2
  ORDER BY c.next_step_at, c.id
  LIMIT $3
)
SELECT c.id, NULL AS deal_name, NULL AS stage_id, l.owner_id, l.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, to_char(c.next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
ORDER BY c.next_step_at, c.id;
WITH page AS MATERIALIZED (
  SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
  FROM (
    SELECT leads.workspace_id, leads.id, leads.id AS lead_id, leads.next_step_at, leads.expected_completion_date AS end_date, leads.target_amount AS amount, NULL::date AS closed_on
    FROM leads
    WHERE workspace_id = $1
      AND leads.status_id = $3
  ) AS c
  WHERE c.workspace_id = $1
    AND c.next_step_at IS NULL
  ORDER BY c.id DESC
  LIMIT $2
)
SELECT c.id, NULL AS deal_name, NULL AS stage_id, l.owner_id, l.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, NULL AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
ORDER BY c.id DESC;
WITH page AS MATERIALIZED (
  SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
  FROM (
    SELECT leads.workspace_id, leads.id, leads.id AS lead_id, leads.next_step_at, leads.expected_completion_date AS end_date, leads.target_amount AS amount, NULL::date AS closed_on
    FROM leads
    WHERE workspace_id = $1
      AND leads.status_id = $4
  ) AS c
  WHERE c.workspace_id = $1
    AND c.next_step_at >= $2
  ORDER BY c.next_step_at, c.id
  LIMIT $3
)
SELECT c.id, NULL AS deal_name, NULL AS stage_id, l.owner_id, l.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, to_char(c.next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
ORDER BY c.next_step_at, c.id;

-- Count and sum of a status, as seen by all
SELECT count(*) AS count, coalesce(sum(amount), 0) AS sum
FROM (
  SELECT c.amount
  FROM (
    SELECT leads.workspace_id, leads.id, leads.id AS lead_id, leads.next_step_at, leads.expected_completion_date AS end_date, leads.target_amount AS amount, NULL::date AS closed_on
    FROM leads
    WHERE workspace_id = $1
      AND leads.status_id = $2
  ) AS c
  LIMIT $3
) AS counted;

-- Leads of a status by what no index answers, as seen by all
WITH newest AS MATERIALIZED (
  SELECT id AS lead_id
  FROM leads
  WHERE workspace_id = $1
    AND status_id = $2
  ORDER BY id DESC
  LIMIT $3
)
SELECT (
  SELECT count(*)
  FROM newest
) AS looked, ARRAY(
  SELECT id
  FROM leads
  WHERE id IN (
    SELECT lead_id
    FROM newest
  )
    AND workspace_id = $1
    AND phone IS NULL
    AND (
    SELECT t.dialect
    FROM touches t
    WHERE t.workspace_id = $1
      AND t.lead_id = leads.id
    ORDER BY t.id
    LIMIT 1
  ) = ANY ($4::text[])
) AS ids;

-- Cards of a status, as seen by own
WITH page AS MATERIALIZED (
  SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
  FROM (
    SELECT leads.workspace_id, leads.id, leads.id AS lead_id, leads.next_step_at, leads.expected_completion_date AS end_date, leads.target_amount AS amount, NULL::date AS closed_on
    FROM leads
    WHERE workspace_id = $1
      AND owner_id = ANY ($4::uuid[])
      AND leads.status_id = $5
  ) AS c
  WHERE c.workspace_id = $1
    AND c.next_step_at < $2
  ORDER BY c.next_step_at, c.id
  LIMIT $3
)
SELECT c.id, NULL AS deal_name, NULL AS stage_id, l.owner_id, l.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, to_char(c.next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
ORDER BY c.next_step_at, c.id;
WITH page AS MATERIALIZED (
  SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
  FROM (
    SELECT leads.workspace_id, leads.id, leads.id AS lead_id, leads.next_step_at, leads.expected_completion_date AS end_date, leads.target_amount AS amount, NULL::date AS closed_on
    FROM leads
    WHERE workspace_id = $1
      AND owner_id = ANY ($3::uuid[])
      AND leads.status_id = $4
  ) AS c
  WHERE c.workspace_id = $1
    AND c.next_step_at IS NULL
  ORDER BY c.id DESC
  LIMIT $2
)
SELECT c.id, NULL AS deal_name, NULL AS stage_id, l.owner_id, l.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, NULL AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
ORDER BY c.id DESC;
WITH page AS MATERIALIZED (
  SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
  FROM (
    SELECT leads.workspace_id, leads.id, leads.id AS lead_id, leads.next_step_at, leads.expected_completion_date AS end_date, leads.target_amount AS amount, NULL::date AS closed_on
    FROM leads
    WHERE workspace_id = $1
      AND owner_id = ANY ($4::uuid[])
      AND leads.status_id = $5
  ) AS c
  WHERE c.workspace_id = $1
    AND c.next_step_at >= $2
  ORDER BY c.next_step_at, c.id
  LIMIT $3
)
SELECT c.id, NULL AS deal_name, NULL AS stage_id, l.owner_id, l.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, to_char(c.next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
ORDER BY c.next_step_at, c.id;

-- Count and sum of a status, as seen by own
SELECT count(*) AS count, coalesce(sum(amount), 0) AS sum
FROM (
  SELECT c.amount
  FROM (
    SELECT leads.workspace_id, leads.id, leads.id AS lead_id, leads.next_step_at, leads.expected_completion_date AS end_date, leads.target_amount AS amount, NULL::date AS closed_on
    FROM leads
    WHERE workspace_id = $1
      AND owner_id = ANY ($2::uuid[])
      AND leads.status_id = $3
  ) AS c
  LIMIT $4
) AS counted;

-- Leads of a status by what no index answers, as seen by own
WITH newest AS MATERIALIZED (
  SELECT id AS lead_id
  FROM leads
  WHERE workspace_id = $1
    AND status_id = $3
  ORDER BY id DESC
  LIMIT $4
)
SELECT (
  SELECT count(*)
  FROM newest
) AS looked, ARRAY(
  SELECT id
  FROM leads
  WHERE id IN (
    SELECT lead_id
    FROM newest
  )
    AND workspace_id = $1
    AND owner_id = ANY ($2::uuid[])
    AND phone IS NULL
    AND (
    SELECT t.dialect
    FROM touches t
    WHERE t.workspace_id = $1
      AND t.lead_id = leads.id
    ORDER BY t.id
    LIMIT 1
  ) = ANY ($5::text[])
) AS ids;

-- Cards of a status, as seen by team
WITH page AS MATERIALIZED (
  SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
  FROM (
    SELECT leads.workspace_id, leads.id, leads.id AS lead_id, leads.next_step_at, leads.expected_completion_date AS end_date, leads.target_amount AS amount, NULL::date AS closed_on
    FROM leads
    WHERE workspace_id = $1
      AND (owner_id = ANY ($4::uuid[]) OR department_id = ANY ($5::uuid[]))
      AND leads.status_id = $6
  ) AS c
  WHERE c.workspace_id = $1
    AND c.next_step_at < $2
  ORDER BY c.next_step_at, c.id
  LIMIT $3
)
SELECT c.id, NULL AS deal_name, NULL AS stage_id, l.owner_id, l.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, to_char(c.next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
ORDER BY c.next_step_at, c.id;
WITH page AS MATERIALIZED (
  SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
  FROM (
    SELECT leads.workspace_id, leads.id, leads.id AS lead_id, leads.next_step_at, leads.expected_completion_date AS end_date, leads.target_amount AS amount, NULL::date AS closed_on
    FROM leads
    WHERE workspace_id = $1
      AND (owner_id = ANY ($3::uuid[]) OR department_id = ANY ($4::uuid[]))
      AND leads.status_id = $5
  ) AS c
  WHERE c.workspace_id = $1
    AND c.next_step_at IS NULL
  ORDER BY c.id DESC
  LIMIT $2
)
SELECT c.id, NULL AS deal_name, NULL AS stage_id, l.owner_id, l.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, NULL AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
ORDER BY c.id DESC;
WITH page AS MATERIALIZED (
  SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
  FROM (
    SELECT leads.workspace_id, leads.id, leads.id AS lead_id, leads.next_step_at, leads.expected_completion_date AS end_date, leads.target_amount AS amount, NULL::date AS closed_on
    FROM leads
    WHERE workspace_id = $1
      AND (owner_id = ANY ($4::uuid[]) OR department_id = ANY ($5::uuid[]))
      AND leads.status_id = $6
  ) AS c
  WHERE c.workspace_id = $1
    AND c.next_step_at >= $2
  ORDER BY c.next_step_at, c.id
  LIMIT $3
)
SELECT c.id, NULL AS deal_name, NULL AS stage_id, l.owner_id, l.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, to_char(c.next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
ORDER BY c.next_step_at, c.id;

-- Count and sum of a status, as seen by team
SELECT count(*) AS count, coalesce(sum(amount), 0) AS sum
FROM (
  SELECT c.amount
  FROM (
    SELECT leads.workspace_id, leads.id, leads.id AS lead_id, leads.next_step_at, leads.expected_completion_date AS end_date, leads.target_amount AS amount, NULL::date AS closed_on
    FROM leads
    WHERE workspace_id = $1
      AND (owner_id = ANY ($2::uuid[]) OR department_id = ANY ($3::uuid[]))
      AND leads.status_id = $4
  ) AS c
  LIMIT $5
) AS counted;

-- Leads of a status by what no index answers, as seen by team
WITH newest AS MATERIALIZED (
  SELECT id AS lead_id
  FROM leads
  WHERE workspace_id = $1
    AND status_id = $4
  ORDER BY id DESC
  LIMIT $5
)
SELECT (
  SELECT count(*)
  FROM newest
) AS looked, ARRAY(
  SELECT id
  FROM leads
  WHERE id IN (
    SELECT lead_id
    FROM newest
  )
    AND workspace_id = $1
    AND (owner_id = ANY ($2::uuid[]) OR department_id = ANY ($3::uuid[]))
    AND phone IS NULL
    AND (
    SELECT t.dialect
    FROM touches t
    WHERE t.workspace_id = $1
      AND t.lead_id = leads.id
    ORDER BY t.id
    LIMIT 1
  ) = ANY ($6::text[])
) AS ids;

-- Further cards of a status, due until the end of today
WITH page AS MATERIALIZED (
  SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
  FROM (
    SELECT leads.workspace_id, leads.id, leads.id AS lead_id, leads.next_step_at, leads.expected_completion_date AS end_date, leads.target_amount AS amount, NULL::date AS closed_on
    FROM leads
    WHERE workspace_id = $1
      AND (owner_id = ANY ($6::uuid[]))
      AND leads.status_id = $7
  ) AS c
  WHERE c.workspace_id = $1
    AND c.next_step_at < $2
    AND (c.next_step_at, c.id) > ($3::timestamptz, $4)
  ORDER BY c.next_step_at, c.id
  LIMIT $5
)
SELECT c.id, NULL AS deal_name, NULL AS stage_id, l.owner_id, l.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, to_char(c.next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
ORDER BY c.next_step_at, c.id;
WITH page AS MATERIALIZED (
  SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
  FROM (
    SELECT leads.workspace_id, leads.id, leads.id AS lead_id, leads.next_step_at, leads.expected_completion_date AS end_date, leads.target_amount AS amount, NULL::date AS closed_on
    FROM leads
    WHERE workspace_id = $1
      AND (owner_id = ANY ($3::uuid[]))
      AND leads.status_id = $4
  ) AS c
  WHERE c.workspace_id = $1
    AND c.next_step_at IS NULL
  ORDER BY c.id DESC
  LIMIT $2
)
SELECT c.id, NULL AS deal_name, NULL AS stage_id, l.owner_id, l.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, NULL AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
ORDER BY c.id DESC;
WITH page AS MATERIALIZED (
  SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
  FROM (
    SELECT leads.workspace_id, leads.id, leads.id AS lead_id, leads.next_step_at, leads.expected_completion_date AS end_date, leads.target_amount AS amount, NULL::date AS closed_on
    FROM leads
    WHERE workspace_id = $1
      AND (owner_id = ANY ($4::uuid[]))
      AND leads.status_id = $5
  ) AS c
  WHERE c.workspace_id = $1
    AND c.next_step_at >= $2
  ORDER BY c.next_step_at, c.id
  LIMIT $3
)
SELECT c.id, NULL AS deal_name, NULL AS stage_id, l.owner_id, l.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, to_char(c.next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
ORDER BY c.next_step_at, c.id;

-- Further cards of a status, without a next step
WITH page AS MATERIALIZED (
  SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
  FROM (
    SELECT leads.workspace_id, leads.id, leads.id AS lead_id, leads.next_step_at, leads.expected_completion_date AS end_date, leads.target_amount AS amount, NULL::date AS closed_on
    FROM leads
    WHERE workspace_id = $1
      AND (owner_id = ANY ($4::uuid[]))
      AND leads.status_id = $5
  ) AS c
  WHERE c.workspace_id = $1
    AND c.next_step_at IS NULL
    AND c.id < $2
  ORDER BY c.id DESC
  LIMIT $3
)
SELECT c.id, NULL AS deal_name, NULL AS stage_id, l.owner_id, l.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, NULL AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
ORDER BY c.id DESC;
-- sends a statement of "Further cards of a status, due until the end of today"

-- Further cards of a status, planned for later
WITH page AS MATERIALIZED (
  SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
  FROM (
    SELECT leads.workspace_id, leads.id, leads.id AS lead_id, leads.next_step_at, leads.expected_completion_date AS end_date, leads.target_amount AS amount, NULL::date AS closed_on
    FROM leads
    WHERE workspace_id = $1
      AND (owner_id = ANY ($6::uuid[]))
      AND leads.status_id = $7
  ) AS c
  WHERE c.workspace_id = $1
    AND c.next_step_at >= $2
    AND (c.next_step_at, c.id) > ($3::timestamptz, $4)
  ORDER BY c.next_step_at, c.id
  LIMIT $5
)
SELECT c.id, NULL AS deal_name, NULL AS stage_id, l.owner_id, l.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, to_char(c.next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
ORDER BY c.next_step_at, c.id;

-- Cards of a status, next_step
-- sends a statement of "Cards of a status, as seen by all"
-- sends a statement of "Cards of a status, as seen by all"
-- sends a statement of "Cards of a status, as seen by all"

-- Cards of a status, newest
WITH page AS MATERIALIZED (
  SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
  FROM (
    SELECT leads.workspace_id, leads.id, leads.id AS lead_id, leads.next_step_at, leads.expected_completion_date AS end_date, leads.target_amount AS amount, NULL::date AS closed_on
    FROM leads
    WHERE workspace_id = $1
      AND leads.status_id = $3
  ) AS c
  WHERE c.workspace_id = $1
    AND true
  ORDER BY c.id DESC
  LIMIT $2
)
SELECT c.id, NULL AS deal_name, NULL AS stage_id, l.owner_id, l.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, NULL AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
ORDER BY c.id DESC;

-- Cards of a status, oldest
WITH page AS MATERIALIZED (
  SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
  FROM (
    SELECT leads.workspace_id, leads.id, leads.id AS lead_id, leads.next_step_at, leads.expected_completion_date AS end_date, leads.target_amount AS amount, NULL::date AS closed_on
    FROM leads
    WHERE workspace_id = $1
      AND leads.status_id = $3
  ) AS c
  WHERE c.workspace_id = $1
    AND true
  ORDER BY c.id
  LIMIT $2
)
SELECT c.id, NULL AS deal_name, NULL AS stage_id, l.owner_id, l.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, NULL AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
ORDER BY c.id;

-- Cards of a status, amount
WITH page AS MATERIALIZED (
  SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
  FROM (
    SELECT leads.workspace_id, leads.id, leads.id AS lead_id, leads.next_step_at, leads.expected_completion_date AS end_date, leads.target_amount AS amount, NULL::date AS closed_on
    FROM leads
    WHERE workspace_id = $1
      AND leads.status_id = $3
    ORDER BY leads.id DESC
    LIMIT 2000
  ) AS c
  WHERE c.workspace_id = $1
    AND true
  ORDER BY coalesce(c.amount, '-Infinity') DESC, c.id DESC
  LIMIT $2
)
SELECT c.id, NULL AS deal_name, NULL AS stage_id, l.owner_id, l.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, (coalesce(c.amount, '-Infinity'))::text AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
ORDER BY coalesce(c.amount, '-Infinity') DESC, c.id DESC;

-- Cards of a status, close_date
WITH page AS MATERIALIZED (
  SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
  FROM (
    SELECT leads.workspace_id, leads.id, leads.id AS lead_id, leads.next_step_at, leads.expected_completion_date AS end_date, leads.target_amount AS amount, NULL::date AS closed_on
    FROM leads
    WHERE workspace_id = $1
      AND leads.status_id = $3
    ORDER BY leads.id DESC
    LIMIT 2000
  ) AS c
  WHERE c.workspace_id = $1
    AND c.end_date IS NOT NULL
  ORDER BY c.end_date, c.id
  LIMIT $2
)
SELECT c.id, NULL AS deal_name, NULL AS stage_id, l.owner_id, l.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, (c.end_date)::text AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
ORDER BY c.end_date, c.id;
WITH page AS MATERIALIZED (
  SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
  FROM (
    SELECT leads.workspace_id, leads.id, leads.id AS lead_id, leads.next_step_at, leads.expected_completion_date AS end_date, leads.target_amount AS amount, NULL::date AS closed_on
    FROM leads
    WHERE workspace_id = $1
      AND leads.status_id = $3
    ORDER BY leads.id DESC
    LIMIT 2000
  ) AS c
  WHERE c.workspace_id = $1
    AND c.end_date IS NULL
  ORDER BY c.id DESC
  LIMIT $2
)
SELECT c.id, NULL AS deal_name, NULL AS stage_id, l.owner_id, l.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, NULL AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
ORDER BY c.id DESC;

-- Cards of a status, closed lately
WITH page AS MATERIALIZED (
  SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
  FROM (
    SELECT leads.workspace_id, leads.id, leads.id AS lead_id, leads.next_step_at, leads.expected_completion_date AS end_date, leads.target_amount AS amount, NULL::date AS closed_on
    FROM leads
    WHERE workspace_id = $1
      AND leads.status_id = $3
  ) AS c
  WHERE c.workspace_id = $1
    AND c.closed_on IS NOT NULL
  ORDER BY c.closed_on DESC, c.id DESC
  LIMIT $2
)
SELECT c.id, NULL AS deal_name, NULL AS stage_id, l.owner_id, l.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, (c.closed_on)::text AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
ORDER BY c.closed_on DESC, c.id DESC;
WITH page AS MATERIALIZED (
  SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
  FROM (
    SELECT leads.workspace_id, leads.id, leads.id AS lead_id, leads.next_step_at, leads.expected_completion_date AS end_date, leads.target_amount AS amount, NULL::date AS closed_on
    FROM leads
    WHERE workspace_id = $1
      AND leads.status_id = $3
  ) AS c
  WHERE c.workspace_id = $1
    AND c.closed_on IS NULL
  ORDER BY c.id DESC
  LIMIT $2
)
SELECT c.id, NULL AS deal_name, NULL AS stage_id, l.owner_id, l.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, NULL AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
ORDER BY c.id DESC;

-- Cards of a status, by status
WITH page AS MATERIALIZED (
  SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
  FROM (
    SELECT leads.workspace_id, leads.id, leads.id AS lead_id, leads.next_step_at, leads.expected_completion_date AS end_date, leads.target_amount AS amount, NULL::date AS closed_on
    FROM leads
    WHERE workspace_id = $1
      AND status_id = ANY ($4::uuid[])
      AND leads.status_id = $5
  ) AS c
  WHERE c.workspace_id = $1
    AND c.next_step_at < $2
  ORDER BY c.next_step_at, c.id
  LIMIT $3
)
SELECT c.id, NULL AS deal_name, NULL AS stage_id, l.owner_id, l.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, to_char(c.next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
ORDER BY c.next_step_at, c.id;
WITH page AS MATERIALIZED (
  SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
  FROM (
    SELECT leads.workspace_id, leads.id, leads.id AS lead_id, leads.next_step_at, leads.expected_completion_date AS end_date, leads.target_amount AS amount, NULL::date AS closed_on
    FROM leads
    WHERE workspace_id = $1
      AND status_id = ANY ($3::uuid[])
      AND leads.status_id = $4
  ) AS c
  WHERE c.workspace_id = $1
    AND c.next_step_at IS NULL
  ORDER BY c.id DESC
  LIMIT $2
)
SELECT c.id, NULL AS deal_name, NULL AS stage_id, l.owner_id, l.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, NULL AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
ORDER BY c.id DESC;
WITH page AS MATERIALIZED (
  SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
  FROM (
    SELECT leads.workspace_id, leads.id, leads.id AS lead_id, leads.next_step_at, leads.expected_completion_date AS end_date, leads.target_amount AS amount, NULL::date AS closed_on
    FROM leads
    WHERE workspace_id = $1
      AND status_id = ANY ($4::uuid[])
      AND leads.status_id = $5
  ) AS c
  WHERE c.workspace_id = $1
    AND c.next_step_at >= $2
  ORDER BY c.next_step_at, c.id
  LIMIT $3
)
SELECT c.id, NULL AS deal_name, NULL AS stage_id, l.owner_id, l.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, to_char(c.next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
ORDER BY c.next_step_at, c.id;

-- Cards of a deal_stage, as seen by all
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
), page AS MATERIALIZED (
  SELECT *
  FROM (
    (
      SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
      FROM (
        SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
        FROM deal_index d
        WHERE d.workspace_id = $1
          AND d.stage_id = $4
          AND d.lead_id NOT IN (
          SELECT lead_id
          FROM waiting
        )
      ) AS c
      WHERE c.workspace_id = $1
        AND c.next_step_at < $2
      ORDER BY c.next_step_at, c.id
      LIMIT $3
    )
    UNION ALL
    SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
    FROM (
      SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
      FROM live d
      WHERE d.workspace_id = $1
        AND d.stage_id = $4
    ) AS c
    WHERE c.workspace_id = $1
      AND c.next_step_at < $2
  ) AS c
  ORDER BY c.next_step_at, c.id
  LIMIT $3
)
SELECT c.id, d.name AS deal_name, d.stage_id, coalesce(d.owner_id, l.owner_id) AS owner_id, d.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, to_char(c.next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
JOIN deals d ON d.workspace_id = $1
  AND d.id = c.id
ORDER BY c.next_step_at, c.id;
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
), page AS MATERIALIZED (
  SELECT *
  FROM (
    (
      SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
      FROM (
        SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
        FROM deal_index d
        WHERE d.workspace_id = $1
          AND d.stage_id = $3
          AND d.lead_id NOT IN (
          SELECT lead_id
          FROM waiting
        )
      ) AS c
      WHERE c.workspace_id = $1
        AND c.next_step_at IS NULL
      ORDER BY c.id DESC
      LIMIT $2
    )
    UNION ALL
    SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
    FROM (
      SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
      FROM live d
      WHERE d.workspace_id = $1
        AND d.stage_id = $3
    ) AS c
    WHERE c.workspace_id = $1
      AND c.next_step_at IS NULL
  ) AS c
  ORDER BY c.id DESC
  LIMIT $2
)
SELECT c.id, d.name AS deal_name, d.stage_id, coalesce(d.owner_id, l.owner_id) AS owner_id, d.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, NULL AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
JOIN deals d ON d.workspace_id = $1
  AND d.id = c.id
ORDER BY c.id DESC;
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
), page AS MATERIALIZED (
  SELECT *
  FROM (
    (
      SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
      FROM (
        SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
        FROM deal_index d
        WHERE d.workspace_id = $1
          AND d.stage_id = $4
          AND d.lead_id NOT IN (
          SELECT lead_id
          FROM waiting
        )
      ) AS c
      WHERE c.workspace_id = $1
        AND c.next_step_at >= $2
      ORDER BY c.next_step_at, c.id
      LIMIT $3
    )
    UNION ALL
    SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
    FROM (
      SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
      FROM live d
      WHERE d.workspace_id = $1
        AND d.stage_id = $4
    ) AS c
    WHERE c.workspace_id = $1
      AND c.next_step_at >= $2
  ) AS c
  ORDER BY c.next_step_at, c.id
  LIMIT $3
)
SELECT c.id, d.name AS deal_name, d.stage_id, coalesce(d.owner_id, l.owner_id) AS owner_id, d.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, to_char(c.next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
JOIN deals d ON d.workspace_id = $1
  AND d.id = c.id
ORDER BY c.next_step_at, c.id;

-- Count and sum of a deal_stage, as seen by all
SELECT count(*) AS count, coalesce(sum(amount), 0) AS sum
FROM (
  SELECT c.amount
  FROM (
    SELECT deals.workspace_id, deals.id, deals.lead_id, leads.next_step_at, deals.end_date, deals.amount, deals.closed_on
    FROM deals
    JOIN (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
    ) AS leads ON leads.workspace_id = deals.workspace_id
      AND leads.id = deals.lead_id
    WHERE deals.workspace_id = $1
      AND deals.stage_id = $2
  ) AS c
  LIMIT $3
) AS counted;

-- Leads of a deal_stage by what no index answers, as seen by all
WITH newest AS MATERIALIZED (
  SELECT lead_id AS lead_id
  FROM deals
  WHERE workspace_id = $1
    AND stage_id = $2
  ORDER BY id DESC
  LIMIT $3
)
SELECT (
  SELECT count(*)
  FROM newest
) AS looked, ARRAY(
  SELECT id
  FROM leads
  WHERE id IN (
    SELECT lead_id
    FROM newest
  )
    AND workspace_id = $1
    AND phone IS NULL
    AND (
    SELECT t.dialect
    FROM touches t
    WHERE t.workspace_id = $1
      AND t.lead_id = leads.id
    ORDER BY t.id
    LIMIT 1
  ) = ANY ($4::text[])
) AS ids;

-- Cards of a deal_stage, as seen by own
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
), page AS MATERIALIZED (
  SELECT *
  FROM (
    (
      SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
      FROM (
        SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
        FROM deal_index d
        WHERE d.workspace_id = $1
          AND d.stage_id = $4
          AND d.lead_owner_id = $5
          AND d.lead_id NOT IN (
          SELECT lead_id
          FROM waiting
        )
      ) AS c
      WHERE c.workspace_id = $1
        AND c.next_step_at < $2
      ORDER BY c.next_step_at, c.id
      LIMIT $3
    )
    UNION ALL
    SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
    FROM (
      SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
      FROM live d
      WHERE d.workspace_id = $1
        AND d.stage_id = $4
        AND d.lead_owner_id = $5
    ) AS c
    WHERE c.workspace_id = $1
      AND c.next_step_at < $2
  ) AS c
  ORDER BY c.next_step_at, c.id
  LIMIT $3
)
SELECT c.id, d.name AS deal_name, d.stage_id, coalesce(d.owner_id, l.owner_id) AS owner_id, d.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, to_char(c.next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
JOIN deals d ON d.workspace_id = $1
  AND d.id = c.id
ORDER BY c.next_step_at, c.id;
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
), page AS MATERIALIZED (
  SELECT *
  FROM (
    (
      SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
      FROM (
        SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
        FROM deal_index d
        WHERE d.workspace_id = $1
          AND d.stage_id = $3
          AND d.lead_owner_id = $4
          AND d.lead_id NOT IN (
          SELECT lead_id
          FROM waiting
        )
      ) AS c
      WHERE c.workspace_id = $1
        AND c.next_step_at IS NULL
      ORDER BY c.id DESC
      LIMIT $2
    )
    UNION ALL
    SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
    FROM (
      SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
      FROM live d
      WHERE d.workspace_id = $1
        AND d.stage_id = $3
        AND d.lead_owner_id = $4
    ) AS c
    WHERE c.workspace_id = $1
      AND c.next_step_at IS NULL
  ) AS c
  ORDER BY c.id DESC
  LIMIT $2
)
SELECT c.id, d.name AS deal_name, d.stage_id, coalesce(d.owner_id, l.owner_id) AS owner_id, d.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, NULL AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
JOIN deals d ON d.workspace_id = $1
  AND d.id = c.id
ORDER BY c.id DESC;
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
), page AS MATERIALIZED (
  SELECT *
  FROM (
    (
      SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
      FROM (
        SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
        FROM deal_index d
        WHERE d.workspace_id = $1
          AND d.stage_id = $4
          AND d.lead_owner_id = $5
          AND d.lead_id NOT IN (
          SELECT lead_id
          FROM waiting
        )
      ) AS c
      WHERE c.workspace_id = $1
        AND c.next_step_at >= $2
      ORDER BY c.next_step_at, c.id
      LIMIT $3
    )
    UNION ALL
    SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
    FROM (
      SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
      FROM live d
      WHERE d.workspace_id = $1
        AND d.stage_id = $4
        AND d.lead_owner_id = $5
    ) AS c
    WHERE c.workspace_id = $1
      AND c.next_step_at >= $2
  ) AS c
  ORDER BY c.next_step_at, c.id
  LIMIT $3
)
SELECT c.id, d.name AS deal_name, d.stage_id, coalesce(d.owner_id, l.owner_id) AS owner_id, d.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, to_char(c.next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
JOIN deals d ON d.workspace_id = $1
  AND d.id = c.id
ORDER BY c.next_step_at, c.id;

-- Count and sum of a deal_stage, as seen by own
SELECT count(*) AS count, coalesce(sum(amount), 0) AS sum
FROM (
  SELECT c.amount
  FROM (
    SELECT deals.workspace_id, deals.id, deals.lead_id, leads.next_step_at, deals.end_date, deals.amount, deals.closed_on
    FROM deals
    JOIN (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = ANY ($2::uuid[])
    ) AS leads ON leads.workspace_id = deals.workspace_id
      AND leads.id = deals.lead_id
    WHERE deals.workspace_id = $1
      AND deals.stage_id = $3
  ) AS c
  LIMIT $4
) AS counted;

-- Leads of a deal_stage by what no index answers, as seen by own
WITH newest AS MATERIALIZED (
  SELECT lead_id AS lead_id
  FROM deals
  WHERE workspace_id = $1
    AND stage_id = $3
  ORDER BY id DESC
  LIMIT $4
)
SELECT (
  SELECT count(*)
  FROM newest
) AS looked, ARRAY(
  SELECT id
  FROM leads
  WHERE id IN (
    SELECT lead_id
    FROM newest
  )
    AND workspace_id = $1
    AND owner_id = ANY ($2::uuid[])
    AND phone IS NULL
    AND (
    SELECT t.dialect
    FROM touches t
    WHERE t.workspace_id = $1
      AND t.lead_id = leads.id
    ORDER BY t.id
    LIMIT 1
  ) = ANY ($5::text[])
) AS ids;

-- Cards of a deal_stage, as seen by team
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
), page AS MATERIALIZED (
  SELECT *
  FROM (
    (
      SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
      FROM (
        SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
        FROM deal_index d
        WHERE d.workspace_id = $1
          AND d.stage_id = $4
          AND (d.lead_owner_id = ANY ($5::uuid[]) OR d.department_id = ANY ($6::uuid[]))
          AND d.lead_id NOT IN (
          SELECT lead_id
          FROM waiting
        )
      ) AS c
      WHERE c.workspace_id = $1
        AND c.next_step_at < $2
      ORDER BY c.next_step_at, c.id
      LIMIT $3
    )
    UNION ALL
    SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
    FROM (
      SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
      FROM live d
      WHERE d.workspace_id = $1
        AND d.stage_id = $4
        AND (d.lead_owner_id = ANY ($5::uuid[]) OR d.department_id = ANY ($6::uuid[]))
    ) AS c
    WHERE c.workspace_id = $1
      AND c.next_step_at < $2
  ) AS c
  ORDER BY c.next_step_at, c.id
  LIMIT $3
)
SELECT c.id, d.name AS deal_name, d.stage_id, coalesce(d.owner_id, l.owner_id) AS owner_id, d.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, to_char(c.next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
JOIN deals d ON d.workspace_id = $1
  AND d.id = c.id
ORDER BY c.next_step_at, c.id;
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
), page AS MATERIALIZED (
  SELECT *
  FROM (
    (
      SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
      FROM (
        SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
        FROM deal_index d
        WHERE d.workspace_id = $1
          AND d.stage_id = $3
          AND (d.lead_owner_id = ANY ($4::uuid[]) OR d.department_id = ANY ($5::uuid[]))
          AND d.lead_id NOT IN (
          SELECT lead_id
          FROM waiting
        )
      ) AS c
      WHERE c.workspace_id = $1
        AND c.next_step_at IS NULL
      ORDER BY c.id DESC
      LIMIT $2
    )
    UNION ALL
    SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
    FROM (
      SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
      FROM live d
      WHERE d.workspace_id = $1
        AND d.stage_id = $3
        AND (d.lead_owner_id = ANY ($4::uuid[]) OR d.department_id = ANY ($5::uuid[]))
    ) AS c
    WHERE c.workspace_id = $1
      AND c.next_step_at IS NULL
  ) AS c
  ORDER BY c.id DESC
  LIMIT $2
)
SELECT c.id, d.name AS deal_name, d.stage_id, coalesce(d.owner_id, l.owner_id) AS owner_id, d.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, NULL AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
JOIN deals d ON d.workspace_id = $1
  AND d.id = c.id
ORDER BY c.id DESC;
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
), page AS MATERIALIZED (
  SELECT *
  FROM (
    (
      SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
      FROM (
        SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
        FROM deal_index d
        WHERE d.workspace_id = $1
          AND d.stage_id = $4
          AND (d.lead_owner_id = ANY ($5::uuid[]) OR d.department_id = ANY ($6::uuid[]))
          AND d.lead_id NOT IN (
          SELECT lead_id
          FROM waiting
        )
      ) AS c
      WHERE c.workspace_id = $1
        AND c.next_step_at >= $2
      ORDER BY c.next_step_at, c.id
      LIMIT $3
    )
    UNION ALL
    SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
    FROM (
      SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
      FROM live d
      WHERE d.workspace_id = $1
        AND d.stage_id = $4
        AND (d.lead_owner_id = ANY ($5::uuid[]) OR d.department_id = ANY ($6::uuid[]))
    ) AS c
    WHERE c.workspace_id = $1
      AND c.next_step_at >= $2
  ) AS c
  ORDER BY c.next_step_at, c.id
  LIMIT $3
)
SELECT c.id, d.name AS deal_name, d.stage_id, coalesce(d.owner_id, l.owner_id) AS owner_id, d.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, to_char(c.next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
JOIN deals d ON d.workspace_id = $1
  AND d.id = c.id
ORDER BY c.next_step_at, c.id;

-- Count and sum of a deal_stage, as seen by team
SELECT count(*) AS count, coalesce(sum(amount), 0) AS sum
FROM (
  SELECT c.amount
  FROM (
    SELECT deals.workspace_id, deals.id, deals.lead_id, leads.next_step_at, deals.end_date, deals.amount, deals.closed_on
    FROM deals
    JOIN (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND (owner_id = ANY ($2::uuid[]) OR department_id = ANY ($3::uuid[]))
    ) AS leads ON leads.workspace_id = deals.workspace_id
      AND leads.id = deals.lead_id
    WHERE deals.workspace_id = $1
      AND deals.stage_id = $4
  ) AS c
  LIMIT $5
) AS counted;

-- Leads of a deal_stage by what no index answers, as seen by team
WITH newest AS MATERIALIZED (
  SELECT lead_id AS lead_id
  FROM deals
  WHERE workspace_id = $1
    AND stage_id = $4
  ORDER BY id DESC
  LIMIT $5
)
SELECT (
  SELECT count(*)
  FROM newest
) AS looked, ARRAY(
  SELECT id
  FROM leads
  WHERE id IN (
    SELECT lead_id
    FROM newest
  )
    AND workspace_id = $1
    AND (owner_id = ANY ($2::uuid[]) OR department_id = ANY ($3::uuid[]))
    AND phone IS NULL
    AND (
    SELECT t.dialect
    FROM touches t
    WHERE t.workspace_id = $1
      AND t.lead_id = leads.id
    ORDER BY t.id
    LIMIT 1
  ) = ANY ($6::text[])
) AS ids;

-- Further cards of a deal_stage, due until the end of today
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
), page AS MATERIALIZED (
  SELECT *
  FROM (
    (
      SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
      FROM (
        SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
        FROM deal_index d
        WHERE d.workspace_id = $1
          AND d.stage_id = $6
          AND (d.lead_owner_id = ANY ($7::uuid[]))
          AND d.lead_id NOT IN (
          SELECT lead_id
          FROM waiting
        )
      ) AS c
      WHERE c.workspace_id = $1
        AND c.next_step_at < $2
        AND (c.next_step_at, c.id) > ($3::timestamptz, $4)
      ORDER BY c.next_step_at, c.id
      LIMIT $5
    )
    UNION ALL
    SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
    FROM (
      SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
      FROM live d
      WHERE d.workspace_id = $1
        AND d.stage_id = $6
        AND (d.lead_owner_id = ANY ($7::uuid[]))
    ) AS c
    WHERE c.workspace_id = $1
      AND c.next_step_at < $2
      AND (c.next_step_at, c.id) > ($3::timestamptz, $4)
  ) AS c
  ORDER BY c.next_step_at, c.id
  LIMIT $5
)
SELECT c.id, d.name AS deal_name, d.stage_id, coalesce(d.owner_id, l.owner_id) AS owner_id, d.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, to_char(c.next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
JOIN deals d ON d.workspace_id = $1
  AND d.id = c.id
ORDER BY c.next_step_at, c.id;
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
), page AS MATERIALIZED (
  SELECT *
  FROM (
    (
      SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
      FROM (
        SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
        FROM deal_index d
        WHERE d.workspace_id = $1
          AND d.stage_id = $3
          AND (d.lead_owner_id = ANY ($4::uuid[]))
          AND d.lead_id NOT IN (
          SELECT lead_id
          FROM waiting
        )
      ) AS c
      WHERE c.workspace_id = $1
        AND c.next_step_at IS NULL
      ORDER BY c.id DESC
      LIMIT $2
    )
    UNION ALL
    SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
    FROM (
      SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
      FROM live d
      WHERE d.workspace_id = $1
        AND d.stage_id = $3
        AND (d.lead_owner_id = ANY ($4::uuid[]))
    ) AS c
    WHERE c.workspace_id = $1
      AND c.next_step_at IS NULL
  ) AS c
  ORDER BY c.id DESC
  LIMIT $2
)
SELECT c.id, d.name AS deal_name, d.stage_id, coalesce(d.owner_id, l.owner_id) AS owner_id, d.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, NULL AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
JOIN deals d ON d.workspace_id = $1
  AND d.id = c.id
ORDER BY c.id DESC;
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
), page AS MATERIALIZED (
  SELECT *
  FROM (
    (
      SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
      FROM (
        SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
        FROM deal_index d
        WHERE d.workspace_id = $1
          AND d.stage_id = $4
          AND (d.lead_owner_id = ANY ($5::uuid[]))
          AND d.lead_id NOT IN (
          SELECT lead_id
          FROM waiting
        )
      ) AS c
      WHERE c.workspace_id = $1
        AND c.next_step_at >= $2
      ORDER BY c.next_step_at, c.id
      LIMIT $3
    )
    UNION ALL
    SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
    FROM (
      SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
      FROM live d
      WHERE d.workspace_id = $1
        AND d.stage_id = $4
        AND (d.lead_owner_id = ANY ($5::uuid[]))
    ) AS c
    WHERE c.workspace_id = $1
      AND c.next_step_at >= $2
  ) AS c
  ORDER BY c.next_step_at, c.id
  LIMIT $3
)
SELECT c.id, d.name AS deal_name, d.stage_id, coalesce(d.owner_id, l.owner_id) AS owner_id, d.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, to_char(c.next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
JOIN deals d ON d.workspace_id = $1
  AND d.id = c.id
ORDER BY c.next_step_at, c.id;

-- Further cards of a deal_stage, without a next step
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
), page AS MATERIALIZED (
  SELECT *
  FROM (
    (
      SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
      FROM (
        SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
        FROM deal_index d
        WHERE d.workspace_id = $1
          AND d.stage_id = $4
          AND (d.lead_owner_id = ANY ($5::uuid[]))
          AND d.lead_id NOT IN (
          SELECT lead_id
          FROM waiting
        )
      ) AS c
      WHERE c.workspace_id = $1
        AND c.next_step_at IS NULL
        AND c.id < $2
      ORDER BY c.id DESC
      LIMIT $3
    )
    UNION ALL
    SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
    FROM (
      SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
      FROM live d
      WHERE d.workspace_id = $1
        AND d.stage_id = $4
        AND (d.lead_owner_id = ANY ($5::uuid[]))
    ) AS c
    WHERE c.workspace_id = $1
      AND c.next_step_at IS NULL
      AND c.id < $2
  ) AS c
  ORDER BY c.id DESC
  LIMIT $3
)
SELECT c.id, d.name AS deal_name, d.stage_id, coalesce(d.owner_id, l.owner_id) AS owner_id, d.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, NULL AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
JOIN deals d ON d.workspace_id = $1
  AND d.id = c.id
ORDER BY c.id DESC;
-- sends a statement of "Further cards of a deal_stage, due until the end of today"

-- Further cards of a deal_stage, planned for later
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
), page AS MATERIALIZED (
  SELECT *
  FROM (
    (
      SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
      FROM (
        SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
        FROM deal_index d
        WHERE d.workspace_id = $1
          AND d.stage_id = $6
          AND (d.lead_owner_id = ANY ($7::uuid[]))
          AND d.lead_id NOT IN (
          SELECT lead_id
          FROM waiting
        )
      ) AS c
      WHERE c.workspace_id = $1
        AND c.next_step_at >= $2
        AND (c.next_step_at, c.id) > ($3::timestamptz, $4)
      ORDER BY c.next_step_at, c.id
      LIMIT $5
    )
    UNION ALL
    SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
    FROM (
      SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
      FROM live d
      WHERE d.workspace_id = $1
        AND d.stage_id = $6
        AND (d.lead_owner_id = ANY ($7::uuid[]))
    ) AS c
    WHERE c.workspace_id = $1
      AND c.next_step_at >= $2
      AND (c.next_step_at, c.id) > ($3::timestamptz, $4)
  ) AS c
  ORDER BY c.next_step_at, c.id
  LIMIT $5
)
SELECT c.id, d.name AS deal_name, d.stage_id, coalesce(d.owner_id, l.owner_id) AS owner_id, d.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, to_char(c.next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
JOIN deals d ON d.workspace_id = $1
  AND d.id = c.id
ORDER BY c.next_step_at, c.id;

-- Cards of a deal_stage, next_step
-- sends a statement of "Cards of a deal_stage, as seen by all"
-- sends a statement of "Cards of a deal_stage, as seen by all"
-- sends a statement of "Cards of a deal_stage, as seen by all"

-- Cards of a deal_stage, newest
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
), page AS MATERIALIZED (
  SELECT *
  FROM (
    (
      SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
      FROM (
        SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
        FROM deal_index d
        WHERE d.workspace_id = $1
          AND d.stage_id = $3
          AND d.lead_id NOT IN (
          SELECT lead_id
          FROM waiting
        )
      ) AS c
      WHERE c.workspace_id = $1
        AND true
      ORDER BY c.id DESC
      LIMIT $2
    )
    UNION ALL
    SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
    FROM (
      SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
      FROM live d
      WHERE d.workspace_id = $1
        AND d.stage_id = $3
    ) AS c
    WHERE c.workspace_id = $1
      AND true
  ) AS c
  ORDER BY c.id DESC
  LIMIT $2
)
SELECT c.id, d.name AS deal_name, d.stage_id, coalesce(d.owner_id, l.owner_id) AS owner_id, d.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, NULL AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
JOIN deals d ON d.workspace_id = $1
  AND d.id = c.id
ORDER BY c.id DESC;

-- Cards of a deal_stage, oldest
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
), page AS MATERIALIZED (
  SELECT *
  FROM (
    (
      SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
      FROM (
        SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
        FROM deal_index d
        WHERE d.workspace_id = $1
          AND d.stage_id = $3
          AND d.lead_id NOT IN (
          SELECT lead_id
          FROM waiting
        )
      ) AS c
      WHERE c.workspace_id = $1
        AND true
      ORDER BY c.id
      LIMIT $2
    )
    UNION ALL
    SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
    FROM (
      SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
      FROM live d
      WHERE d.workspace_id = $1
        AND d.stage_id = $3
    ) AS c
    WHERE c.workspace_id = $1
      AND true
  ) AS c
  ORDER BY c.id
  LIMIT $2
)
SELECT c.id, d.name AS deal_name, d.stage_id, coalesce(d.owner_id, l.owner_id) AS owner_id, d.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, NULL AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
JOIN deals d ON d.workspace_id = $1
  AND d.id = c.id
ORDER BY c.id;

-- Cards of a deal_stage, amount
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
), page AS MATERIALIZED (
  SELECT *
  FROM (
    (
      SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
      FROM (
        SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
        FROM deal_index d
        WHERE d.workspace_id = $1
          AND d.stage_id = $3
          AND d.lead_id NOT IN (
          SELECT lead_id
          FROM waiting
        )
      ) AS c
      WHERE c.workspace_id = $1
        AND true
      ORDER BY coalesce(c.amount, '-Infinity') DESC, c.id DESC
      LIMIT $2
    )
    UNION ALL
    SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
    FROM (
      SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
      FROM live d
      WHERE d.workspace_id = $1
        AND d.stage_id = $3
    ) AS c
    WHERE c.workspace_id = $1
      AND true
  ) AS c
  ORDER BY coalesce(c.amount, '-Infinity') DESC, c.id DESC
  LIMIT $2
)
SELECT c.id, d.name AS deal_name, d.stage_id, coalesce(d.owner_id, l.owner_id) AS owner_id, d.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, (coalesce(c.amount, '-Infinity'))::text AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
JOIN deals d ON d.workspace_id = $1
  AND d.id = c.id
ORDER BY coalesce(c.amount, '-Infinity') DESC, c.id DESC;

-- Cards of a deal_stage, close_date
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
), page AS MATERIALIZED (
  SELECT *
  FROM (
    (
      SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
      FROM (
        SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
        FROM deal_index d
        WHERE d.workspace_id = $1
          AND d.stage_id = $3
          AND d.lead_id NOT IN (
          SELECT lead_id
          FROM waiting
        )
      ) AS c
      WHERE c.workspace_id = $1
        AND c.end_date IS NOT NULL
      ORDER BY c.end_date, c.id
      LIMIT $2
    )
    UNION ALL
    SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
    FROM (
      SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
      FROM live d
      WHERE d.workspace_id = $1
        AND d.stage_id = $3
    ) AS c
    WHERE c.workspace_id = $1
      AND c.end_date IS NOT NULL
  ) AS c
  ORDER BY c.end_date, c.id
  LIMIT $2
)
SELECT c.id, d.name AS deal_name, d.stage_id, coalesce(d.owner_id, l.owner_id) AS owner_id, d.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, (c.end_date)::text AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
JOIN deals d ON d.workspace_id = $1
  AND d.id = c.id
ORDER BY c.end_date, c.id;
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
), page AS MATERIALIZED (
  SELECT *
  FROM (
    (
      SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
      FROM (
        SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
        FROM deal_index d
        WHERE d.workspace_id = $1
          AND d.stage_id = $3
          AND d.lead_id NOT IN (
          SELECT lead_id
          FROM waiting
        )
      ) AS c
      WHERE c.workspace_id = $1
        AND c.end_date IS NULL
      ORDER BY c.id DESC
      LIMIT $2
    )
    UNION ALL
    SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
    FROM (
      SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
      FROM live d
      WHERE d.workspace_id = $1
        AND d.stage_id = $3
    ) AS c
    WHERE c.workspace_id = $1
      AND c.end_date IS NULL
  ) AS c
  ORDER BY c.id DESC
  LIMIT $2
)
SELECT c.id, d.name AS deal_name, d.stage_id, coalesce(d.owner_id, l.owner_id) AS owner_id, d.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, NULL AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
JOIN deals d ON d.workspace_id = $1
  AND d.id = c.id
ORDER BY c.id DESC;

-- Cards of a deal_stage, closed lately
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
), page AS MATERIALIZED (
  SELECT *
  FROM (
    (
      SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
      FROM (
        SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
        FROM deal_index d
        WHERE d.workspace_id = $1
          AND d.stage_id = $3
          AND d.closed_on >= $4::date
          AND d.lead_id NOT IN (
          SELECT lead_id
          FROM waiting
        )
      ) AS c
      WHERE c.workspace_id = $1
        AND c.closed_on IS NOT NULL
      ORDER BY c.closed_on DESC, c.id DESC
      LIMIT $2
    )
    UNION ALL
    SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
    FROM (
      SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
      FROM live d
      WHERE d.workspace_id = $1
        AND d.stage_id = $3
        AND d.closed_on >= $4::date
    ) AS c
    WHERE c.workspace_id = $1
      AND c.closed_on IS NOT NULL
  ) AS c
  ORDER BY c.closed_on DESC, c.id DESC
  LIMIT $2
)
SELECT c.id, d.name AS deal_name, d.stage_id, coalesce(d.owner_id, l.owner_id) AS owner_id, d.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, (c.closed_on)::text AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
JOIN deals d ON d.workspace_id = $1
  AND d.id = c.id
ORDER BY c.closed_on DESC, c.id DESC;
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
), page AS MATERIALIZED (
  SELECT *
  FROM (
    (
      SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
      FROM (
        SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
        FROM deal_index d
        WHERE d.workspace_id = $1
          AND d.stage_id = $3
          AND d.closed_on >= $4::date
          AND d.lead_id NOT IN (
          SELECT lead_id
          FROM waiting
        )
      ) AS c
      WHERE c.workspace_id = $1
        AND c.closed_on IS NULL
      ORDER BY c.id DESC
      LIMIT $2
    )
    UNION ALL
    SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
    FROM (
      SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on
      FROM live d
      WHERE d.workspace_id = $1
        AND d.stage_id = $3
        AND d.closed_on >= $4::date
    ) AS c
    WHERE c.workspace_id = $1
      AND c.closed_on IS NULL
  ) AS c
  ORDER BY c.id DESC
  LIMIT $2
)
SELECT c.id, d.name AS deal_name, d.stage_id, coalesce(d.owner_id, l.owner_id) AS owner_id, d.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, NULL AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
JOIN deals d ON d.workspace_id = $1
  AND d.id = c.id
ORDER BY c.id DESC;

-- Cards of a deal_stage, by status
WITH page AS MATERIALIZED (
  SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
  FROM (
    SELECT deals.workspace_id, deals.id, deals.lead_id, leads.next_step_at, deals.end_date, deals.amount, deals.closed_on
    FROM deals
    JOIN (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND status_id = ANY ($4::uuid[])
    ) AS leads ON leads.workspace_id = deals.workspace_id
      AND leads.id = deals.lead_id
    WHERE deals.workspace_id = $1
      AND deals.stage_id = $5
  ) AS c
  WHERE c.workspace_id = $1
    AND c.next_step_at < $2
  ORDER BY c.next_step_at, c.id
  LIMIT $3
)
SELECT c.id, d.name AS deal_name, d.stage_id, coalesce(d.owner_id, l.owner_id) AS owner_id, d.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, to_char(c.next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
JOIN deals d ON d.workspace_id = $1
  AND d.id = c.id
ORDER BY c.next_step_at, c.id;
WITH page AS MATERIALIZED (
  SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
  FROM (
    SELECT deals.workspace_id, deals.id, deals.lead_id, leads.next_step_at, deals.end_date, deals.amount, deals.closed_on
    FROM deals
    JOIN (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND status_id = ANY ($3::uuid[])
    ) AS leads ON leads.workspace_id = deals.workspace_id
      AND leads.id = deals.lead_id
    WHERE deals.workspace_id = $1
      AND deals.stage_id = $4
  ) AS c
  WHERE c.workspace_id = $1
    AND c.next_step_at IS NULL
  ORDER BY c.id DESC
  LIMIT $2
)
SELECT c.id, d.name AS deal_name, d.stage_id, coalesce(d.owner_id, l.owner_id) AS owner_id, d.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, NULL AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
JOIN deals d ON d.workspace_id = $1
  AND d.id = c.id
ORDER BY c.id DESC;
WITH page AS MATERIALIZED (
  SELECT workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on
  FROM (
    SELECT deals.workspace_id, deals.id, deals.lead_id, leads.next_step_at, deals.end_date, deals.amount, deals.closed_on
    FROM deals
    JOIN (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND status_id = ANY ($4::uuid[])
    ) AS leads ON leads.workspace_id = deals.workspace_id
      AND leads.id = deals.lead_id
    WHERE deals.workspace_id = $1
      AND deals.stage_id = $5
  ) AS c
  WHERE c.workspace_id = $1
    AND c.next_step_at >= $2
  ORDER BY c.next_step_at, c.id
  LIMIT $3
)
SELECT c.id, d.name AS deal_name, d.stage_id, coalesce(d.owner_id, l.owner_id) AS owner_id, d.created_at, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name, l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version, l.tag_ids, to_char(c.next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(l.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = l.workspace_id
    AND a.lead_id = l.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM page c
JOIN leads l ON l.workspace_id = $1
  AND l.id = c.lead_id
JOIN deals d ON d.workspace_id = $1
  AND d.id = c.id
ORDER BY c.next_step_at, c.id;
