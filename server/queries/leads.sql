-- The SQL that the lists of leads send. Written by `npm run queries`; a test demands that it is up to date.

-- Leads, newest, as seen by all
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
WHERE workspace_id = $1
ORDER BY id DESC
LIMIT $3;

-- Leads, newest, a further page
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
    AND id < $2
  ORDER BY id DESC
  LIMIT $3
) AS leads
WHERE workspace_id = $1
ORDER BY id DESC
LIMIT $4;

-- Leads, newest, as seen by own
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND owner_id = $2
    AND true
  ORDER BY id DESC
  LIMIT $3
) AS leads
WHERE workspace_id = $1
ORDER BY id DESC
LIMIT $4;

-- Leads, newest, as seen by team
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *
  FROM (
    (
      SELECT *, xmin
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $3
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
    UNION ALL (
      SELECT *, xmin
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $4
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
    UNION ALL (
      SELECT *, xmin
      FROM leads
      WHERE workspace_id = $1
        AND department_id = $5
        AND owner_id = ANY ($2::uuid[]) IS NOT TRUE
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
  ) AS streams
  ORDER BY id DESC
  LIMIT $6
) AS leads
WHERE workspace_id = $1
ORDER BY id DESC
LIMIT $7;

-- Leads, oldest, as seen by all
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id
  LIMIT $2
) AS leads
WHERE workspace_id = $1
ORDER BY id
LIMIT $3;

-- Leads, oldest, a further page
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
    AND id > $2
  ORDER BY id
  LIMIT $3
) AS leads
WHERE workspace_id = $1
ORDER BY id
LIMIT $4;

-- Leads, oldest, as seen by own
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND owner_id = $2
    AND true
  ORDER BY id
  LIMIT $3
) AS leads
WHERE workspace_id = $1
ORDER BY id
LIMIT $4;

-- Leads, oldest, as seen by team
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *
  FROM (
    (
      SELECT *, xmin
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $3
        AND true
      ORDER BY id
      LIMIT $6
    )
    UNION ALL (
      SELECT *, xmin
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $4
        AND true
      ORDER BY id
      LIMIT $6
    )
    UNION ALL (
      SELECT *, xmin
      FROM leads
      WHERE workspace_id = $1
        AND department_id = $5
        AND owner_id = ANY ($2::uuid[]) IS NOT TRUE
        AND true
      ORDER BY id
      LIMIT $6
    )
  ) AS streams
  ORDER BY id
  LIMIT $6
) AS leads
WHERE workspace_id = $1
ORDER BY id
LIMIT $7;

-- Leads, next_step, as seen by all
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, next_step_at::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND next_step_at IS NOT NULL
  ORDER BY next_step_at, id
  LIMIT $2
) AS leads
WHERE workspace_id = $1
ORDER BY next_step_at, id
LIMIT $3;
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
    AND id < $2
  ORDER BY id DESC
  LIMIT $3
) AS leads
WHERE workspace_id = $1
  AND (next_step_at IS NOT NULL) = $4
ORDER BY id DESC
LIMIT $5;
SELECT id, NULL::text AS key
FROM (
  SELECT id
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
    AND id < $2
  ORDER BY id DESC
  LIMIT $3
) AS leads
ORDER BY id DESC
OFFSET $4
LIMIT 1;

-- Leads, next_step, a further page
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, next_step_at::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND next_step_at IS NOT NULL
    AND (next_step_at, id) > ($2::timestamptz, $3)
  ORDER BY next_step_at, id
  LIMIT $4
) AS leads
WHERE workspace_id = $1
ORDER BY next_step_at, id
LIMIT $5;
-- sends a statement of "Leads, next_step, as seen by all"
-- sends a statement of "Leads, next_step, as seen by all"

-- Leads, next_step, as seen by own
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, next_step_at::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND owner_id = $2
    AND next_step_at IS NOT NULL
  ORDER BY next_step_at, id
  LIMIT $3
) AS leads
WHERE workspace_id = $1
ORDER BY next_step_at, id
LIMIT $4;
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND owner_id = $2
    AND true
    AND id < $3
  ORDER BY id DESC
  LIMIT $4
) AS leads
WHERE workspace_id = $1
  AND (next_step_at IS NOT NULL) = $5
ORDER BY id DESC
LIMIT $6;
SELECT id, NULL::text AS key
FROM (
  SELECT id
  FROM leads
  WHERE workspace_id = $1
    AND owner_id = $2
    AND true
    AND id < $3
  ORDER BY id DESC
  LIMIT $4
) AS leads
ORDER BY id DESC
OFFSET $5
LIMIT 1;

-- Leads, next_step, as seen by team
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, next_step_at::text AS position
FROM (
  SELECT *
  FROM (
    (
      SELECT *, xmin
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $3
        AND next_step_at IS NOT NULL
      ORDER BY next_step_at, id
      LIMIT $6
    )
    UNION ALL (
      SELECT *, xmin
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $4
        AND next_step_at IS NOT NULL
      ORDER BY next_step_at, id
      LIMIT $6
    )
    UNION ALL (
      SELECT *, xmin
      FROM leads
      WHERE workspace_id = $1
        AND department_id = $5
        AND owner_id = ANY ($2::uuid[]) IS NOT TRUE
        AND next_step_at IS NOT NULL
      ORDER BY next_step_at, id
      LIMIT $6
    )
  ) AS streams
  ORDER BY next_step_at, id
  LIMIT $6
) AS leads
WHERE workspace_id = $1
ORDER BY next_step_at, id
LIMIT $7;
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *
  FROM (
    (
      SELECT *, xmin
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $3
        AND true
        AND id < $6
      ORDER BY id DESC
      LIMIT $7
    )
    UNION ALL (
      SELECT *, xmin
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $4
        AND true
        AND id < $6
      ORDER BY id DESC
      LIMIT $7
    )
    UNION ALL (
      SELECT *, xmin
      FROM leads
      WHERE workspace_id = $1
        AND department_id = $5
        AND owner_id = ANY ($2::uuid[]) IS NOT TRUE
        AND true
        AND id < $6
      ORDER BY id DESC
      LIMIT $7
    )
  ) AS streams
  ORDER BY id DESC
  LIMIT $7
) AS leads
WHERE workspace_id = $1
  AND (next_step_at IS NOT NULL) = $8
ORDER BY id DESC
LIMIT $9;
SELECT id, NULL::text AS key
FROM (
  SELECT *
  FROM (
    (
      SELECT id
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $3
        AND true
        AND id < $6
      ORDER BY id DESC
      LIMIT $7
    )
    UNION ALL (
      SELECT id
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $4
        AND true
        AND id < $6
      ORDER BY id DESC
      LIMIT $7
    )
    UNION ALL (
      SELECT id
      FROM leads
      WHERE workspace_id = $1
        AND department_id = $5
        AND owner_id = ANY ($2::uuid[]) IS NOT TRUE
        AND true
        AND id < $6
      ORDER BY id DESC
      LIMIT $7
    )
  ) AS streams
  ORDER BY id DESC
  LIMIT $7
) AS leads
ORDER BY id DESC
OFFSET $8
LIMIT 1;

