-- The SQL that the lists of calls send. Written by `npm run queries`; a test demands that it is up to date.

-- Calls by after
SELECT id, lead_id, type_id, phone, state, due_at, attempts, claim_id, claimed_by, claim_expires_at, outcome, note, callback, priority, again, skips, offer_at, member_id, outcome_id, started_at, talk_seconds, ended_at, only_listed, created_at, updated_at
FROM calls
WHERE workspace_id = $1
  AND id < $2
ORDER BY id DESC
LIMIT $3;

-- Calls by leadId
SELECT id, lead_id, type_id, phone, state, due_at, attempts, claim_id, claimed_by, claim_expires_at, outcome, note, callback, priority, again, skips, offer_at, member_id, outcome_id, started_at, talk_seconds, ended_at, only_listed, created_at, updated_at
FROM calls
WHERE workspace_id = $1
  AND lead_id = $2
ORDER BY id DESC
LIMIT $3;

-- Calls by state
SELECT id, lead_id, type_id, phone, state, due_at, attempts, claim_id, claimed_by, claim_expires_at, outcome, note, callback, priority, again, skips, offer_at, member_id, outcome_id, started_at, talk_seconds, ended_at, only_listed, created_at, updated_at
FROM calls
WHERE workspace_id = $1
  AND state = $2
ORDER BY id DESC
LIMIT $3;

-- Calls by visibility
SELECT id, lead_id, type_id, phone, state, due_at, attempts, claim_id, claimed_by, claim_expires_at, outcome, note, callback, priority, again, skips, offer_at, member_id, outcome_id, started_at, talk_seconds, ended_at, only_listed, created_at, updated_at
FROM calls
WHERE workspace_id = $1
  AND EXISTS (
  SELECT 1
  FROM leads l
  WHERE l.workspace_id = $1
    AND (l.owner_id = ANY ($2::uuid[]) OR l.department_id = ANY ($3::uuid[]))
    AND l.id = calls.lead_id
)
ORDER BY id DESC
LIMIT $4;

-- Ranks of waiting calls
WITH RECURSIVE ranks AS (
  (
    SELECT c.rank
    FROM calls c
    WHERE c.workspace_id = $1
      AND c.state IN ('pending', 'claimed')
    ORDER BY c.rank
    LIMIT 1
  )
  UNION ALL
  SELECT (
    SELECT c.rank
    FROM calls c
    WHERE c.workspace_id = $1
      AND c.state IN ('pending', 'claimed')
      AND c.rank > ranks.rank
    ORDER BY c.rank
    LIMIT 1
  )
  FROM ranks
  WHERE ranks.rank IS NOT NULL
)
SELECT rank
FROM ranks
WHERE rank IS NOT NULL;

-- Due calls of a rank, as seen by all
SELECT c.id, c.lead_id, c.type_id, c.phone, c.state, c.due_at, c.attempts, c.claim_id, c.claimed_by, c.claim_expires_at, c.outcome, c.note, c.callback, c.priority, c.again, c.skips, c.offer_at, c.member_id, c.outcome_id, c.started_at, c.talk_seconds, c.ended_at, c.only_listed, c.created_at, c.updated_at, c.rank, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name, l.company_name, l.phone AS lead_phone, l.phone_sent, coalesce(l.do_not_call_since, (
  SELECT min(d.do_not_call_since)
  FROM (
    SELECT k.lead_id
    FROM lead_keys k
    WHERE k.workspace_id = c.workspace_id
      AND k.kind = 'phone'
      AND k.value = c.phone
    UNION ALL
    SELECT t.lead_id
    FROM lead_twins t
    WHERE t.workspace_id = c.workspace_id
      AND t.kind = 'phone'
      AND t.value = c.phone
  ) AS same
  CROSS JOIN LATERAL (
    SELECT l.do_not_call_since
    FROM leads l
    WHERE l.workspace_id = c.workspace_id
      AND l.id = same.lead_id
      AND l.phone = c.phone
    LIMIT 1
  ) AS d
)) AS do_not_call_since, l.first_reply_at, l.created_at AS lead_created_at, l.type_id AS lead_type_id, l.city, l.state AS state_name
FROM (
  SELECT *
  FROM calls w
  WHERE w.workspace_id = $1
    AND w.rank = $3
    AND w.offer_at <= $2
    AND w.state IN ('pending', 'claimed')
    AND (w.state = 'pending' OR (w.state = 'claimed' AND w.claim_expires_at <= $2))
    AND NOT EXISTS (
    SELECT 1
    FROM calls o
    WHERE o.workspace_id = w.workspace_id
      AND o.lead_id = w.lead_id
      AND o.id <> w.id
      AND o.state = 'claimed'
      AND o.claim_expires_at > $2
  )
  ORDER BY w.offer_at, w.id
  LIMIT 50
) c
JOIN leads l ON l.workspace_id = c.workspace_id
  AND l.id = c.lead_id
WHERE l.workspace_id = $1
ORDER BY c.offer_at, c.id
LIMIT $4;

-- Due calls of a rank and a type, as seen by all
SELECT c.id, c.lead_id, c.type_id, c.phone, c.state, c.due_at, c.attempts, c.claim_id, c.claimed_by, c.claim_expires_at, c.outcome, c.note, c.callback, c.priority, c.again, c.skips, c.offer_at, c.member_id, c.outcome_id, c.started_at, c.talk_seconds, c.ended_at, c.only_listed, c.created_at, c.updated_at, c.rank, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name, l.company_name, l.phone AS lead_phone, l.phone_sent, coalesce(l.do_not_call_since, (
  SELECT min(d.do_not_call_since)
  FROM (
    SELECT k.lead_id
    FROM lead_keys k
    WHERE k.workspace_id = c.workspace_id
      AND k.kind = 'phone'
      AND k.value = c.phone
    UNION ALL
    SELECT t.lead_id
    FROM lead_twins t
    WHERE t.workspace_id = c.workspace_id
      AND t.kind = 'phone'
      AND t.value = c.phone
  ) AS same
  CROSS JOIN LATERAL (
    SELECT l.do_not_call_since
    FROM leads l
    WHERE l.workspace_id = c.workspace_id
      AND l.id = same.lead_id
      AND l.phone = c.phone
    LIMIT 1
  ) AS d
)) AS do_not_call_since, l.first_reply_at, l.created_at AS lead_created_at, l.type_id AS lead_type_id, l.city, l.state AS state_name
FROM (
  SELECT *
  FROM calls w
  WHERE w.workspace_id = $1
    AND w.rank = $3
    AND w.offer_at <= $2
    AND w.type_id = $5
    AND w.state IN ('pending', 'claimed')
    AND (w.state = 'pending' OR (w.state = 'claimed' AND w.claim_expires_at <= $2))
    AND NOT EXISTS (
    SELECT 1
    FROM calls o
    WHERE o.workspace_id = w.workspace_id
      AND o.lead_id = w.lead_id
      AND o.id <> w.id
      AND o.state = 'claimed'
      AND o.claim_expires_at > $2
  )
  ORDER BY w.offer_at, w.id
  LIMIT 50
) c
JOIN leads l ON l.workspace_id = c.workspace_id
  AND l.id = c.lead_id
