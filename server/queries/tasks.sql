-- The SQL that the lists of tasks send. Written by `npm run queries`; a test demands that it is up to date.

-- Tasks, newest, as seen by all
SELECT t.id, t.lead_id, t.contact, t.name, t.description, t.comment, t.category, t.due_at, t.assignee_id, t.done_at, t.actor, t.created_at, t.updated_at, CASE WHEN l.id IS NOT NULL THEN coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) END AS lead_name, l.status_id AS lead_status_id, l.next_step_kind AS lead_next_step
FROM tasks t
LEFT JOIN leads l ON l.workspace_id = t.workspace_id
  AND l.id = t.lead_id
WHERE t.workspace_id = $1
ORDER BY t.id DESC
LIMIT $2;

-- Tasks, newest, as seen by own
SELECT t.id, t.lead_id, t.contact, t.name, t.description, t.comment, t.category, t.due_at, t.assignee_id, t.done_at, t.actor, t.created_at, t.updated_at, CASE WHEN l.id IS NOT NULL THEN coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) END AS lead_name, l.status_id AS lead_status_id, l.next_step_kind AS lead_next_step
FROM tasks t
LEFT JOIN leads l ON l.workspace_id = t.workspace_id
  AND l.id = t.lead_id
WHERE t.workspace_id = $1
  AND t.id IN (
  SELECT x.id
  FROM tasks x
  WHERE x.workspace_id = $1
    AND x.assignee_id = ANY ($2::uuid[])
  UNION
  SELECT x.id
  FROM leads s
  JOIN tasks x ON x.workspace_id = $1
    AND x.lead_id = s.id
  WHERE s.workspace_id = $1
    AND s.owner_id = ANY ($3::uuid[])
)
ORDER BY t.id DESC
LIMIT $4;

-- Tasks, newest, as seen by team
SELECT t.id, t.lead_id, t.contact, t.name, t.description, t.comment, t.category, t.due_at, t.assignee_id, t.done_at, t.actor, t.created_at, t.updated_at, CASE WHEN l.id IS NOT NULL THEN coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) END AS lead_name, l.status_id AS lead_status_id, l.next_step_kind AS lead_next_step
FROM tasks t
LEFT JOIN leads l ON l.workspace_id = t.workspace_id
  AND l.id = t.lead_id
WHERE t.workspace_id = $1
  AND t.id IN (
  SELECT x.id
  FROM tasks x
  WHERE x.workspace_id = $1
    AND x.assignee_id = ANY ($2::uuid[])
  UNION
  SELECT x.id
  FROM leads s
  JOIN tasks x ON x.workspace_id = $1
    AND x.lead_id = s.id
  WHERE s.workspace_id = $1
    AND (s.owner_id = ANY ($3::uuid[]) OR s.department_id = ANY ($4::uuid[]))
)
ORDER BY t.id DESC
LIMIT $5;

-- Tasks, newest, a further page
SELECT t.id, t.lead_id, t.contact, t.name, t.description, t.comment, t.category, t.due_at, t.assignee_id, t.done_at, t.actor, t.created_at, t.updated_at, CASE WHEN l.id IS NOT NULL THEN coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) END AS lead_name, l.status_id AS lead_status_id, l.next_step_kind AS lead_next_step
FROM tasks t
LEFT JOIN leads l ON l.workspace_id = t.workspace_id
  AND l.id = t.lead_id
WHERE t.workspace_id = $1
  AND t.id < $2
ORDER BY t.id DESC
LIMIT $3;

-- Tasks, due, as seen by all
SELECT t.id, t.lead_id, t.contact, t.name, t.description, t.comment, t.category, t.due_at, t.assignee_id, t.done_at, t.actor, t.created_at, t.updated_at, CASE WHEN l.id IS NOT NULL THEN coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) END AS lead_name, l.status_id AS lead_status_id, l.next_step_kind AS lead_next_step
FROM tasks t
LEFT JOIN leads l ON l.workspace_id = t.workspace_id
  AND l.id = t.lead_id
WHERE t.workspace_id = $1
  AND t.done_at IS NULL
ORDER BY t.due_at, t.id
LIMIT $2;