-- Leads, created, as seen by all
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, created_at::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND created_at > '-infinity'
  ORDER BY created_at DESC, id DESC
  LIMIT $2
) AS leads
WHERE workspace_id = $1
ORDER BY created_at DESC, id DESC
LIMIT $3;

-- Leads, created, a further page
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, created_at::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND created_at > '-infinity'
    AND (created_at, id) < ($2::timestamptz, $3)
  ORDER BY created_at DESC, id DESC
  LIMIT $4
) AS leads
WHERE workspace_id = $1
ORDER BY created_at DESC, id DESC
LIMIT $5;

-- Leads, created, as seen by own
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, created_at::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND created_at > '-infinity'
    AND owner_id = ANY ($2::uuid[])
  ORDER BY created_at DESC, id DESC
  LIMIT $3
) AS leads
WHERE workspace_id = $1
ORDER BY created_at DESC, id DESC
LIMIT $4;

-- Leads, created, as seen by team
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, created_at::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND created_at > '-infinity'
    AND (owner_id = ANY ($2::uuid[]) OR department_id = ANY ($3::uuid[]))
  ORDER BY created_at DESC, id DESC
  LIMIT $4
) AS leads
WHERE workspace_id = $1
ORDER BY created_at DESC, id DESC
LIMIT $5;

-- Leads, newest, by type_id
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
WHERE workspace_id = $1
  AND type_id = $3
ORDER BY id DESC
LIMIT $4;
SELECT id, NULL::text AS key
FROM (
  SELECT id
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
ORDER BY id DESC
OFFSET $3
LIMIT 1;

-- Leads, newest, by status_id
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
WHERE workspace_id = $1
  AND status_id = $3
ORDER BY id DESC
LIMIT $4;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, by category_id
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
WHERE workspace_id = $1
  AND category_id = $3
ORDER BY id DESC
LIMIT $4;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, by owner_id
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
WHERE workspace_id = $1
  AND owner_id = $3
ORDER BY id DESC
LIMIT $4;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, by source_id
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
WHERE workspace_id = $1
  AND source_id = $3
ORDER BY id DESC
LIMIT $4;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, by importance
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
WHERE workspace_id = $1
  AND importance = $3
ORDER BY id DESC
LIMIT $4;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, by priority
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
WHERE workspace_id = $1
  AND priority = $3
ORDER BY id DESC
LIMIT $4;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, by source_name
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
WHERE workspace_id = $1
  AND source_id IN (
  SELECT id
  FROM sources s
  WHERE s.workspace_id = leads.workspace_id
    AND s.folded_name = $3
)
ORDER BY id DESC
LIMIT $4;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, by contact
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
WHERE workspace_id = $1
  AND (id, coalesce(contact_id, id)) IN (
  SELECT l.id, coalesce(l.contact_id, l.id)
  FROM lead_keys k
  JOIN leads l ON l.workspace_id = k.workspace_id
    AND (l.id = k.lead_id OR l.contact_id = k.lead_id)
  WHERE k.workspace_id = leads.workspace_id
    AND k.kind = $3
    AND k.value = $4
)
ORDER BY id DESC
LIMIT $5;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, by ids
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND id = ANY ($2::uuid[])
    AND true
  ORDER BY id DESC
  LIMIT $3
) AS leads
WHERE workspace_id = $1
ORDER BY id DESC
LIMIT $4;

-- Leads, newest, by status_ids
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND status_id = $2
    AND true
  ORDER BY id DESC
  LIMIT $3
) AS leads
WHERE workspace_id = $1
ORDER BY id DESC
LIMIT $4;

-- Leads, newest, by type_ids
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND type_id = $2
    AND true
  ORDER BY id DESC
  LIMIT $3
) AS leads
WHERE workspace_id = $1
ORDER BY id DESC
LIMIT $4;

-- Leads, newest, by source_ids
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND source_id = $2
    AND true
  ORDER BY id DESC
  LIMIT $3
) AS leads
WHERE workspace_id = $1
ORDER BY id DESC
LIMIT $4;

-- Leads, newest, by department_ids
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND department_id = $2
    AND true
  ORDER BY id DESC
  LIMIT $3
) AS leads
WHERE workspace_id = $1
ORDER BY id DESC
LIMIT $4;

-- Leads, newest, by tag_ids
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *
  FROM (
    (
      SELECT leads.*
      FROM lead_tags t
      CROSS JOIN LATERAL (
        SELECT *, xmin
        FROM leads
        WHERE workspace_id = $1
          AND true
          AND true
          AND leads.id = t.lead_id
        LIMIT 1
      ) AS leads
      WHERE t.workspace_id = $1
        AND t.tag_id = $2
      ORDER BY t.lead_id DESC
      LIMIT $4
    )
    UNION ALL (
      SELECT leads.*
      FROM lead_tags t
      CROSS JOIN LATERAL (
        SELECT *, xmin
        FROM leads
        WHERE workspace_id = $1
          AND NOT tag_ids && ARRAY[$2::uuid]
          AND true
          AND leads.id = t.lead_id
        LIMIT 1
      ) AS leads
      WHERE t.workspace_id = $1
        AND t.tag_id = $3
      ORDER BY t.lead_id DESC
      LIMIT $4
    )
  ) AS streams
  ORDER BY id DESC
  LIMIT $4
) AS leads
WHERE workspace_id = $1
ORDER BY id DESC
LIMIT $5;

-- Leads, newest, by owner_ids
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *
  FROM (
    (
      SELECT *, xmin
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $2
        AND true
      ORDER BY id DESC
      LIMIT $3
    )
    UNION ALL (
      SELECT *, xmin
      FROM leads
      WHERE workspace_id = $1
        AND owner_id IS NULL
        AND true
      ORDER BY id DESC
      LIMIT $3
    )
  ) AS streams
  ORDER BY id DESC
  LIMIT $3
) AS leads
WHERE workspace_id = $1
ORDER BY id DESC
LIMIT $4;

-- Leads, newest, by created_from
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
    AND id >= uuid_from($2::timestamptz - interval '1 minute')
  ORDER BY id DESC
  LIMIT $3
) AS leads
WHERE workspace_id = $1
  AND created_at >= $4
ORDER BY id DESC
LIMIT $5;
SELECT id, NULL::text AS key
FROM (
  SELECT id
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
    AND id >= uuid_from($2::timestamptz - interval '1 minute')
  ORDER BY id DESC
  LIMIT $3
) AS leads
ORDER BY id DESC
OFFSET $4
LIMIT 1;

-- Leads, newest, by created_to
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
WHERE workspace_id = $1
  AND created_at < $3
ORDER BY id DESC
LIMIT $4;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, by again_from
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
WHERE workspace_id = $1
  AND enquired_again_at >= $3