WHERE l.workspace_id = $1
ORDER BY c.offer_at, c.id
LIMIT $4;

-- Calls that wait for their time, as seen by all
SELECT c.id, c.lead_id, c.type_id, c.phone, c.state, c.due_at, c.attempts, c.claim_id, c.claimed_by, c.claim_expires_at, c.outcome, c.note, c.callback, c.priority, c.again, c.skips, c.offer_at, c.member_id, c.outcome_id, c.started_at, c.talk_seconds, c.ended_at, c.only_listed, c.created_at, c.updated_at, c.rank, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name, l.company_name, l.phone AS lead_phone, l.phone_sent, coalesce(l.do_not_call_since, (
  SELECT min(d.do_not_call_since)
  FROM (
    SELECT k.lead_id
    FROM lead_keys k
    WHERE k.workspace_id = c.workspace_id
      AND k.kind = 'phone'
      AND k.value = c.phone
    UNION ALL
    SELECT t.lead_id
    FROM lead_twins t
    WHERE t.workspace_id = c.workspace_id
      AND t.kind = 'phone'
      AND t.value = c.phone
  ) AS same
  CROSS JOIN LATERAL (
    SELECT l.do_not_call_since
    FROM leads l
    WHERE l.workspace_id = c.workspace_id
      AND l.id = same.lead_id
      AND l.phone = c.phone
    LIMIT 1
  ) AS d
)) AS do_not_call_since, l.first_reply_at, l.created_at AS lead_created_at, l.type_id AS lead_type_id, l.city, l.state AS state_name
FROM (
  SELECT *
  FROM calls w
  WHERE w.workspace_id = $1
    AND w.offer_at > $2
    AND w.state = 'pending'
  ORDER BY w.offer_at, w.id
  LIMIT 500
) c
JOIN leads l ON l.workspace_id = c.workspace_id
  AND l.id = c.lead_id
WHERE l.workspace_id = $1
  AND coalesce(l.do_not_call_since, (
  SELECT min(d.do_not_call_since)
  FROM (
    SELECT k.lead_id
    FROM lead_keys k
    WHERE k.workspace_id = c.workspace_id
      AND k.kind = 'phone'
      AND k.value = c.phone
    UNION ALL
    SELECT t.lead_id
    FROM lead_twins t
    WHERE t.workspace_id = c.workspace_id
      AND t.kind = 'phone'
      AND t.value = c.phone
  ) AS same
  CROSS JOIN LATERAL (
    SELECT l.do_not_call_since
    FROM leads l
    WHERE l.workspace_id = c.workspace_id
      AND l.id = same.lead_id
      AND l.phone = c.phone
    LIMIT 1
  ) AS d
)) IS NULL
ORDER BY c.offer_at, c.id
LIMIT $3;

-- A call by its id, as seen by all
SELECT c.id, c.lead_id, c.type_id, c.phone, c.state, c.due_at, c.attempts, c.claim_id, c.claimed_by, c.claim_expires_at, c.outcome, c.note, c.callback, c.priority, c.again, c.skips, c.offer_at, c.member_id, c.outcome_id, c.started_at, c.talk_seconds, c.ended_at, c.only_listed, c.created_at, c.updated_at, c.rank, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name, l.company_name, l.phone AS lead_phone, l.phone_sent, coalesce(l.do_not_call_since, (
  SELECT min(d.do_not_call_since)
  FROM (
    SELECT k.lead_id
    FROM lead_keys k
    WHERE k.workspace_id = c.workspace_id
      AND k.kind = 'phone'
      AND k.value = c.phone
    UNION ALL
    SELECT t.lead_id
    FROM lead_twins t
    WHERE t.workspace_id = c.workspace_id
      AND t.kind = 'phone'
      AND t.value = c.phone
  ) AS same
  CROSS JOIN LATERAL (
    SELECT l.do_not_call_since
    FROM leads l
    WHERE l.workspace_id = c.workspace_id
      AND l.id = same.lead_id
      AND l.phone = c.phone
    LIMIT 1
  ) AS d
)) AS do_not_call_since, l.first_reply_at, l.created_at AS lead_created_at, l.type_id AS lead_type_id, l.city, l.state AS state_name
FROM calls c
JOIN leads l ON l.workspace_id = c.workspace_id
  AND l.id = c.lead_id
WHERE c.workspace_id = $1
  AND c.id = $3
  AND c.state IN ('pending', 'claimed')
ORDER BY (c.state = 'pending' OR (c.state = 'claimed' AND c.claim_expires_at <= $2))
  AND NOT EXISTS (
  SELECT 1
  FROM calls o
  WHERE o.workspace_id = c.workspace_id
    AND o.lead_id = c.lead_id
    AND o.id <> c.id
    AND o.state = 'claimed'
    AND o.claim_expires_at > $2
) DESC, c.rank, c.offer_at, c.id
LIMIT 1;

-- Leads of a list to call, as seen by all
SELECT l.id, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS name, l.company_name, coalesce(c.phone, l.phone, l.other_phone) AS phone, l.city, l.state AS state_name, coalesce(l.do_not_call_since, (
  SELECT min(d.do_not_call_since)
  FROM (
    SELECT k.lead_id
    FROM lead_keys k
    WHERE k.workspace_id = l.workspace_id
      AND k.kind = 'phone'
      AND k.value = coalesce(c.phone, l.phone, l.other_phone)
    UNION ALL
    SELECT t.lead_id
    FROM lead_twins t
    WHERE t.workspace_id = l.workspace_id
      AND t.kind = 'phone'
      AND t.value = coalesce(c.phone, l.phone, l.other_phone)
  ) AS same
  CROSS JOIN LATERAL (
    SELECT l.do_not_call_since
    FROM leads l
    WHERE l.workspace_id = l.workspace_id
      AND l.id = same.lead_id
      AND l.phone = coalesce(c.phone, l.phone, l.other_phone)
    LIMIT 1
  ) AS d
)) AS do_not_call_since, coalesce(c.type_id, l.type_id) AS type_id, c.id AS call_id, CASE WHEN c.callback THEN c.due_at END AS callback_at, (
  SELECT coalesce(h.member_id::text, 'somebody')
  FROM calls h
  WHERE h.workspace_id = $1
    AND h.lead_id = l.id
    AND h.state = 'claimed'
    AND h.claim_expires_at > $3
  LIMIT 1
) AS held_by, EXISTS (
  SELECT 1
  FROM calls d
  WHERE d.workspace_id = $1
    AND d.lead_id = l.id
    AND (d.ended_at >= $4 OR d.skips > 0 AND d.state IN ('pending', 'cancelled') AND d.updated_at >= $5)
) AS is_done
FROM unnest($2::uuid[])
WITH ORDINALITY AS wanted (id, place)
JOIN leads l ON l.workspace_id = $1
  AND l.id = wanted.id
