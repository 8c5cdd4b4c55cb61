-- A call that exists only because somebody works through a list of leads. Null for every other: old copies in the bin lack it.
ALTER TABLE calls ADD COLUMN only_listed boolean;

-- As before, but for such calls, which nobody else is to be offered.
CREATE OR REPLACE FUNCTION let_go_of_calls(ws uuid, member uuid) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public
BEGIN ATOMIC
  UPDATE calls SET state = CASE WHEN only_listed THEN 'cancelled' ELSE 'pending' END, claim_id = NULL, claimed_by = NULL,
      claim_expires_at = NULL, member_id = NULL, started_at = NULL, updated_at = now()
    WHERE workspace_id = ws AND member_id = member AND state = 'claimed';
  UPDATE agents SET state = 'offline', reason = NULL, call_id = NULL, since = now()
    WHERE workspace_id = ws AND member_id = member AND state <> 'offline';
END;

-- The audit log by person and by kind, newest first.
CREATE INDEX audit_log_by_actor ON audit_log (workspace_id, actor, id);
CREATE INDEX audit_log_by_action ON audit_log (workspace_id, action, id);

-- Sessions in which an owner looks around as a sample member, each opened from a session of theirs and ended with it.
CREATE TABLE demo_sessions (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  opened_from uuid NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, id) REFERENCES sessions ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, opened_from) REFERENCES sessions ON DELETE CASCADE
);
SELECT protect('demo_sessions');
CREATE INDEX demo_sessions_opened_from ON demo_sessions (workspace_id, opened_from);
GRANT SELECT, INSERT ON demo_sessions TO leadwell_app;
CREATE FUNCTION end_demo_sessions() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE sessions s SET ended_at = NEW.ended_at FROM demo_sessions d
    WHERE d.workspace_id = NEW.workspace_id AND d.opened_from = NEW.id
      AND s.workspace_id = d.workspace_id AND s.id = d.id AND s.ended_at IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER end_demo AFTER UPDATE OF ended_at ON sessions
  FOR EACH ROW WHEN (NEW.kind = 'web' AND OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL)
  EXECUTE FUNCTION end_demo_sessions();
