-- How values that senders send are to be read: for a dialect, or for one of its tokens alone.
CREATE TABLE reading_rules (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  id uuid NOT NULL,
  dialect text NOT NULL,
  -- null: whichever token it came with.
  token_id uuid,
  -- In the words of the request: type, contact.type.
  field text NOT NULL,
  value text NOT NULL,
  folded_value text NOT NULL,
  -- What is read in its place.
  meaning text NOT NULL,
  actor text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, token_id) REFERENCES tokens ON DELETE CASCADE
);
SELECT protect('reading_rules');
CREATE UNIQUE INDEX reading_rules_by_value
  ON reading_rules (workspace_id, dialect, token_id, field, folded_value) NULLS NOT DISTINCT;
GRANT SELECT, INSERT, DELETE ON reading_rules TO leadwell_app;

-- A lead type that is called sooner or later from now on moves the calls that wait, too.
CREATE FUNCTION move_waiting_calls() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE calls SET priority = NEW.call_priority
    WHERE workspace_id = NEW.workspace_id AND type_id = NEW.id AND state IN ('pending', 'claimed')
      AND priority <> NEW.call_priority;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION move_waiting_calls() FROM PUBLIC;
CREATE TRIGGER move_calls AFTER UPDATE OF call_priority ON lead_types
  FOR EACH ROW WHEN (NEW.call_priority <> OLD.call_priority) EXECUTE FUNCTION move_waiting_calls();

-- A call that was made by hand and told in words of one's own is a try as well; it was no call of the queue.
ALTER TABLE call_attempts ALTER COLUMN call_id DROP NOT NULL;
CREATE FUNCTION note_hand_call() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO call_attempts
    (workspace_id, id, lead_id, call_id, member_id, outcome_id, outcome, started_at, ended_at, talk_seconds)
  VALUES (NEW.workspace_id, NEW.id, NEW.lead_id, NULL, substr(NEW.actor, 8)::uuid,
    (SELECT o.id FROM call_outcomes o
      WHERE o.workspace_id = NEW.workspace_id AND o.folded_name = lower(NEW.detail ->> 'outcome')),
    NEW.detail ->> 'outcome', NULL, NEW.at, (NEW.detail ->> 'talk_seconds')::integer)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION note_hand_call() FROM PUBLIC;
CREATE TRIGGER hand_call AFTER INSERT ON activities FOR EACH ROW
  WHEN (NEW.kind = 'call_logged' AND NEW.actor LIKE 'member:%') EXECUTE FUNCTION note_hand_call();
INSERT INTO call_attempts (workspace_id, id, lead_id, member_id, outcome_id, outcome, ended_at, talk_seconds)
  SELECT a.workspace_id, a.id, a.lead_id, substr(a.actor, 8)::uuid, o.id, a.detail ->> 'outcome', a.at,
    (a.detail ->> 'talk_seconds')::integer
  FROM activities a LEFT JOIN call_outcomes o
    ON o.workspace_id = a.workspace_id AND o.folded_name = lower(a.detail ->> 'outcome')
  WHERE a.kind = 'call_logged' AND a.actor LIKE 'member:%';

-- What somebody has done, the last first.
CREATE INDEX tasks_done_by_assignee ON tasks (workspace_id, assignee_id, done_at, id) WHERE done_at IS NOT NULL;

-- Deals by a part of their name. As `leads_like`: row-level security lets no index be used for this.
CREATE INDEX deals_by_name ON deals USING gin (name gin_trgm_ops);
CREATE FUNCTION deals_like(pattern text, most integer) RETURNS SETOF uuid
  LANGUAGE plpgsql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public SET enable_seqscan = off SET enable_indexscan = off AS $$
BEGIN
  IF length(pattern) >= 5 THEN
    RETURN QUERY EXECUTE 'SELECT id FROM deals WHERE workspace_id = $1 AND name ILIKE $2 LIMIT $3'
      USING current_workspace(), pattern, most;
  END IF;
END $$;
REVOKE EXECUTE ON FUNCTION deals_like(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION deals_like(text, integer) TO leadwell_app;

-- Row-level security lets an index be used for a date, and not for what is made of one: tasks and deals without a date
-- stand last by themselves.
DROP INDEX tasks_open;
CREATE INDEX tasks_open ON tasks (workspace_id, due_at, id) WHERE done_at IS NULL;
DROP INDEX tasks_of_assignee;
CREATE INDEX tasks_of_assignee ON tasks (workspace_id, assignee_id, due_at, id) WHERE done_at IS NULL;
DROP INDEX deals_by_end;
CREATE INDEX deals_by_end ON deals (workspace_id, end_date, id);