LEFT JOIN LATERAL (
  SELECT w.id, w.phone, w.type_id, w.callback, w.due_at
  FROM calls w
  WHERE w.workspace_id = $1
    AND w.lead_id = l.id
    AND w.state IN ('pending', 'claimed')
  ORDER BY w.rank, w.offer_at, w.id
  LIMIT 1
) AS c ON true
WHERE l.workspace_id = $1
ORDER BY wanted.place;

-- Figures of the queue, as seen by all
SELECT count(*)::integer AS in_queue, (count(*) FILTER (WHERE callback))::integer AS callbacks_due, min(due_at) AS oldest_due_at
FROM (
  SELECT lead_id, callback, due_at
  FROM calls c
  WHERE workspace_id = $1
    AND offer_at <= $2
    AND (state = 'pending' OR (state = 'claimed' AND claim_expires_at <= $2))
    AND state IN ('pending', 'claimed')
  ORDER BY offer_at
  LIMIT 1000
) AS due;

-- Due calls of a rank, as seen by own
SELECT c.id, c.lead_id, c.type_id, c.phone, c.state, c.due_at, c.attempts, c.claim_id, c.claimed_by, c.claim_expires_at, c.outcome, c.note, c.callback, c.priority, c.again, c.skips, c.offer_at, c.member_id, c.outcome_id, c.started_at, c.talk_seconds, c.ended_at, c.only_listed, c.created_at, c.updated_at, c.rank, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name, l.company_name, l.phone AS lead_phone, l.phone_sent, coalesce(l.do_not_call_since, (
  SELECT min(d.do_not_call_since)
  FROM (
    SELECT k.lead_id
    FROM lead_keys k
    WHERE k.workspace_id = c.workspace_id
      AND k.kind = 'phone'
      AND k.value = c.phone
    UNION ALL
    SELECT t.lead_id
    FROM lead_twins t
    WHERE t.workspace_id = c.workspace_id
      AND t.kind = 'phone'
      AND t.value = c.phone
  ) AS same
  CROSS JOIN LATERAL (
    SELECT l.do_not_call_since
    FROM leads l
    WHERE l.workspace_id = c.workspace_id
      AND l.id = same.lead_id
      AND l.phone = c.phone
    LIMIT 1
  ) AS d
)) AS do_not_call_since, l.first_reply_at, l.created_at AS lead_created_at, l.type_id AS lead_type_id, l.city, l.state AS state_name
FROM (
  SELECT *
  FROM calls w
  WHERE w.workspace_id = $1
    AND w.rank = $3
    AND w.offer_at <= $2
    AND w.state IN ('pending', 'claimed')
    AND (w.state = 'pending' OR (w.state = 'claimed' AND w.claim_expires_at <= $2))
    AND NOT EXISTS (
    SELECT 1
    FROM calls o
    WHERE o.workspace_id = w.workspace_id
      AND o.lead_id = w.lead_id
      AND o.id <> w.id
      AND o.state = 'claimed'
      AND o.claim_expires_at > $2
  )
  ORDER BY w.offer_at, w.id
  LIMIT 500
) c
JOIN leads l ON l.workspace_id = c.workspace_id
  AND l.id = c.lead_id
WHERE l.workspace_id = $1
  AND l.owner_id = ANY ($5::uuid[])
ORDER BY c.offer_at, c.id
LIMIT $4;
WITH mine AS MATERIALIZED (
  SELECT l.id
  FROM leads l
  WHERE l.workspace_id = $1
    AND l.owner_id = ANY ($5::uuid[])
)
SELECT c.id, c.lead_id, c.type_id, c.phone, c.state, c.due_at, c.attempts, c.claim_id, c.claimed_by, c.claim_expires_at, c.outcome, c.note, c.callback, c.priority, c.again, c.skips, c.offer_at, c.member_id, c.outcome_id, c.started_at, c.talk_seconds, c.ended_at, c.only_listed, c.created_at, c.updated_at, c.rank, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name, l.company_name, l.phone AS lead_phone, l.phone_sent, coalesce(l.do_not_call_since, (
  SELECT min(d.do_not_call_since)
  FROM (
    SELECT k.lead_id
    FROM lead_keys k
    WHERE k.workspace_id = c.workspace_id
      AND k.kind = 'phone'
      AND k.value = c.phone
    UNION ALL
    SELECT t.lead_id
    FROM lead_twins t
    WHERE t.workspace_id = c.workspace_id
      AND t.kind = 'phone'
      AND t.value = c.phone
  ) AS same
  CROSS JOIN LATERAL (
    SELECT l.do_not_call_since
    FROM leads l
    WHERE l.workspace_id = c.workspace_id
      AND l.id = same.lead_id
      AND l.phone = c.phone
    LIMIT 1
  ) AS d
)) AS do_not_call_since, l.first_reply_at, l.created_at AS lead_created_at, l.type_id AS lead_type_id, l.city, l.state AS state_name
FROM mine
JOIN calls c ON c.workspace_id = $1
  AND c.lead_id = mine.id
JOIN leads l ON l.workspace_id = $1
  AND l.id = mine.id
WHERE c.rank = $3
  AND c.offer_at <= $2
  AND c.state IN ('pending', 'claimed')
  AND (c.state = 'pending' OR (c.state = 'claimed' AND c.claim_expires_at <= $2))
  AND NOT EXISTS (
  SELECT 1
  FROM calls o
  WHERE o.workspace_id = c.workspace_id
    AND o.lead_id = c.lead_id
    AND o.id <> c.id
    AND o.state = 'claimed'
    AND o.claim_expires_at > $2
)
ORDER BY c.offer_at, c.id
LIMIT $4;