-- Tasks, due, as seen by own
SELECT t.id, t.lead_id, t.contact, t.name, t.description, t.comment, t.category, t.due_at, t.assignee_id, t.done_at, t.actor, t.created_at, t.updated_at, CASE WHEN l.id IS NOT NULL THEN coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) END AS lead_name, l.status_id AS lead_status_id, l.next_step_kind AS lead_next_step
FROM tasks t
LEFT JOIN leads l ON l.workspace_id = t.workspace_id
  AND l.id = t.lead_id
WHERE t.workspace_id = $1
  AND t.done_at IS NULL
  AND t.id IN (
  SELECT x.id
  FROM tasks x
  WHERE x.workspace_id = $1
    AND x.assignee_id = ANY ($2::uuid[])
    AND x.done_at IS NULL
  UNION
  SELECT x.id
  FROM leads s
  JOIN tasks x ON x.workspace_id = $1
    AND x.lead_id = s.id
    AND x.done_at IS NULL
  WHERE s.workspace_id = $1
    AND s.owner_id = ANY ($3::uuid[])
)
ORDER BY t.due_at, t.id
LIMIT $4;

-- Tasks, due, as seen by team
SELECT t.id, t.lead_id, t.contact, t.name, t.description, t.comment, t.category, t.due_at, t.assignee_id, t.done_at, t.actor, t.created_at, t.updated_at, CASE WHEN l.id IS NOT NULL THEN coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) END AS lead_name, l.status_id AS lead_status_id, l.next_step_kind AS lead_next_step
FROM tasks t
LEFT JOIN leads l ON l.workspace_id = t.workspace_id
  AND l.id = t.lead_id
WHERE t.workspace_id = $1
  AND t.done_at IS NULL
  AND t.id IN (
  SELECT x.id
  FROM tasks x
  WHERE x.workspace_id = $1
    AND x.assignee_id = ANY ($2::uuid[])
    AND x.done_at IS NULL
  UNION
  SELECT x.id
  FROM leads s
  JOIN tasks x ON x.workspace_id = $1
    AND x.lead_id = s.id
    AND x.done_at IS NULL
  WHERE s.workspace_id = $1
    AND (s.owner_id = ANY ($3::uuid[]) OR s.department_id = ANY ($4::uuid[]))
)
ORDER BY t.due_at, t.id
LIMIT $5;

-- Tasks, due, a further page
SELECT t.id, t.lead_id, t.contact, t.name, t.description, t.comment, t.category, t.due_at, t.assignee_id, t.done_at, t.actor, t.created_at, t.updated_at, CASE WHEN l.id IS NOT NULL THEN coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) END AS lead_name, l.status_id AS lead_status_id, l.next_step_kind AS lead_next_step
FROM tasks t
LEFT JOIN leads l ON l.workspace_id = t.workspace_id
  AND l.id = t.lead_id
WHERE t.workspace_id = $1
  AND t.done_at IS NULL
  AND ($2::text <> 'infinity' AND ((t.due_at, t.id) > ($2::timestamptz, $3) OR t.due_at IS NULL) OR $2::text = 'infinity' AND t.due_at IS NULL AND t.id > $3)
ORDER BY t.due_at, t.id
LIMIT $4;

-- Tasks, done, as seen by all
SELECT t.id, t.lead_id, t.contact, t.name, t.description, t.comment, t.category, t.due_at, t.assignee_id, t.done_at, t.actor, t.created_at, t.updated_at, CASE WHEN l.id IS NOT NULL THEN coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) END AS lead_name, l.status_id AS lead_status_id, l.next_step_kind AS lead_next_step
FROM tasks t
LEFT JOIN leads l ON l.workspace_id = t.workspace_id
  AND l.id = t.lead_id
WHERE t.workspace_id = $1
  AND t.done_at IS NOT NULL
ORDER BY t.done_at DESC, t.id DESC
LIMIT $2;

-- Tasks, done, as seen by own
SELECT t.id, t.lead_id, t.contact, t.name, t.description, t.comment, t.category, t.due_at, t.assignee_id, t.done_at, t.actor, t.created_at, t.updated_at, CASE WHEN l.id IS NOT NULL THEN coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) END AS lead_name, l.status_id AS lead_status_id, l.next_step_kind AS lead_next_step
FROM tasks t
LEFT JOIN leads l ON l.workspace_id = t.workspace_id
  AND l.id = t.lead_id
