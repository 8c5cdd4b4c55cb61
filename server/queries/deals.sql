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
WITH unseen AS MATERIALIZED (
  SELECT l.id, lead_text(l) AS text
  FROM index_queue q
  CROSS JOIN unnest(q.lead_ids) AS waiting (id)
  JOIN leads l ON l.workspace_id = q.workspace_id
    AND l.id = waiting.id
  WHERE q.workspace_id = $1
), hits AS MATERIALIZED (
  SELECT id
  FROM leads_like(ARRAY[$2::text], $3) AS found (id)
  UNION
  SELECT id
  FROM unseen
  WHERE text LIKE $2
), deals_found AS (
  SELECT id
  FROM deals_like($2, $3) AS found (id)
  UNION
  SELECT d.id
  FROM hits
  JOIN deals d ON d.workspace_id = $1
    AND d.lead_id = hits.id
)
SELECT (
  SELECT count(*)
  FROM hits
)::int AS leads, ARRAY(
  SELECT id
  FROM deals_found
  LIMIT $3
) AS ids;
SELECT d.id, d.lead_id, d.name, d.stage_id, d.amount, d.start_date, d.end_date, d.note, d.owner_id, d.closed_at, d.actor, d.created_at, d.updated_at, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name
FROM deals d
JOIN leads l ON l.workspace_id = d.workspace_id
  AND l.id = d.lead_id
WHERE d.workspace_id = $1
  AND d.id = ANY ($2::uuid[])
  AND (fold_text(d.name) LIKE $3 OR fold_text(l.name) LIKE $3 OR fold_text(l.company_name) LIKE $3)
ORDER BY d.id DESC
LIMIT $4;

-- Deals, newest, by closes_by
SELECT d.id, d.lead_id, d.name, d.stage_id, d.amount, d.start_date, d.end_date, d.note, d.owner_id, d.closed_at, d.actor, d.created_at, d.updated_at, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name
FROM deals d
JOIN leads l ON l.workspace_id = d.workspace_id
  AND l.id = d.lead_id
WHERE d.workspace_id = $1
  AND d.end_date <= $2::date
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
SELECT d.id, d.lead_id, d.name, d.stage_id, d.amount, d.start_date, d.end_date, d.note, d.owner_id, d.closed_at, d.actor, d.created_at, d.updated_at, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name
FROM deals d
JOIN leads l ON l.workspace_id = d.workspace_id
  AND l.id = d.lead_id
WHERE d.workspace_id = $1
  AND d.id IN (
  SELECT n.id
  FROM deals n
  WHERE n.workspace_id = $1
  ORDER BY n.id DESC
  LIMIT 20000
)
  AND (fold_text(d.name) LIKE $2 OR fold_text(l.name) LIKE $2 OR fold_text(l.company_name) LIKE $2)
ORDER BY d.id DESC
LIMIT $3;

-- Sums of deals by stage, as seen by all
SELECT d.stage_id, count(*) AS count, coalesce(sum(d.amount), 0) AS sum, count(*) FILTER (WHERE d.closed_at >= $2) AS recent_count, coalesce(sum(d.amount) FILTER (WHERE d.closed_at >= $2), 0) AS recent_sum
FROM deals d
WHERE d.workspace_id = $1
GROUP BY d.stage_id;

-- Deals that hold a short word, as seen by own
SELECT d.id, d.lead_id, d.name, d.stage_id, d.amount, d.start_date, d.end_date, d.note, d.owner_id, d.closed_at, d.actor, d.created_at, d.updated_at, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name
FROM deals d
JOIN leads l ON l.workspace_id = d.workspace_id
  AND l.id = d.lead_id
WHERE d.workspace_id = $1
  AND l.owner_id = ANY ($2::uuid[])
  AND (fold_text(d.name) LIKE $3 OR fold_text(l.name) LIKE $3 OR fold_text(l.company_name) LIKE $3)
ORDER BY d.id DESC
LIMIT $4;

-- Sums of deals by stage, as seen by own
SELECT d.stage_id, count(*) AS count, coalesce(sum(d.amount), 0) AS sum, count(*) FILTER (WHERE d.closed_at >= $3) AS recent_count, coalesce(sum(d.amount) FILTER (WHERE d.closed_at >= $3), 0) AS recent_sum
FROM deals d
JOIN leads l ON l.workspace_id = d.workspace_id
  AND l.id = d.lead_id
WHERE d.workspace_id = $1
  AND l.owner_id = ANY ($2::uuid[])
GROUP BY d.stage_id;

-- Deals that hold a short word, as seen by team
SELECT d.id, d.lead_id, d.name, d.stage_id, d.amount, d.start_date, d.end_date, d.note, d.owner_id, d.closed_at, d.actor, d.created_at, d.updated_at, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name
FROM deals d
JOIN leads l ON l.workspace_id = d.workspace_id
  AND l.id = d.lead_id
WHERE d.workspace_id = $1
  AND (l.owner_id = ANY ($2::uuid[]) OR l.department_id = ANY ($3::uuid[]))
  AND d.id IN (
  SELECT n.id
  FROM deals n
  WHERE n.workspace_id = $1
  ORDER BY n.id DESC
  LIMIT 20000
)
  AND (fold_text(d.name) LIKE $4 OR fold_text(l.name) LIKE $4 OR fold_text(l.company_name) LIKE $4)
ORDER BY d.id DESC
LIMIT $5;

-- Sums of deals by stage, as seen by team
SELECT d.stage_id, count(*) AS count, coalesce(sum(d.amount), 0) AS sum, count(*) FILTER (WHERE d.closed_at >= $4) AS recent_count, coalesce(sum(d.amount) FILTER (WHERE d.closed_at >= $4), 0) AS recent_sum
FROM deals d
JOIN leads l ON l.workspace_id = d.workspace_id
  AND l.id = d.lead_id
WHERE d.workspace_id = $1
  AND (l.owner_id = ANY ($2::uuid[]) OR l.department_id = ANY ($3::uuid[]))
GROUP BY d.stage_id;
