-- How many requests were to create a lead, by day, dialect and outcome, so that the report on intake need not count the
-- journal. A consumer counts requests a few minutes after they arrived (reports/intake); the newest are counted when the
-- report is read. Receiving a request does nothing for it.

-- How far the journal has been counted, and the time zone in which its days begin.
CREATE TABLE intake_count_bases (
  workspace_id uuid PRIMARY KEY REFERENCES workspaces ON DELETE CASCADE,
  time_zone text NOT NULL,
  -- The requests up to this id are in `intake_counts`.
  counted_to uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000'
);
SELECT protect('intake_count_bases');
GRANT SELECT, INSERT, UPDATE ON intake_count_bases TO leadwell_app;

CREATE TABLE intake_counts (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  day date NOT NULL,
  dialect text NOT NULL,
  outcome text NOT NULL,
  requests bigint NOT NULL,
  PRIMARY KEY (workspace_id, day, dialect, outcome)
);
SELECT protect('intake_counts');
GRANT SELECT, INSERT, UPDATE, DELETE ON intake_counts TO leadwell_app;

-- What changed in requests that may have been counted: a new outcome after a replay, sample data that came or went. Written
-- down, never added to a count at once: counts would be locked until the commit.
CREATE TABLE intake_count_changes (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  submission_id uuid NOT NULL,
  number bigint GENERATED ALWAYS AS IDENTITY,
  received_at timestamptz NOT NULL,
  dialect text NOT NULL,
  outcome text NOT NULL,
  requests smallint NOT NULL,
  PRIMARY KEY (workspace_id, submission_id, number)
);
SELECT protect('intake_count_changes');
GRANT SELECT, DELETE ON intake_count_changes TO leadwell_app;

CREATE FUNCTION note_intake_change() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND coalesce(OLD.command, 'createLead') = 'createLead' THEN
    INSERT INTO intake_count_changes (workspace_id, submission_id, received_at, dialect, outcome, requests)
      VALUES (OLD.workspace_id, OLD.id, OLD.received_at, OLD.dialect, OLD.outcome, -1);
  END IF;
  IF TG_OP <> 'DELETE' AND coalesce(NEW.command, 'createLead') = 'createLead' THEN
    INSERT INTO intake_count_changes (workspace_id, submission_id, received_at, dialect, outcome, requests)
      VALUES (NEW.workspace_id, NEW.id, NEW.received_at, NEW.dialect, NEW.outcome, 1);
  END IF;
  RETURN NULL;
END $$;
-- A request that is stored as it arrives has not been counted: only `WHEN` is evaluated for it. The consumer stays behind
-- every transaction that is open (`settled_id`), so that none commits a request among those it has counted.
CREATE TRIGGER counted_late AFTER INSERT ON submissions FOR EACH ROW
  WHEN (NEW.received_at < now() - interval '1 minute') EXECUTE FUNCTION note_intake_change();
CREATE TRIGGER counted_anew AFTER UPDATE OF id, received_at, dialect, command, outcome ON submissions FOR EACH ROW
  WHEN ((NEW.id, NEW.received_at, NEW.dialect, NEW.command, NEW.outcome)
    IS DISTINCT FROM (OLD.id, OLD.received_at, OLD.dialect, OLD.command, OLD.outcome))
  EXECUTE FUNCTION note_intake_change();
CREATE TRIGGER counted_less AFTER DELETE ON submissions FOR EACH ROW EXECUTE FUNCTION note_intake_change();

-- Ids up to this one that are not committed yet are noted by the trigger `counted_late`: they arrived more than a minute
-- before the transaction that stores them. The second minute allows for ids made somewhat before their requests.
-- To be called in a statement of its own, before the snapshot in which requests are counted.
CREATE FUNCTION settled_id(margin interval DEFAULT '2 minutes') RETURNS uuid LANGUAGE sql VOLATILE
  RETURN uuid_from(least(now(), (SELECT min(xact_start) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user)) - margin);

CREATE FUNCTION workspaces_to_count() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public SET enable_seqscan = off
BEGIN ATOMIC
  SELECT w.id FROM workspaces w LEFT JOIN intake_count_bases b ON b.workspace_id = w.id
  WHERE b.time_zone IS DISTINCT FROM w.time_zone
    OR (SELECT true FROM intake_count_changes c WHERE c.workspace_id = w.id LIMIT 1)
    OR (SELECT true FROM submissions s WHERE s.workspace_id = w.id AND s.id > b.counted_to
      AND s.id <= uuid_from(now() - interval '3 minutes') LIMIT 1);
END;
REVOKE EXECUTE ON FUNCTION note_intake_change(), settled_id(interval), workspaces_to_count() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION settled_id(interval), workspaces_to_count() TO leadwell_app;