-- Due calls of a rank and a type, as seen by own
SELECT c.id, c.lead_id, c.type_id, c.phone, c.state, c.due_at, c.attempts, c.claim_id, c.claimed_by, c.claim_expires_at, c.outcome, c.note, c.callback, c.priority, c.again, c.skips, c.offer_at, c.member_id, c.outcome_id, c.started_at, c.talk_seconds, c.ended_at, c.only_listed, c.created_at, c.updated_at, c.rank, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name, l.company_name, l.phone AS lead_phone, l.phone_sent, coalesce(l.do_not_call_since, (
  SELECT min(d.do_not_call_since)
  FROM (
    SELECT k.lead_id
    FROM lead_keys k
    WHERE k.workspace_id = c.workspace_id
      AND k.kind = 'phone'
      AND k.value = c.phone
    UNION ALL
    SELECT t.lead_id
    FROM lead_twins t
    WHERE t.workspace_id = c.workspace_id
      AND t.kind = 'phone'
      AND t.value = c.phone
  ) AS same
  CROSS JOIN LATERAL (
    SELECT l.do_not_call_since
    FROM leads l
    WHERE l.workspace_id = c.workspace_id
      AND l.id = same.lead_id
      AND l.phone = c.phone
    LIMIT 1
  ) AS d
)) AS do_not_call_since, l.first_reply_at, l.created_at AS lead_created_at, l.type_id AS lead_type_id, l.city, l.state AS state_name
FROM (
  SELECT *
  FROM calls w
  WHERE w.workspace_id = $1
    AND w.rank = $3
    AND w.offer_at <= $2
    AND w.type_id = $5
    AND w.state IN ('pending', 'claimed')
    AND (w.state = 'pending' OR (w.state = 'claimed' AND w.claim_expires_at <= $2))
    AND NOT EXISTS (
    SELECT 1
    FROM calls o
    WHERE o.workspace_id = w.workspace_id
      AND o.lead_id = w.lead_id
      AND o.id <> w.id
      AND o.state = 'claimed'
      AND o.claim_expires_at > $2
  )
  ORDER BY w.offer_at, w.id
  LIMIT 500
) c
JOIN leads l ON l.workspace_id = c.workspace_id
  AND l.id = c.lead_id
WHERE l.workspace_id = $1
  AND l.owner_id = ANY ($6::uuid[])
ORDER BY c.offer_at, c.id
LIMIT $4;
WITH mine AS MATERIALIZED (
  SELECT l.id
  FROM leads l
  WHERE l.workspace_id = $1
    AND l.owner_id = ANY ($6::uuid[])
)
SELECT c.id, c.lead_id, c.type_id, c.phone, c.state, c.due_at, c.attempts, c.claim_id, c.claimed_by, c.claim_expires_at, c.outcome, c.note, c.callback, c.priority, c.again, c.skips, c.offer_at, c.member_id, c.outcome_id, c.started_at, c.talk_seconds, c.ended_at, c.only_listed, c.created_at, c.updated_at, c.rank, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name, l.company_name, l.phone AS lead_phone, l.phone_sent, coalesce(l.do_not_call_since, (
  SELECT min(d.do_not_call_since)
  FROM (
    SELECT k.lead_id
    FROM lead_keys k
    WHERE k.workspace_id = c.workspace_id
      AND k.kind = 'phone'
      AND k.value = c.phone
    UNION ALL
    SELECT t.lead_id
    FROM lead_twins t
    WHERE t.workspace_id = c.workspace_id
      AND t.kind = 'phone'
      AND t.value = c.phone
  ) AS same
  CROSS JOIN LATERAL (
    SELECT l.do_not_call_since
    FROM leads l
    WHERE l.workspace_id = c.workspace_id
      AND l.id = same.lead_id
      AND l.phone = c.phone
    LIMIT 1
  ) AS d
)) AS do_not_call_since, l.first_reply_at, l.created_at AS lead_created_at, l.type_id AS lead_type_id, l.city, l.state AS state_name
FROM mine
JOIN calls c ON c.workspace_id = $1
  AND c.lead_id = mine.id
JOIN leads l ON l.workspace_id = $1
  AND l.id = mine.id
WHERE c.rank = $3
  AND c.offer_at <= $2
  AND c.type_id = $5
  AND c.state IN ('pending', 'claimed')
  AND (c.state = 'pending' OR (c.state = 'claimed' AND c.claim_expires_at <= $2))
  AND NOT EXISTS (
  SELECT 1
  FROM calls o
  WHERE o.workspace_id = c.workspace_id
    AND o.lead_id = c.lead_id
    AND o.id <> c.id
    AND o.state = 'claimed'
    AND o.claim_expires_at > $2
)
ORDER BY c.offer_at, c.id
LIMIT $4;

-- Calls that wait for their time, as seen by own
SELECT c.id, c.lead_id, c.type_id, c.phone, c.state, c.due_at, c.attempts, c.claim_id, c.claimed_by, c.claim_expires_at, c.outcome, c.note, c.callback, c.priority, c.again, c.skips, c.offer_at, c.member_id, c.outcome_id, c.started_at, c.talk_seconds, c.ended_at, c.only_listed, c.created_at, c.updated_at, c.rank, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name, l.company_name, l.phone AS lead_phone, l.phone_sent, coalesce(l.do_not_call_since, (
  SELECT min(d.do_not_call_since)
  FROM (
    SELECT k.lead_id
    FROM lead_keys k
    WHERE k.workspace_id = c.workspace_id
      AND k.kind = 'phone'
      AND k.value = c.phone
    UNION ALL
    SELECT t.lead_id
    FROM lead_twins t
    WHERE t.workspace_id = c.workspace_id
      AND t.kind = 'phone'
      AND t.value = c.phone
  ) AS same
  CROSS JOIN LATERAL (
    SELECT l.do_not_call_since
    FROM leads l
    WHERE l.workspace_id = c.workspace_id
      AND l.id = same.lead_id
      AND l.phone = c.phone
    LIMIT 1
  ) AS d
)) AS do_not_call_since, l.first_reply_at, l.created_at AS lead_created_at, l.type_id AS lead_type_id, l.city, l.state AS state_name
FROM (
  SELECT *
  FROM calls w
  WHERE w.workspace_id = $1
    AND w.offer_at > $2
    AND w.state = 'pending'
  ORDER BY w.offer_at, w.id
  LIMIT 500
) c
JOIN leads l ON l.workspace_id = c.workspace_id
  AND l.id = c.lead_id
WHERE l.workspace_id = $1
  AND coalesce(l.do_not_call_since, (
  SELECT min(d.do_not_call_since)
  FROM (
    SELECT k.lead_id
    FROM lead_keys k
    WHERE k.workspace_id = c.workspace_id
      AND k.kind = 'phone'
      AND k.value = c.phone
    UNION ALL
    SELECT t.lead_id
    FROM lead_twins t
    WHERE t.workspace_id = c.workspace_id
      AND t.kind = 'phone'
      AND t.value = c.phone
  ) AS same
  CROSS JOIN LATERAL (
    SELECT l.do_not_call_since
    FROM leads l
    WHERE l.workspace_id = c.workspace_id
      AND l.id = same.lead_id
      AND l.phone = c.phone
    LIMIT 1
  ) AS d
)) IS NULL
  AND l.owner_id = ANY ($3::uuid[])
