-- What an outcome of a call does to the lead, beside its status: the reason it is lost for, and whether whoever called is
-- asked for the next step.
ALTER TABLE call_outcomes
  ADD COLUMN lost_reason_id uuid,
  ADD COLUMN asks_next_step boolean NOT NULL DEFAULT false,
  ADD FOREIGN KEY (workspace_id, lost_reason_id) REFERENCES reference_items ON DELETE SET NULL (lost_reason_id);
-- What the last outcome of a call changed, so that it can be taken back; null once it was.
ALTER TABLE calls ADD COLUMN before_outcome jsonb;
-- An attempt whose outcome was taken back did not take place.
GRANT DELETE ON call_attempts TO leadwell_app;

-- The outcomes that every workspace starts with, where nobody has given them a status or another meaning.
UPDATE call_outcomes o SET status_id = s.id, asks_next_step = o.folded_name = 'interested'
  FROM statuses s
  WHERE s.workspace_id = o.workspace_id AND s.folded_name = 'contacted' AND s.state = 'open' AND o.status_id IS NULL
    AND (o.folded_name, o.meaning) IN (('interested', 'done'), ('call back', 'callback'));
UPDATE call_outcomes o SET status_id = s.id, lost_reason_id = r.id
  FROM statuses s JOIN reference_items r ON r.workspace_id = s.workspace_id AND r.kind = 'lost_reason'
    AND r.folded_name = 'no interest'
  WHERE s.workspace_id = o.workspace_id AND s.folded_name = 'lost' AND s.state = 'lost' AND o.status_id IS NULL
    AND (o.folded_name, o.meaning) = ('not interested', 'done');
UPDATE call_outcomes SET asks_next_step = true WHERE (folded_name, meaning) = ('wrong number', 'done') AND status_id IS NULL;

-- When leads are called whose type sets no hours: at the lawful hours of their country, or at any time.
ALTER TABLE workspaces ADD COLUMN calling_hours text NOT NULL DEFAULT 'lawful' CHECK (calling_hours IN ('lawful', 'any'));
-- A type whose hours somebody removed is one to be called at any time, which is written as a day without an end.
UPDATE lead_types t SET call_from = '00:00', call_until = '00:00'
  WHERE call_from IS NULL AND call_until IS NULL AND EXISTS (
    SELECT 1 FROM audit_log a WHERE a.workspace_id = t.workspace_id AND a.action = 'reference_changed'
      AND a.detail ->> 'id' = t.id::text AND (a.detail ? 'call_from' OR a.detail ? 'call_until'));