WHERE t.workspace_id = $1
  AND t.done_at IS NOT NULL
  AND t.id IN (
  SELECT x.id
  FROM tasks x
  WHERE x.workspace_id = $1
    AND x.assignee_id = ANY ($2::uuid[])
    AND x.done_at IS NOT NULL
  UNION
  SELECT x.id
  FROM leads s
  JOIN tasks x ON x.workspace_id = $1
    AND x.lead_id = s.id
    AND x.done_at IS NOT NULL
  WHERE s.workspace_id = $1
    AND s.owner_id = ANY ($3::uuid[])
)
ORDER BY t.done_at DESC, t.id DESC
LIMIT $4;

-- Tasks, done, as seen by team
SELECT t.id, t.lead_id, t.contact, t.name, t.description, t.comment, t.category, t.due_at, t.assignee_id, t.done_at, t.actor, t.created_at, t.updated_at, CASE WHEN l.id IS NOT NULL THEN coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) END AS lead_name, l.status_id AS lead_status_id, l.next_step_kind AS lead_next_step
FROM tasks t
LEFT JOIN leads l ON l.workspace_id = t.workspace_id
  AND l.id = t.lead_id
WHERE t.workspace_id = $1
  AND t.done_at IS NOT NULL
  AND t.id IN (
  SELECT x.id
  FROM tasks x
  WHERE x.workspace_id = $1
    AND x.assignee_id = ANY ($2::uuid[])
    AND x.done_at IS NOT NULL
  UNION
  SELECT x.id
  FROM leads s
  JOIN tasks x ON x.workspace_id = $1
    AND x.lead_id = s.id
    AND x.done_at IS NOT NULL
  WHERE s.workspace_id = $1
    AND (s.owner_id = ANY ($3::uuid[]) OR s.department_id = ANY ($4::uuid[]))
)
ORDER BY t.done_at DESC, t.id DESC
LIMIT $5;

-- Tasks, done, a further page
SELECT t.id, t.lead_id, t.contact, t.name, t.description, t.comment, t.category, t.due_at, t.assignee_id, t.done_at, t.actor, t.created_at, t.updated_at, CASE WHEN l.id IS NOT NULL THEN coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) END AS lead_name, l.status_id AS lead_status_id, l.next_step_kind AS lead_next_step
FROM tasks t
LEFT JOIN leads l ON l.workspace_id = t.workspace_id
  AND l.id = t.lead_id
WHERE t.workspace_id = $1
  AND t.done_at IS NOT NULL
  AND (t.done_at, t.id) < ($2::timestamptz, $3)
ORDER BY t.done_at DESC, t.id DESC
LIMIT $4;

-- Tasks, due, by assignee_id
SELECT t.id, t.lead_id, t.contact, t.name, t.description, t.comment, t.category, t.due_at, t.assignee_id, t.done_at, t.actor, t.created_at, t.updated_at, CASE WHEN l.id IS NOT NULL THEN coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) END AS lead_name, l.status_id AS lead_status_id, l.next_step_kind AS lead_next_step
FROM tasks t
LEFT JOIN leads l ON l.workspace_id = t.workspace_id
  AND l.id = t.lead_id
WHERE t.workspace_id = $1
  AND t.done_at IS NULL
  AND t.assignee_id = $2
ORDER BY t.due_at, t.id
LIMIT $3;

-- Tasks, due, by lead_id
SELECT t.id, t.lead_id, t.contact, t.name, t.description, t.comment, t.category, t.due_at, t.assignee_id, t.done_at, t.actor, t.created_at, t.updated_at, CASE WHEN l.id IS NOT NULL THEN coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) END AS lead_name, l.status_id AS lead_status_id, l.next_step_kind AS lead_next_step
FROM tasks t
LEFT JOIN leads l ON l.workspace_id = t.workspace_id
  AND l.id = t.lead_id
WHERE t.workspace_id = $1
  AND t.done_at IS NULL
  AND t.lead_id = $2
ORDER BY t.due_at, t.id
LIMIT $3;

-- Tasks, due, by category
SELECT t.id, t.lead_id, t.contact, t.name, t.description, t.comment, t.category, t.due_at, t.assignee_id, t.done_at, t.actor, t.created_at, t.updated_at, CASE WHEN l.id IS NOT NULL THEN coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) END AS lead_name, l.status_id AS lead_status_id, l.next_step_kind AS lead_next_step
FROM tasks t
LEFT JOIN leads l ON l.workspace_id = t.workspace_id
  AND l.id = t.lead_id