ORDER BY c.offer_at, c.id
LIMIT $4;

-- A call by its id, as seen by own
SELECT c.id, c.lead_id, c.type_id, c.phone, c.state, c.due_at, c.attempts, c.claim_id, c.claimed_by, c.claim_expires_at, c.outcome, c.note, c.callback, c.priority, c.again, c.skips, c.offer_at, c.member_id, c.outcome_id, c.started_at, c.talk_seconds, c.ended_at, c.only_listed, c.created_at, c.updated_at, c.rank, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name, l.company_name, l.phone AS lead_phone, l.phone_sent, coalesce(l.do_not_call_since, (
  SELECT min(d.do_not_call_since)
  FROM (
    SELECT k.lead_id
    FROM lead_keys k
    WHERE k.workspace_id = c.workspace_id
      AND k.kind = 'phone'
      AND k.value = c.phone
    UNION ALL
    SELECT t.lead_id
    FROM lead_twins t
    WHERE t.workspace_id = c.workspace_id
      AND t.kind = 'phone'
      AND t.value = c.phone
  ) AS same
  CROSS JOIN LATERAL (
    SELECT l.do_not_call_since
    FROM leads l
    WHERE l.workspace_id = c.workspace_id
      AND l.id = same.lead_id
      AND l.phone = c.phone
    LIMIT 1
  ) AS d
)) AS do_not_call_since, l.first_reply_at, l.created_at AS lead_created_at, l.type_id AS lead_type_id, l.city, l.state AS state_name
FROM calls c
JOIN leads l ON l.workspace_id = c.workspace_id
  AND l.id = c.lead_id
WHERE c.workspace_id = $1
  AND c.id = $3
  AND c.state IN ('pending', 'claimed')
  AND l.owner_id = ANY ($4::uuid[])
ORDER BY (c.state = 'pending' OR (c.state = 'claimed' AND c.claim_expires_at <= $2))
  AND NOT EXISTS (
  SELECT 1
  FROM calls o
  WHERE o.workspace_id = c.workspace_id
    AND o.lead_id = c.lead_id
    AND o.id <> c.id
    AND o.state = 'claimed'
    AND o.claim_expires_at > $2
) DESC, c.rank, c.offer_at, c.id
LIMIT 1;

-- Leads of a list to call, as seen by own
SELECT l.id, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS name, l.company_name, coalesce(c.phone, l.phone, l.other_phone) AS phone, l.city, l.state AS state_name, coalesce(l.do_not_call_since, (
  SELECT min(d.do_not_call_since)
  FROM (
    SELECT k.lead_id
    FROM lead_keys k
    WHERE k.workspace_id = l.workspace_id
      AND k.kind = 'phone'
      AND k.value = coalesce(c.phone, l.phone, l.other_phone)
    UNION ALL
    SELECT t.lead_id
    FROM lead_twins t
    WHERE t.workspace_id = l.workspace_id
      AND t.kind = 'phone'
      AND t.value = coalesce(c.phone, l.phone, l.other_phone)
  ) AS same
  CROSS JOIN LATERAL (
    SELECT l.do_not_call_since
    FROM leads l
    WHERE l.workspace_id = l.workspace_id
      AND l.id = same.lead_id
      AND l.phone = coalesce(c.phone, l.phone, l.other_phone)
    LIMIT 1
  ) AS d
)) AS do_not_call_since, coalesce(c.type_id, l.type_id) AS type_id, c.id AS call_id, CASE WHEN c.callback THEN c.due_at END AS callback_at, (
  SELECT coalesce(h.member_id::text, 'somebody')
  FROM calls h
  WHERE h.workspace_id = $1
    AND h.lead_id = l.id
    AND h.state = 'claimed'
    AND h.claim_expires_at > $3
  LIMIT 1
) AS held_by, EXISTS (
  SELECT 1
  FROM calls d
  WHERE d.workspace_id = $1
    AND d.lead_id = l.id
    AND (d.ended_at >= $4 OR d.skips > 0 AND d.state IN ('pending', 'cancelled') AND d.updated_at >= $5)
) AS is_done
FROM unnest($2::uuid[])
WITH ORDINALITY AS wanted (id, place)
JOIN leads l ON l.workspace_id = $1
  AND l.id = wanted.id
LEFT JOIN LATERAL (
  SELECT w.id, w.phone, w.type_id, w.callback, w.due_at
  FROM calls w
  WHERE w.workspace_id = $1
    AND w.lead_id = l.id
    AND w.state IN ('pending', 'claimed')
  ORDER BY w.rank, w.offer_at, w.id
  LIMIT 1
) AS c ON true
WHERE l.workspace_id = $1
  AND l.owner_id = ANY ($6::uuid[])
ORDER BY wanted.place;

-- Figures of the queue, as seen by own
SELECT count(*)::integer AS in_queue, (count(*) FILTER (WHERE callback))::integer AS callbacks_due, min(due_at) AS oldest_due_at
FROM (
  SELECT lead_id, callback, due_at
  FROM calls c
  WHERE workspace_id = $1
    AND offer_at <= $2
    AND (state = 'pending' OR (state = 'claimed' AND claim_expires_at <= $2))
    AND state IN ('pending', 'claimed')
  ORDER BY offer_at
  LIMIT 1000
) AS due
WHERE EXISTS (
  SELECT 1
  FROM leads l
  WHERE l.workspace_id = $1
    AND l.owner_id = ANY ($3::uuid[])
    AND l.id = due.lead_id
);

