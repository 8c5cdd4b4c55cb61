-- The SQL that the lists of board send. Written by `npm run queries`; a test demands that it is up to date.

-- Cards of a status, as seen by all
SELECT leads.id AS id, NULL AS deal_name, leads.target_amount AS amount, leads.owner_id, leads.id AS lead_id, leads.name, leads.company_name, leads.email, leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids, to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(leads.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = leads.workspace_id
    AND a.lead_id = leads.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
) AS leads
WHERE leads.status_id = $2
  AND next_step_at < $3
ORDER BY next_step_at, id
LIMIT $4;
SELECT leads.id AS id, NULL AS deal_name, leads.target_amount AS amount, leads.owner_id, leads.id AS lead_id, leads.name, leads.company_name, leads.email, leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids, to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(leads.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = leads.workspace_id
    AND a.lead_id = leads.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
) AS leads
WHERE leads.status_id = $2
  AND next_step_at IS NULL
ORDER BY id DESC
LIMIT $3;
SELECT leads.id AS id, NULL AS deal_name, leads.target_amount AS amount, leads.owner_id, leads.id AS lead_id, leads.name, leads.company_name, leads.email, leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids, to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(leads.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = leads.workspace_id
    AND a.lead_id = leads.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
) AS leads
WHERE leads.status_id = $2
  AND next_step_at >= $3
ORDER BY next_step_at, id
LIMIT $4;

