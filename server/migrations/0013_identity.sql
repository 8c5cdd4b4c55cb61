-- Identity by proof. An account is what a person signs in with; a membership is what a workspace knows of them. A
-- membership without an account is an invitation that nobody has accepted. An account belongs to the workspace that made
-- it, until its person joins another workspace with it; from then on it is the person's own.

ALTER TABLE members
  ALTER COLUMN user_id DROP NOT NULL,
  ADD COLUMN name text,
  ADD COLUMN email text,
  ADD COLUMN folded_email text,
  ADD COLUMN username text,
  ADD COLUMN folded_username text;
UPDATE members m SET name = u.name, email = u.email, folded_email = u.folded_email, username = u.username,
  folded_username = u.folded_username FROM users u WHERE u.id = m.user_id;

-- Until now an e-mail address was enough to join an account. Of an account in several workspaces, the memberships that
-- its person accepted stay, and the one that the account was made with; the others become invitations again.
CREATE TEMPORARY TABLE unproved ON COMMIT DROP AS
  WITH shared AS (
    SELECT m.workspace_id, m.id, m.user_id,
      row_number() OVER (PARTITION BY m.user_id ORDER BY m.created_at, m.id) AS place,
      EXISTS (SELECT 1 FROM audit_log a WHERE a.workspace_id = m.workspace_id AND a.action = 'invitation_taken'
        AND a.actor = 'member:' || m.id) AS accepted,
      EXISTS (SELECT 1 FROM audit_log a WHERE a.workspace_id = m.workspace_id AND a.action = 'member_added'
        AND a.detail->>'member_id' = m.id::text AND a.detail->>'invited' = 'true') AS invited
    FROM members m WHERE m.user_id IN (SELECT user_id FROM members GROUP BY user_id HAVING count(*) > 1)
  ), kept AS (
    SELECT *, accepted OR (place = 1 AND NOT invited) AS proved FROM shared
  )
  SELECT workspace_id, id FROM kept k
  WHERE NOT proved AND (place > 1 OR EXISTS (SELECT 1 FROM kept o WHERE o.user_id = k.user_id AND o.proved));
UPDATE sessions s SET ended_at = now() FROM unproved x
  WHERE s.workspace_id = x.workspace_id AND s.member_id = x.id AND s.ended_at IS NULL;
UPDATE members m SET user_id = NULL FROM unproved x WHERE m.workspace_id = x.workspace_id AND m.id = x.id;
UPDATE members m SET user_id = NULL FROM users u WHERE u.id = m.user_id AND u.password_hash IS NULL;
DELETE FROM users u WHERE NOT EXISTS (SELECT 1 FROM members m WHERE m.user_id = u.id);

-- The workspace whose administrators may reset the account; null if it is the person's own.
ALTER TABLE users ADD COLUMN managed_by uuid REFERENCES workspaces ON DELETE CASCADE;
UPDATE users u SET managed_by = (SELECT m.workspace_id FROM members m WHERE m.user_id = u.id)
  WHERE (SELECT count(*) FROM members m WHERE m.user_id = u.id) = 1;

DROP FUNCTION user_for_sign_in(text);
DROP FUNCTION find_or_make_user(uuid, text, text, text, text, text, text);
ALTER TABLE users DROP COLUMN email, DROP COLUMN folded_email, DROP COLUMN username, DROP COLUMN folded_username,
  DROP COLUMN name;
ALTER TABLE members
  ALTER COLUMN name SET NOT NULL,
  ALTER COLUMN email SET NOT NULL,
  ALTER COLUMN folded_email SET NOT NULL,
  ALTER COLUMN username SET NOT NULL,
  ALTER COLUMN folded_username SET NOT NULL,
  ADD UNIQUE (workspace_id, folded_email),
  ADD UNIQUE (workspace_id, folded_username);
CREATE INDEX members_by_email ON members (folded_email);
CREATE INDEX members_by_username ON members (folded_username);
CREATE INDEX members_by_user ON members (user_id);

-- Two tenants may have the same name: a refusal would tell one of the other.
ALTER TABLE workspaces DROP CONSTRAINT workspaces_folded_name_key;
CREATE INDEX workspaces_by_name ON workspaces (folded_name);
DROP FUNCTION workspace_by_name(text);
CREATE FUNCTION workspaces_by_name(wanted text) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  BEGIN ATOMIC SELECT id FROM workspaces WHERE folded_name = wanted OR id::text = wanted ORDER BY created_at, id; END;

