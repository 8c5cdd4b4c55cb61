-- What hangs on a lead: notes, tasks, deals, calls.

CREATE TABLE notes (
  workspace_id uuid NOT NULL,
  lead_id uuid NOT NULL,
  id uuid NOT NULL,
  text text NOT NULL,
  actor text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, lead_id, id),
  FOREIGN KEY (workspace_id, lead_id) REFERENCES leads ON DELETE CASCADE
);
SELECT protect('notes');
GRANT SELECT, INSERT, UPDATE, DELETE ON notes TO leadwell_app;

CREATE TABLE tasks (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  id uuid NOT NULL,
  lead_id uuid,
  -- How its sender named the lead, when no lead was found by it.
  contact text,
  name text NOT NULL,
  description text,
  comment text,
  category text NOT NULL CHECK (category IN ('normal', 'call')),
  due_at timestamptz,
  assignee_id uuid,
  done_at timestamptz,
  actor text NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, lead_id) REFERENCES leads ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, assignee_id) REFERENCES members ON DELETE SET NULL (assignee_id)
);
SELECT protect('tasks');
CREATE INDEX tasks_by_lead ON tasks (workspace_id, lead_id, id) WHERE lead_id IS NOT NULL;
CREATE INDEX tasks_open ON tasks (workspace_id, due_at, id) WHERE done_at IS NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON tasks TO leadwell_app;

CREATE TABLE deals (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  lead_id uuid NOT NULL,
  name text,
  stage_id uuid NOT NULL,
  amount numeric(14, 2),
  start_date date,
  end_date date,
  note text,
  owner_id uuid,
  actor text NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, lead_id) REFERENCES leads ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, stage_id) REFERENCES reference_items,
  FOREIGN KEY (workspace_id, owner_id) REFERENCES members ON DELETE SET NULL (owner_id)
);
SELECT protect('deals');
CREATE INDEX deals_by_lead ON deals (workspace_id, lead_id, id);
GRANT SELECT, INSERT, UPDATE, DELETE ON deals TO leadwell_app;

-- Planned phone calls. One lead is offered to one agent at a time; a claim ends by itself.
CREATE TABLE calls (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  lead_id uuid NOT NULL,
  type_id uuid,
  phone text NOT NULL,
  state text NOT NULL CHECK (state IN ('pending', 'claimed', 'dialled', 'cancelled')),
  due_at timestamptz NOT NULL,
  attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  claim_id uuid,
  claimed_by text,
  claim_expires_at timestamptz,
  outcome text,
  note text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, lead_id) REFERENCES leads ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, type_id) REFERENCES lead_types,
  CHECK ((state = 'claimed') = (claim_id IS NOT NULL AND claim_expires_at IS NOT NULL))
);
SELECT protect('calls');
-- 'Another call is already scheduled', whatever races.
CREATE UNIQUE INDEX one_waiting_call ON calls (workspace_id, lead_id, type_id) NULLS NOT DISTINCT
  WHERE state IN ('pending', 'claimed');
CREATE INDEX calls_waiting ON calls (workspace_id, due_at, id) WHERE state IN ('pending', 'claimed');
CREATE INDEX calls_by_lead ON calls (workspace_id, lead_id, id);
GRANT SELECT, INSERT, UPDATE, DELETE ON calls TO leadwell_app;
