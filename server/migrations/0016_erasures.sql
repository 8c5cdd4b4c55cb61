-- Erasing a person: the certificates, and what recognises an erased person without saying who it is.
ALTER TABLE workspaces
  ADD COLUMN privacy_key bytea NOT NULL DEFAULT sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

CREATE TABLE erasures (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('running', 'done')),
  requested_at timestamptz NOT NULL,
  finished_at timestamptz,
  -- When it was done once more, after an older backup was restored.
  repeated_at timestamptz,
  actor text NOT NULL,
  keeps_notes boolean NOT NULL,
  identifiers_hash bytea NOT NULL,
  counts jsonb NOT NULL DEFAULT '{}',
  -- Whom to erase: only until it is done.
  subject jsonb,
  -- What another run needs to find the same records in an older backup: keyed hashes and ids.
  tombstone jsonb,
  CHECK ((state = 'running') = (subject IS NOT NULL)),
  PRIMARY KEY (workspace_id, id)
);
SELECT protect('erasures');
GRANT SELECT, INSERT, UPDATE ON erasures TO leadwell_app;

-- Keyed hashes of erased phones and emails, so that a later enquiry can be recognised.
CREATE TABLE erased_keys (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  hash bytea NOT NULL,
  erased_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, hash)
);
SELECT protect('erased_keys');
GRANT SELECT, INSERT, UPDATE ON erased_keys TO leadwell_app;

GRANT UPDATE (outcome) ON call_attempts TO leadwell_app;
GRANT UPDATE (before, after) ON job_changes TO leadwell_app;

-- The audit log cannot be changed; only what names an erased person is taken out of an entry.
CREATE FUNCTION redact_audit_entry(entry uuid, redacted jsonb) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public BEGIN ATOMIC
  UPDATE audit_log SET detail = redacted WHERE workspace_id = current_workspace() AND id = entry;
END;
REVOKE EXECUTE ON FUNCTION redact_audit_entry(uuid, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION redact_audit_entry(uuid, jsonb) TO leadwell_app;
