-- Leads, and the ways to find them.

CREATE SEQUENCE lead_numbers;
GRANT USAGE ON SEQUENCE lead_numbers TO leadwell_app;

-- No reference to workspaces: the status, which every lead has, refers to one.
CREATE TABLE leads (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  number bigint NOT NULL,
  contact_id uuid,
  status_id uuid NOT NULL,
  type_id uuid,
  category_id uuid,
  lost_reason_id uuid,
  source_id uuid,
  department_id uuid,
  owner_id uuid,
  name text,
  salutation text,
  first_name text,
  middle_name text,
  last_name text,
  email text,
  phone text,
  phone_sent text,
  -- The last eight digits: finds a lead by a number written without its country code.
  phone_tail text,
  other_phone text,
  company_name text,
  job_title text,
  website text,
  gender text,
  language text,
  industry text,
  address text,
  city text,
  state text,
  postal_code text,
  country text,
  description text,
  purpose text,
  subtype text,
  date_of_birth date,
  start_date date,
  expected_completion_date date,
  target_amount numeric(14, 2),
  annual_revenue numeric(14, 2),
  probability numeric(5, 2) CHECK (probability BETWEEN 0 AND 100),
  importance text,
  priority smallint,
  unsubscribed boolean,
  utm_source text,
  utm_medium text,
  utm_campaign text,
  utm_content text,
  custom jsonb NOT NULL DEFAULT '{}',
  dialect_fields jsonb NOT NULL DEFAULT '{}',
  touch_count integer NOT NULL DEFAULT 1,
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, number),
  FOREIGN KEY (workspace_id, status_id) REFERENCES statuses,
  FOREIGN KEY (workspace_id, type_id) REFERENCES lead_types,
  FOREIGN KEY (workspace_id, category_id) REFERENCES reference_items,
  FOREIGN KEY (workspace_id, lost_reason_id) REFERENCES reference_items,
  FOREIGN KEY (workspace_id, source_id) REFERENCES sources,
  FOREIGN KEY (workspace_id, department_id) REFERENCES departments,
  FOREIGN KEY (workspace_id, owner_id) REFERENCES members
);
SELECT protect('leads');
CREATE INDEX leads_by_status ON leads (workspace_id, status_id, id);
CREATE INDEX leads_by_source ON leads (workspace_id, source_id, id) WHERE source_id IS NOT NULL;
CREATE INDEX leads_by_owner ON leads (workspace_id, owner_id, id) WHERE owner_id IS NOT NULL;
CREATE INDEX leads_by_type ON leads (workspace_id, type_id, id) WHERE type_id IS NOT NULL;
CREATE INDEX leads_by_phone_tail ON leads (workspace_id, phone_tail) WHERE phone_tail IS NOT NULL;
CREATE INDEX leads_by_contact ON leads (workspace_id, contact_id) WHERE contact_id IS NOT NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON leads TO leadwell_app;

