-- A move that its maker takes back within the hour was no reply: the clock of the first reply runs on.
CREATE OR REPLACE FUNCTION note_first_reply() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  path constant jsonpath := '$.changes[*] ? (@.field == "status_id")';
  moved jsonb;
  taken_back boolean;
BEGIN
  UPDATE leads SET first_reply_at = NEW.at
    WHERE workspace_id = NEW.workspace_id AND id = NEW.lead_id AND first_reply_at IS NULL;
  IF FOUND THEN
    UPDATE calls SET again = true WHERE workspace_id = NEW.workspace_id AND lead_id = NEW.lead_id AND NOT again
      AND state IN ('pending', 'claimed');
    RETURN NULL;
  END IF;
  moved := jsonb_path_query_first(NEW.detail::jsonb, path);
  IF NEW.kind <> 'status_changed' OR moved IS NULL THEN
    RETURN NULL;
  END IF;
  -- The only reply so far is the move that this one takes back.
  SELECT count(*) = 1 AND bool_and(a.kind = 'status_changed' AND a.actor = NEW.actor AND a.at = l.first_reply_at
      AND a.at > NEW.at - interval '1 hour'
      AND jsonb_path_query_first(a.detail::jsonb, path) ->> 'from' = moved ->> 'to'
      AND jsonb_path_query_first(a.detail::jsonb, path) ->> 'to' = moved ->> 'from')
    INTO taken_back
    FROM leads l JOIN activities a ON a.workspace_id = l.workspace_id AND a.lead_id = l.id
    WHERE l.workspace_id = NEW.workspace_id AND l.id = NEW.lead_id AND a.id <> NEW.id
      AND a.kind IN ('call_ended', 'call_logged', 'email_sent', 'status_changed') AND a.actor LIKE 'member:%';
  IF taken_back THEN
    UPDATE leads SET first_reply_at = NULL WHERE workspace_id = NEW.workspace_id AND id = NEW.lead_id;
    UPDATE calls SET again = false WHERE workspace_id = NEW.workspace_id AND lead_id = NEW.lead_id AND again
      AND state IN ('pending', 'claimed');
  END IF;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION note_first_reply() FROM PUBLIC;
