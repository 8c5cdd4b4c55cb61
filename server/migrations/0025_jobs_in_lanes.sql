-- Jobs in lanes: claims that can be told apart, why a job failed, and jobs that start by the clock.
ALTER TABLE jobs
  -- Who works on it now. Whatever another process still brings from an earlier claim does not count.
  ADD COLUMN claim_id uuid,
  -- Why the last attempt failed, or what it waits for, in plain words that name no person.
  ADD COLUMN reason text;
CREATE INDEX jobs_waiting ON jobs (workspace_id, id) WHERE state IN ('queued', 'running');
CREATE INDEX jobs_by_state ON jobs (workspace_id, state, id);

DROP FUNCTION workspaces_with_jobs(timestamptz);
CREATE FUNCTION workspaces_with_jobs(kinds text[], at timestamptz) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public BEGIN ATOMIC
  SELECT DISTINCT workspace_id FROM jobs
    WHERE state IN ('queued', 'running') AND run_at <= at AND kind = ANY (kinds);
END;
REVOKE EXECUTE ON FUNCTION workspaces_with_jobs(text[], timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION workspaces_with_jobs(text[], timestamptz) TO leadwell_app;
