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

-- When each job that starts by the clock starts next. Of several processes the one that moves next_at on enqueues the job.
CREATE TABLE job_schedules (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  name text NOT NULL,
  -- What next_at was calculated from: it is calculated anew when the server or the workspace has another.
  rule text NOT NULL,
  time_zone text NOT NULL,
  next_at timestamptz NOT NULL,
  last_at timestamptz,
  -- The job that it started last; there may be no such job any more.
  last_job_id uuid,
  PRIMARY KEY (workspace_id, name)
);
SELECT protect('job_schedules');
GRANT SELECT, INSERT, UPDATE ON job_schedules TO leadwell_app;

-- Workspaces in which one of these schedules is due, new, or calculated from something else.
CREATE FUNCTION workspaces_to_schedule(names text[], rules text[], at timestamptz) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public BEGIN ATOMIC
  SELECT w.id FROM workspaces w WHERE EXISTS (
    SELECT FROM unnest(names, rules) AS wanted (name, rule)
      LEFT JOIN job_schedules s ON s.workspace_id = w.id AND s.name = wanted.name
      WHERE s.next_at IS NULL OR s.next_at <= at OR s.rule <> wanted.rule OR s.time_zone <> w.time_zone);
END;
REVOKE EXECUTE ON FUNCTION workspaces_to_schedule(text[], text[], timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION workspaces_to_schedule(text[], text[], timestamptz) TO leadwell_app;

-- The removal of old records is one of them.
INSERT INTO job_schedules (workspace_id, name, rule, time_zone, next_at, last_at)
  SELECT r.workspace_id, 'retention', 'every 1440 minutes', w.time_zone, date_trunc('milliseconds', r.due_at), r.started_at
    FROM retention r JOIN workspaces w ON w.id = r.workspace_id;
DROP FUNCTION workspaces_due_for_retention(timestamptz);
ALTER TABLE retention DROP COLUMN due_at;
