-- Saved views that a member keeps at the front of theirs, in the order in which they were pinned.
CREATE TABLE view_pins (
  workspace_id uuid NOT NULL,
  member_id uuid NOT NULL,
  view_id uuid NOT NULL,
  pinned_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, member_id, view_id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES members ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, view_id) REFERENCES views ON DELETE CASCADE
);
SELECT protect('view_pins');
GRANT SELECT, INSERT, DELETE ON view_pins TO leadwell_app;