ORDER BY id DESC
LIMIT $4;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, by waiting_since
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND first_reply_at IS NULL
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
WHERE workspace_id = $1
  AND first_reply_at IS NULL
  AND created_at <= $3
ORDER BY id DESC
LIMIT $4;
SELECT id, NULL::text AS key
FROM (
  SELECT id
  FROM leads
  WHERE workspace_id = $1
    AND first_reply_at IS NULL
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
ORDER BY id DESC
OFFSET $3
LIMIT 1;

-- Leads, newest, by next_from
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
WHERE workspace_id = $1
  AND next_step_at >= $3
ORDER BY id DESC
LIMIT $4;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, by next_to
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
WHERE workspace_id = $1
  AND next_step_at < $3
ORDER BY id DESC
LIMIT $4;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, by next_kind
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
WHERE workspace_id = $1
  AND next_step_kind = $3
ORDER BY id DESC
LIMIT $4;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, by planned
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
WHERE workspace_id = $1
  AND (next_step_kind IS NOT NULL) = $3
ORDER BY id DESC
LIMIT $4;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, by dated
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
WHERE workspace_id = $1
  AND (next_step_at IS NOT NULL) = $3
ORDER BY id DESC
LIMIT $4;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, by amount_from
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
WHERE workspace_id = $1
  AND target_amount >= $3
ORDER BY id DESC
LIMIT $4;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, by amount_to
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
WHERE workspace_id = $1
  AND target_amount <= $3
ORDER BY id DESC
LIMIT $4;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, by newer_than
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
    AND id > $2
  ORDER BY id DESC
  LIMIT $3
) AS leads
WHERE workspace_id = $1
  AND id > $4
ORDER BY id DESC
LIMIT $5;
SELECT id, NULL::text AS key
FROM (
  SELECT id
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
    AND id > $2
  ORDER BY id DESC
  LIMIT $3
) AS leads
ORDER BY id DESC
OFFSET $4
LIMIT 1;

-- Leads, newest, by keys
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND id IN (
    SELECT lead_id
    FROM lead_keys k
    WHERE k.workspace_id = $1
      AND kind = $2
      AND value = $3
    UNION
    SELECT lead_id
    FROM lead_twins t
    WHERE t.workspace_id = $1
      AND kind = $2
      AND value = $3
  )
    AND id IN (
    SELECT lead_id
    FROM lead_keys k
    WHERE k.workspace_id = $1
      AND kind = $4
      AND value = $5
    UNION
    SELECT lead_id
    FROM lead_twins t
    WHERE t.workspace_id = $1
      AND kind = $4
      AND value = $5
  )
    AND true
  ORDER BY id DESC
  LIMIT $6
) AS leads
WHERE workspace_id = $1
ORDER BY id DESC
LIMIT $7;

-- Leads, newest, by text
WITH unseen AS MATERIALIZED (
  SELECT l.id, l.text
  FROM index_queue q
  CROSS JOIN unnest(q.lead_ids) AS waiting (id)
  CROSS JOIN LATERAL (
    SELECT id, lead_text(leads) AS text
    FROM leads
    WHERE workspace_id = $1
      AND id = waiting.id
    OFFSET 0
  ) AS l
  WHERE q.workspace_id = $1
), indexed AS MATERIALIZED (
  SELECT ARRAY(
    SELECT lead_id
    FROM (
      SELECT lead_id, text
      FROM lead_search
      WHERE workspace_id = $1
        AND lead_id < $3
      ORDER BY lead_id DESC
      LIMIT $4
    ) AS texts
    WHERE text LIKE ANY ($2)
      AND lead_id NOT IN (
      SELECT id
      FROM unseen
    )
    LIMIT $5
  ) AS ids
), ended AS MATERIALIZED (
  SELECT CASE WHEN cardinality(ids) < $5 THEN (
    SELECT lead_id
    FROM lead_search
    WHERE workspace_id = $1
      AND lead_id < $3
    ORDER BY lead_id DESC
    OFFSET $4 - 1
    LIMIT 1
  ) ELSE ids[$5] END AS last, ids || ARRAY(
    SELECT DISTINCT id
    FROM unseen
    WHERE text LIKE ANY ($2)
      AND id < $3
  ) AS ids
  FROM indexed
)
SELECT last, match.id, match.row_state
FROM ended
LEFT JOIN LATERAL (
  SELECT lead.*
  FROM unnest(ids) AS wanted (id)
  CROSS JOIN LATERAL (
    SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state
    FROM leads
    WHERE workspace_id = $1
      AND id = wanted.id
    OFFSET 0
  ) AS lead
) AS match ON true
ORDER BY match.id DESC;

-- Leads, newest, by lacks
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND owner_id IS NULL
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
WHERE workspace_id = $1
  AND owner_id IS NULL
  AND phone IS NULL
ORDER BY id DESC
LIMIT $3;
SELECT id, NULL::text AS key
FROM (
  SELECT id
  FROM leads
  WHERE workspace_id = $1
    AND owner_id IS NULL
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
ORDER BY id DESC
OFFSET $3
LIMIT 1;

-- Leads, newest, by custom
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
WHERE workspace_id = $1
  AND CASE WHEN cardinality($4::text[]) = 0 THEN coalesce(custom ->> $3, '') = '' ELSE fold_text(custom ->> $3) = ANY (ARRAY(
  SELECT fold_text(value)
  FROM unnest($4::text[]) AS value
)) END
ORDER BY id DESC
LIMIT $5;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, by dialects
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
WHERE workspace_id = $1
  AND (
  SELECT t.dialect
  FROM touches t
  WHERE t.workspace_id = $1
    AND t.lead_id = leads.id
  ORDER BY t.id
  LIMIT 1
) = ANY ($3::text[])
ORDER BY id DESC
LIMIT $4;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, by ids, as seen by team
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND id = ANY ($2::uuid[])
    AND true
    AND (owner_id = ANY ($3::uuid[]) OR department_id = ANY ($4::uuid[]))
  ORDER BY id DESC
  LIMIT $5
) AS leads
WHERE workspace_id = $1
ORDER BY id DESC
LIMIT $6;

-- Leads, newest, by keys, as seen by team
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND id IN (
    SELECT lead_id
    FROM lead_keys k
    WHERE k.workspace_id = $1
      AND kind = $2
      AND value = $3
    UNION
    SELECT lead_id
    FROM lead_twins t
    WHERE t.workspace_id = $1
      AND kind = $2
      AND value = $3
  )
    AND id IN (
    SELECT lead_id
    FROM lead_keys k
    WHERE k.workspace_id = $1
      AND kind = $4
      AND value = $5
    UNION
    SELECT lead_id
    FROM lead_twins t
    WHERE t.workspace_id = $1
      AND kind = $4
      AND value = $5
  )
    AND true
    AND (owner_id = ANY ($6::uuid[]) OR department_id = ANY ($7::uuid[]))
  ORDER BY id DESC
  LIMIT $8
) AS leads
WHERE workspace_id = $1
ORDER BY id DESC
LIMIT $9;

