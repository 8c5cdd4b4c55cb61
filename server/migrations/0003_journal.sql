-- The journal: every authenticated request with its answer; and the outbox of events.

-- The smallest UUIDv7 of an instant: time ranges as ranges of ids.
CREATE FUNCTION uuid_from(at timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (lpad(to_hex(floor(extract(epoch FROM at) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid;

CREATE TABLE submissions (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  dialect text NOT NULL,
  token_id uuid,
  member_id uuid,
  received_at timestamptz NOT NULL,
  address text NOT NULL,
  method text NOT NULL,
  path text NOT NULL,
  query text NOT NULL,
  headers json NOT NULL,
  -- Byte for byte, secrets replaced; null when withheld (sign-in).
  body bytea,
  command text,
  outcome text NOT NULL CHECK (outcome IN ('accepted', 'merged', 'duplicate', 'refused', 'test', 'failed')),
  -- Kind of the problem, and its places and codes.
  problem json,
  status_code smallint NOT NULL,
  answer text NOT NULL,
  answer_bytes integer NOT NULL,
  lead_id uuid,
  took_ms real NOT NULL,
  PRIMARY KEY (workspace_id, id)
) PARTITION BY RANGE (id);
SELECT protect('submissions');
CREATE INDEX submissions_by_lead ON submissions (workspace_id, lead_id, id) WHERE lead_id IS NOT NULL;
CREATE INDEX submissions_in_quarantine ON submissions (workspace_id, id) WHERE outcome IN ('refused', 'failed');
GRANT SELECT, INSERT, UPDATE ON submissions TO leadwell_app;

-- One partition a month, by the time in the id; what has none yet goes to the default one.
CREATE TABLE submissions_default PARTITION OF submissions DEFAULT;
SELECT protect('submissions_default');

CREATE FUNCTION make_submission_partition(month date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE partition text := 'submissions_' || to_char(month, 'YYYY_MM');
BEGIN
  IF to_regclass('public.' || partition) IS NULL THEN
    EXECUTE format('CREATE TABLE public.%I PARTITION OF public.submissions FOR VALUES FROM (%L) TO (%L)', partition,
      public.uuid_from(date_trunc('month', month::timestamp) AT TIME ZONE 'UTC'),
      public.uuid_from((date_trunc('month', month::timestamp) + interval '1 month') AT TIME ZONE 'UTC'));
    PERFORM public.protect(('public.' || partition)::regclass);
  END IF;
END $$;
REVOKE EXECUTE ON FUNCTION make_submission_partition(date) FROM PUBLIC;

-- A kept request tried again: what came of it, beside what its sender was told at the time.
CREATE TABLE replays (
  workspace_id uuid NOT NULL,
  submission_id uuid NOT NULL,
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  edited_body bytea,
  outcome text NOT NULL,
  status_code smallint NOT NULL,
  answer text NOT NULL,
  problem json,
  lead_id uuid,
  PRIMARY KEY (workspace_id, submission_id, id),
  FOREIGN KEY (workspace_id, submission_id) REFERENCES submissions
);
SELECT protect('replays');
GRANT SELECT, INSERT ON replays TO leadwell_app;

-- Same key or same content, same answer. Taken in the transaction that answers.
CREATE TABLE idempotency (
  workspace_id uuid NOT NULL,
  -- key:<token> or content:<token>
  scope text NOT NULL,
  key bytea NOT NULL,
  fingerprint bytea NOT NULL,
  submission_id uuid NOT NULL,
  lead_id uuid,
  status_code smallint NOT NULL,
  answer text NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, scope, key)
);
SELECT protect('idempotency');
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency TO leadwell_app;

-- Facts for the outside, with their payload as it was.
CREATE TABLE events (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  type text NOT NULL,
  lead_id uuid,
  lead_version bigint,
  payload json NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
SELECT protect('events');
GRANT SELECT, INSERT, UPDATE ON events TO leadwell_app;
