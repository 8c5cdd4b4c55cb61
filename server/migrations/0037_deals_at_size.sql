-- Lists, boards and figures of deals that cost the same with a million leads as with ten thousand.

-- The day in the workspace's time zone on which a deal was won or lost. It stays that day if the workspace changes its zone,
-- so that every month that has been reported keeps its figures.
ALTER TABLE deals ADD COLUMN closed_on date;
UPDATE deals SET closed_on = (closed_at AT TIME ZONE w.time_zone)::date
  FROM workspaces w WHERE w.id = deals.workspace_id AND closed_at IS NOT NULL;

CREATE FUNCTION keep_day_closed() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  NEW.closed_on := (SELECT (NEW.closed_at AT TIME ZONE w.time_zone)::date FROM workspaces w WHERE w.id = NEW.workspace_id);
  RETURN NEW;
END $$;
CREATE TRIGGER day_closed BEFORE INSERT ON deals
  FOR EACH ROW WHEN (NEW.closed_at IS NOT NULL AND NEW.closed_on IS NULL) EXECUTE FUNCTION keep_day_closed();
CREATE TRIGGER day_closed_again BEFORE UPDATE OF closed_at ON deals
  FOR EACH ROW WHEN (NEW.closed_at IS DISTINCT FROM OLD.closed_at) EXECUTE FUNCTION keep_day_closed();

-- Each deal with what its lead says of it: read by searches, boards and figures. Kept by a consumer of `deals_to_index`, so
-- that it holds what `deal_sums` has counted; the deals of the leads in that queue are read from their own tables instead.
CREATE TABLE deal_index (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  deal_id uuid NOT NULL,
  lead_id uuid NOT NULL,
  stage_id uuid NOT NULL,
  owner_id uuid,
  lead_owner_id uuid,
  department_id uuid,
  source_id uuid,
  closed_on date,
  end_date date,
  amount numeric(14, 2),
  next_step_at timestamptz,
  text text NOT NULL,
  PRIMARY KEY (workspace_id, deal_id)
);
SELECT protect('deal_index');
GRANT SELECT, INSERT, UPDATE, DELETE ON deal_index TO leadwell_app;