-- Leads, newest, by owner_ids, as seen by team
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *
  FROM (
    (
      SELECT *, xmin
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $2
        AND true
        AND (owner_id = ANY ($3::uuid[]) OR department_id = ANY ($4::uuid[]))
      ORDER BY id DESC
      LIMIT $5
    )
    UNION ALL (
      SELECT *, xmin
      FROM leads
      WHERE workspace_id = $1
        AND owner_id IS NULL
        AND true
        AND (owner_id = ANY ($3::uuid[]) OR department_id = ANY ($4::uuid[]))
      ORDER BY id DESC
      LIMIT $5
    )
  ) AS streams
  ORDER BY id DESC
  LIMIT $5
) AS leads
WHERE workspace_id = $1
ORDER BY id DESC
LIMIT $6;

-- Leads, newest, by lacks, as seen by team
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND owner_id IS NULL
    AND true
    AND (owner_id = ANY ($2::uuid[]) OR department_id = ANY ($3::uuid[]))
  ORDER BY id DESC
  LIMIT $4
) AS leads
WHERE workspace_id = $1
  AND owner_id IS NULL
  AND phone IS NULL
ORDER BY id DESC
LIMIT $5;
SELECT id, NULL::text AS key
FROM (
  SELECT id
  FROM leads
  WHERE workspace_id = $1
    AND owner_id IS NULL
    AND true
    AND (owner_id = ANY ($2::uuid[]) OR department_id = ANY ($3::uuid[]))
  ORDER BY id DESC
  LIMIT $4
) AS leads
ORDER BY id DESC
OFFSET $5
LIMIT 1;

-- Leads, newest, by text, as seen by team
WITH unseen AS MATERIALIZED (
  SELECT l.id, l.text
  FROM index_queue q
  CROSS JOIN unnest(q.lead_ids) AS waiting (id)
  CROSS JOIN LATERAL (
    SELECT id, lead_text(leads) AS text
    FROM leads
    WHERE workspace_id = $1
      AND id = waiting.id
    OFFSET 0
  ) AS l
  WHERE q.workspace_id = $1
)
SELECT id
FROM leads_like($2, $3) AS found (id)
WHERE id NOT IN (
  SELECT id
  FROM unseen
)
UNION ALL
SELECT id
FROM unseen
WHERE text LIKE ANY ($2);

-- Leads, newest, sorted by name
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, sort_key::text AS position
FROM (
  SELECT leads.*, left(lower(coalesce(name, company_name, email, phone)), 40) AS sort_key
  FROM (
    SELECT *, xmin
    FROM leads
    WHERE workspace_id = $1
      AND true
      AND true
    ORDER BY id DESC
    LIMIT $2
  ) AS leads
) AS leads
WHERE workspace_id = $1
ORDER BY sort_key NULLS LAST, id DESC
LIMIT $3;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, sorted by name, a further page
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, sort_key::text AS position
FROM (
  SELECT leads.*, left(lower(coalesce(name, company_name, email, phone)), 40) AS sort_key
  FROM (
    SELECT *, xmin
    FROM leads
    WHERE workspace_id = $1
      AND true
      AND true
    ORDER BY id DESC
    LIMIT $2
  ) AS leads
) AS leads
WHERE workspace_id = $1
  AND (sort_key > $4::text OR sort_key = $4::text AND id < $3 OR sort_key IS NULL)
ORDER BY sort_key NULLS LAST, id DESC
LIMIT $5;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, sorted by -name
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, sort_key::text AS position
FROM (
  SELECT leads.*, left(lower(coalesce(name, company_name, email, phone)), 40) AS sort_key
  FROM (
    SELECT *, xmin
    FROM leads
    WHERE workspace_id = $1
      AND true
      AND true
    ORDER BY id DESC
    LIMIT $2
  ) AS leads
) AS leads
WHERE workspace_id = $1
ORDER BY sort_key DESC NULLS LAST, id DESC
LIMIT $3;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, sorted by -name, a further page
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, sort_key::text AS position
FROM (
  SELECT leads.*, left(lower(coalesce(name, company_name, email, phone)), 40) AS sort_key
  FROM (
    SELECT *, xmin
    FROM leads
    WHERE workspace_id = $1
      AND true
      AND true
    ORDER BY id DESC
    LIMIT $2
  ) AS leads
) AS leads
WHERE workspace_id = $1
  AND (sort_key < $4::text OR sort_key = $4::text AND id < $3 OR sort_key IS NULL)
ORDER BY sort_key DESC NULLS LAST, id DESC
LIMIT $5;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, sorted by status
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, sort_key::text AS position
FROM (
  SELECT leads.*, array_position($3::uuid[], status_id) AS sort_key
  FROM (
    SELECT *, xmin
    FROM leads
    WHERE workspace_id = $1
      AND true
      AND true
    ORDER BY id DESC
    LIMIT $2
  ) AS leads
) AS leads
WHERE workspace_id = $1
ORDER BY sort_key NULLS LAST, id DESC
LIMIT $4;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, sorted by status, a further page
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, sort_key::text AS position
FROM (
  SELECT leads.*, array_position($3::uuid[], status_id) AS sort_key
  FROM (
    SELECT *, xmin
    FROM leads
    WHERE workspace_id = $1
      AND true
      AND true
    ORDER BY id DESC
    LIMIT $2
  ) AS leads
) AS leads
WHERE workspace_id = $1
  AND (sort_key > $5::integer OR sort_key = $5::integer AND id < $4 OR sort_key IS NULL)
ORDER BY sort_key NULLS LAST, id DESC
LIMIT $6;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, sorted by -updated
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, sort_key::text AS position
FROM (
  SELECT leads.*, extract(epoch FROM updated_at) AS sort_key
  FROM (
    SELECT *, xmin
    FROM leads
    WHERE workspace_id = $1
      AND true
      AND true
    ORDER BY id DESC
    LIMIT $2
  ) AS leads
) AS leads
WHERE workspace_id = $1
ORDER BY sort_key DESC NULLS LAST, id DESC
LIMIT $3;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, sorted by -updated, a further page
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, sort_key::text AS position
FROM (
  SELECT leads.*, extract(epoch FROM updated_at) AS sort_key
  FROM (
    SELECT *, xmin
    FROM leads
    WHERE workspace_id = $1
      AND true
      AND true
    ORDER BY id DESC
    LIMIT $2
  ) AS leads
) AS leads
WHERE workspace_id = $1
  AND (sort_key < $4::numeric OR sort_key = $4::numeric AND id < $3 OR sort_key IS NULL)
