-- A lead's own row holds its tags, so that a lead without any costs nothing more to write.
ALTER TABLE leads ADD COLUMN tag_ids uuid[];

-- The leads of each tag in the order of a list, from which lists by tag are read.
CREATE TABLE lead_tags (
  workspace_id uuid NOT NULL,
  tag_id uuid NOT NULL,
  lead_id uuid NOT NULL,
  PRIMARY KEY (workspace_id, tag_id, lead_id),
  FOREIGN KEY (workspace_id, tag_id) REFERENCES reference_items (workspace_id, id)
);
GRANT SELECT ON lead_tags TO leadwell_app;
SELECT protect('lead_tags');
SELECT see_with_lead('lead_tags');

CREATE FUNCTION list_tags_of_lead() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM lead_tags WHERE workspace_id = OLD.workspace_id AND lead_id = OLD.id AND tag_id = ANY (OLD.tag_ids)
      AND (TG_OP = 'DELETE' OR tag_id <> ALL (coalesce(NEW.tag_ids, '{}')));
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO lead_tags (workspace_id, tag_id, lead_id)
      SELECT NEW.workspace_id, tag_id, NEW.id FROM unnest(NEW.tag_ids) AS tag_id ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION list_tags_of_lead() FROM PUBLIC;
CREATE TRIGGER tagged AFTER INSERT ON leads
  FOR EACH ROW WHEN (NEW.tag_ids IS NOT NULL) EXECUTE FUNCTION list_tags_of_lead();
CREATE TRIGGER tags_changed AFTER UPDATE OF tag_ids ON leads
  FOR EACH ROW WHEN (NEW.tag_ids IS DISTINCT FROM OLD.tag_ids) EXECUTE FUNCTION list_tags_of_lead();
CREATE TRIGGER untagged AFTER DELETE ON leads
  FOR EACH ROW WHEN (OLD.tag_ids IS NOT NULL) EXECUTE FUNCTION list_tags_of_lead();

-- Leads that arrive with a token get these tags.
ALTER TABLE tokens ADD COLUMN tag_ids uuid[] NOT NULL DEFAULT '{}';
CREATE OR REPLACE FUNCTION token_by_hash(wanted bytea) RETURNS SETOF tokens LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public
BEGIN ATOMIC
  SELECT * FROM tokens WHERE hash = wanted;
END;
