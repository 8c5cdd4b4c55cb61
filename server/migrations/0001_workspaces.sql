-- Tenancy: who works here, who may send, and the workspace's reference data.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

GRANT USAGE ON SCHEMA public TO leadwell_app;

-- The workspace of the running transaction. Unset or empty is an error, never a fallback.
CREATE FUNCTION current_workspace() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN current_setting('leadwell.workspace')::uuid;

-- Makes a table a tenant table: forced row-level security, one policy for the app, one for the owner.
CREATE FUNCTION protect(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format('CREATE POLICY workspace ON %s TO leadwell_app
    USING (workspace_id = current_setting(''leadwell.workspace'')::uuid)
    WITH CHECK (workspace_id = current_setting(''leadwell.workspace'')::uuid)', target);
  EXECUTE format('CREATE POLICY owner ON %s TO leadwell_owner USING (true) WITH CHECK (true)', target);
END $$;
REVOKE EXECUTE ON FUNCTION protect(regclass) FROM PUBLIC;

CREATE TABLE workspaces (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  folded_name text NOT NULL UNIQUE,
  region text NOT NULL DEFAULT 'GB' CHECK (region ~ '^[A-Z]{2}$'),
  time_zone text NOT NULL DEFAULT 'UTC',
  currency text NOT NULL DEFAULT 'GBP' CHECK (currency ~ '^[A-Z]{3}$'),
  created_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE workspaces ENABLE ROW LEVEL SECURITY;
ALTER TABLE workspaces FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace ON workspaces TO leadwell_app USING (id = current_setting('leadwell.workspace')::uuid);
CREATE POLICY owner ON workspaces TO leadwell_owner USING (true) WITH CHECK (true);
GRANT SELECT, UPDATE ON workspaces TO leadwell_app;

-- People. A user is no tenant's own; the app sees those who are members of the workspace at hand.
CREATE TABLE users (
  id uuid PRIMARY KEY,
  email text NOT NULL,
  folded_email text NOT NULL UNIQUE,
  username text NOT NULL,
  folded_username text NOT NULL UNIQUE,
  name text NOT NULL,
  password_hash text,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE members (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  id uuid NOT NULL,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('owner', 'admin', 'manager', 'agent', 'viewer')),
  active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, user_id)
);
SELECT protect('members');
GRANT SELECT, INSERT, UPDATE, DELETE ON members TO leadwell_app;

ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE users FORCE ROW LEVEL SECURITY;
CREATE POLICY colleague ON users TO leadwell_app USING (EXISTS (SELECT 1 FROM members WHERE members.user_id = users.id));
CREATE POLICY owner ON users TO leadwell_owner USING (true) WITH CHECK (true);
GRANT SELECT, UPDATE (name, password_hash) ON users TO leadwell_app;

CREATE TABLE departments (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  id uuid NOT NULL,
  name text NOT NULL,
  folded_name text NOT NULL,
  alternative_code text,
  description text,
  -- How many leads were given out; whose turn it is follows from it.
  turn bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, folded_name)
);
SELECT protect('departments');
GRANT SELECT, INSERT, UPDATE, DELETE ON departments TO leadwell_app;

CREATE TABLE department_members (
  workspace_id uuid NOT NULL,
  department_id uuid NOT NULL,
  member_id uuid NOT NULL,
  position integer NOT NULL,
  PRIMARY KEY (workspace_id, department_id, member_id),
  FOREIGN KEY (workspace_id, department_id) REFERENCES departments ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, member_id) REFERENCES members ON DELETE CASCADE
);
SELECT protect('department_members');
GRANT SELECT, INSERT, UPDATE, DELETE ON department_members TO leadwell_app;

CREATE TABLE statuses (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  id uuid NOT NULL,
  name text NOT NULL,
  folded_name text NOT NULL,
  alternative_code text,
  description text,
  state text NOT NULL CHECK (state IN ('new', 'open', 'won', 'lost', 'cancelled')),
  is_default boolean NOT NULL DEFAULT false,
  position integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, folded_name)
);
SELECT protect('statuses');
CREATE UNIQUE INDEX one_default_status ON statuses (workspace_id) WHERE is_default;
GRANT SELECT, INSERT, UPDATE, DELETE ON statuses TO leadwell_app;

-- Plain lists of one shape: categories, lost reasons, products ...
CREATE TABLE reference_items (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  id uuid NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  folded_name text NOT NULL,
  alternative_code text,
  code text,
  description text,
  position integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, kind, folded_name)
);
SELECT protect('reference_items');
GRANT SELECT, INSERT, UPDATE, DELETE ON reference_items TO leadwell_app;