ORDER BY sort_key DESC NULLS LAST, id DESC
LIMIT $5;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, sorted by custom.Size
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, sort_key::text AS position
FROM (
  SELECT leads.*, CASE WHEN (custom ->> $3) ~ '^-?\d{1,15}(\.\d{1,10})?$' THEN (custom ->> $3)::numeric END AS sort_key
  FROM (
    SELECT *, xmin
    FROM leads
    WHERE workspace_id = $1
      AND true
      AND true
    ORDER BY id DESC
    LIMIT $2
  ) AS leads
) AS leads
WHERE workspace_id = $1
ORDER BY sort_key NULLS LAST, id DESC
LIMIT $4;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, sorted by custom.Size, a further page
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, sort_key::text AS position
FROM (
  SELECT leads.*, CASE WHEN (custom ->> $3) ~ '^-?\d{1,15}(\.\d{1,10})?$' THEN (custom ->> $3)::numeric END AS sort_key
  FROM (
    SELECT *, xmin
    FROM leads
    WHERE workspace_id = $1
      AND true
      AND true
    ORDER BY id DESC
    LIMIT $2
  ) AS leads
) AS leads
WHERE workspace_id = $1
  AND (sort_key > $5::numeric OR sort_key = $5::numeric AND id < $4 OR sort_key IS NULL)
ORDER BY sort_key NULLS LAST, id DESC
LIMIT $6;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, newest, sorted by -name, past those without one
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, sort_key::text AS position
FROM (
  SELECT leads.*, left(lower(coalesce(name, company_name, email, phone)), 40) AS sort_key
  FROM (
    SELECT *, xmin
    FROM leads
    WHERE workspace_id = $1
      AND true
      AND true
    ORDER BY id DESC
    LIMIT $2
  ) AS leads
) AS leads
WHERE workspace_id = $1
  AND (sort_key IS NULL AND id < $3)
ORDER BY sort_key DESC NULLS LAST, id DESC
LIMIT $4;
-- sends a statement of "Leads, newest, by type_id"

-- Leads, oldest, by tag_ids, a further page
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT leads.*
  FROM lead_tags t
  CROSS JOIN LATERAL (
    SELECT *, xmin
    FROM leads
    WHERE workspace_id = $1
      AND true
      AND true
      AND id > $3
      AND leads.id = t.lead_id
    LIMIT 1
  ) AS leads
  WHERE t.workspace_id = $1
    AND t.tag_id = $2
    AND t.lead_id > $5
  ORDER BY t.lead_id
  LIMIT $4
) AS leads
WHERE workspace_id = $1
ORDER BY id
LIMIT $6;

-- Values of status, counted by index
SELECT v.id, few.count
FROM unnest($2::uuid[]) AS v (id), LATERAL (
  SELECT count(*) FILTER (WHERE value = v.id) AS count
  FROM (
    SELECT status_id AS value
    FROM leads
    WHERE workspace_id = $1
      AND status_id >= v.id
      AND status_id IS NOT NULL
    ORDER BY status_id, id
    LIMIT $3
  ) AS found
) AS few
WHERE few.count > 0;

