-- What happens to a closed lead that enquires again: it is opened, or somebody has a next step.
ALTER TABLE workspaces ADD COLUMN closed_lead_enquires text NOT NULL DEFAULT 'next_step'
  CHECK (closed_lead_enquires IN ('next_step', 'reopen'));
-- When a closed lead last enquired.
ALTER TABLE leads ADD COLUMN enquired_again_at timestamptz;
CREATE INDEX leads_enquired_again ON leads (workspace_id, enquired_again_at, id) WHERE enquired_again_at IS NOT NULL;
INSERT INTO views (workspace_id, id, name, audience, query, position)
  SELECT w.id, gen_random_uuid(), 'Enquired again', 'all', 'enquired_again=30d',
    (SELECT coalesce(max(position), 0) + 1 FROM views v WHERE v.workspace_id = w.id)
  FROM workspaces w;

-- Whoever asked not to be called is not called by another lead with the same number either.
UPDATE leads l SET do_not_call_since = d.since FROM (
    SELECT workspace_id, phone, min(do_not_call_since) AS since FROM leads
    WHERE do_not_call_since IS NOT NULL AND phone LIKE '+%' GROUP BY 1, 2
  ) AS d
  WHERE l.workspace_id = d.workspace_id AND l.phone = d.phone AND l.do_not_call_since IS NULL;

-- A waiting call follows its lead's number. Its sender takes it back by the number that it was added with.
ALTER TABLE calls ADD COLUMN added_as text;
UPDATE calls SET added_as = phone;
CREATE INDEX calls_added_as ON calls (added_as, workspace_id, id);
CREATE FUNCTION keep_number_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.added_as := coalesce(NEW.added_as, NEW.phone);
  RETURN NEW;
END $$;
CREATE TRIGGER number_added BEFORE INSERT ON calls FOR EACH ROW EXECUTE FUNCTION keep_number_added();
CREATE FUNCTION correct_waiting_calls() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE calls SET phone = NEW.phone
    WHERE workspace_id = NEW.workspace_id AND lead_id = NEW.id AND phone = OLD.phone AND state IN ('pending', 'claimed');
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION keep_number_added(), correct_waiting_calls() FROM PUBLIC;
CREATE TRIGGER correct_calls AFTER UPDATE OF phone ON leads
  FOR EACH ROW WHEN (NEW.phone <> OLD.phone) EXECUTE FUNCTION correct_waiting_calls();
UPDATE calls c SET phone = l.phone FROM leads l
  WHERE l.workspace_id = c.workspace_id AND l.id = c.lead_id AND c.state IN ('pending', 'claimed')
    AND l.phone IS NOT NULL AND l.phone <> c.phone AND c.phone IS DISTINCT FROM l.other_phone;

-- A task that was sent with a day and no time is due by the end of that day.
UPDATE tasks t SET due_at = ((t.due_at AT TIME ZONE w.time_zone)::date + 1)::timestamp AT TIME ZONE w.time_zone - interval '1 second'
  FROM workspaces w
  WHERE w.id = t.workspace_id AND t.done_at IS NULL AND t.actor LIKE 'token:%'
    AND (t.due_at AT TIME ZONE w.time_zone)::time = '00:00';
