-- A new lead comes with keys, a touch and a timeline entry. Their foreign keys made PostgreSQL look the lead up, and lock it,
-- once for each of these rows: a quarter of its work on a new lead. These triggers hold the same promise, but look at all rows
-- of a statement together, and need no lock on leads of their own transaction.
ALTER TABLE lead_keys DROP CONSTRAINT lead_keys_workspace_id_lead_id_fkey;
ALTER TABLE touches DROP CONSTRAINT touches_workspace_id_lead_id_fkey;
ALTER TABLE activities DROP CONSTRAINT activities_workspace_id_lead_id_fkey;

-- As the owner, like a foreign key: whoever may write a row need not see its lead.
CREATE FUNCTION need_leads() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  one record;
BEGIN
  -- Looked up one by one (LATERAL with LIMIT), whatever the planner knows. A lead that this transaction has written is there
  -- until it ends; any other must be kept from being deleted meanwhile.
  FOR one IN
    SELECT a.workspace_id, a.lead_id FROM added a LEFT JOIN LATERAL (
      SELECT true AS found FROM leads l
      WHERE l.workspace_id = a.workspace_id AND l.id = a.lead_id AND l.xmin = pg_current_xact_id()::xid LIMIT 1
    ) AS own ON true WHERE own.found IS NULL
  LOOP
    PERFORM FROM leads l WHERE l.workspace_id = one.workspace_id AND l.id = one.lead_id FOR KEY SHARE;
    IF NOT FOUND THEN
      RAISE foreign_key_violation USING MESSAGE = format('A row of %s belongs to no lead.', TG_TABLE_NAME),
        TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
    END IF;
  END LOOP;
  RETURN NULL;
END $$;

CREATE TRIGGER need_leads AFTER INSERT ON lead_keys REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION need_leads();
CREATE TRIGGER still_need_leads AFTER UPDATE ON lead_keys REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION need_leads();
CREATE TRIGGER need_leads AFTER INSERT ON touches REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION need_leads();
CREATE TRIGGER still_need_leads AFTER UPDATE ON touches REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION need_leads();
CREATE TRIGGER need_leads AFTER INSERT ON activities REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION need_leads();
CREATE TRIGGER still_need_leads AFTER UPDATE ON activities REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION need_leads();

-- A deleted lead takes them along.
CREATE FUNCTION delete_with_lead() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  DELETE FROM lead_keys WHERE workspace_id = OLD.workspace_id AND lead_id = OLD.id;
  DELETE FROM touches WHERE workspace_id = OLD.workspace_id AND lead_id = OLD.id;
  DELETE FROM activities WHERE workspace_id = OLD.workspace_id AND lead_id = OLD.id;
  RETURN NULL;
END $$;
CREATE TRIGGER delete_with_lead AFTER DELETE ON leads FOR EACH ROW EXECUTE FUNCTION delete_with_lead();

REVOKE EXECUTE ON FUNCTION need_leads(), delete_with_lead() FROM PUBLIC;

-- As before, but whether the workspace has webhooks is asked once, not for each event.
CREATE OR REPLACE FUNCTION make_deliveries() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF EXISTS (SELECT FROM webhooks WHERE workspace_id = ANY (ARRAY(SELECT DISTINCT workspace_id FROM added))) THEN
    INSERT INTO webhook_deliveries (workspace_id, webhook_id, event_id, due_at, state)
      SELECT e.workspace_id, w.id, e.id, e.created_at, CASE WHEN w.enabled THEN 'pending' ELSE 'held' END
      FROM added e JOIN webhooks w ON w.workspace_id = e.workspace_id
      WHERE w.deleted_at IS NULL AND e.type <> 'webhook.test' AND (w.events IS NULL OR e.type = ANY (w.events))
        AND (w.sources IS NULL AND w.types IS NULL AND w.departments IS NULL
          OR e.lead_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM leads l WHERE l.workspace_id = e.workspace_id AND l.id = e.lead_id AND NOT (
              coalesce(l.source_id = ANY (w.sources), w.sources IS NULL)
              AND coalesce(l.type_id = ANY (w.types), w.types IS NULL)
              AND coalesce(l.department_id = ANY (w.departments), w.departments IS NULL))));
  END IF;
  RETURN NULL;
END $$;
