-- The SQL that the lists of deals send. Written by `npm run queries`; a test demands that it is up to date.

-- Deals, newest
SELECT d.id, d.lead_id, d.name, d.stage_id, d.amount, d.start_date, d.end_date, d.note, d.owner_id, d.closed_at, d.actor, d.created_at, d.updated_at, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name
FROM deals d
JOIN leads l ON l.workspace_id = d.workspace_id
  AND l.id = d.lead_id
WHERE d.workspace_id = $1
ORDER BY d.id DESC
LIMIT $2;

-- Deals, newest, a further page
SELECT d.id, d.lead_id, d.name, d.stage_id, d.amount, d.start_date, d.end_date, d.note, d.owner_id, d.closed_at, d.actor, d.created_at, d.updated_at, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name
FROM deals d
JOIN leads l ON l.workspace_id = d.workspace_id
  AND l.id = d.lead_id
WHERE d.workspace_id = $1
  AND d.id < $2
ORDER BY d.id DESC
LIMIT $3;

-- Deals, close_date
SELECT d.id, d.lead_id, d.name, d.stage_id, d.amount, d.start_date, d.end_date, d.note, d.owner_id, d.closed_at, d.actor, d.created_at, d.updated_at, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name
FROM deals d
JOIN leads l ON l.workspace_id = d.workspace_id
  AND l.id = d.lead_id
WHERE d.workspace_id = $1
ORDER BY d.end_date, d.id
LIMIT $2;

-- Deals, close_date, a further page
SELECT d.id, d.lead_id, d.name, d.stage_id, d.amount, d.start_date, d.end_date, d.note, d.owner_id, d.closed_at, d.actor, d.created_at, d.updated_at, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name
FROM deals d
JOIN leads l ON l.workspace_id = d.workspace_id
  AND l.id = d.lead_id
WHERE d.workspace_id = $1
  AND ($2::text <> 'infinity' AND ((d.end_date, d.id) > ($2::date, $3) OR d.end_date IS NULL) OR $2::text = 'infinity' AND d.end_date IS NULL AND d.id > $3)
ORDER BY d.end_date, d.id
LIMIT $4;

-- Deals, amount
SELECT d.id, d.lead_id, d.name, d.stage_id, d.amount, d.start_date, d.end_date, d.note, d.owner_id, d.closed_at, d.actor, d.created_at, d.updated_at, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name
FROM deals d
JOIN leads l ON l.workspace_id = d.workspace_id
  AND l.id = d.lead_id
WHERE d.workspace_id = $1
ORDER BY coalesce(d.amount, '-Infinity') DESC, d.id DESC
LIMIT $2;

-- Deals, amount, a further page
SELECT d.id, d.lead_id, d.name, d.stage_id, d.amount, d.start_date, d.end_date, d.note, d.owner_id, d.closed_at, d.actor, d.created_at, d.updated_at, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name
FROM deals d
JOIN leads l ON l.workspace_id = d.workspace_id
  AND l.id = d.lead_id
WHERE d.workspace_id = $1
  AND (coalesce(d.amount, '-Infinity'), d.id) < ($2::numeric, $3)
ORDER BY coalesce(d.amount, '-Infinity') DESC, d.id DESC
LIMIT $4;

-- Deals, newest, by stage_ids
SELECT d.id, d.lead_id, d.name, d.stage_id, d.amount, d.start_date, d.end_date, d.note, d.owner_id, d.closed_at, d.actor, d.created_at, d.updated_at, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name
FROM deals d
JOIN leads l ON l.workspace_id = d.workspace_id
  AND l.id = d.lead_id
WHERE d.workspace_id = $1
  AND d.stage_id = ANY ($2::uuid[])
ORDER BY d.id DESC
LIMIT $3;

-- Deals, newest, by owner_id
SELECT d.id, d.lead_id, d.name, d.stage_id, d.amount, d.start_date, d.end_date, d.note, d.owner_id, d.closed_at, d.actor, d.created_at, d.updated_at, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name
FROM deals d
JOIN leads l ON l.workspace_id = d.workspace_id
  AND l.id = d.lead_id
