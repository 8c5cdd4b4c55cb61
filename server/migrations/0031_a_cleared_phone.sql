-- A waiting call follows its lead's number also when that is cleared, and when the lead has one again: without a number
-- nobody is called.
CREATE OR REPLACE FUNCTION correct_waiting_calls() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE calls SET phone = coalesce(NEW.phone, '')
    WHERE workspace_id = NEW.workspace_id AND lead_id = NEW.id AND phone = coalesce(OLD.phone, '')
      AND state IN ('pending', 'claimed');
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION correct_waiting_calls() FROM PUBLIC;
DROP TRIGGER correct_calls ON leads;
CREATE TRIGGER correct_calls AFTER UPDATE OF phone ON leads
  FOR EACH ROW WHEN (NEW.phone IS DISTINCT FROM OLD.phone) EXECUTE FUNCTION correct_waiting_calls();
UPDATE calls c SET phone = '' FROM leads l
  WHERE l.workspace_id = c.workspace_id AND l.id = c.lead_id AND c.state IN ('pending', 'claimed')
    AND l.phone IS NULL AND c.phone IS DISTINCT FROM l.other_phone;
