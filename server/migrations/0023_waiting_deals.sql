-- Deals whose stage waits for approval. They get it when it is approved, unless they have got another since.
CREATE TABLE waiting_deals (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  deal_id uuid NOT NULL,
  name_id uuid NOT NULL,
  -- The stage that the deal has in its place.
  instead uuid NOT NULL,
  PRIMARY KEY (workspace_id, deal_id),
  FOREIGN KEY (workspace_id, deal_id) REFERENCES deals (workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, name_id) REFERENCES waiting_names ON DELETE CASCADE
);
SELECT protect('waiting_deals');
CREATE INDEX waiting_deals_by_name ON waiting_deals (workspace_id, name_id, deal_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON waiting_deals TO leadwell_app;