-- Values of status, counted
SELECT status_id AS id, count(*) FILTER (WHERE workspace_id = $1) AS count, count(*) FILTER (WHERE 1 = 1) AS looked
FROM (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
GROUP BY 1;

-- Values of status, counted, as seen by team
SELECT status_id AS id, count(*) FILTER (WHERE workspace_id = $1 AND source_id = ANY ($7::uuid[])) AS count, count(*) FILTER (WHERE 1 = 1) AS looked
FROM (
  SELECT *
  FROM (
    (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $3
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
    UNION ALL (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $4
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
    UNION ALL (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND department_id = $5
        AND owner_id = ANY ($2::uuid[]) IS NOT TRUE
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
  ) AS streams
  ORDER BY id DESC
  LIMIT $6
) AS leads
GROUP BY 1;

-- Values of owner, counted by index
SELECT v.id, few.count
FROM unnest($2::uuid[]) AS v (id), LATERAL (
  SELECT count(*) FILTER (WHERE value = v.id) AS count
  FROM (
    SELECT owner_id AS value
    FROM leads
    WHERE workspace_id = $1
      AND owner_id >= v.id
      AND owner_id IS NOT NULL
    ORDER BY owner_id, id
    LIMIT $3
  ) AS found
) AS few
WHERE few.count > 0;

-- Values of owner, counted
SELECT owner_id AS id, count(*) FILTER (WHERE workspace_id = $1) AS count, count(*) FILTER (WHERE 1 = 1) AS looked
FROM (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
GROUP BY 1;

-- Values of owner, counted, as seen by team
SELECT owner_id AS id, count(*) FILTER (WHERE workspace_id = $1 AND source_id = ANY ($7::uuid[])) AS count, count(*) FILTER (WHERE 1 = 1) AS looked
FROM (
  SELECT *
  FROM (
    (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $3
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
    UNION ALL (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $4
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
    UNION ALL (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND department_id = $5
        AND owner_id = ANY ($2::uuid[]) IS NOT TRUE
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
  ) AS streams
  ORDER BY id DESC
  LIMIT $6
) AS leads
GROUP BY 1;

-- Values of source, counted by index
SELECT v.id, few.count
FROM unnest($2::uuid[]) AS v (id), LATERAL (
  SELECT count(*) FILTER (WHERE value = v.id) AS count
  FROM (
    SELECT source_id AS value
    FROM leads
    WHERE workspace_id = $1
      AND source_id >= v.id
      AND source_id IS NOT NULL
    ORDER BY source_id, id
    LIMIT $3
  ) AS found
) AS few
WHERE few.count > 0;

-- Values of source, counted
SELECT source_id AS id, count(*) FILTER (WHERE workspace_id = $1) AS count, count(*) FILTER (WHERE 1 = 1) AS looked
FROM (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
GROUP BY 1;

-- Values of source, counted, as seen by team
SELECT source_id AS id, count(*) FILTER (WHERE workspace_id = $1 AND source_id = ANY ($7::uuid[])) AS count, count(*) FILTER (WHERE 1 = 1) AS looked
FROM (
  SELECT *
  FROM (
    (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $3
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
    UNION ALL (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $4
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
    UNION ALL (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND department_id = $5
        AND owner_id = ANY ($2::uuid[]) IS NOT TRUE
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
  ) AS streams
  ORDER BY id DESC
  LIMIT $6
) AS leads
GROUP BY 1;

-- Values of type, counted by index
SELECT v.id, few.count
FROM unnest($2::uuid[]) AS v (id), LATERAL (
  SELECT count(*) FILTER (WHERE value = v.id) AS count
  FROM (
    SELECT type_id AS value
    FROM leads
    WHERE workspace_id = $1
      AND type_id >= v.id
      AND type_id IS NOT NULL
    ORDER BY type_id, id
    LIMIT $3
  ) AS found
) AS few
WHERE few.count > 0;

-- Values of type, counted
SELECT type_id AS id, count(*) FILTER (WHERE workspace_id = $1) AS count, count(*) FILTER (WHERE 1 = 1) AS looked
FROM (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
GROUP BY 1;

-- Values of type, counted, as seen by team
SELECT type_id AS id, count(*) FILTER (WHERE workspace_id = $1 AND source_id = ANY ($7::uuid[])) AS count, count(*) FILTER (WHERE 1 = 1) AS looked
FROM (
  SELECT *
  FROM (
    (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $3
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
    UNION ALL (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $4
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
    UNION ALL (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND department_id = $5
        AND owner_id = ANY ($2::uuid[]) IS NOT TRUE
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
  ) AS streams
  ORDER BY id DESC
  LIMIT $6
) AS leads
GROUP BY 1;

-- Values of department, counted by index
SELECT v.id, few.count
FROM unnest($2::uuid[]) AS v (id), LATERAL (
  SELECT count(*) FILTER (WHERE value = v.id) AS count
  FROM (
    SELECT department_id AS value
    FROM leads
    WHERE workspace_id = $1
      AND department_id >= v.id
      AND department_id IS NOT NULL
    ORDER BY department_id, id
    LIMIT $3
  ) AS found
) AS few
WHERE few.count > 0;

-- Values of department, counted
SELECT department_id AS id, count(*) FILTER (WHERE workspace_id = $1) AS count, count(*) FILTER (WHERE 1 = 1) AS looked
FROM (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
GROUP BY 1;

-- Values of department, counted, as seen by team
SELECT department_id AS id, count(*) FILTER (WHERE workspace_id = $1 AND source_id = ANY ($7::uuid[])) AS count, count(*) FILTER (WHERE 1 = 1) AS looked
FROM (
  SELECT *
  FROM (
    (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $3
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
    UNION ALL (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $4
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
    UNION ALL (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND department_id = $5
        AND owner_id = ANY ($2::uuid[]) IS NOT TRUE
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
  ) AS streams
  ORDER BY id DESC
  LIMIT $6
) AS leads
GROUP BY 1;

-- Values of tag, counted by index
SELECT v.id, few.count
FROM unnest($2::uuid[]) AS v (id), LATERAL (
  SELECT count(*) FILTER (WHERE value = v.id) AS count
  FROM (
    SELECT tag_id AS value
    FROM lead_tags
    WHERE workspace_id = $1
      AND tag_id >= v.id
      AND tag_id IS NOT NULL
    ORDER BY tag_id, lead_id
    LIMIT $3
  ) AS found
) AS few
WHERE few.count > 0;

-- Values of tag, counted
SELECT value AS id, count(*) FILTER (WHERE workspace_id = $1) AS count, count(*) FILTER (WHERE coalesce(place, 1) = 1) AS looked
FROM (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND true
  ORDER BY id DESC
  LIMIT $2
) AS leads
LEFT JOIN LATERAL unnest(tag_ids)
WITH ORDINALITY AS v (value, place) ON true
GROUP BY 1;

-- Values of tag, counted, as seen by team
SELECT value AS id, count(*) FILTER (WHERE workspace_id = $1 AND source_id = ANY ($7::uuid[])) AS count, count(*) FILTER (WHERE coalesce(place, 1) = 1) AS looked
FROM (
  SELECT *
  FROM (
    (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $3
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
    UNION ALL (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $4
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
    UNION ALL (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND department_id = $5
        AND owner_id = ANY ($2::uuid[]) IS NOT TRUE
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
  ) AS streams
  ORDER BY id DESC
  LIMIT $6
) AS leads
LEFT JOIN LATERAL unnest(tag_ids)
WITH ORDINALITY AS v (value, place) ON true
GROUP BY 1;

-- Leads of some sources and statuses, by the index of statuses
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND status_id = $2
    AND true
  ORDER BY id DESC
  LIMIT $3
) AS leads
WHERE workspace_id = $1
  AND source_id = ANY ($4::uuid[])
ORDER BY id DESC
LIMIT $5;
SELECT id, NULL::text AS key
FROM (
  SELECT id
  FROM leads
  WHERE workspace_id = $1
    AND status_id = $2
    AND true
  ORDER BY id DESC
  LIMIT $3
) AS leads
ORDER BY id DESC
OFFSET $4
LIMIT 1;

-- Leads by next step, of one kind
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, next_step_at::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND next_step_kind = $2
    AND next_step_at IS NOT NULL
    AND next_step_at < $3
  ORDER BY next_step_at, id
  LIMIT $4
) AS leads
WHERE workspace_id = $1
  AND next_step_at < $5
ORDER BY next_step_at, id
LIMIT $6;
SELECT id, next_step_at::text AS key
FROM (
  SELECT id, next_step_at
  FROM leads
  WHERE workspace_id = $1
    AND next_step_kind = $2
    AND next_step_at IS NOT NULL
    AND next_step_at < $3
  ORDER BY next_step_at, id
  LIMIT $4
) AS leads
ORDER BY next_step_at, id
OFFSET $5
LIMIT 1;

-- Leads of a day long ago
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, created_at::text AS position
FROM (
  SELECT *, xmin
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND created_at > '-infinity'
    AND created_at >= $2
    AND created_at < $3
  ORDER BY created_at DESC, id DESC
  LIMIT $4
) AS leads
WHERE workspace_id = $1
  AND created_at >= $5
  AND created_at < $6
ORDER BY created_at DESC, id DESC
LIMIT $7;
SELECT id, created_at::text AS key
FROM (
  SELECT id, created_at
  FROM leads
  WHERE workspace_id = $1
    AND true
    AND created_at > '-infinity'
    AND created_at >= $2
    AND created_at < $3
  ORDER BY created_at DESC, id DESC
  LIMIT $4
) AS leads
ORDER BY created_at DESC, id DESC
OFFSET $5
LIMIT 1;

-- Leads that hold a text too common for its index
WITH unseen AS MATERIALIZED (
  SELECT l.id, l.text
  FROM index_queue q
  CROSS JOIN unnest(q.lead_ids) AS waiting (id)
  CROSS JOIN LATERAL (
    SELECT id, lead_text(leads) AS text
    FROM leads
    WHERE workspace_id = $1
      AND id = waiting.id
    OFFSET 0
  ) AS l
  WHERE q.workspace_id = $1
)
SELECT id, xmin || ' ' || version || ' ' || updated_at AS row_state, NULL::text AS position
FROM (
  SELECT *
  FROM (
    (
      SELECT *, xmin
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $3
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
    UNION ALL (
      SELECT *, xmin
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $4
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
    UNION ALL (
      SELECT *, xmin
      FROM leads
      WHERE workspace_id = $1
        AND department_id = $5
        AND owner_id = ANY ($2::uuid[]) IS NOT TRUE
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
  ) AS streams
  ORDER BY id DESC
  LIMIT $6
) AS leads
WHERE workspace_id = $1
  AND CASE WHEN id IN (
  SELECT id
  FROM unseen
) THEN id IN (
  SELECT id
  FROM unseen
  WHERE text LIKE ANY ($7)
) ELSE EXISTS (
  SELECT 1
  FROM lead_search s
  WHERE s.workspace_id = $1
    AND s.lead_id = leads.id
    AND s.text LIKE ANY ($7)
) END
ORDER BY id DESC
LIMIT $8;
SELECT id, NULL::text AS key
FROM (
  SELECT *
  FROM (
    (
      SELECT id
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $3
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
    UNION ALL (
      SELECT id
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $4
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
    UNION ALL (
      SELECT id
      FROM leads
      WHERE workspace_id = $1
        AND department_id = $5
        AND owner_id = ANY ($2::uuid[]) IS NOT TRUE
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
  ) AS streams
  ORDER BY id DESC
  LIMIT $6
) AS leads
ORDER BY id DESC
OFFSET $7
LIMIT 1;

-- Count of leads, as seen by all
SELECT (coalesce(
  (
    SELECT leads
    FROM lead_counts
    WHERE workspace_id = $1
  ), 0
) + coalesce(
  (
    SELECT sum(delta)
    FROM index_queue
    WHERE workspace_id = $1
  ), 0
))::bigint AS total;

-- Count of leads without a reply, as seen by all
SELECT count(*) FILTER (WHERE workspace_id = $1 AND status_id = ANY ($2::uuid[]) AND first_reply_at IS NULL AND created_at <= $3) AS found, count(*) AS looked
FROM (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND first_reply_at IS NULL
    AND true
  ORDER BY id DESC
  LIMIT $4
) AS leads;

-- Count of leads that hold a text, as seen by all
-- sends a statement of "Leads, newest, by text, as seen by team"
SELECT count(*) FILTER (WHERE workspace_id = $1) AS found, count(*) AS looked
FROM (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND id = ANY ($2::uuid[])
    AND true
  ORDER BY id DESC
  LIMIT $3
) AS leads;

-- Possible duplicates of a lead, as seen by all
WITH mine AS (
  SELECT kind, value
  FROM lead_keys
  WHERE workspace_id = $1
    AND lead_id = $2
  UNION
  SELECT kind, value
  FROM lead_twins
  WHERE workspace_id = $1
    AND lead_id = $2
), sharing AS (
  SELECT k.lead_id, kind
  FROM mine
  JOIN lead_keys k USING (kind, value)
  WHERE k.workspace_id = $1
  UNION
  SELECT t.lead_id, kind
  FROM mine
  JOIN lead_twins t USING (kind, value)
  WHERE t.workspace_id = $1
), duplicates AS (
  SELECT lead_id, array_agg(DISTINCT kind) AS kinds
  FROM sharing
  WHERE lead_id <> $2
  GROUP BY lead_id
  ORDER BY lead_id DESC
  LIMIT 200
)
SELECT l.id, l.number, l.contact_id, l.status_id, l.type_id, l.category_id, l.lost_reason_id, l.source_id, l.department_id, l.owner_id, l.name, l.salutation, l.first_name, l.middle_name, l.last_name, l.email, l.phone, l.other_phone, l.company_name, l.job_title, l.website, l.gender, l.language, l.industry, l.address, l.city, l.state, l.postal_code, l.country, l.description, l.purpose, l.subtype, l.date_of_birth, l.start_date, l.expected_completion_date, l.target_amount, l.annual_revenue, l.probability, l.importance, l.priority, l.unsubscribed, l.utm_source, l.utm_medium, l.utm_campaign, l.utm_content, l.phone_sent, l.tag_ids, l.custom, l.dialect_fields, l.first_reply_at, l.next_step_at, l.next_step_kind, l.next_step, l.do_not_call_since, l.enquired_again_at, l.touch_count, l.version, l.created_at, l.updated_at, duplicates.kinds
FROM duplicates
JOIN leads l ON l.id = duplicates.lead_id
WHERE l.workspace_id = $1
  AND coalesce(l.contact_id, l.id) <> $3
  AND NOT EXISTS (
  SELECT 1
  FROM lead_distinctions d
  WHERE d.workspace_id = $1
    AND d.lead_id = least(l.id, $2)
    AND d.other_id = greatest(l.id, $2)
)
ORDER BY l.id DESC
LIMIT 20;

-- Count of leads, as seen by own
SELECT count(*) FILTER (WHERE workspace_id = $1) AS found, count(*) AS looked
FROM (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND owner_id = $2
    AND true
  ORDER BY id DESC
  LIMIT $3
) AS leads;

-- Count of leads without a reply, as seen by own
SELECT count(*) FILTER (WHERE workspace_id = $1 AND status_id = ANY ($3::uuid[]) AND first_reply_at IS NULL AND created_at <= $4) AS found, count(*) AS looked
FROM (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND owner_id = $2
    AND true
  ORDER BY id DESC
  LIMIT $5
) AS leads;

-- Count of leads that hold a text, as seen by own
-- sends a statement of "Leads, newest, by text, as seen by team"
SELECT count(*) FILTER (WHERE workspace_id = $1) AS found, count(*) AS looked
FROM (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND id = ANY ($2::uuid[])
    AND true
    AND owner_id = ANY ($3::uuid[])
  ORDER BY id DESC
  LIMIT $4
) AS leads;

-- Possible duplicates of a lead, as seen by own
WITH mine AS (
  SELECT kind, value
  FROM lead_keys
  WHERE workspace_id = $1
    AND lead_id = $3
  UNION
  SELECT kind, value
  FROM lead_twins
  WHERE workspace_id = $1
    AND lead_id = $3
), sharing AS (
  SELECT k.lead_id, kind
  FROM mine
  JOIN lead_keys k USING (kind, value)
  WHERE k.workspace_id = $1
  UNION
  SELECT t.lead_id, kind
  FROM mine
  JOIN lead_twins t USING (kind, value)
  WHERE t.workspace_id = $1
), duplicates AS (
  SELECT lead_id, array_agg(DISTINCT kind) AS kinds
  FROM sharing
  WHERE lead_id <> $3
  GROUP BY lead_id
  ORDER BY lead_id DESC
  LIMIT 200
)
SELECT l.id, l.number, l.contact_id, l.status_id, l.type_id, l.category_id, l.lost_reason_id, l.source_id, l.department_id, l.owner_id, l.name, l.salutation, l.first_name, l.middle_name, l.last_name, l.email, l.phone, l.other_phone, l.company_name, l.job_title, l.website, l.gender, l.language, l.industry, l.address, l.city, l.state, l.postal_code, l.country, l.description, l.purpose, l.subtype, l.date_of_birth, l.start_date, l.expected_completion_date, l.target_amount, l.annual_revenue, l.probability, l.importance, l.priority, l.unsubscribed, l.utm_source, l.utm_medium, l.utm_campaign, l.utm_content, l.phone_sent, l.tag_ids, l.custom, l.dialect_fields, l.first_reply_at, l.next_step_at, l.next_step_kind, l.next_step, l.do_not_call_since, l.enquired_again_at, l.touch_count, l.version, l.created_at, l.updated_at, duplicates.kinds
FROM duplicates
JOIN leads l ON l.id = duplicates.lead_id
WHERE l.workspace_id = $1
  AND l.owner_id = ANY ($2::uuid[])
  AND coalesce(l.contact_id, l.id) <> $4
  AND NOT EXISTS (
  SELECT 1
  FROM lead_distinctions d
  WHERE d.workspace_id = $1
    AND d.lead_id = least(l.id, $3)
    AND d.other_id = greatest(l.id, $3)
)
ORDER BY l.id DESC
LIMIT 20;

-- Count of leads, as seen by team
SELECT count(*) FILTER (WHERE workspace_id = $1) AS found, count(*) AS looked
FROM (
  SELECT *
  FROM (
    (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $3
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
    UNION ALL (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $4
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
    UNION ALL (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND department_id = $5
        AND owner_id = ANY ($2::uuid[]) IS NOT TRUE
        AND true
      ORDER BY id DESC
      LIMIT $6
    )
  ) AS streams
  ORDER BY id DESC
  LIMIT $6
) AS leads;

-- Count of leads without a reply, as seen by team
SELECT count(*) FILTER (WHERE workspace_id = $1 AND status_id = ANY ($6::uuid[]) AND first_reply_at IS NULL AND created_at <= $7) AS found, count(*) AS looked
FROM (
  SELECT *
  FROM (
    (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $3
        AND true
      ORDER BY id DESC
      LIMIT $8
    )
    UNION ALL (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND owner_id = $4
        AND true
      ORDER BY id DESC
      LIMIT $8
    )
    UNION ALL (
      SELECT *
      FROM leads
      WHERE workspace_id = $1
        AND department_id = $5
        AND owner_id = ANY ($2::uuid[]) IS NOT TRUE
        AND true
      ORDER BY id DESC
      LIMIT $8
    )
  ) AS streams
  ORDER BY id DESC
  LIMIT $8
) AS leads;

-- Count of leads that hold a text, as seen by team
-- sends a statement of "Leads, newest, by text, as seen by team"
SELECT count(*) FILTER (WHERE workspace_id = $1) AS found, count(*) AS looked
FROM (
  SELECT *
  FROM leads
  WHERE workspace_id = $1
    AND id = ANY ($2::uuid[])
    AND true
    AND (owner_id = ANY ($3::uuid[]) OR department_id = ANY ($4::uuid[]))
  ORDER BY id DESC
  LIMIT $5
) AS leads;

-- Possible duplicates of a lead, as seen by team
WITH mine AS (
  SELECT kind, value
  FROM lead_keys
  WHERE workspace_id = $1
    AND lead_id = $4
  UNION
  SELECT kind, value
  FROM lead_twins
  WHERE workspace_id = $1
    AND lead_id = $4
), sharing AS (
  SELECT k.lead_id, kind
  FROM mine
  JOIN lead_keys k USING (kind, value)
  WHERE k.workspace_id = $1
  UNION
  SELECT t.lead_id, kind
  FROM mine
  JOIN lead_twins t USING (kind, value)
  WHERE t.workspace_id = $1
), duplicates AS (
  SELECT lead_id, array_agg(DISTINCT kind) AS kinds
  FROM sharing
  WHERE lead_id <> $4
  GROUP BY lead_id
  ORDER BY lead_id DESC
  LIMIT 200
)
SELECT l.id, l.number, l.contact_id, l.status_id, l.type_id, l.category_id, l.lost_reason_id, l.source_id, l.department_id, l.owner_id, l.name, l.salutation, l.first_name, l.middle_name, l.last_name, l.email, l.phone, l.other_phone, l.company_name, l.job_title, l.website, l.gender, l.language, l.industry, l.address, l.city, l.state, l.postal_code, l.country, l.description, l.purpose, l.subtype, l.date_of_birth, l.start_date, l.expected_completion_date, l.target_amount, l.annual_revenue, l.probability, l.importance, l.priority, l.unsubscribed, l.utm_source, l.utm_medium, l.utm_campaign, l.utm_content, l.phone_sent, l.tag_ids, l.custom, l.dialect_fields, l.first_reply_at, l.next_step_at, l.next_step_kind, l.next_step, l.do_not_call_since, l.enquired_again_at, l.touch_count, l.version, l.created_at, l.updated_at, duplicates.kinds
FROM duplicates
JOIN leads l ON l.id = duplicates.lead_id
WHERE l.workspace_id = $1
  AND (l.owner_id = ANY ($2::uuid[]) OR l.department_id = ANY ($3::uuid[]))
  AND coalesce(l.contact_id, l.id) <> $5
  AND NOT EXISTS (
  SELECT 1
  FROM lead_distinctions d
  WHERE d.workspace_id = $1
    AND d.lead_id = least(l.id, $4)
    AND d.other_id = greatest(l.id, $4)
)
ORDER BY l.id DESC
LIMIT 20;

-- Leads by position, for dialects
SELECT id, number, contact_id, status_id, type_id, category_id, lost_reason_id, source_id, department_id, owner_id, name, salutation, first_name, middle_name, last_name, email, phone, other_phone, company_name, job_title, website, gender, language, industry, address, city, state, postal_code, country, description, purpose, subtype, date_of_birth, start_date, expected_completion_date, target_amount, annual_revenue, probability, importance, priority, unsubscribed, utm_source, utm_medium, utm_campaign, utm_content, phone_sent, tag_ids, custom, dialect_fields, first_reply_at, next_step_at, next_step_kind, next_step, do_not_call_since, enquired_again_at, touch_count, version, created_at, updated_at
FROM leads
WHERE workspace_id = $1
  AND status_id = $2
  AND priority = $3
  AND source_id IN (
  SELECT id
  FROM sources s
  WHERE s.workspace_id = leads.workspace_id
    AND s.folded_name = $4
)
ORDER BY id DESC
LIMIT $5
OFFSET $6;
SELECT count(*) AS total
FROM leads
WHERE workspace_id = $1
  AND status_id = $2
  AND priority = $3
  AND source_id IN (
  SELECT id
  FROM sources s
  WHERE s.workspace_id = leads.workspace_id
    AND s.folded_name = $4
);

-- Leads about a contact by position
SELECT id, number, contact_id, status_id, type_id, category_id, lost_reason_id, source_id, department_id, owner_id, name, salutation, first_name, middle_name, last_name, email, phone, other_phone, company_name, job_title, website, gender, language, industry, address, city, state, postal_code, country, description, purpose, subtype, date_of_birth, start_date, expected_completion_date, target_amount, annual_revenue, probability, importance, priority, unsubscribed, utm_source, utm_medium, utm_campaign, utm_content, phone_sent, tag_ids, custom, dialect_fields, first_reply_at, next_step_at, next_step_kind, next_step, do_not_call_since, enquired_again_at, touch_count, version, created_at, updated_at
FROM leads
WHERE workspace_id = $1
  AND (id = $2 OR contact_id = $2)
ORDER BY id DESC
LIMIT $3
OFFSET $4;
SELECT count(*) AS total
FROM leads
WHERE workspace_id = $1
  AND (id = $2 OR contact_id = $2);