WHERE d.workspace_id = $1
  AND d.owner_id = $2
ORDER BY d.id DESC
LIMIT $3;

-- Deals, newest, by lead_id
SELECT d.id, d.lead_id, d.name, d.stage_id, d.amount, d.start_date, d.end_date, d.note, d.owner_id, d.closed_at, d.actor, d.created_at, d.updated_at, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name
FROM deals d
JOIN leads l ON l.workspace_id = d.workspace_id
  AND l.id = d.lead_id
WHERE d.workspace_id = $1
  AND d.lead_id = $2
ORDER BY d.id DESC
LIMIT $3;

-- Deals, newest, by text
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
), found AS MATERIALIZED (
  SELECT d.deal_id
  FROM (
    (
      SELECT d.deal_id, d.end_date, d.amount
      FROM (
        SELECT *
        FROM deal_index
        WHERE workspace_id = $1
        ORDER BY deal_id DESC
        LIMIT 5000
      ) AS d
      WHERE d.workspace_id = $1
        AND d.text LIKE $2
        AND d.lead_id NOT IN (
        SELECT lead_id
        FROM waiting
      )
      ORDER BY d.deal_id DESC
      LIMIT $3
    )
    UNION ALL
    SELECT d.deal_id, d.end_date, d.amount
    FROM live d
    WHERE d.workspace_id = $1
      AND d.text LIKE $2
  ) AS d
  ORDER BY d.deal_id DESC
  LIMIT $3
)
SELECT d.id, d.lead_id, d.name, d.stage_id, d.amount, d.start_date, d.end_date, d.note, d.owner_id, d.closed_at, d.actor, d.created_at, d.updated_at, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name
FROM deals d
JOIN leads l ON l.workspace_id = d.workspace_id
  AND l.id = d.lead_id
WHERE d.workspace_id = $1
  AND d.id = ANY (ARRAY(
  SELECT deal_id
  FROM found
))
ORDER BY d.id DESC;
SELECT id
FROM deal_texts_like($1, $2) AS found (id);
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
), found AS MATERIALIZED (
  SELECT d.deal_id
  FROM (
    (
      SELECT d.deal_id, d.end_date, d.amount
      FROM (
        SELECT *
        FROM deal_index
        WHERE workspace_id = $1
          AND deal_id = ANY ($4::uuid[])
      ) AS d
      WHERE d.workspace_id = $1
        AND d.text LIKE $2
        AND d.lead_id NOT IN (
        SELECT lead_id
        FROM waiting
      )
      ORDER BY d.deal_id DESC
      LIMIT $3
    )
    UNION ALL
    SELECT d.deal_id, d.end_date, d.amount
    FROM live d
    WHERE d.workspace_id = $1
      AND d.text LIKE $2
  ) AS d
  ORDER BY d.deal_id DESC
  LIMIT $3
)
SELECT d.id, d.lead_id, d.name, d.stage_id, d.amount, d.start_date, d.end_date, d.note, d.owner_id, d.closed_at, d.actor, d.created_at, d.updated_at, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name
FROM deals d
JOIN leads l ON l.workspace_id = d.workspace_id
  AND l.id = d.lead_id
WHERE d.workspace_id = $1
  AND d.id = ANY (ARRAY(
  SELECT deal_id
  FROM found
))
ORDER BY d.id DESC;

-- Deals, newest, by closes_by
SELECT d.id, d.lead_id, d.name, d.stage_id, d.amount, d.start_date, d.end_date, d.note, d.owner_id, d.closed_at, d.actor, d.created_at, d.updated_at, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name
FROM deals d
JOIN leads l ON l.workspace_id = d.workspace_id
  AND l.id = d.lead_id
WHERE d.workspace_id = $1
  AND d.end_date <= $2::date
ORDER BY d.id DESC
LIMIT $3;

-- Deals, newest, by closed_from
SELECT d.id, d.lead_id, d.name, d.stage_id, d.amount, d.start_date, d.end_date, d.note, d.owner_id, d.closed_at, d.actor, d.created_at, d.updated_at, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name
FROM deals d
JOIN leads l ON l.workspace_id = d.workspace_id
  AND l.id = d.lead_id