-- Due calls of a rank, as seen by team
SELECT c.id, c.lead_id, c.type_id, c.phone, c.state, c.due_at, c.attempts, c.claim_id, c.claimed_by, c.claim_expires_at, c.outcome, c.note, c.callback, c.priority, c.again, c.skips, c.offer_at, c.member_id, c.outcome_id, c.started_at, c.talk_seconds, c.ended_at, c.only_listed, c.created_at, c.updated_at, c.rank, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name, l.company_name, l.phone AS lead_phone, l.phone_sent, coalesce(l.do_not_call_since, (
  SELECT min(d.do_not_call_since)
  FROM (
    SELECT k.lead_id
    FROM lead_keys k
    WHERE k.workspace_id = c.workspace_id
      AND k.kind = 'phone'
      AND k.value = c.phone
    UNION ALL
    SELECT t.lead_id
    FROM lead_twins t
    WHERE t.workspace_id = c.workspace_id
      AND t.kind = 'phone'
      AND t.value = c.phone
  ) AS same
  CROSS JOIN LATERAL (
    SELECT l.do_not_call_since
    FROM leads l
    WHERE l.workspace_id = c.workspace_id
      AND l.id = same.lead_id
      AND l.phone = c.phone
    LIMIT 1
  ) AS d
)) AS do_not_call_since, l.first_reply_at, l.created_at AS lead_created_at, l.type_id AS lead_type_id, l.city, l.state AS state_name
FROM (
  SELECT *
  FROM calls w
  WHERE w.workspace_id = $1
    AND w.rank = $3
    AND w.offer_at <= $2
    AND w.state IN ('pending', 'claimed')
    AND (w.state = 'pending' OR (w.state = 'claimed' AND w.claim_expires_at <= $2))
    AND NOT EXISTS (
    SELECT 1
    FROM calls o
    WHERE o.workspace_id = w.workspace_id
      AND o.lead_id = w.lead_id
      AND o.id <> w.id
      AND o.state = 'claimed'
      AND o.claim_expires_at > $2
  )
  ORDER BY w.offer_at, w.id
  LIMIT 500
) c
JOIN leads l ON l.workspace_id = c.workspace_id
  AND l.id = c.lead_id
WHERE l.workspace_id = $1
  AND (l.owner_id = ANY ($5::uuid[]) OR l.department_id = ANY ($6::uuid[]))
ORDER BY c.offer_at, c.id
LIMIT $4;
WITH mine AS MATERIALIZED (
  SELECT l.id
  FROM leads l
  WHERE l.workspace_id = $1
    AND (l.owner_id = ANY ($5::uuid[]) OR l.department_id = ANY ($6::uuid[]))
)
SELECT c.id, c.lead_id, c.type_id, c.phone, c.state, c.due_at, c.attempts, c.claim_id, c.claimed_by, c.claim_expires_at, c.outcome, c.note, c.callback, c.priority, c.again, c.skips, c.offer_at, c.member_id, c.outcome_id, c.started_at, c.talk_seconds, c.ended_at, c.only_listed, c.created_at, c.updated_at, c.rank, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name, l.company_name, l.phone AS lead_phone, l.phone_sent, coalesce(l.do_not_call_since, (
  SELECT min(d.do_not_call_since)
  FROM (
    SELECT k.lead_id
    FROM lead_keys k
    WHERE k.workspace_id = c.workspace_id
      AND k.kind = 'phone'
      AND k.value = c.phone
    UNION ALL
    SELECT t.lead_id
    FROM lead_twins t
    WHERE t.workspace_id = c.workspace_id
      AND t.kind = 'phone'
      AND t.value = c.phone
  ) AS same
  CROSS JOIN LATERAL (
    SELECT l.do_not_call_since
    FROM leads l
    WHERE l.workspace_id = c.workspace_id
      AND l.id = same.lead_id
      AND l.phone = c.phone
    LIMIT 1
  ) AS d
)) AS do_not_call_since, l.first_reply_at, l.created_at AS lead_created_at, l.type_id AS lead_type_id, l.city, l.state AS state_name
FROM mine
JOIN calls c ON c.workspace_id = $1
  AND c.lead_id = mine.id
JOIN leads l ON l.workspace_id = $1
  AND l.id = mine.id
WHERE c.rank = $3
  AND c.offer_at <= $2
  AND c.state IN ('pending', 'claimed')
  AND (c.state = 'pending' OR (c.state = 'claimed' AND c.claim_expires_at <= $2))
  AND NOT EXISTS (
  SELECT 1
  FROM calls o
  WHERE o.workspace_id = c.workspace_id
    AND o.lead_id = c.lead_id
    AND o.id <> c.id
    AND o.state = 'claimed'
    AND o.claim_expires_at > $2
)
ORDER BY c.offer_at, c.id
LIMIT $4;

-- Due calls of a rank and a type, as seen by team
SELECT c.id, c.lead_id, c.type_id, c.phone, c.state, c.due_at, c.attempts, c.claim_id, c.claimed_by, c.claim_expires_at, c.outcome, c.note, c.callback, c.priority, c.again, c.skips, c.offer_at, c.member_id, c.outcome_id, c.started_at, c.talk_seconds, c.ended_at, c.only_listed, c.created_at, c.updated_at, c.rank, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name, l.company_name, l.phone AS lead_phone, l.phone_sent, coalesce(l.do_not_call_since, (
  SELECT min(d.do_not_call_since)
  FROM (
    SELECT k.lead_id
    FROM lead_keys k
    WHERE k.workspace_id = c.workspace_id
      AND k.kind = 'phone'
      AND k.value = c.phone
    UNION ALL
    SELECT t.lead_id
    FROM lead_twins t
    WHERE t.workspace_id = c.workspace_id
      AND t.kind = 'phone'
      AND t.value = c.phone
  ) AS same
  CROSS JOIN LATERAL (
    SELECT l.do_not_call_since
    FROM leads l
    WHERE l.workspace_id = c.workspace_id
      AND l.id = same.lead_id
      AND l.phone = c.phone
    LIMIT 1
  ) AS d
)) AS do_not_call_since, l.first_reply_at, l.created_at AS lead_created_at, l.type_id AS lead_type_id, l.city, l.state AS state_name
FROM (
  SELECT *
  FROM calls w
  WHERE w.workspace_id = $1
    AND w.rank = $3
    AND w.offer_at <= $2
    AND w.type_id = $5
    AND w.state IN ('pending', 'claimed')
    AND (w.state = 'pending' OR (w.state = 'claimed' AND w.claim_expires_at <= $2))
    AND NOT EXISTS (
    SELECT 1
    FROM calls o
    WHERE o.workspace_id = w.workspace_id
      AND o.lead_id = w.lead_id
      AND o.id <> w.id
      AND o.state = 'claimed'
      AND o.claim_expires_at > $2
  )
  ORDER BY w.offer_at, w.id
  LIMIT 500
) c
JOIN leads l ON l.workspace_id = c.workspace_id
  AND l.id = c.lead_id
WHERE l.workspace_id = $1
  AND (l.owner_id = ANY ($6::uuid[]) OR l.department_id = ANY ($7::uuid[]))
