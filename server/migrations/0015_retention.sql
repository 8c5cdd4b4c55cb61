-- How long what is kept besides leads stays, for each workspace, and what the last run removed.
CREATE TABLE retention (
  workspace_id uuid PRIMARY KEY REFERENCES workspaces ON DELETE CASCADE,
  -- Days; 0 removes at the next run, null never.
  accepted_days integer DEFAULT 90 CHECK (accepted_days BETWEEN 0 AND 3650),
  refused_days integer DEFAULT 365 CHECK (refused_days BETWEEN 0 AND 3650),
  deleted_days integer DEFAULT 30 CHECK (deleted_days BETWEEN 0 AND 3650),
  event_days integer DEFAULT 90 CHECK (event_days BETWEEN 0 AND 3650),
  due_at timestamptz NOT NULL,
  started_at timestamptz,
  finished_at timestamptz,
  removed jsonb NOT NULL DEFAULT '{}',
  -- Requests up to these ids have been dealt with.
  accepted_to uuid,
  refused_to uuid,
  deleted_to uuid
);
SELECT protect('retention');
GRANT SELECT, INSERT, UPDATE ON retention TO leadwell_app;

-- What remains of a request whose contents were removed: when, from where, with what outcome, and the digest of its body.
ALTER TABLE submissions
  ADD COLUMN body_bytes integer,
  ADD COLUMN body_sha256 bytea,
  ADD COLUMN removed_at timestamptz,
  ADD COLUMN removed_because text CHECK (removed_because IN ('retention', 'erasure'));
ALTER TABLE replays ADD COLUMN edited_body_sha256 bytea;
GRANT UPDATE (edited_body, edited_body_sha256, edited_query, answer, problem) ON replays TO leadwell_app;
GRANT DELETE ON events, jobs TO leadwell_app;

-- Reads with operators that decode no text: stored problems may hold characters that PostgreSQL's text cannot.
CREATE FUNCTION problem_without_contents(problem json) RETURNS json LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN problem IS NULL THEN NULL ELSE json_strip_nulls(json_build_object(
    'kind', problem -> 'kind', 'code', problem -> 'code', 'reason', problem -> 'reason', 'what', problem -> 'what',
    'limitBytes', problem -> 'limitBytes', 'retryAfterSeconds', problem -> 'retryAfterSeconds',
    'detail', CASE WHEN problem -> 'detail' IS NOT NULL THEN '' END, 'allowed', problem -> 'allowed',
    'issues', CASE WHEN json_typeof(problem -> 'issues') = 'array' THEN (
      SELECT coalesce(json_agg(json_build_object('at', coalesce(issue -> 'field', '""'), 'field', issue -> 'field',
        'code', issue -> 'code')), '[]') FROM json_array_elements(problem -> 'issues') AS issue) END)) END;
GRANT EXECUTE ON FUNCTION problem_without_contents(json) TO leadwell_app;

-- A path keeps what names the endpoint; parts that could name a person are left out.
CREATE FUNCTION path_without_values(path text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN regexp_replace(path, '/(?!v[0-9]+(/|$))[^/]*[^a-zA-Z_./-][^/]*', '/...', 'g');
GRANT EXECUTE ON FUNCTION path_without_values(text) TO leadwell_app;

-- Removes the contents of requests and of their replays; the books stay. Returns how many had contents.
CREATE FUNCTION remove_request_contents(ids uuid[], because text, at timestamptz) RETURNS bigint
  LANGUAGE sql VOLATILE BEGIN ATOMIC
  UPDATE replays SET edited_body_sha256 = sha256(edited_body), edited_body = NULL, edited_query = NULL, answer = '',
      problem = problem_without_contents(problem)
    WHERE workspace_id = current_workspace() AND submission_id = ANY (ids);
  WITH emptied AS (
    UPDATE submissions SET body_bytes = length(body), body_sha256 = sha256(body), body = NULL, query = '', headers = '{}',
        path = path_without_values(path), address = '', answer = '', problem = problem_without_contents(problem),
        dismissed_at = CASE WHEN outcome IN ('refused', 'failed') THEN coalesce(dismissed_at, at) ELSE dismissed_at END,
        removed_at = at, removed_because = because
      WHERE workspace_id = current_workspace() AND id = ANY (ids) AND removed_at IS NULL
      RETURNING 1
  )
  SELECT count(*) FROM emptied;
END;
GRANT EXECUTE ON FUNCTION remove_request_contents(uuid[], text, timestamptz) TO leadwell_app;

-- Workspaces whose daily run is due. One without a row has never run: it is due a day after it was created.
CREATE FUNCTION workspaces_due_for_retention(at timestamptz) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public BEGIN ATOMIC
  SELECT w.id FROM workspaces w LEFT JOIN retention r ON r.workspace_id = w.id
    WHERE coalesce(r.due_at, w.created_at + interval '1 day') <= workspaces_due_for_retention.at;
END;
REVOKE EXECUTE ON FUNCTION workspaces_due_for_retention(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION workspaces_due_for_retention(timestamptz) TO leadwell_app;