WHERE d.workspace_id = $1
  AND d.closed_on >= $2::date
ORDER BY d.id DESC
LIMIT $3;

-- Deals, newest, by closed_to
SELECT d.id, d.lead_id, d.name, d.stage_id, d.amount, d.start_date, d.end_date, d.note, d.owner_id, d.closed_at, d.actor, d.created_at, d.updated_at, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name
FROM deals d
JOIN leads l ON l.workspace_id = d.workspace_id
  AND l.id = d.lead_id
WHERE d.workspace_id = $1
  AND d.closed_on <= $2::date
ORDER BY d.id DESC
LIMIT $3;

-- Deals, newest, by visibility
SELECT d.id, d.lead_id, d.name, d.stage_id, d.amount, d.start_date, d.end_date, d.note, d.owner_id, d.closed_at, d.actor, d.created_at, d.updated_at, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name
FROM deals d
JOIN leads l ON l.workspace_id = d.workspace_id
  AND l.id = d.lead_id
WHERE d.workspace_id = $1
  AND (l.owner_id = ANY ($2::uuid[]) OR l.department_id = ANY ($3::uuid[]))
ORDER BY d.id DESC
LIMIT $4;

-- Sums of deals by stage_ids
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
SELECT stage_id, sum(deals)::bigint AS count, sum(amount) AS sum, coalesce(sum(deals) FILTER (WHERE closed_on >= $3::date), 0)::bigint AS recent_count, coalesce(sum(amount) FILTER (WHERE closed_on >= $3::date), 0) AS recent_sum
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, d.deals, d.amount
  FROM deal_sums d
  WHERE d.kind = 'all'
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
GROUP BY stage_id;

-- Sums of deals by owner_id
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
SELECT stage_id, sum(deals)::bigint AS count, sum(amount) AS sum, coalesce(sum(deals) FILTER (WHERE closed_on >= $3::date), 0)::bigint AS recent_count, coalesce(sum(amount) FILTER (WHERE closed_on >= $3::date), 0) AS recent_sum
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, d.deals, d.amount
  FROM deal_sums d
  WHERE d.kind = 'owner'
    AND d.lead_owner_id IS NULL
    AND d.workspace_id = $1
    AND d.owner_id = $2
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, -1 AS deals, -coalesce(d.amount, 0) AS amount
  FROM stale d
  WHERE d.workspace_id = $1
    AND d.owner_id = $2
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND d.owner_id = $2
) AS d
GROUP BY stage_id;

-- Sums of deals by lead_id
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
SELECT stage_id, sum(deals)::bigint AS count, sum(amount) AS sum, coalesce(sum(deals) FILTER (WHERE closed_on >= $3::date), 0)::bigint AS recent_count, coalesce(sum(amount) FILTER (WHERE closed_on >= $3::date), 0) AS recent_sum
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM deal_index AS d
  WHERE d.workspace_id = $1
    AND d.lead_id = $2
    AND d.lead_id NOT IN (
    SELECT lead_id
    FROM waiting
  )
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND d.lead_id = $2
) AS d
GROUP BY stage_id;

-- Sums of deals by text
-- sends a statement of "Deals, newest, by text"
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
SELECT stage_id, sum(deals)::bigint AS count, sum(amount) AS sum, coalesce(sum(deals) FILTER (WHERE closed_on >= $4::date), 0)::bigint AS recent_count, coalesce(sum(amount) FILTER (WHERE closed_on >= $4::date), 0) AS recent_sum
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM (
    SELECT *
    FROM deal_index
    WHERE workspace_id = $1
      AND deal_id = ANY ($3::uuid[])
  ) AS d
  WHERE d.workspace_id = $1
    AND d.text LIKE $2
    AND d.lead_id NOT IN (
    SELECT lead_id
    FROM waiting
  )
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND d.text LIKE $2
) AS d
GROUP BY stage_id;