-- Leads whose deals have changed, or which have changed in what `deal_index` holds of them.
CREATE TABLE deals_to_index (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id bigint GENERATED ALWAYS AS IDENTITY,
  lead_id uuid NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
SELECT protect('deals_to_index');
GRANT SELECT, DELETE ON deals_to_index TO leadwell_app;

-- Numbers and amounts of deals, for each kind of question: those columns are set that `kind` names, others are null.
CREATE TABLE deal_sums (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id bigint GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL,
  owner_id uuid,
  lead_owner_id uuid,
  department_id uuid,
  source_id uuid,
  stage_id uuid NOT NULL,
  closed_on date,
  end_date date,
  deals integer NOT NULL,
  amount numeric(20, 2) NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
SELECT protect('deal_sums');
GRANT SELECT, INSERT, UPDATE, DELETE ON deal_sums TO leadwell_app;

-- The same for leads by status. A change is written down, never added to a sum at once: sums would be locked by every commit.
CREATE TABLE lead_sum_changes (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id bigint GENERATED ALWAYS AS IDENTITY,
  status_id uuid NOT NULL,
  owner_id uuid,
  department_id uuid,
  source_id uuid,
  type_id uuid,
  leads integer NOT NULL,
  amount numeric(20, 2) NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
SELECT protect('lead_sum_changes');
GRANT SELECT, DELETE ON lead_sum_changes TO leadwell_app;

CREATE TABLE lead_sums (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id bigint GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL,
  status_id uuid NOT NULL,
  owner_id uuid,
  department_id uuid,
  source_id uuid,
  type_id uuid,
  leads integer NOT NULL,
  amount numeric(20, 2) NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
SELECT protect('lead_sums');
GRANT SELECT, INSERT, UPDATE, DELETE ON lead_sums TO leadwell_app;

CREATE FUNCTION deal_changed() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO deals_to_index (workspace_id, lead_id) VALUES (OLD.workspace_id, OLD.lead_id);
  END IF;
  IF TG_OP = 'INSERT' OR TG_OP = 'UPDATE' AND NEW.lead_id <> OLD.lead_id THEN
    INSERT INTO deals_to_index (workspace_id, lead_id) VALUES (NEW.workspace_id, NEW.lead_id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER added_or_gone AFTER INSERT OR DELETE ON deals FOR EACH ROW EXECUTE FUNCTION deal_changed();
CREATE TRIGGER changed AFTER UPDATE ON deals FOR EACH ROW
  WHEN ((NEW.lead_id, NEW.name, NEW.stage_id, NEW.owner_id, NEW.amount, NEW.end_date, NEW.closed_on)
    IS DISTINCT FROM (OLD.lead_id, OLD.name, OLD.stage_id, OLD.owner_id, OLD.amount, OLD.end_date, OLD.closed_on))
  EXECUTE FUNCTION deal_changed();

-- Queued even if the lead has no deal yet: another transaction may be about to add one and not know of this change.
CREATE FUNCTION lead_of_deals_changed() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO deals_to_index (workspace_id, lead_id) VALUES (NEW.workspace_id, NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER deals_with_lead AFTER UPDATE OF name, company_name, owner_id, department_id, source_id ON leads FOR EACH ROW
  WHEN ((NEW.name, NEW.company_name, NEW.owner_id, NEW.department_id, NEW.source_id)
    IS DISTINCT FROM (OLD.name, OLD.company_name, OLD.owner_id, OLD.department_id, OLD.source_id))
  EXECUTE FUNCTION lead_of_deals_changed();

-- Next steps change far more often, and only put cards in order: leads without deals are left alone.
CREATE FUNCTION next_step_of_deals_changed() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO deals_to_index (workspace_id, lead_id) SELECT NEW.workspace_id, NEW.id
    WHERE EXISTS (SELECT FROM deals d WHERE d.lead_id = NEW.id AND d.workspace_id = NEW.workspace_id);
  RETURN NULL;
END $$;
CREATE TRIGGER deals_with_step AFTER UPDATE OF next_step_at ON leads FOR EACH ROW
  WHEN (NEW.next_step_at IS DISTINCT FROM OLD.next_step_at) EXECUTE FUNCTION next_step_of_deals_changed();

-- Leads that are created together are mostly alike: one row for each kind of them.
CREATE FUNCTION sum_new_leads() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO lead_sum_changes (workspace_id, status_id, owner_id, department_id, source_id, type_id, leads, amount)
    SELECT workspace_id, status_id, owner_id, department_id, source_id, type_id, count(*), coalesce(sum(target_amount), 0)
    FROM added GROUP BY 1, 2, 3, 4, 5, 6;
  RETURN NULL;
END $$;
CREATE TRIGGER sum_new AFTER INSERT ON leads REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION sum_new_leads();

CREATE FUNCTION sum_changed_lead() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO lead_sum_changes (workspace_id, status_id, owner_id, department_id, source_id, type_id, leads, amount)
    VALUES (OLD.workspace_id, OLD.status_id, OLD.owner_id, OLD.department_id, OLD.source_id, OLD.type_id, -1,
      -coalesce(OLD.target_amount, 0));
  IF TG_OP = 'UPDATE' THEN
    INSERT INTO lead_sum_changes (workspace_id, status_id, owner_id, department_id, source_id, type_id, leads, amount)
      VALUES (NEW.workspace_id, NEW.status_id, NEW.owner_id, NEW.department_id, NEW.source_id, NEW.type_id, 1,
        coalesce(NEW.target_amount, 0));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER sum_changed AFTER UPDATE OF status_id, owner_id, department_id, source_id, type_id, target_amount ON leads
  FOR EACH ROW
  WHEN ((NEW.status_id, NEW.owner_id, NEW.department_id, NEW.source_id, NEW.type_id, NEW.target_amount)
    IS DISTINCT FROM (OLD.status_id, OLD.owner_id, OLD.department_id, OLD.source_id, OLD.type_id, OLD.target_amount))
  EXECUTE FUNCTION sum_changed_lead();
CREATE TRIGGER sum_gone AFTER DELETE ON leads FOR EACH ROW EXECUTE FUNCTION sum_changed_lead();

CREATE FUNCTION workspaces_to_sum() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public
BEGIN ATOMIC
  SELECT w.id FROM workspaces w WHERE EXISTS (SELECT FROM deals_to_index q WHERE q.workspace_id = w.id)
    OR EXISTS (SELECT FROM lead_sum_changes c WHERE c.workspace_id = w.id);
END;

-- As the owner, because the index cannot be used below a row-level policy.
CREATE FUNCTION deal_texts_like(pattern text, most integer) RETURNS SETOF uuid
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  SET enable_seqscan = off SET enable_indexscan = off AS $$
BEGIN
  IF length(pattern) >= 5 THEN
    -- The workspace as text, so that no index but that of the texts can be read.
    RETURN QUERY EXECUTE 'SELECT deal_id FROM deal_index WHERE text LIKE $2 AND workspace_id::text = $1::text LIMIT $3'
      USING current_workspace(), pattern, most;
  END IF;
END $$;
DROP FUNCTION deals_like(text, integer);
DROP INDEX deals_by_name;
DROP INDEX deals_closed;
CREATE INDEX deals_closed ON deals (workspace_id, closed_on, id) WHERE closed_on IS NOT NULL;

REVOKE EXECUTE ON FUNCTION keep_day_closed(), deal_changed(), lead_of_deals_changed(), next_step_of_deals_changed(),
  sum_new_leads(), sum_changed_lead(), workspaces_to_sum(), deal_texts_like(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION workspaces_to_sum(), deal_texts_like(text, integer) TO leadwell_app;

-- What is there already.
INSERT INTO deal_index (workspace_id, deal_id, lead_id, stage_id, owner_id, lead_owner_id, department_id, source_id,
    closed_on, end_date, amount, next_step_at, text)
  SELECT d.workspace_id, d.id, d.lead_id, d.stage_id, d.owner_id, l.owner_id, l.department_id, l.source_id,
    d.closed_on, d.end_date, d.amount, l.next_step_at, concat_ws(E'\n', fold_text(d.name), fold_text(l.name), fold_text(l.company_name))
  FROM deals d JOIN leads l ON l.workspace_id = d.workspace_id AND l.id = d.lead_id;

INSERT INTO deal_sums (workspace_id, kind, owner_id, lead_owner_id, department_id, source_id, stage_id, closed_on, end_date,
    deals, amount)
  SELECT workspace_id, kind, owner, seen_by, department, source, stage_id, closed, expected, count(*), coalesce(sum(amount), 0)
  FROM deal_index CROSS JOIN LATERAL (VALUES
    ('all', NULL::uuid, NULL::uuid, NULL::uuid, NULL::uuid, closed_on, NULL::date),
    ('owner', owner_id, NULL, NULL, NULL, closed_on, NULL),
    ('sight', NULL, lead_owner_id, department_id, NULL, closed_on, NULL),
    ('source', NULL, NULL, NULL, source_id, closed_on, NULL),
    ('expected', NULL, NULL, NULL, NULL, date_trunc('month', closed_on)::date, end_date)
  ) AS counted (kind, owner, seen_by, department, source, closed, expected)
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9;

INSERT INTO lead_sums (workspace_id, kind, status_id, owner_id, department_id, source_id, type_id, leads, amount)
  SELECT workspace_id, kind, status_id, owner, department, source, type, count(*), coalesce(sum(target_amount), 0)
  FROM leads CROSS JOIN LATERAL (VALUES
    ('all', NULL::uuid, NULL::uuid, NULL::uuid, NULL::uuid), ('filter', owner_id, department_id, source_id, type_id)
  ) AS counted (kind, owner, department, source, type)
  GROUP BY 1, 2, 3, 4, 5, 6, 7;

CREATE INDEX deal_index_text ON deal_index USING gin (text gin_trgm_ops);
CREATE INDEX deal_index_by_lead ON deal_index (workspace_id, lead_id);
CREATE INDEX deal_index_by_stage ON deal_index (workspace_id, stage_id, deal_id);
CREATE INDEX deal_index_by_step ON deal_index (workspace_id, stage_id, next_step_at, deal_id);
CREATE INDEX deal_index_unplanned ON deal_index (workspace_id, stage_id, deal_id) WHERE next_step_at IS NULL;
CREATE INDEX deal_index_by_end ON deal_index (workspace_id, stage_id, end_date, deal_id);
CREATE INDEX deal_index_by_amount ON deal_index (workspace_id, stage_id, coalesce(amount, '-Infinity'), deal_id);
CREATE INDEX deal_index_by_closing ON deal_index (workspace_id, stage_id, closed_on, deal_id) WHERE closed_on IS NOT NULL;
CREATE INDEX deal_index_by_lead_owner ON deal_index (workspace_id, lead_owner_id, deal_id);

CREATE UNIQUE INDEX deal_sums_key ON deal_sums
  (workspace_id, kind, lead_owner_id, owner_id, department_id, source_id, stage_id, closed_on, end_date) NULLS NOT DISTINCT;
CREATE INDEX deal_sums_of_department ON deal_sums (workspace_id, department_id, stage_id, closed_on) WHERE kind = 'sight';
CREATE INDEX deal_sums_of_none ON deal_sums (workspace_id) WHERE deals = 0;
CREATE UNIQUE INDEX lead_sums_key ON lead_sums (workspace_id, kind, owner_id, department_id, source_id, type_id, status_id)
  NULLS NOT DISTINCT;
CREATE INDEX lead_sums_of_none ON lead_sums (workspace_id) WHERE leads = 0;