-- Accounts that a sign-in name may mean, with a password to try: first the one that the browser is known by, then the
-- oldest, so that nobody can push an account out by making newer ones with its address.
CREATE FUNCTION accounts_for_sign_in(login text, organisation text, known uuid, most integer) RETURNS SETOF users
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  BEGIN ATOMIC SELECT u.* FROM users u WHERE u.password_hash IS NOT NULL AND u.id IN (
      SELECT m.user_id FROM members m WHERE m.active AND (m.folded_email = login OR m.folded_username = login)
        AND (organisation IS NULL OR m.workspace_id IN (SELECT workspaces_by_name(organisation))))
    ORDER BY u.id IS NOT DISTINCT FROM known DESC, u.id LIMIT most; END;
-- The same for a sign-in that names its workspace and goes by the password alone.
CREATE FUNCTION members_for_sign_in(login text, organisation text, most integer)
  RETURNS TABLE (workspace_id uuid, member_id uuid, user_id uuid, password_hash text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  BEGIN ATOMIC SELECT m.workspace_id, m.id, u.id,
      CASE WHEN m.active AND u.totp_confirmed_at IS NULL THEN u.password_hash END
    FROM members m JOIN users u ON u.id = m.user_id
    WHERE (m.folded_email = login OR m.folded_username = login)
      AND m.workspace_id IN (SELECT workspaces_by_name(organisation))
    ORDER BY m.active DESC, u.id, m.id LIMIT most; END;

CREATE FUNCTION account_of_member(workspace uuid, member uuid) RETURNS uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  RETURN (SELECT m.user_id FROM members m WHERE m.workspace_id = workspace AND m.id = member AND m.active);

-- Accepts an invitation with a new account, which belongs to the workspace. False if it was accepted already.
CREATE FUNCTION open_account(account uuid, member uuid, hash text) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO users (id, managed_by, password_hash) VALUES (account, current_workspace(), hash);
  UPDATE members SET user_id = account WHERE workspace_id = current_workspace() AND id = member AND user_id IS NULL;
  IF NOT FOUND THEN
    DELETE FROM users WHERE id = account;
    RETURN false;
  END IF;
  RETURN true;
END $$;
-- Accepts an invitation with an account that its person has proved to be theirs: from now on no workspace's.
CREATE FUNCTION join_account(account uuid, member uuid) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE users SET managed_by = NULL WHERE id = account;
  UPDATE members SET user_id = account
    WHERE workspace_id = current_workspace() AND id = member AND active AND user_id IS NULL;
  RETURN FOUND;
END $$;
-- Makes a membership an invitation again. An account that is then used by no workspace goes.
CREATE FUNCTION release_account(member uuid) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE account uuid;
BEGIN
  SELECT user_id INTO account FROM members WHERE workspace_id = current_workspace() AND id = member FOR UPDATE;
  UPDATE members SET user_id = NULL WHERE workspace_id = current_workspace() AND id = member;
  DELETE FROM users u WHERE u.id = account AND NOT EXISTS (SELECT 1 FROM members m WHERE m.user_id = account);
END $$;
-- A changed password ends every session, link and known browser of the account, in every workspace.
CREATE OR REPLACE FUNCTION end_sessions_of_user(person uuid, except_id uuid) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public
  BEGIN ATOMIC UPDATE sessions s SET ended_at = now() FROM members m
    WHERE m.user_id = person AND s.workspace_id = m.workspace_id AND s.member_id = m.id AND s.ended_at IS NULL
      AND s.id IS DISTINCT FROM except_id; END;
REVOKE EXECUTE ON FUNCTION workspaces_by_name(text), accounts_for_sign_in(text, text, uuid, integer),
  members_for_sign_in(text, text, integer), account_of_member(uuid, uuid), open_account(uuid, uuid, text),
  join_account(uuid, uuid), release_account(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION workspaces_by_name(text), accounts_for_sign_in(text, text, uuid, integer),
  members_for_sign_in(text, text, integer), account_of_member(uuid, uuid), open_account(uuid, uuid, text),
  join_account(uuid, uuid), release_account(uuid) TO leadwell_app;