WHERE t.workspace_id = $1
  AND t.done_at IS NULL
  AND t.category = $2
ORDER BY t.due_at, t.id
LIMIT $3;

-- Tasks, due, by from
SELECT t.id, t.lead_id, t.contact, t.name, t.description, t.comment, t.category, t.due_at, t.assignee_id, t.done_at, t.actor, t.created_at, t.updated_at, CASE WHEN l.id IS NOT NULL THEN coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) END AS lead_name, l.status_id AS lead_status_id, l.next_step_kind AS lead_next_step
FROM tasks t
LEFT JOIN leads l ON l.workspace_id = t.workspace_id
  AND l.id = t.lead_id
WHERE t.workspace_id = $1
  AND t.done_at IS NULL
  AND (t.due_at >= $2 OR t.due_at IS NULL)
ORDER BY t.due_at, t.id
LIMIT $3;

-- Tasks, due, by until
SELECT t.id, t.lead_id, t.contact, t.name, t.description, t.comment, t.category, t.due_at, t.assignee_id, t.done_at, t.actor, t.created_at, t.updated_at, CASE WHEN l.id IS NOT NULL THEN coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) END AS lead_name, l.status_id AS lead_status_id, l.next_step_kind AS lead_next_step
FROM tasks t
LEFT JOIN leads l ON l.workspace_id = t.workspace_id
  AND l.id = t.lead_id
WHERE t.workspace_id = $1
  AND t.done_at IS NULL
  AND t.due_at < $2
ORDER BY t.due_at, t.id
LIMIT $3;

-- Tasks, due, by visibility
-- sends a statement of "Tasks, due, as seen by team"

-- Tasks, due, within a span
SELECT t.id, t.lead_id, t.contact, t.name, t.description, t.comment, t.category, t.due_at, t.assignee_id, t.done_at, t.actor, t.created_at, t.updated_at, CASE WHEN l.id IS NOT NULL THEN coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) END AS lead_name, l.status_id AS lead_status_id, l.next_step_kind AS lead_next_step
FROM tasks t
LEFT JOIN leads l ON l.workspace_id = t.workspace_id
  AND l.id = t.lead_id
WHERE t.workspace_id = $1
  AND t.done_at IS NULL
  AND t.due_at >= $2
  AND t.due_at < $3
ORDER BY t.due_at, t.id
LIMIT $4;

-- Tasks, due, of nobody
SELECT t.id, t.lead_id, t.contact, t.name, t.description, t.comment, t.category, t.due_at, t.assignee_id, t.done_at, t.actor, t.created_at, t.updated_at, CASE WHEN l.id IS NOT NULL THEN coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) END AS lead_name, l.status_id AS lead_status_id, l.next_step_kind AS lead_next_step
FROM tasks t
LEFT JOIN leads l ON l.workspace_id = t.workspace_id
  AND l.id = t.lead_id
WHERE t.workspace_id = $1
  AND t.done_at IS NULL
  AND t.assignee_id IS NULL
ORDER BY t.due_at, t.id
LIMIT $2;

-- Tasks of a lead, as seen by team
SELECT t.id, t.lead_id, t.contact, t.name, t.description, t.comment, t.category, t.due_at, t.assignee_id, t.done_at, t.actor, t.created_at, t.updated_at, CASE WHEN l.id IS NOT NULL THEN coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) END AS lead_name, l.status_id AS lead_status_id, l.next_step_kind AS lead_next_step
FROM tasks t
LEFT JOIN leads l ON l.workspace_id = t.workspace_id
  AND l.id = t.lead_id
WHERE t.workspace_id = $1
  AND t.done_at IS NULL
  AND t.lead_id = $2
  AND (t.assignee_id = ANY ($3::uuid[]) OR EXISTS (
  SELECT 1
  FROM leads s
  WHERE s.workspace_id = $1
    AND s.id = t.lead_id
    AND (s.owner_id = ANY ($4::uuid[]) OR s.department_id = ANY ($5::uuid[]))
))
ORDER BY t.due_at, t.id
LIMIT $6;