ORDER BY c.offer_at, c.id
LIMIT $4;
WITH mine AS MATERIALIZED (
  SELECT l.id
  FROM leads l
  WHERE l.workspace_id = $1
    AND (l.owner_id = ANY ($6::uuid[]) OR l.department_id = ANY ($7::uuid[]))
)
SELECT c.id, c.lead_id, c.type_id, c.phone, c.state, c.due_at, c.attempts, c.claim_id, c.claimed_by, c.claim_expires_at, c.outcome, c.note, c.callback, c.priority, c.again, c.skips, c.offer_at, c.member_id, c.outcome_id, c.started_at, c.talk_seconds, c.ended_at, c.only_listed, c.created_at, c.updated_at, c.rank, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name, l.company_name, l.phone AS lead_phone, l.phone_sent, coalesce(l.do_not_call_since, (
  SELECT min(d.do_not_call_since)
  FROM (
    SELECT k.lead_id
    FROM lead_keys k
    WHERE k.workspace_id = c.workspace_id
      AND k.kind = 'phone'
      AND k.value = c.phone
    UNION ALL
    SELECT t.lead_id
    FROM lead_twins t
    WHERE t.workspace_id = c.workspace_id
      AND t.kind = 'phone'
      AND t.value = c.phone
  ) AS same
  CROSS JOIN LATERAL (
    SELECT l.do_not_call_since
    FROM leads l
    WHERE l.workspace_id = c.workspace_id
      AND l.id = same.lead_id
      AND l.phone = c.phone
    LIMIT 1
  ) AS d
)) AS do_not_call_since, l.first_reply_at, l.created_at AS lead_created_at, l.type_id AS lead_type_id, l.city, l.state AS state_name
FROM mine
JOIN calls c ON c.workspace_id = $1
  AND c.lead_id = mine.id
JOIN leads l ON l.workspace_id = $1
  AND l.id = mine.id
WHERE c.rank = $3
  AND c.offer_at <= $2
  AND c.type_id = $5
  AND c.state IN ('pending', 'claimed')
  AND (c.state = 'pending' OR (c.state = 'claimed' AND c.claim_expires_at <= $2))
  AND NOT EXISTS (
  SELECT 1
  FROM calls o
  WHERE o.workspace_id = c.workspace_id
    AND o.lead_id = c.lead_id
    AND o.id <> c.id
    AND o.state = 'claimed'
    AND o.claim_expires_at > $2
)
ORDER BY c.offer_at, c.id
LIMIT $4;

-- Calls that wait for their time, as seen by team
SELECT c.id, c.lead_id, c.type_id, c.phone, c.state, c.due_at, c.attempts, c.claim_id, c.claimed_by, c.claim_expires_at, c.outcome, c.note, c.callback, c.priority, c.again, c.skips, c.offer_at, c.member_id, c.outcome_id, c.started_at, c.talk_seconds, c.ended_at, c.only_listed, c.created_at, c.updated_at, c.rank, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name, l.company_name, l.phone AS lead_phone, l.phone_sent, coalesce(l.do_not_call_since, (
  SELECT min(d.do_not_call_since)
  FROM (
    SELECT k.lead_id
    FROM lead_keys k
    WHERE k.workspace_id = c.workspace_id
      AND k.kind = 'phone'
      AND k.value = c.phone
    UNION ALL
    SELECT t.lead_id
    FROM lead_twins t
    WHERE t.workspace_id = c.workspace_id
      AND t.kind = 'phone'
      AND t.value = c.phone
  ) AS same
  CROSS JOIN LATERAL (
    SELECT l.do_not_call_since
    FROM leads l
    WHERE l.workspace_id = c.workspace_id
      AND l.id = same.lead_id
      AND l.phone = c.phone
    LIMIT 1
  ) AS d
)) AS do_not_call_since, l.first_reply_at, l.created_at AS lead_created_at, l.type_id AS lead_type_id, l.city, l.state AS state_name
FROM (
  SELECT *
  FROM calls w
  WHERE w.workspace_id = $1
    AND w.offer_at > $2
    AND w.state = 'pending'
  ORDER BY w.offer_at, w.id
  LIMIT 500
) c
JOIN leads l ON l.workspace_id = c.workspace_id
  AND l.id = c.lead_id
WHERE l.workspace_id = $1
  AND coalesce(l.do_not_call_since, (
  SELECT min(d.do_not_call_since)
  FROM (
    SELECT k.lead_id
    FROM lead_keys k
    WHERE k.workspace_id = c.workspace_id
      AND k.kind = 'phone'
      AND k.value = c.phone
    UNION ALL
    SELECT t.lead_id
    FROM lead_twins t
    WHERE t.workspace_id = c.workspace_id
      AND t.kind = 'phone'
      AND t.value = c.phone
  ) AS same
  CROSS JOIN LATERAL (
    SELECT l.do_not_call_since
    FROM leads l
    WHERE l.workspace_id = c.workspace_id
      AND l.id = same.lead_id
      AND l.phone = c.phone
    LIMIT 1
  ) AS d
)) IS NULL
  AND (l.owner_id = ANY ($3::uuid[]) OR l.department_id = ANY ($4::uuid[]))
ORDER BY c.offer_at, c.id
LIMIT $5;

-- A call by its id, as seen by team
SELECT c.id, c.lead_id, c.type_id, c.phone, c.state, c.due_at, c.attempts, c.claim_id, c.claimed_by, c.claim_expires_at, c.outcome, c.note, c.callback, c.priority, c.again, c.skips, c.offer_at, c.member_id, c.outcome_id, c.started_at, c.talk_seconds, c.ended_at, c.only_listed, c.created_at, c.updated_at, c.rank, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name, l.company_name, l.phone AS lead_phone, l.phone_sent, coalesce(l.do_not_call_since, (
  SELECT min(d.do_not_call_since)
  FROM (
    SELECT k.lead_id
    FROM lead_keys k
    WHERE k.workspace_id = c.workspace_id
      AND k.kind = 'phone'
      AND k.value = c.phone
    UNION ALL
    SELECT t.lead_id
    FROM lead_twins t
    WHERE t.workspace_id = c.workspace_id
      AND t.kind = 'phone'
      AND t.value = c.phone
  ) AS same
  CROSS JOIN LATERAL (
    SELECT l.do_not_call_since
    FROM leads l
    WHERE l.workspace_id = c.workspace_id
      AND l.id = same.lead_id
      AND l.phone = c.phone
    LIMIT 1
  ) AS d
)) AS do_not_call_since, l.first_reply_at, l.created_at AS lead_created_at, l.type_id AS lead_type_id, l.city, l.state AS state_name
FROM calls c
JOIN leads l ON l.workspace_id = c.workspace_id
  AND l.id = c.lead_id
WHERE c.workspace_id = $1
  AND c.id = $3
  AND c.state IN ('pending', 'claimed')
  AND (l.owner_id = ANY ($4::uuid[]) OR l.department_id = ANY ($5::uuid[]))