CREATE TABLE lead_types (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  id uuid NOT NULL,
  name text NOT NULL,
  folded_name text NOT NULL,
  alternative_code text,
  description text,
  default_status_id uuid,
  default_category_id uuid,
  -- Communication settings: a message goes out when a lead of this type is created.
  email_on_create boolean NOT NULL DEFAULT false,
  phone_on_create boolean NOT NULL DEFAULT false,
  position integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, folded_name),
  FOREIGN KEY (workspace_id, default_status_id) REFERENCES statuses ON DELETE SET NULL (default_status_id),
  FOREIGN KEY (workspace_id, default_category_id) REFERENCES reference_items ON DELETE SET NULL (default_category_id)
);
SELECT protect('lead_types');
GRANT SELECT, INSERT, UPDATE, DELETE ON lead_types TO leadwell_app;

CREATE TABLE sources (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  id uuid NOT NULL,
  name text NOT NULL,
  folded_name text NOT NULL,
  alternative_code text,
  description text,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, folded_name)
);
SELECT protect('sources');
GRANT SELECT, INSERT, UPDATE, DELETE ON sources TO leadwell_app;

CREATE TABLE custom_fields (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  id uuid NOT NULL,
  -- Literal, as payloads name it.
  name text NOT NULL,
  type text NOT NULL DEFAULT 'text' CHECK (type IN ('text', 'number', 'date', 'boolean')),
  -- How it came: by hand, or by a payload through this dialect.
  made_by text NOT NULL DEFAULT 'native',
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, name)
);
SELECT protect('custom_fields');
GRANT SELECT, INSERT, UPDATE, DELETE ON custom_fields TO leadwell_app;

-- Intake tokens: only the SHA-256 of the secret is kept.
CREATE TABLE tokens (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  id uuid NOT NULL,
  dialect text NOT NULL,
  name text NOT NULL,
  hash bytea NOT NULL CHECK (length(hash) = 32),
  -- The first characters, to recognise a token by.
  hint text NOT NULL,
  policy text CHECK (policy IN ('create', 'merge', 'attach', 'refuse')),
  merge_style text CHECK (merge_style IN ('fill', 'overwrite')),
  region text CHECK (region ~ '^[A-Z]{2}$'),
  test_mode boolean NOT NULL DEFAULT false,
  may_extend boolean NOT NULL DEFAULT true,
  scopes text[] NOT NULL DEFAULT '{}',
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id)
);
SELECT protect('tokens');
CREATE INDEX tokens_by_hash ON tokens (hash);
GRANT SELECT, INSERT, UPDATE ON tokens TO leadwell_app;

-- What a sign-in gave out: CRM.COM's session tokens, and one-time links.
CREATE TABLE sessions (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('api', 'welcome_link', 'web')),
  -- An api session holds for the dialect that gave it out.
  dialect text,
  hash bytea NOT NULL CHECK (length(hash) = 32),
  member_id uuid,
  token_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES members ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, token_id) REFERENCES tokens ON DELETE CASCADE
);
SELECT protect('sessions');
CREATE INDEX sessions_by_hash ON sessions (hash);
GRANT SELECT, INSERT, UPDATE, DELETE ON sessions TO leadwell_app;

CREATE TABLE audit_log (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  id uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  actor text NOT NULL,
  action text NOT NULL,
  detail jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (workspace_id, id)
);
SELECT protect('audit_log');
GRANT SELECT, INSERT ON audit_log TO leadwell_app;

-- The few look-ups that must come before the workspace is known. Each needs the secret's hash or an exact name.
CREATE FUNCTION token_by_hash(wanted bytea) RETURNS SETOF tokens
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  BEGIN ATOMIC SELECT * FROM tokens WHERE hash = wanted; END;
CREATE FUNCTION session_by_hash(wanted bytea) RETURNS SETOF sessions
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  BEGIN ATOMIC SELECT * FROM sessions WHERE hash = wanted; END;
CREATE FUNCTION workspace_by_name(wanted text) RETURNS uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  RETURN (SELECT id FROM workspaces WHERE folded_name = wanted);
REVOKE EXECUTE ON FUNCTION token_by_hash(bytea), session_by_hash(bytea), workspace_by_name(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION token_by_hash(bytea), session_by_hash(bytea), workspace_by_name(text) TO leadwell_app;

-- A member is made by the app for a new or a known person; people are found by e-mail across workspaces.
CREATE FUNCTION find_or_make_user(new_id uuid, new_email text, new_folded_email text, new_username text,
    new_folded_username text, new_name text, new_password_hash text) RETURNS uuid
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE known uuid;
BEGIN
  INSERT INTO users (id, email, folded_email, username, folded_username, name, password_hash)
    VALUES (new_id, new_email, new_folded_email, new_username, new_folded_username, new_name, new_password_hash)
    ON CONFLICT (folded_email) DO NOTHING RETURNING id INTO known;
  IF known IS NULL THEN
    SELECT id INTO known FROM users WHERE folded_email = new_folded_email;
  END IF;
  RETURN known;
END $$;
REVOKE EXECUTE ON FUNCTION find_or_make_user(uuid, text, text, text, text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_or_make_user(uuid, text, text, text, text, text, text) TO leadwell_app;
