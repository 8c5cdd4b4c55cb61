-- Secrets that must be readable again are stored encrypted, with a key that is not in the database. What was stored plain is
-- encrypted by the next start of the server.

ALTER TABLE webhooks RENAME COLUMN secret TO plain_secret;
ALTER TABLE webhooks RENAME COLUMN old_secret TO plain_old_secret;
ALTER TABLE webhooks
  ALTER COLUMN plain_secret DROP NOT NULL,
  ADD COLUMN secret bytea,
  ADD COLUMN old_secret bytea,
  ADD CHECK (num_nonnulls(secret, plain_secret) = 1),
  ADD CHECK (num_nonnulls(old_secret, plain_old_secret) <= 1);

ALTER TABLE mail_keys RENAME COLUMN key TO plain_key;
ALTER TABLE mail_keys
  ALTER COLUMN plain_key DROP NOT NULL,
  ADD COLUMN key bytea,
  ADD CHECK (num_nonnulls(key, plain_key) = 1);

ALTER TABLE users RENAME COLUMN totp_secret TO plain_totp_secret;
ALTER TABLE users
  ADD COLUMN totp_secret bytea,
  ADD CHECK (num_nonnulls(totp_secret, plain_totp_secret) <= 1);
REVOKE UPDATE (plain_totp_secret) ON users FROM leadwell_app;
GRANT UPDATE (totp_secret) ON users TO leadwell_app;

CREATE OR REPLACE FUNCTION accounts_for_sign_in(login text, organisation text, known uuid, most integer)
  RETURNS SETOF users LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public BEGIN ATOMIC
  SELECT u.* FROM users u
    WHERE u.password_hash IS NOT NULL AND u.id IN (
      SELECT m.user_id FROM members m WHERE m.active AND (m.folded_email = login OR m.folded_username = login)
        AND (organisation IS NULL OR m.workspace_id IN (SELECT workspaces_by_name(organisation))))
    ORDER BY (u.id IS NOT DISTINCT FROM known) DESC, u.id LIMIT most;
END;

-- Keys that servers on this database encrypt with, by their ids: one that does not have them must not start, even before
-- anything is encrypted.
CREATE TABLE encryption_keys (
  id bytea PRIMARY KEY CHECK (length(id) = 8),
  first_used_at timestamptz NOT NULL
);

-- A webhook whose secret went with a lost key has another one, which its receiver does not know yet.
ALTER TABLE webhooks DROP CONSTRAINT webhooks_disabled_because_check,
  ADD CONSTRAINT webhooks_disabled_because_check
    CHECK (disabled_because IN ('member', 'gone', 'asked', 'failing', 'key_lost'));

-- When a message may be sent. Messages to leads are limited for each hour, and what is more waits.
ALTER TABLE mails ADD COLUMN due_at timestamptz;
CREATE INDEX mails_to_leads_due ON mails (workspace_id, due_at) WHERE kind = 'lead_message';