-- Sums of deals by closes_by
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
SELECT stage_id, sum(deals)::bigint AS count, sum(amount) AS sum, coalesce(sum(deals) FILTER (WHERE closed_on >= $3::date), 0)::bigint AS recent_count, coalesce(sum(amount) FILTER (WHERE closed_on >= $3::date), 0) AS recent_sum
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, d.deals, d.amount
  FROM deal_sums d
  WHERE d.kind = 'expected'
    AND d.lead_owner_id IS NULL
    AND d.owner_id IS NULL
    AND d.workspace_id = $1
    AND d.end_date <= $2::date
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, -1 AS deals, -coalesce(d.amount, 0) AS amount
  FROM stale d
  WHERE d.workspace_id = $1
    AND d.end_date <= $2::date
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND d.end_date <= $2::date
) AS d
GROUP BY stage_id;

-- Sums of deals by closed_from
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
SELECT stage_id, sum(deals)::bigint AS count, sum(amount) AS sum, coalesce(sum(deals) FILTER (WHERE closed_on >= $3::date), 0)::bigint AS recent_count, coalesce(sum(amount) FILTER (WHERE closed_on >= $3::date), 0) AS recent_sum
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, d.deals, d.amount
  FROM deal_sums d
  WHERE d.kind = 'all'
    AND d.lead_owner_id IS NULL
    AND d.owner_id IS NULL
    AND d.workspace_id = $1
    AND d.closed_on >= $2::date
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, -1 AS deals, -coalesce(d.amount, 0) AS amount
  FROM stale d
  WHERE d.workspace_id = $1
    AND d.closed_on >= $2::date
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND d.closed_on >= $2::date
) AS d
GROUP BY stage_id;

-- Sums of deals by closed_to
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
SELECT stage_id, sum(deals)::bigint AS count, sum(amount) AS sum, coalesce(sum(deals) FILTER (WHERE closed_on >= $3::date), 0)::bigint AS recent_count, coalesce(sum(amount) FILTER (WHERE closed_on >= $3::date), 0) AS recent_sum
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, d.deals, d.amount
  FROM deal_sums d
  WHERE d.kind = 'all'
    AND d.lead_owner_id IS NULL
    AND d.owner_id IS NULL
    AND d.workspace_id = $1
    AND d.closed_on <= $2::date
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, -1 AS deals, -coalesce(d.amount, 0) AS amount
  FROM stale d
  WHERE d.workspace_id = $1
    AND d.closed_on <= $2::date
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND d.closed_on <= $2::date
) AS d
GROUP BY stage_id;

-- Sums of deals by visibility
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
SELECT stage_id, sum(deals)::bigint AS count, sum(amount) AS sum, coalesce(sum(deals) FILTER (WHERE closed_on >= $4::date), 0)::bigint AS recent_count, coalesce(sum(amount) FILTER (WHERE closed_on >= $4::date), 0) AS recent_sum
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, d.deals, d.amount
  FROM deal_sums d
  WHERE d.kind = 'sight'
    AND d.owner_id IS NULL
    AND d.workspace_id = $1
    AND (d.lead_owner_id = ANY ($2::uuid[]) OR d.department_id = ANY ($3::uuid[]))
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, -1 AS deals, -coalesce(d.amount, 0) AS amount
  FROM stale d
  WHERE d.workspace_id = $1
    AND (d.lead_owner_id = ANY ($2::uuid[]) OR d.department_id = ANY ($3::uuid[]))
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND (d.lead_owner_id = ANY ($2::uuid[]) OR d.department_id = ANY ($3::uuid[]))
) AS d
GROUP BY stage_id;

-- Sums of leads by status
SELECT status_id, sum(leads)::bigint AS count, sum(amount) AS sum
FROM (
  SELECT status_id, leads, amount
  FROM lead_sums
  WHERE workspace_id = $1
    AND kind = 'all'
  UNION ALL
  SELECT status_id, leads, amount
  FROM lead_sum_changes
  WHERE workspace_id = $1
) AS counted
GROUP BY status_id;

