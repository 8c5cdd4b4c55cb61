-- When a lead first came to each of its statuses but the first, for reports: its timeline says the same, in too many words.
CREATE TABLE lead_moves (
  workspace_id uuid NOT NULL,
  lead_id uuid NOT NULL,
  status_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, lead_id, status_id),
  FOREIGN KEY (workspace_id, lead_id) REFERENCES leads ON DELETE CASCADE
);
SELECT protect('lead_moves');
SELECT see_with_lead('lead_moves');
GRANT SELECT ON lead_moves TO leadwell_app;

CREATE FUNCTION note_move() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO lead_moves (workspace_id, lead_id, status_id, at)
    SELECT NEW.workspace_id, NEW.lead_id, (change ->> 'to')::uuid, NEW.at
    FROM json_array_elements(NEW.detail -> 'changes') AS change
    WHERE change ->> 'field' = 'status_id' AND change ->> 'to' IS NOT NULL
    ON CONFLICT (workspace_id, lead_id, status_id) DO UPDATE SET at = least(lead_moves.at, excluded.at);
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION note_move() FROM PUBLIC;
CREATE TRIGGER move AFTER INSERT ON activities FOR EACH ROW
  WHEN (NEW.kind IN ('status_changed', 'lead_merged')) EXECUTE FUNCTION note_move();
INSERT INTO lead_moves (workspace_id, lead_id, status_id, at)
  SELECT a.workspace_id, a.lead_id, (change ->> 'to')::uuid, min(a.at)
  FROM activities a CROSS JOIN LATERAL json_array_elements(a.detail -> 'changes') AS change
  WHERE a.kind IN ('status_changed', 'lead_merged') AND change ->> 'field' = 'status_id' AND change ->> 'to' IS NOT NULL
  GROUP BY 1, 2, 3;

-- Who called how often is counted from the index alone.
DROP INDEX call_attempts_by_member;
CREATE INDEX call_attempts_by_member ON call_attempts (workspace_id, member_id, ended_at)
  INCLUDE (lead_id, outcome_id, talk_seconds);

-- A member's day: the calls that were asked for, and what is to close soon.
CREATE INDEX calls_asked_for ON calls (workspace_id, due_at, id) WHERE callback AND state IN ('pending', 'claimed');
CREATE INDEX deals_of_owner_by_end ON deals (workspace_id, owner_id, end_date, id) WHERE owner_id IS NOT NULL;
