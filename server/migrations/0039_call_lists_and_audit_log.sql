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