-- Normalised phones and e-mails (and a contact's document numbers): the first lead to bring a key owns it.
-- The primary key decides races between processes.
CREATE TABLE lead_keys (
  workspace_id uuid NOT NULL,
  kind text NOT NULL,
  value text NOT NULL,
  lead_id uuid NOT NULL,
  PRIMARY KEY (workspace_id, kind, value),
  FOREIGN KEY (workspace_id, lead_id) REFERENCES leads ON DELETE CASCADE
);
SELECT protect('lead_keys');
CREATE INDEX lead_keys_by_lead ON lead_keys (workspace_id, lead_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON lead_keys TO leadwell_app;

-- Leads that came with a key which another lead owns: likely the same person. One inherits the key when its owner goes.
CREATE TABLE lead_twins (
  workspace_id uuid NOT NULL,
  kind text NOT NULL,
  value text NOT NULL,
  lead_id uuid NOT NULL,
  PRIMARY KEY (workspace_id, kind, value, lead_id),
  FOREIGN KEY (workspace_id, lead_id) REFERENCES leads ON DELETE CASCADE
);
SELECT protect('lead_twins');
CREATE INDEX lead_twins_by_lead ON lead_twins (workspace_id, lead_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON lead_twins TO leadwell_app;

-- One arrival of a lead, with what it brought.
CREATE TABLE touches (
  workspace_id uuid NOT NULL,
  lead_id uuid NOT NULL,
  id uuid NOT NULL,
  submission_id uuid NOT NULL,
  dialect text NOT NULL,
  token_id uuid,
  source_id uuid,
  fields json NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, lead_id, id),
  FOREIGN KEY (workspace_id, lead_id) REFERENCES leads ON DELETE CASCADE
);
SELECT protect('touches');
GRANT SELECT, INSERT, UPDATE, DELETE ON touches TO leadwell_app;

-- A lead's timeline: every change and decision, with its reason.
CREATE TABLE activities (
  workspace_id uuid NOT NULL,
  lead_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  -- Who or what did it: token:<id>, member:<id>, system.
  actor text NOT NULL,
  reason text,
  detail json NOT NULL DEFAULT '{}',
  submission_id uuid,
  at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, lead_id, id),
  FOREIGN KEY (workspace_id, lead_id) REFERENCES leads ON DELETE CASCADE
);
SELECT protect('activities');
GRANT SELECT, INSERT, UPDATE, DELETE ON activities TO leadwell_app;

-- Numbers given to a department: leads that come from such a number are routed there.
CREATE TABLE source_number_rules (
  workspace_id uuid NOT NULL,
  -- Digits as normalised; matched with and without the country code.
  number text NOT NULL,
  tail text NOT NULL,
  department_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, number),
  FOREIGN KEY (workspace_id, department_id) REFERENCES departments ON DELETE CASCADE
);
SELECT protect('source_number_rules');
CREATE INDEX source_number_rules_by_tail ON source_number_rules (workspace_id, tail);
GRANT SELECT, INSERT, UPDATE, DELETE ON source_number_rules TO leadwell_app;

-- Behind the commit: search text and counters, fed from a queue of what they have not seen.
CREATE TABLE lead_search (
  workspace_id uuid NOT NULL,
  lead_id uuid NOT NULL,
  text text NOT NULL,
  PRIMARY KEY (workspace_id, lead_id)
);
SELECT protect('lead_search');
CREATE INDEX lead_search_text ON lead_search USING gin (text gin_trgm_ops);
GRANT SELECT, INSERT, UPDATE, DELETE ON lead_search TO leadwell_app;

CREATE TABLE lead_counts (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  leads bigint NOT NULL,
  PRIMARY KEY (workspace_id)
);
SELECT protect('lead_counts');
GRANT SELECT, INSERT, UPDATE, DELETE ON lead_counts TO leadwell_app;

CREATE TABLE index_queue (
  workspace_id uuid NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  lead_ids uuid[] NOT NULL,
  -- How many leads more (or fewer) there are.
  delta integer NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
SELECT protect('index_queue');
GRANT SELECT, INSERT, UPDATE, DELETE ON index_queue TO leadwell_app;

CREATE FUNCTION workspaces_to_index() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  BEGIN ATOMIC SELECT DISTINCT workspace_id FROM index_queue; END;
REVOKE EXECUTE ON FUNCTION workspaces_to_index() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION workspaces_to_index() TO leadwell_app;

-- What a lead is found by: lower-cased names, company, e-mail, and its numbers as digits with and without country code.
CREATE FUNCTION lead_text(lead leads) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN lower(concat_ws(' ', lead.name, lead.first_name, lead.last_name, lead.company_name, lead.email, lead.phone,
    lead.phone_sent, regexp_replace(lead.phone_sent, '\D', '', 'g'), lead.other_phone, '#' || lead.number));
GRANT EXECUTE ON FUNCTION lead_text(leads) TO leadwell_app;
