-- When the workspace's people put its first steps away, done or not.
ALTER TABLE workspaces ADD COLUMN first_steps_away_at timestamptz;
