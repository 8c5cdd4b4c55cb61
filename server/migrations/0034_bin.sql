-- Leads that somebody deleted, with everything that went with them, for as long as they can be restored. Everything else
-- treats them as deleted: their rows are gone, and only this copy is left.
CREATE TABLE deleted_leads (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  id uuid NOT NULL,
  lead_id uuid NOT NULL,
  number bigint NOT NULL,
  name text NOT NULL,
  company_name text,
  -- Whose it was decides who sees it.
  owner_id uuid,
  department_id uuid,
  deleted_at timestamptz NOT NULL,
  actor text NOT NULL,
  -- The job that deleted it with others.
  job_id uuid,
  -- Rows by table.
  contents json NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, lead_id)
);
SELECT protect('deleted_leads');
GRANT SELECT, INSERT, UPDATE, DELETE ON deleted_leads TO leadwell_app;
CREATE INDEX deleted_leads_by_job ON deleted_leads (workspace_id, job_id) WHERE job_id IS NOT NULL;
CREATE INDEX deleted_leads_by_time ON deleted_leads (workspace_id, deleted_at);
-- A restored lead gets its attempts back; the trigger only knows the last one of each call.
GRANT INSERT ON call_attempts TO leadwell_app;