-- Sums of leads by status, as seen by team
SELECT status_id, sum(leads)::bigint AS count, sum(amount) AS sum
FROM (
  SELECT status_id, leads, amount
  FROM lead_sums
  WHERE workspace_id = $1
    AND source_id = ANY ($2::uuid[])
    AND (owner_id = ANY ($3::uuid[]) OR department_id = ANY ($4::uuid[]))
    AND kind = 'filter'
  UNION ALL
  SELECT status_id, leads, amount
  FROM lead_sum_changes
  WHERE workspace_id = $1
    AND source_id = ANY ($2::uuid[])
    AND (owner_id = ANY ($3::uuid[]) OR department_id = ANY ($4::uuid[]))
) AS counted
GROUP BY status_id;

-- Deals, newest, of nobody
SELECT d.id, d.lead_id, d.name, d.stage_id, d.amount, d.start_date, d.end_date, d.note, d.owner_id, d.closed_at, d.actor, d.created_at, d.updated_at, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name
FROM deals d
JOIN leads l ON l.workspace_id = d.workspace_id
  AND l.id = d.lead_id
WHERE d.workspace_id = $1
  AND d.owner_id IS NULL
ORDER BY d.id DESC
LIMIT $2;

-- Deals that hold a short word, as seen by all
-- sends a statement of "Deals, newest, by text"
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
), found AS MATERIALIZED (
  SELECT d.deal_id
  FROM (
    (
      SELECT d.deal_id, d.end_date, d.amount
      FROM (
        SELECT *
        FROM deal_index
        WHERE workspace_id = $1
        ORDER BY deal_id DESC
        LIMIT 20000
      ) AS d
      WHERE d.workspace_id = $1
        AND d.text LIKE $2
        AND d.lead_id NOT IN (
        SELECT lead_id
        FROM waiting
      )
      ORDER BY d.deal_id DESC
      LIMIT $3
    )
    UNION ALL
    SELECT d.deal_id, d.end_date, d.amount
    FROM live d
    WHERE d.workspace_id = $1
      AND d.text LIKE $2
  ) AS d
  ORDER BY d.deal_id DESC
  LIMIT $3
)
SELECT d.id, d.lead_id, d.name, d.stage_id, d.amount, d.start_date, d.end_date, d.note, d.owner_id, d.closed_at, d.actor, d.created_at, d.updated_at, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name
FROM deals d
JOIN leads l ON l.workspace_id = d.workspace_id
  AND l.id = d.lead_id
WHERE d.workspace_id = $1
  AND d.id = ANY (ARRAY(
  SELECT deal_id
  FROM found
))
ORDER BY d.id DESC;

-- Sums of deals by stage, as seen by all
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
SELECT stage_id, sum(deals)::bigint AS count, sum(amount) AS sum, coalesce(sum(deals) FILTER (WHERE closed_on >= $2::date), 0)::bigint AS recent_count, coalesce(sum(amount) FILTER (WHERE closed_on >= $2::date), 0) AS recent_sum
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, d.deals, d.amount
  FROM deal_sums d
  WHERE d.kind = 'all'
    AND d.lead_owner_id IS NULL
    AND d.owner_id IS NULL
    AND d.workspace_id = $1
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, -1 AS deals, -coalesce(d.amount, 0) AS amount
  FROM stale d
  WHERE d.workspace_id = $1
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
) AS d
GROUP BY stage_id;

-- Sums of deals that hold a text, as seen by all
-- sends a statement of "Deals, newest, by text"
-- sends a statement of "Sums of deals by text"

-- Deals that hold a short word, as seen by own
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
), found AS MATERIALIZED (
  SELECT d.deal_id
  FROM (
    (
      SELECT d.deal_id, d.end_date, d.amount
      FROM (
        SELECT *
        FROM deal_index
        WHERE workspace_id = $1
          AND lead_owner_id = $5
        ORDER BY deal_id DESC
        LIMIT 5000
      ) AS d
      WHERE d.workspace_id = $1
        AND d.lead_owner_id = $2
        AND d.text LIKE $3
        AND d.lead_id NOT IN (
        SELECT lead_id
        FROM waiting
      )
      ORDER BY d.deal_id DESC
      LIMIT $4
    )
    UNION ALL
    SELECT d.deal_id, d.end_date, d.amount
    FROM live d
    WHERE d.workspace_id = $1
      AND d.lead_owner_id = $2
      AND d.text LIKE $3
  ) AS d
  ORDER BY d.deal_id DESC
  LIMIT $4
)
SELECT d.id, d.lead_id, d.name, d.stage_id, d.amount, d.start_date, d.end_date, d.note, d.owner_id, d.closed_at, d.actor, d.created_at, d.updated_at, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name
FROM deals d
JOIN leads l ON l.workspace_id = d.workspace_id
  AND l.id = d.lead_id