-- Tasks of a member, as seen by that member
-- sends a statement of "Tasks, due, by assignee_id"

-- Count of tasks due, as seen by all
SELECT (
  SELECT count(*)
  FROM (
    SELECT 1
    FROM tasks t
    WHERE t.workspace_id = $1
      AND t.done_at IS NULL
      AND t.due_at < $2::timestamptz
    ORDER BY t.due_at
    LIMIT $4
  ) AS counted
) AS overdue, (
  SELECT count(*)
  FROM (
    SELECT 1
    FROM tasks t
    WHERE t.workspace_id = $1
      AND t.done_at IS NULL
      AND t.due_at >= $2::timestamptz
      AND t.due_at < $3::timestamptz
    ORDER BY t.due_at
    LIMIT $4
  ) AS counted
) AS today;

-- Count of tasks due, as seen by own
SELECT (
  SELECT count(*)
  FROM (
    SELECT 1
    FROM tasks t
    WHERE t.workspace_id = $1
      AND t.done_at IS NULL
      AND t.id IN (
      SELECT x.id
      FROM tasks x
      WHERE x.workspace_id = $1
        AND x.assignee_id = ANY ($2::uuid[])
        AND x.done_at IS NULL
      UNION
      SELECT x.id
      FROM leads s
      JOIN tasks x ON x.workspace_id = $1
        AND x.lead_id = s.id
        AND x.done_at IS NULL
      WHERE s.workspace_id = $1
        AND s.owner_id = ANY ($3::uuid[])
    )
      AND t.due_at < $4::timestamptz
    ORDER BY t.due_at
    LIMIT $6
  ) AS counted
) AS overdue, (
  SELECT count(*)
  FROM (
    SELECT 1
    FROM tasks t
    WHERE t.workspace_id = $1
      AND t.done_at IS NULL
      AND t.id IN (
      SELECT x.id
      FROM tasks x
      WHERE x.workspace_id = $1
        AND x.assignee_id = ANY ($2::uuid[])
        AND x.done_at IS NULL
      UNION
      SELECT x.id
      FROM leads s
      JOIN tasks x ON x.workspace_id = $1
        AND x.lead_id = s.id
        AND x.done_at IS NULL
      WHERE s.workspace_id = $1
        AND s.owner_id = ANY ($3::uuid[])
    )
      AND t.due_at >= $4::timestamptz
      AND t.due_at < $5::timestamptz
    ORDER BY t.due_at
    LIMIT $6
  ) AS counted
) AS today;

-- Count of tasks due, as seen by team
SELECT (
  SELECT count(*)
  FROM (
    SELECT 1
    FROM tasks t
    WHERE t.workspace_id = $1
      AND t.done_at IS NULL
      AND t.id IN (
      SELECT x.id
      FROM tasks x
      WHERE x.workspace_id = $1
        AND x.assignee_id = ANY ($2::uuid[])
        AND x.done_at IS NULL
      UNION
      SELECT x.id
      FROM leads s
      JOIN tasks x ON x.workspace_id = $1
        AND x.lead_id = s.id
        AND x.done_at IS NULL
      WHERE s.workspace_id = $1
        AND (s.owner_id = ANY ($3::uuid[]) OR s.department_id = ANY ($4::uuid[]))
    )
      AND t.due_at < $5::timestamptz
    ORDER BY t.due_at
    LIMIT $7
  ) AS counted
) AS overdue, (
  SELECT count(*)
  FROM (
    SELECT 1
    FROM tasks t
    WHERE t.workspace_id = $1
      AND t.done_at IS NULL
      AND t.id IN (
      SELECT x.id
      FROM tasks x
      WHERE x.workspace_id = $1
        AND x.assignee_id = ANY ($2::uuid[])
        AND x.done_at IS NULL
      UNION
      SELECT x.id
      FROM leads s
      JOIN tasks x ON x.workspace_id = $1
        AND x.lead_id = s.id
        AND x.done_at IS NULL
      WHERE s.workspace_id = $1
        AND (s.owner_id = ANY ($3::uuid[]) OR s.department_id = ANY ($4::uuid[]))
    )
      AND t.due_at >= $5::timestamptz
      AND t.due_at < $6::timestamptz
    ORDER BY t.due_at
    LIMIT $7
  ) AS counted
) AS today;
