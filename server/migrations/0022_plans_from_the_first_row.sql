-- A look-up of one lead must use the primary key, whatever the planner knows. On tables that were empty when it looked, all
-- indexes that begin with the workspace cost the same, and a connection keeps its plan: foreign keys then read every lead of
-- the workspace. So no other index of leads can answer a look-up by id: numbers are unique by themselves, and the other two
-- have a condition that their own queries imply and look-ups by id do not.
ALTER TABLE leads DROP CONSTRAINT leads_workspace_id_number_key;
CREATE UNIQUE INDEX leads_by_number ON leads (number);

DROP INDEX leads_by_creation;
CREATE INDEX leads_by_creation ON leads (workspace_id, created_at, id) WHERE created_at IS NOT NULL;

DROP INDEX leads_by_status;
CREATE INDEX leads_by_status ON leads (workspace_id, status_id, id) WHERE status_id IS NOT NULL;

-- The same for the tables of what belongs to a lead. Ids of leads are unique over all workspaces.
DROP INDEX lead_keys_by_lead;
CREATE INDEX lead_keys_by_lead ON lead_keys (lead_id);
DROP INDEX lead_twins_by_lead;
CREATE INDEX lead_twins_by_lead ON lead_twins (lead_id);
DROP INDEX notes_by_id;
CREATE INDEX notes_by_id ON notes (id);
DROP INDEX calls_by_lead;
CREATE INDEX calls_by_lead ON calls (lead_id, id);
DROP INDEX call_attempts_by_lead;
CREATE INDEX call_attempts_by_lead ON call_attempts (lead_id, id);
DROP INDEX deals_by_lead;
CREATE INDEX deals_by_lead ON deals (lead_id, id);