ORDER BY (c.state = 'pending' OR (c.state = 'claimed' AND c.claim_expires_at <= $2))
  AND NOT EXISTS (
  SELECT 1
  FROM calls o
  WHERE o.workspace_id = c.workspace_id
    AND o.lead_id = c.lead_id
    AND o.id <> c.id
    AND o.state = 'claimed'
    AND o.claim_expires_at > $2
) DESC, c.rank, c.offer_at, c.id
LIMIT 1;

-- Leads of a list to call, as seen by team
SELECT l.id, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS name, l.company_name, coalesce(c.phone, l.phone, l.other_phone) AS phone, l.city, l.state AS state_name, coalesce(l.do_not_call_since, (
  SELECT min(d.do_not_call_since)
  FROM (
    SELECT k.lead_id
    FROM lead_keys k
    WHERE k.workspace_id = l.workspace_id
      AND k.kind = 'phone'
      AND k.value = coalesce(c.phone, l.phone, l.other_phone)
    UNION ALL
    SELECT t.lead_id
    FROM lead_twins t
    WHERE t.workspace_id = l.workspace_id
      AND t.kind = 'phone'
      AND t.value = coalesce(c.phone, l.phone, l.other_phone)
  ) AS same
  CROSS JOIN LATERAL (
    SELECT l.do_not_call_since
    FROM leads l
    WHERE l.workspace_id = l.workspace_id
      AND l.id = same.lead_id
      AND l.phone = coalesce(c.phone, l.phone, l.other_phone)
    LIMIT 1
  ) AS d
)) AS do_not_call_since, coalesce(c.type_id, l.type_id) AS type_id, c.id AS call_id, CASE WHEN c.callback THEN c.due_at END AS callback_at, (
  SELECT coalesce(h.member_id::text, 'somebody')
  FROM calls h
  WHERE h.workspace_id = $1
    AND h.lead_id = l.id
    AND h.state = 'claimed'
    AND h.claim_expires_at > $3
  LIMIT 1
) AS held_by, EXISTS (
  SELECT 1
  FROM calls d
  WHERE d.workspace_id = $1
    AND d.lead_id = l.id
    AND (d.ended_at >= $4 OR d.skips > 0 AND d.state IN ('pending', 'cancelled') AND d.updated_at >= $5)
) AS is_done
FROM unnest($2::uuid[])
WITH ORDINALITY AS wanted (id, place)
JOIN leads l ON l.workspace_id = $1
  AND l.id = wanted.id
LEFT JOIN LATERAL (
  SELECT w.id, w.phone, w.type_id, w.callback, w.due_at
  FROM calls w
  WHERE w.workspace_id = $1
    AND w.lead_id = l.id
    AND w.state IN ('pending', 'claimed')
  ORDER BY w.rank, w.offer_at, w.id
  LIMIT 1
) AS c ON true
WHERE l.workspace_id = $1
  AND (l.owner_id = ANY ($6::uuid[]) OR l.department_id = ANY ($7::uuid[]))
ORDER BY wanted.place;

-- Figures of the queue, as seen by team
SELECT count(*)::integer AS in_queue, (count(*) FILTER (WHERE callback))::integer AS callbacks_due, min(due_at) AS oldest_due_at
FROM (
  SELECT lead_id, callback, due_at
  FROM calls c
  WHERE workspace_id = $1
    AND offer_at <= $2
    AND (state = 'pending' OR (state = 'claimed' AND claim_expires_at <= $2))
    AND state IN ('pending', 'claimed')
  ORDER BY offer_at
  LIMIT 1000
) AS due
WHERE EXISTS (
  SELECT 1
  FROM leads l
  WHERE l.workspace_id = $1
    AND (l.owner_id = ANY ($3::uuid[]) OR l.department_id = ANY ($4::uuid[]))
    AND l.id = due.lead_id
);

-- The waiting call of a lead
SELECT c.id, c.lead_id, c.type_id, c.phone, c.state, c.due_at, c.attempts, c.claim_id, c.claimed_by, c.claim_expires_at, c.outcome, c.note, c.callback, c.priority, c.again, c.skips, c.offer_at, c.member_id, c.outcome_id, c.started_at, c.talk_seconds, c.ended_at, c.only_listed, c.created_at, c.updated_at, c.rank, coalesce(l.name, l.company_name, l.phone, l.email, 'Lead ' || l.number) AS lead_name, l.company_name, l.phone AS lead_phone, l.phone_sent, coalesce(l.do_not_call_since, (
  SELECT min(d.do_not_call_since)
  FROM (
    SELECT k.lead_id
    FROM lead_keys k
    WHERE k.workspace_id = c.workspace_id
      AND k.kind = 'phone'
      AND k.value = c.phone
    UNION ALL
    SELECT t.lead_id
    FROM lead_twins t
    WHERE t.workspace_id = c.workspace_id
      AND t.kind = 'phone'
      AND t.value = c.phone
  ) AS same
  CROSS JOIN LATERAL (
    SELECT l.do_not_call_since
    FROM leads l
    WHERE l.workspace_id = c.workspace_id
      AND l.id = same.lead_id
      AND l.phone = c.phone
    LIMIT 1
  ) AS d
)) AS do_not_call_since, l.first_reply_at, l.created_at AS lead_created_at, l.type_id AS lead_type_id, l.city, l.state AS state_name
FROM calls c
JOIN leads l ON l.workspace_id = c.workspace_id
  AND l.id = c.lead_id
WHERE c.workspace_id = $1
  AND c.lead_id = $3
  AND c.state IN ('pending', 'claimed')
ORDER BY (c.state = 'pending' OR (c.state = 'claimed' AND c.claim_expires_at <= $2))
  AND NOT EXISTS (
  SELECT 1
  FROM calls o
  WHERE o.workspace_id = c.workspace_id
    AND o.lead_id = c.lead_id
    AND o.id <> c.id
    AND o.state = 'claimed'
    AND o.claim_expires_at > $2
) DESC, c.rank, c.offer_at, c.id
LIMIT 1;

-- Calls of a day by member
SELECT a.member_id, count(*)::integer AS calls, (count(*) FILTER (WHERE o.reached))::integer AS reached, coalesce(sum(a.talk_seconds), 0)::integer AS talk_seconds, min(coalesce(a.started_at, a.ended_at)) AS first_at
FROM call_attempts a
LEFT JOIN call_outcomes o ON o.workspace_id = a.workspace_id
  AND o.id = a.outcome_id
WHERE a.workspace_id = $1
  AND a.ended_at >= $2
  AND a.member_id IS NOT NULL
  AND ($3::uuid = a.member_id OR $3 IS NULL AND EXISTS (
  SELECT 1
  FROM leads l
  WHERE l.workspace_id = a.workspace_id
    AND l.id = a.lead_id
))
GROUP BY a.member_id;
