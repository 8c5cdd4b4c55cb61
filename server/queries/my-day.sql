-- The SQL that the lists of my-day send. Written by `npm run queries`; a test demands that it is up to date.

-- Leads that wait for a first reply
SELECT l.id, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS name, l.company_name, l.phone, l.status_id, l.created_at
FROM (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND owner_id = $2
  ORDER BY id DESC
  LIMIT 2000
) AS l
WHERE l.status_id = ANY ($3)
  AND l.first_reply_at IS NULL
ORDER BY l.id DESC
LIMIT $4;

-- Leads without a next step
SELECT l.id, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS name, l.company_name, l.phone, l.status_id, l.created_at
FROM (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND owner_id = $2
  ORDER BY id DESC
  LIMIT 2000
) AS l
WHERE l.status_id = ANY ($3)
  AND l.next_step_kind IS NULL
ORDER BY l.id DESC
LIMIT $4;

-- Callbacks of the day
SELECT c.id, c.lead_id, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name, c.phone, c.due_at
FROM leads l
CROSS JOIN LATERAL (
  SELECT c.id, c.lead_id, c.phone, c.due_at
  FROM calls c
  WHERE c.workspace_id = $1
    AND c.lead_id = l.id
    AND c.state IN ('pending', 'claimed')
    AND c.callback
    AND c.due_at < $3
  OFFSET 0
) AS c
WHERE l.workspace_id = $1
  AND l.owner_id = $2
  AND l.next_step_at < $3
ORDER BY c.due_at, c.id
LIMIT $4;

-- What the member achieved
SELECT made.*, won.*
FROM (
  SELECT count(*) AS calls, count(*) FILTER (WHERE o.reached) AS reached, coalesce(sum(c.talk_seconds), 0) AS talk_seconds
  FROM call_attempts c
  LEFT JOIN call_outcomes o ON o.workspace_id = c.workspace_id
    AND o.id = c.outcome_id
  WHERE c.workspace_id = $1
    AND c.member_id = $2
    AND c.ended_at >= $3
    AND c.ended_at < $4
) AS made
CROSS JOIN (
  SELECT count(*) AS wins, coalesce(sum(amount), 0) AS won_sum
  FROM deals
  WHERE workspace_id = $1
    AND owner_id = $2
    AND stage_id = ANY ($5)
    AND closed_on = $6
) AS won;

-- Badge of calls due, as seen by all
SELECT count(*) AS count
FROM (
  SELECT 1
  FROM (
    SELECT lead_id, state, claim_expires_at
    FROM calls
    WHERE workspace_id = $1
      AND state IN ('pending', 'claimed')
      AND offer_at <= $2
    ORDER BY offer_at, id
    LIMIT 2000
  ) AS due
  WHERE (state = 'pending' OR claim_expires_at <= $2)
  LIMIT 100
) AS counted;

-- Badge of calls due, as seen by own
SELECT count(*) AS count
FROM (
  SELECT 1
  FROM (
    SELECT lead_id, state, claim_expires_at
    FROM calls
    WHERE workspace_id = $1
      AND state IN ('pending', 'claimed')
      AND offer_at <= $2
    ORDER BY offer_at, id
    LIMIT 2000
  ) AS due
  WHERE (state = 'pending' OR claim_expires_at <= $2)
    AND EXISTS (
    SELECT 1
    FROM leads l
    WHERE l.workspace_id = $1
      AND l.owner_id = ANY ($3::uuid[])
      AND l.id = due.lead_id
  )
  LIMIT 100
) AS counted;

-- Badge of calls due, as seen by team
SELECT count(*) AS count
FROM (
  SELECT 1
  FROM (
    SELECT lead_id, state, claim_expires_at
    FROM calls
    WHERE workspace_id = $1
      AND state IN ('pending', 'claimed')
      AND offer_at <= $2
    ORDER BY offer_at, id
    LIMIT 2000
  ) AS due
  WHERE (state = 'pending' OR claim_expires_at <= $2)
    AND EXISTS (
    SELECT 1
    FROM leads l
    WHERE l.workspace_id = $1
      AND (l.owner_id = ANY ($3::uuid[]) OR l.department_id = ANY ($4::uuid[]))
      AND l.id = due.lead_id
  )
  LIMIT 100
) AS counted;

-- Badge of tasks due
SELECT count(*) AS count
FROM (
  SELECT 1
  FROM tasks
  WHERE workspace_id = $1
    AND assignee_id = $2
    AND done_at IS NULL
    AND due_at < $3
  LIMIT 100
) AS counted;

-- Badge of the quarantine
SELECT count(*) AS count
FROM (
  SELECT 1
  FROM (
    SELECT *
    FROM submissions s
    WHERE s.workspace_id = $1
      AND s.id >= uuid_from($2)
      AND s.outcome IN ('refused', 'failed')
    ORDER BY s.id DESC
    LIMIT 2000
  ) AS s
  WHERE NOT (s.dialect = 'native' AND s.token_id IS NULL)
    AND s.dismissed_at IS NULL
  LIMIT 100
) AS counted;