WHERE d.workspace_id = $1
  AND d.id = ANY (ARRAY(
  SELECT deal_id
  FROM found
))
ORDER BY d.id DESC;
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
), found AS MATERIALIZED (
  SELECT d.deal_id
  FROM (
    (
      SELECT d.deal_id, d.end_date, d.amount
      FROM (
        SELECT *
        FROM deal_index
        WHERE workspace_id = $1
          AND lead_owner_id = $5
        ORDER BY deal_id DESC
        LIMIT 20000
      ) AS d
      WHERE d.workspace_id = $1
        AND d.lead_owner_id = $2
        AND d.text LIKE $3
        AND d.lead_id NOT IN (
        SELECT lead_id
        FROM waiting
      )
      ORDER BY d.deal_id DESC
      LIMIT $4
    )
    UNION ALL
    SELECT d.deal_id, d.end_date, d.amount
    FROM live d
    WHERE d.workspace_id = $1
      AND d.lead_owner_id = $2
      AND d.text LIKE $3
  ) AS d
  ORDER BY d.deal_id DESC
  LIMIT $4
)
SELECT d.id, d.lead_id, d.name, d.stage_id, d.amount, d.start_date, d.end_date, d.note, d.owner_id, d.closed_at, d.actor, d.created_at, d.updated_at, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name
FROM deals d
JOIN leads l ON l.workspace_id = d.workspace_id
  AND l.id = d.lead_id
WHERE d.workspace_id = $1
  AND d.id = ANY (ARRAY(
  SELECT deal_id
  FROM found
))
ORDER BY d.id DESC;

-- Sums of deals by stage, as seen by own
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
SELECT stage_id, sum(deals)::bigint AS count, sum(amount) AS sum, coalesce(sum(deals) FILTER (WHERE closed_on >= $3::date), 0)::bigint AS recent_count, coalesce(sum(amount) FILTER (WHERE closed_on >= $3::date), 0) AS recent_sum
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, d.deals, d.amount
  FROM deal_sums d
  WHERE d.kind = 'sight'
    AND d.owner_id IS NULL
    AND d.workspace_id = $1
    AND d.lead_owner_id = $2
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, -1 AS deals, -coalesce(d.amount, 0) AS amount
  FROM stale d
  WHERE d.workspace_id = $1
    AND d.lead_owner_id = $2
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND d.lead_owner_id = $2
) AS d
GROUP BY stage_id;

-- Sums of deals that hold a text, as seen by own
-- sends a statement of "Deals, newest, by text"
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
SELECT stage_id, sum(deals)::bigint AS count, sum(amount) AS sum, coalesce(sum(deals) FILTER (WHERE closed_on >= $5::date), 0)::bigint AS recent_count, coalesce(sum(amount) FILTER (WHERE closed_on >= $5::date), 0) AS recent_sum
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM (
    SELECT *
    FROM deal_index
    WHERE workspace_id = $1
      AND deal_id = ANY ($4::uuid[])
  ) AS d
  WHERE d.workspace_id = $1
    AND d.lead_owner_id = $2
    AND d.text LIKE $3
    AND d.lead_id NOT IN (
    SELECT lead_id
    FROM waiting
  )
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND d.lead_owner_id = $2
    AND d.text LIKE $3
) AS d
GROUP BY stage_id;

