-- Limits on what requests can use up, and on the names they bring.

-- Requests a minute that each caller of this workspace may send; null for the server's figure.
ALTER TABLE workspaces ADD requests_per_minute integer CHECK (requests_per_minute >= 1);

-- Requests of known senders who were not let in, by day: kept in the journal up to a quota, then only counted.
CREATE TABLE turned_away (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  -- A token or a member; all zeros for sign-ins, whose sender nobody knows.
  sender_id uuid NOT NULL,
  day date NOT NULL,
  dialect text NOT NULL,
  -- The latest: revoked, expired, unknown, rate_limited, wrong_password.
  reason text NOT NULL,
  kept bigint NOT NULL DEFAULT 0,
  kept_bytes bigint NOT NULL DEFAULT 0,
  counted bigint NOT NULL DEFAULT 0,
  counted_bytes bigint NOT NULL DEFAULT 0,
  last_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, sender_id, day)
);
SELECT protect('turned_away');
CREATE INDEX turned_away_by_day ON turned_away (workspace_id, day);
GRANT SELECT, INSERT, UPDATE, DELETE ON turned_away TO leadwell_app;

-- Requests may create few names until a person approves them.
ALTER TABLE sources ADD by_request boolean NOT NULL DEFAULT false;
ALTER TABLE statuses ADD by_request boolean NOT NULL DEFAULT false;
ALTER TABLE reference_items ADD by_request boolean NOT NULL DEFAULT false;
ALTER TABLE custom_fields ADD by_request boolean NOT NULL DEFAULT false;
UPDATE custom_fields SET by_request = true WHERE made_by <> 'native';

-- How many names each token has brought, by day.
CREATE TABLE names_brought (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  -- A token or a member.
  sender_id uuid NOT NULL,
  day date NOT NULL,
  what text NOT NULL CHECK (what IN ('custom_field', 'waiting_name')),
  count integer NOT NULL,
  PRIMARY KEY (workspace_id, sender_id, day, what)
);
SELECT protect('names_brought');
GRANT SELECT, INSERT, UPDATE, DELETE ON names_brought TO leadwell_app;

-- Names in requests that the workspace does not have, until a person approves, merges or removes them. A merged one
-- stays, and stands for the item it was merged into.
CREATE TABLE waiting_names (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('source', 'status', 'deal_stage')),
  name text NOT NULL,
  folded_name text NOT NULL,
  dialect text NOT NULL,
  -- Who sent it first.
  token_id uuid,
  first_at timestamptz NOT NULL,
  -- The item that it means; null while it waits.
  means uuid,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, kind, folded_name)
);
SELECT protect('waiting_names');
CREATE INDEX waiting_names_by_meaning ON waiting_names (workspace_id, means) WHERE means IS NOT NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON waiting_names TO leadwell_app;

-- The leads that came with a waiting name. They get it when it is approved, unless they have got another since.
CREATE TABLE waiting_leads (
  workspace_id uuid NOT NULL,
  lead_id uuid NOT NULL,
  name_id uuid NOT NULL,
  -- What the lead had in its place.
  instead uuid,
  PRIMARY KEY (workspace_id, lead_id, name_id),
  FOREIGN KEY (workspace_id, lead_id) REFERENCES leads ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, name_id) REFERENCES waiting_names ON DELETE CASCADE
);
SELECT protect('waiting_leads');
CREATE INDEX waiting_leads_by_name ON waiting_leads (workspace_id, name_id, lead_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON waiting_leads TO leadwell_app;