-- Count and sum of a status, as seen by all
SELECT count(*) AS count, coalesce(sum(amount), 0) AS sum
FROM (
  SELECT leads.target_amount AS amount
  FROM (
    SELECT *
    FROM leads
    WHERE workspace_id = $1
  ) AS leads
  WHERE leads.status_id = $2
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
SELECT leads.id AS id, NULL AS deal_name, leads.target_amount AS amount, leads.owner_id, leads.id AS lead_id, leads.name, leads.company_name, leads.email, leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids, to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(leads.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = leads.workspace_id
    AND a.lead_id = leads.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND owner_id = ANY ($2::uuid[])
) AS leads
WHERE leads.status_id = $3
  AND next_step_at < $4
ORDER BY next_step_at, id
LIMIT $5;
SELECT leads.id AS id, NULL AS deal_name, leads.target_amount AS amount, leads.owner_id, leads.id AS lead_id, leads.name, leads.company_name, leads.email, leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids, to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(leads.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = leads.workspace_id
    AND a.lead_id = leads.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND owner_id = ANY ($2::uuid[])
) AS leads
WHERE leads.status_id = $3
  AND next_step_at IS NULL
ORDER BY id DESC
LIMIT $4;
SELECT leads.id AS id, NULL AS deal_name, leads.target_amount AS amount, leads.owner_id, leads.id AS lead_id, leads.name, leads.company_name, leads.email, leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids, to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(leads.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = leads.workspace_id
    AND a.lead_id = leads.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND owner_id = ANY ($2::uuid[])
) AS leads
WHERE leads.status_id = $3
  AND next_step_at >= $4
ORDER BY next_step_at, id
LIMIT $5;

-- Count and sum of a status, as seen by own
SELECT count(*) AS count, coalesce(sum(amount), 0) AS sum
FROM (
  SELECT leads.target_amount AS amount
  FROM (
    SELECT *
    FROM leads
    WHERE workspace_id = $1
      AND owner_id = ANY ($2::uuid[])
  ) AS leads
  WHERE leads.status_id = $3
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
SELECT leads.id AS id, NULL AS deal_name, leads.target_amount AS amount, leads.owner_id, leads.id AS lead_id, leads.name, leads.company_name, leads.email, leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids, to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(leads.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = leads.workspace_id
    AND a.lead_id = leads.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND (owner_id = ANY ($2::uuid[]) OR department_id = ANY ($3::uuid[]))
) AS leads
WHERE leads.status_id = $4
  AND next_step_at < $5
ORDER BY next_step_at, id
LIMIT $6;
SELECT leads.id AS id, NULL AS deal_name, leads.target_amount AS amount, leads.owner_id, leads.id AS lead_id, leads.name, leads.company_name, leads.email, leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids, to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(leads.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = leads.workspace_id
    AND a.lead_id = leads.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND (owner_id = ANY ($2::uuid[]) OR department_id = ANY ($3::uuid[]))
) AS leads
WHERE leads.status_id = $4
  AND next_step_at IS NULL
ORDER BY id DESC
LIMIT $5;
SELECT leads.id AS id, NULL AS deal_name, leads.target_amount AS amount, leads.owner_id, leads.id AS lead_id, leads.name, leads.company_name, leads.email, leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids, to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(leads.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = leads.workspace_id
    AND a.lead_id = leads.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND (owner_id = ANY ($2::uuid[]) OR department_id = ANY ($3::uuid[]))
) AS leads
WHERE leads.status_id = $4
  AND next_step_at >= $5
ORDER BY next_step_at, id
LIMIT $6;

-- Count and sum of a status, as seen by team
SELECT count(*) AS count, coalesce(sum(amount), 0) AS sum
FROM (
  SELECT leads.target_amount AS amount
  FROM (
    SELECT *
    FROM leads
    WHERE workspace_id = $1
      AND (owner_id = ANY ($2::uuid[]) OR department_id = ANY ($3::uuid[]))
  ) AS leads
  WHERE leads.status_id = $4
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
SELECT leads.id AS id, NULL AS deal_name, leads.target_amount AS amount, leads.owner_id, leads.id AS lead_id, leads.name, leads.company_name, leads.email, leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids, to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(leads.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = leads.workspace_id
    AND a.lead_id = leads.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND (owner_id = ANY ($2::uuid[]))
) AS leads
WHERE leads.status_id = $3
  AND next_step_at < $4
  AND (next_step_at, leads.id) > ($5, $6)
ORDER BY next_step_at, id
LIMIT $7;
SELECT leads.id AS id, NULL AS deal_name, leads.target_amount AS amount, leads.owner_id, leads.id AS lead_id, leads.name, leads.company_name, leads.email, leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids, to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(leads.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = leads.workspace_id
    AND a.lead_id = leads.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND (owner_id = ANY ($2::uuid[]))
) AS leads
WHERE leads.status_id = $3
  AND next_step_at IS NULL
ORDER BY id DESC
LIMIT $4;
SELECT leads.id AS id, NULL AS deal_name, leads.target_amount AS amount, leads.owner_id, leads.id AS lead_id, leads.name, leads.company_name, leads.email, leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids, to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(leads.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = leads.workspace_id
    AND a.lead_id = leads.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND (owner_id = ANY ($2::uuid[]))
) AS leads
WHERE leads.status_id = $3
  AND next_step_at >= $4
ORDER BY next_step_at, id
LIMIT $5;

-- Further cards of a status, without a next step
SELECT leads.id AS id, NULL AS deal_name, leads.target_amount AS amount, leads.owner_id, leads.id AS lead_id, leads.name, leads.company_name, leads.email, leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids, to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(leads.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = leads.workspace_id
    AND a.lead_id = leads.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND (owner_id = ANY ($2::uuid[]))
) AS leads
WHERE leads.status_id = $3
  AND next_step_at IS NULL
  AND leads.id < $4
ORDER BY id DESC
LIMIT $5;
-- sends a statement of "Further cards of a status, due until the end of today"

-- Further cards of a status, planned for later
SELECT leads.id AS id, NULL AS deal_name, leads.target_amount AS amount, leads.owner_id, leads.id AS lead_id, leads.name, leads.company_name, leads.email, leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids, to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(leads.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = leads.workspace_id
    AND a.lead_id = leads.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND (owner_id = ANY ($2::uuid[]))
) AS leads
WHERE leads.status_id = $3
  AND next_step_at >= $4
  AND (next_step_at, leads.id) > ($5, $6)
ORDER BY next_step_at, id
LIMIT $7;

-- Cards of a deal_stage, as seen by all
SELECT deals.id AS id, deals.name AS deal_name, deals.amount, coalesce(deals.owner_id, leads.owner_id) AS owner_id, leads.id AS lead_id, leads.name, leads.company_name, leads.email, leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids, to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(leads.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = leads.workspace_id
    AND a.lead_id = leads.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM deals
JOIN (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
) AS leads ON leads.workspace_id = deals.workspace_id
  AND leads.id = deals.lead_id
WHERE deals.workspace_id = $1
  AND deals.stage_id = $2
  AND next_step_at < $3
ORDER BY next_step_at, id
LIMIT $4;
SELECT deals.id AS id, deals.name AS deal_name, deals.amount, coalesce(deals.owner_id, leads.owner_id) AS owner_id, leads.id AS lead_id, leads.name, leads.company_name, leads.email, leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids, to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(leads.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = leads.workspace_id
    AND a.lead_id = leads.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM deals
JOIN (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
) AS leads ON leads.workspace_id = deals.workspace_id
  AND leads.id = deals.lead_id
WHERE deals.workspace_id = $1
  AND deals.stage_id = $2
  AND next_step_at IS NULL
ORDER BY id DESC
LIMIT $3;
SELECT deals.id AS id, deals.name AS deal_name, deals.amount, coalesce(deals.owner_id, leads.owner_id) AS owner_id, leads.id AS lead_id, leads.name, leads.company_name, leads.email, leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids, to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(leads.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = leads.workspace_id
    AND a.lead_id = leads.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM deals
JOIN (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
) AS leads ON leads.workspace_id = deals.workspace_id
  AND leads.id = deals.lead_id
WHERE deals.workspace_id = $1
  AND deals.stage_id = $2
  AND next_step_at >= $3
ORDER BY next_step_at, id
LIMIT $4;

-- Count and sum of a deal_stage, as seen by all
SELECT count(*) AS count, coalesce(sum(amount), 0) AS sum
FROM (
  SELECT deals.amount AS amount
  FROM deals
  JOIN (
    SELECT *
    FROM leads
    WHERE workspace_id = $1
  ) AS leads ON leads.workspace_id = deals.workspace_id
    AND leads.id = deals.lead_id
  WHERE deals.workspace_id = $1
    AND deals.stage_id = $2
  LIMIT $3
) AS counted;

-- Leads of a deal_stage by what no index answers, as seen by all
WITH newest AS MATERIALIZED (
  SELECT lead_id
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
SELECT deals.id AS id, deals.name AS deal_name, deals.amount, coalesce(deals.owner_id, leads.owner_id) AS owner_id, leads.id AS lead_id, leads.name, leads.company_name, leads.email, leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids, to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(leads.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = leads.workspace_id
    AND a.lead_id = leads.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
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
  AND next_step_at < $4
ORDER BY next_step_at, id
LIMIT $5;
SELECT deals.id AS id, deals.name AS deal_name, deals.amount, coalesce(deals.owner_id, leads.owner_id) AS owner_id, leads.id AS lead_id, leads.name, leads.company_name, leads.email, leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids, to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(leads.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = leads.workspace_id
    AND a.lead_id = leads.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
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
  AND next_step_at IS NULL
ORDER BY id DESC
LIMIT $4;
SELECT deals.id AS id, deals.name AS deal_name, deals.amount, coalesce(deals.owner_id, leads.owner_id) AS owner_id, leads.id AS lead_id, leads.name, leads.company_name, leads.email, leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids, to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(leads.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = leads.workspace_id
    AND a.lead_id = leads.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
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
  AND next_step_at >= $4
ORDER BY next_step_at, id
LIMIT $5;

-- Count and sum of a deal_stage, as seen by own
SELECT count(*) AS count, coalesce(sum(amount), 0) AS sum
FROM (
  SELECT deals.amount AS amount
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
  LIMIT $4
) AS counted;

-- Leads of a deal_stage by what no index answers, as seen by own
WITH newest AS MATERIALIZED (
  SELECT lead_id
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
SELECT deals.id AS id, deals.name AS deal_name, deals.amount, coalesce(deals.owner_id, leads.owner_id) AS owner_id, leads.id AS lead_id, leads.name, leads.company_name, leads.email, leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids, to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(leads.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = leads.workspace_id
    AND a.lead_id = leads.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
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
  AND next_step_at < $5
ORDER BY next_step_at, id
LIMIT $6;
SELECT deals.id AS id, deals.name AS deal_name, deals.amount, coalesce(deals.owner_id, leads.owner_id) AS owner_id, leads.id AS lead_id, leads.name, leads.company_name, leads.email, leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids, to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(leads.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = leads.workspace_id
    AND a.lead_id = leads.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
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
  AND next_step_at IS NULL
ORDER BY id DESC
LIMIT $5;
SELECT deals.id AS id, deals.name AS deal_name, deals.amount, coalesce(deals.owner_id, leads.owner_id) AS owner_id, leads.id AS lead_id, leads.name, leads.company_name, leads.email, leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids, to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(leads.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = leads.workspace_id
    AND a.lead_id = leads.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
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
  AND next_step_at >= $5
ORDER BY next_step_at, id
LIMIT $6;

-- Count and sum of a deal_stage, as seen by team
SELECT count(*) AS count, coalesce(sum(amount), 0) AS sum
FROM (
  SELECT deals.amount AS amount
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
  LIMIT $5
) AS counted;

-- Leads of a deal_stage by what no index answers, as seen by team
WITH newest AS MATERIALIZED (
  SELECT lead_id
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
SELECT deals.id AS id, deals.name AS deal_name, deals.amount, coalesce(deals.owner_id, leads.owner_id) AS owner_id, leads.id AS lead_id, leads.name, leads.company_name, leads.email, leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids, to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(leads.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = leads.workspace_id
    AND a.lead_id = leads.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM deals
JOIN (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND (owner_id = ANY ($2::uuid[]))
) AS leads ON leads.workspace_id = deals.workspace_id
  AND leads.id = deals.lead_id
WHERE deals.workspace_id = $1
  AND deals.stage_id = $3
  AND next_step_at < $4
  AND (next_step_at, deals.id) > ($5, $6)
ORDER BY next_step_at, id
LIMIT $7;
SELECT deals.id AS id, deals.name AS deal_name, deals.amount, coalesce(deals.owner_id, leads.owner_id) AS owner_id, leads.id AS lead_id, leads.name, leads.company_name, leads.email, leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids, to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(leads.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = leads.workspace_id
    AND a.lead_id = leads.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM deals
JOIN (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND (owner_id = ANY ($2::uuid[]))
) AS leads ON leads.workspace_id = deals.workspace_id
  AND leads.id = deals.lead_id
WHERE deals.workspace_id = $1
  AND deals.stage_id = $3
  AND next_step_at IS NULL
ORDER BY id DESC
LIMIT $4;
SELECT deals.id AS id, deals.name AS deal_name, deals.amount, coalesce(deals.owner_id, leads.owner_id) AS owner_id, leads.id AS lead_id, leads.name, leads.company_name, leads.email, leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids, to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(leads.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = leads.workspace_id
    AND a.lead_id = leads.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM deals
JOIN (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND (owner_id = ANY ($2::uuid[]))
) AS leads ON leads.workspace_id = deals.workspace_id
  AND leads.id = deals.lead_id
WHERE deals.workspace_id = $1
  AND deals.stage_id = $3
  AND next_step_at >= $4
ORDER BY next_step_at, id
LIMIT $5;

-- Further cards of a deal_stage, without a next step
SELECT deals.id AS id, deals.name AS deal_name, deals.amount, coalesce(deals.owner_id, leads.owner_id) AS owner_id, leads.id AS lead_id, leads.name, leads.company_name, leads.email, leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids, to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(leads.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = leads.workspace_id
    AND a.lead_id = leads.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM deals
JOIN (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND (owner_id = ANY ($2::uuid[]))
) AS leads ON leads.workspace_id = deals.workspace_id
  AND leads.id = deals.lead_id
WHERE deals.workspace_id = $1
  AND deals.stage_id = $3
  AND next_step_at IS NULL
  AND deals.id < $4
ORDER BY id DESC
LIMIT $5;
-- sends a statement of "Further cards of a deal_stage, due until the end of today"

-- Further cards of a deal_stage, planned for later
SELECT deals.id AS id, deals.name AS deal_name, deals.amount, coalesce(deals.owner_id, leads.owner_id) AS owner_id, leads.id AS lead_id, leads.name, leads.company_name, leads.email, leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids, to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at, greatest(leads.updated_at, (
  SELECT at
  FROM activities a
  WHERE a.workspace_id = leads.workspace_id
    AND a.lead_id = leads.id
  ORDER BY a.id DESC
  LIMIT 1
)) AS active_at
FROM deals
JOIN (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND (owner_id = ANY ($2::uuid[]))
) AS leads ON leads.workspace_id = deals.workspace_id
  AND leads.id = deals.lead_id
WHERE deals.workspace_id = $1
  AND deals.stage_id = $3
  AND next_step_at >= $4
  AND (next_step_at, deals.id) > ($5, $6)
ORDER BY next_step_at, id
LIMIT $7;