-- Deals that hold a short word, as seen by team
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
), found AS MATERIALIZED (
  SELECT d.deal_id
  FROM (
    (
      SELECT d.deal_id, d.end_date, d.amount
      FROM (
        SELECT *
        FROM deal_index
        WHERE workspace_id = $1
        ORDER BY deal_id DESC
        LIMIT 5000
      ) AS d
      WHERE d.workspace_id = $1
        AND (d.lead_owner_id = ANY ($2::uuid[]) OR d.department_id = ANY ($3::uuid[]))
        AND d.text LIKE $4
        AND d.lead_id NOT IN (
        SELECT lead_id
        FROM waiting
      )
      ORDER BY d.deal_id DESC
      LIMIT $5
    )
    UNION ALL
    SELECT d.deal_id, d.end_date, d.amount
    FROM live d
    WHERE d.workspace_id = $1
      AND (d.lead_owner_id = ANY ($2::uuid[]) OR d.department_id = ANY ($3::uuid[]))
      AND d.text LIKE $4
  ) AS d
  ORDER BY d.deal_id DESC
  LIMIT $5
)
SELECT d.id, d.lead_id, d.name, d.stage_id, d.amount, d.start_date, d.end_date, d.note, d.owner_id, d.closed_at, d.actor, d.created_at, d.updated_at, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name
FROM deals d
JOIN leads l ON l.workspace_id = d.workspace_id
  AND l.id = d.lead_id
WHERE d.workspace_id = $1
  AND d.id = ANY (ARRAY(
  SELECT deal_id
  FROM found
))
ORDER BY d.id DESC;
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
), found AS MATERIALIZED (
  SELECT d.deal_id
  FROM (
    (
      SELECT d.deal_id, d.end_date, d.amount
      FROM (
        SELECT *
        FROM deal_index
        WHERE workspace_id = $1
        ORDER BY deal_id DESC
        LIMIT 20000
      ) AS d
      WHERE d.workspace_id = $1
        AND (d.lead_owner_id = ANY ($2::uuid[]) OR d.department_id = ANY ($3::uuid[]))
        AND d.text LIKE $4
        AND d.lead_id NOT IN (
        SELECT lead_id
        FROM waiting
      )
      ORDER BY d.deal_id DESC
      LIMIT $5
    )
    UNION ALL
    SELECT d.deal_id, d.end_date, d.amount
    FROM live d
    WHERE d.workspace_id = $1
      AND (d.lead_owner_id = ANY ($2::uuid[]) OR d.department_id = ANY ($3::uuid[]))
      AND d.text LIKE $4
  ) AS d
  ORDER BY d.deal_id DESC
  LIMIT $5
)
SELECT d.id, d.lead_id, d.name, d.stage_id, d.amount, d.start_date, d.end_date, d.note, d.owner_id, d.closed_at, d.actor, d.created_at, d.updated_at, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name
FROM deals d
JOIN leads l ON l.workspace_id = d.workspace_id
  AND l.id = d.lead_id
WHERE d.workspace_id = $1
  AND d.id = ANY (ARRAY(
  SELECT deal_id
  FROM found
))
ORDER BY d.id DESC;

-- Sums of deals by stage, as seen by team
-- sends a statement of "Sums of deals by visibility"

-- Sums of deals that hold a text, as seen by team
-- sends a statement of "Deals, newest, by text"
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
SELECT stage_id, sum(deals)::bigint AS count, sum(amount) AS sum, coalesce(sum(deals) FILTER (WHERE closed_on >= $6::date), 0)::bigint AS recent_count, coalesce(sum(amount) FILTER (WHERE closed_on >= $6::date), 0) AS recent_sum
FROM (
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM (
    SELECT *
    FROM deal_index
    WHERE workspace_id = $1
      AND deal_id = ANY ($5::uuid[])
  ) AS d
  WHERE d.workspace_id = $1
    AND (d.lead_owner_id = ANY ($2::uuid[]) OR d.department_id = ANY ($3::uuid[]))
    AND d.text LIKE $4
    AND d.lead_id NOT IN (
    SELECT lead_id
    FROM waiting
  )
  UNION ALL
  SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, 1 AS deals, coalesce(d.amount, 0) AS amount
  FROM live d
  WHERE d.workspace_id = $1
    AND (d.lead_owner_id = ANY ($2::uuid[]) OR d.department_id = ANY ($3::uuid[]))
    AND d.text LIKE $4
) AS d
GROUP BY stage_id;
