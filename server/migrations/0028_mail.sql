-- Mail: every message that was or would have been sent, and who wants which.
CREATE TABLE mails (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  id uuid NOT NULL,
  kind text NOT NULL,
  -- queued: to be sent; held: over the hourly cap, goes into the next collection; collected: went into one;
  -- refused: the recipient's server will not have it; failed: given up; unsent: there was no mail server.
  state text NOT NULL CHECK (state IN ('queued', 'held', 'collected', 'sent', 'refused', 'failed', 'unsent')),
  -- What made it, so that the same occasion makes it once.
  cause text NOT NULL,
  member_id uuid,
  lead_id uuid,
  to_name text NOT NULL,
  to_email text NOT NULL,
  folded_email text NOT NULL,
  subject text NOT NULL,
  body json NOT NULL,
  -- The same in every attempt, so that receivers recognise a repeat.
  message_id text NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  reason text,
  created_at timestamptz NOT NULL,
  sent_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, cause),
  FOREIGN KEY (workspace_id, member_id) REFERENCES members ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, lead_id) REFERENCES leads ON DELETE CASCADE
);
CREATE INDEX mails_to ON mails (workspace_id, folded_email, created_at);
CREATE INDEX mails_of_member ON mails (workspace_id, member_id);
CREATE INDEX mails_to_lead ON mails (workspace_id, lead_id) WHERE lead_id IS NOT NULL;
SELECT protect('mails');
GRANT SELECT, INSERT, UPDATE, DELETE ON mails TO leadwell_app;

-- Kinds of mail that a member does not want.
CREATE TABLE unwanted_mail (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  member_id uuid NOT NULL,
  kind text NOT NULL,
  PRIMARY KEY (workspace_id, member_id, kind),
  FOREIGN KEY (workspace_id, member_id) REFERENCES members ON DELETE CASCADE
);
SELECT protect('unwanted_mail');
GRANT SELECT, INSERT, DELETE ON unwanted_mail TO leadwell_app;

-- Signs the links that end a kind of mail.
CREATE TABLE mail_keys (
  workspace_id uuid PRIMARY KEY REFERENCES workspaces ON DELETE CASCADE,
  key bytea NOT NULL
);
SELECT protect('mail_keys');
GRANT SELECT, INSERT ON mail_keys TO leadwell_app;

-- What leads of a type are written on arrival, as a template; nothing if there is no text.
ALTER TABLE lead_types
  ADD COLUMN email_subject text,
  ADD COLUMN email_text text;

-- How far events were looked through for what members are to be told.
CREATE TABLE notice_places (
  workspace_id uuid PRIMARY KEY REFERENCES workspaces ON DELETE CASCADE,
  epoch bigint NOT NULL,
  transaction_id xid8 NOT NULL,
  id uuid NOT NULL
);
SELECT protect('notice_places');
GRANT SELECT, INSERT, UPDATE ON notice_places TO leadwell_app;

-- The last refusal of a member's address; it no longer counts when the address changes or a message arrives.
ALTER TABLE members
  ADD COLUMN bounced_email text,
  ADD COLUMN bounced_at timestamptz,
  ADD COLUMN bounce_reason text;

-- Memberships with this address whose account the workspace manages: for these a forgotten password can be replaced by mail,
-- as its administrators can anyway. An account that is its person's own is not, since any workspace may type an address.
CREATE FUNCTION memberships_to_reset(address text, most integer)
  RETURNS TABLE (workspace_id uuid, member_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public BEGIN ATOMIC
  SELECT m.workspace_id, m.id FROM members m JOIN users u ON u.id = m.user_id
    WHERE m.folded_email = address AND m.active AND u.managed_by = m.workspace_id ORDER BY u.id LIMIT most;
END;
REVOKE EXECUTE ON FUNCTION memberships_to_reset(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION memberships_to_reset(text, integer) TO leadwell_app;
