-- Working the leads: people who sign in and what they see, next steps, saved views, jobs.

-- People.
ALTER TABLE members ADD COLUMN sees text NOT NULL DEFAULT 'all' CHECK (sees IN ('own', 'team', 'all'));
ALTER TABLE users
  -- Second factor: set when its first code was entered; codes are used once (the last step is kept).
  ADD COLUMN totp_secret text,
  ADD COLUMN totp_confirmed_at timestamptz,
  ADD COLUMN totp_last_step bigint,
  -- SHA-256 of one-time codes that stand in for a lost device.
  ADD COLUMN recovery_hashes bytea[] NOT NULL DEFAULT '{}';
GRANT UPDATE (totp_secret, totp_confirmed_at, totp_last_step, recovery_hashes) ON users TO leadwell_app;
ALTER TABLE sessions
  ADD COLUMN user_agent text,
  ADD COLUMN address text,
  ADD COLUMN last_seen_at timestamptz;
CREATE OR REPLACE FUNCTION session_by_hash(wanted bytea) RETURNS SETOF sessions
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  BEGIN ATOMIC SELECT * FROM sessions WHERE hash = wanted; END;
CREATE INDEX sessions_by_member ON sessions (workspace_id, member_id, id) WHERE kind = 'web';

-- Who a person is and where they work must be known before a workspace is.
CREATE FUNCTION user_for_sign_in(login text) RETURNS SETOF users
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  BEGIN ATOMIC SELECT * FROM users WHERE folded_email = login OR folded_username = login
    ORDER BY folded_email = login DESC LIMIT 1; END;
CREATE FUNCTION workspaces_of_user(person uuid)
  RETURNS TABLE (workspace_id uuid, name text, member_id uuid, role text, active boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  BEGIN ATOMIC SELECT w.id, w.name, m.id, m.role, m.active FROM members m JOIN workspaces w ON w.id = m.workspace_id
    WHERE m.user_id = person ORDER BY w.name; END;
-- A password that was changed ends what was signed in with the old one, in every workspace.
CREATE FUNCTION end_sessions_of_user(person uuid, except_id uuid) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public
  BEGIN ATOMIC UPDATE sessions s SET ended_at = now() FROM members m
    WHERE m.user_id = person AND s.workspace_id = m.workspace_id AND s.member_id = m.id AND s.ended_at IS NULL
      AND s.kind IN ('web', 'api') AND s.id IS DISTINCT FROM except_id; END;
REVOKE EXECUTE ON FUNCTION user_for_sign_in(text), workspaces_of_user(uuid), end_sessions_of_user(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION user_for_sign_in(text), workspaces_of_user(uuid), end_sessions_of_user(uuid, uuid)
  TO leadwell_app;

-- What a member sees. A transaction of somebody who does not see all names whose leads they see (`leadwell.sees`: ids
-- of owners) and of which departments (`leadwell.departments`); where neither is set (intake, workers, tokens), all is
-- seen. This is the second line: queries narrow by themselves where an index helps.
CREATE FUNCTION sees_all() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(current_setting('leadwell.sees', true), '') = '';
CREATE FUNCTION seen_owners() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(nullif(current_setting('leadwell.sees', true), ''), '{}')::uuid[];
CREATE FUNCTION seen_departments() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(nullif(current_setting('leadwell.departments', true), ''), '{}')::uuid[];
GRANT EXECUTE ON FUNCTION sees_all(), seen_owners(), seen_departments() TO leadwell_app;

CREATE POLICY sight ON leads AS RESTRICTIVE TO leadwell_app
  USING ((SELECT sees_all()) OR owner_id = ANY ((SELECT seen_owners())::uuid[])
    OR department_id = ANY ((SELECT seen_departments())::uuid[]))
  WITH CHECK (true);

-- What hangs on a lead is seen by those who see the lead.
CREATE FUNCTION see_with_lead(target regclass, besides text DEFAULT 'false') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE POLICY sight ON %1$s AS RESTRICTIVE TO leadwell_app
    USING ((SELECT sees_all()) OR %2$s OR EXISTS (SELECT 1 FROM leads seen
      WHERE seen.workspace_id = %1$s.workspace_id AND seen.id = %1$s.lead_id))
    WITH CHECK (true)', target, besides);
END $$;
REVOKE EXECUTE ON FUNCTION see_with_lead(regclass, text) FROM PUBLIC;
SELECT see_with_lead(name::regclass)
  FROM unnest(ARRAY['lead_keys', 'lead_twins', 'touches', 'activities', 'notes', 'deals', 'calls', 'submissions',
    'submissions_default', 'events', 'lead_search']) AS name;
-- A task without a lead is its assignee's.
SELECT see_with_lead('tasks', 'assignee_id = ANY ((SELECT seen_owners())::uuid[])');

CREATE OR REPLACE FUNCTION make_submission_partition(month date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE partition text := 'submissions_' || to_char(month, 'YYYY_MM');
BEGIN
  IF to_regclass('public.' || partition) IS NULL THEN
    EXECUTE format('CREATE TABLE public.%I PARTITION OF public.submissions FOR VALUES FROM (%L) TO (%L)', partition,
      public.uuid_from(date_trunc('month', month::timestamp) AT TIME ZONE 'UTC'),
      public.uuid_from((date_trunc('month', month::timestamp) + interval '1 month') AT TIME ZONE 'UTC'));
    PERFORM public.protect(('public.' || partition)::regclass);
    PERFORM public.see_with_lead(('public.' || partition)::regclass);
  END IF;
END $$;
DO $$
DECLARE partition regclass;
BEGIN
  FOR partition IN SELECT inhrelid::regclass FROM pg_inherits
    WHERE inhparent = 'submissions'::regclass AND inhrelid <> 'submissions_default'::regclass
  LOOP
    PERFORM see_with_lead(partition);
  END LOOP;
END $$;

-- Leads: when somebody first replied, and what comes next. Kept by the triggers below, whichever way things change.
ALTER TABLE leads
  ADD COLUMN first_reply_at timestamptz,
  ADD COLUMN next_step_at timestamptz,
  -- call, callback or task; null: nothing is planned.
  ADD COLUMN next_step_kind text,
  ADD COLUMN next_step text,
  -- Nobody calls from then on.
  ADD COLUMN do_not_call_since timestamptz;
CREATE INDEX leads_by_department ON leads (workspace_id, department_id, id) WHERE department_id IS NOT NULL;
CREATE INDEX leads_unassigned ON leads (workspace_id, id) WHERE owner_id IS NULL;
CREATE INDEX leads_waiting ON leads (workspace_id, id) WHERE first_reply_at IS NULL;
CREATE INDEX leads_by_next_step ON leads (workspace_id, next_step_at, id) WHERE next_step_at IS NOT NULL;
CREATE INDEX leads_by_urgency ON leads (workspace_id, status_id, next_step_at, id) WHERE next_step_at IS NOT NULL;

-- Calls.
ALTER TABLE calls
  -- Asked for by the lead, so it comes before what is merely due.
  ADD COLUMN callback boolean NOT NULL DEFAULT false,
  ADD COLUMN priority smallint NOT NULL DEFAULT 0,
  ADD COLUMN skips integer NOT NULL DEFAULT 0,
  ADD COLUMN member_id uuid,
  ADD COLUMN outcome_id uuid,
  ADD COLUMN started_at timestamptz,
  ADD COLUMN talk_seconds integer CHECK (talk_seconds >= 0),
  ADD COLUMN ended_at timestamptz;
CREATE INDEX calls_offered ON calls (workspace_id, callback DESC, priority DESC, due_at, id)
  WHERE state IN ('pending', 'claimed');
-- What a member has called, for the day's figures.
CREATE INDEX calls_made ON calls (workspace_id, member_id, ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE call_outcomes (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  id uuid NOT NULL,
  name text NOT NULL,
  folded_name text NOT NULL,
  -- What follows: the call is done, is tried again after a while, at an agreed time, or nobody calls any more.
  meaning text NOT NULL CHECK (meaning IN ('done', 'retry', 'callback', 'do_not_call')),
  -- Was somebody spoken to?
  reached boolean NOT NULL DEFAULT false,
  retry_minutes integer CHECK (retry_minutes > 0),
  -- After so many tries the call is done.
  most_attempts integer CHECK (most_attempts > 0),
  -- The lead's status from then on.
  status_id uuid,
  position integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, folded_name),
  FOREIGN KEY (workspace_id, status_id) REFERENCES statuses ON DELETE SET NULL (status_id)
);
SELECT protect('call_outcomes');
GRANT SELECT, INSERT, UPDATE, DELETE ON call_outcomes TO leadwell_app;

-- What each agent does at the moment.
CREATE TABLE agents (
  workspace_id uuid NOT NULL,
  member_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('offline', 'ready', 'claimed', 'on_call', 'wrap_up', 'paused')),
  reason text,
  call_id uuid,
  since timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, member_id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES members ON DELETE CASCADE
);
SELECT protect('agents');
GRANT SELECT, INSERT, UPDATE, DELETE ON agents TO leadwell_app;

-- Reference data: how statuses and stages look and when they are late; what a lead type asks for.
ALTER TABLE statuses
  ADD COLUMN colour text NOT NULL DEFAULT 'neutral',
  -- Days without a planned step after which a lead here is late.
  ADD COLUMN idle_days integer CHECK (idle_days > 0);
ALTER TABLE reference_items
  ADD COLUMN colour text,
  -- Of a deal stage.
  ADD COLUMN state text CHECK (state IN ('open', 'won', 'lost')),
  ADD COLUMN probability numeric(5, 2) CHECK (probability BETWEEN 0 AND 100);
ALTER TABLE lead_types
  ADD COLUMN required_fields text[] NOT NULL DEFAULT '{}',
  ADD COLUMN script text,
  -- Higher is called first.
  ADD COLUMN call_priority smallint NOT NULL DEFAULT 0,
  -- Hours of the day in the callee's time between which they are called.
  ADD COLUMN call_from time,
  ADD COLUMN call_until time;
UPDATE statuses SET colour = CASE state WHEN 'new' THEN 'new' WHEN 'won' THEN 'won' WHEN 'lost' THEN 'lost'
  WHEN 'cancelled' THEN 'lost' ELSE 'contacted' END;
UPDATE reference_items SET state = CASE WHEN folded_name LIKE '%won%' THEN 'won' WHEN folded_name LIKE '%lost%' THEN 'lost'
  ELSE 'open' END WHERE kind = 'deal_stage';

ALTER TABLE deals ADD COLUMN closed_at timestamptz;
CREATE INDEX deals_by_stage ON deals (workspace_id, stage_id, id);
CREATE INDEX tasks_of_assignee ON tasks (workspace_id, assignee_id, due_at, id) WHERE done_at IS NULL;
CREATE INDEX tasks_done ON tasks (workspace_id, done_at, id) WHERE done_at IS NOT NULL;

-- The journal: put aside by hand.
ALTER TABLE submissions ADD COLUMN dismissed_at timestamptz;
CREATE INDEX submissions_by_outcome ON submissions (workspace_id, outcome, id) WHERE outcome <> 'accepted';

-- Saved views: a name for the part of an address after the question mark.
CREATE TABLE views (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  id uuid NOT NULL,
  name text NOT NULL,
  -- Who sees it: its maker, the maker's departments, or all.
  audience text NOT NULL CHECK (audience IN ('me', 'team', 'all')),
  member_id uuid,
  query text NOT NULL,
  position integer NOT NULL DEFAULT 0,
  last_used_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES members ON DELETE CASCADE
);
SELECT protect('views');
GRANT SELECT, INSERT, UPDATE, DELETE ON views TO leadwell_app;

-- Long work, done in steps: each step commits with the progress it made, so a crash repeats nothing.
CREATE TABLE jobs (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  id uuid NOT NULL,
  kind text NOT NULL,
  state text NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  params jsonb NOT NULL,
  -- Where the next step goes on; what came of it so far.
  progress jsonb NOT NULL DEFAULT '{}',
  result jsonb NOT NULL DEFAULT '{}',
  total integer NOT NULL,
  done integer NOT NULL DEFAULT 0,
  failed integer NOT NULL DEFAULT 0,
  member_id uuid,
  actor text NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  -- Claiming is the backoff: nobody takes it before.
  run_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
SELECT protect('jobs');
CREATE INDEX jobs_due ON jobs (run_at) WHERE state IN ('queued', 'running');
GRANT SELECT, INSERT, UPDATE ON jobs TO leadwell_app;
CREATE FUNCTION workspaces_with_jobs(at timestamptz) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  BEGIN ATOMIC SELECT DISTINCT workspace_id FROM jobs WHERE state IN ('queued', 'running') AND run_at <= at; END;
REVOKE EXECUTE ON FUNCTION workspaces_with_jobs(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION workspaces_with_jobs(timestamptz) TO leadwell_app;

-- Leads that were made up for trying things out; they can be removed together.
CREATE TABLE demo_leads (
  workspace_id uuid NOT NULL,
  lead_id uuid NOT NULL,
  PRIMARY KEY (workspace_id, lead_id),
  FOREIGN KEY (workspace_id, lead_id) REFERENCES leads ON DELETE CASCADE
);
SELECT protect('demo_leads');
GRANT SELECT, INSERT, DELETE ON demo_leads TO leadwell_app;

-- The next step of a lead: the open task or waiting call that is due first.
CREATE FUNCTION plan_next_step(ws uuid, lead uuid) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public
BEGIN ATOMIC
  UPDATE leads SET (next_step_at, next_step_kind, next_step) = (next.at, next.kind, next.name)
  FROM (SELECT 1) AS always LEFT JOIN LATERAL (
    SELECT due_at AS at, CASE WHEN category = 'call' THEN 'call' ELSE 'task' END AS kind, name
      FROM tasks WHERE workspace_id = ws AND lead_id = lead AND done_at IS NULL
    UNION ALL
    SELECT due_at, CASE WHEN callback THEN 'callback' ELSE 'call' END, NULL
      FROM calls WHERE workspace_id = ws AND lead_id = lead AND state IN ('pending', 'claimed')
    ORDER BY 1 NULLS LAST LIMIT 1
  ) AS next ON true
  WHERE leads.workspace_id = ws AND leads.id = lead
    AND (next_step_at, next_step_kind, next_step) IS DISTINCT FROM (next.at, next.kind, next.name);
END;
CREATE FUNCTION next_step_changed() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.lead_id IS NOT NULL THEN
    PERFORM plan_next_step(OLD.workspace_id, OLD.lead_id);
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.lead_id IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.lead_id IS DISTINCT FROM OLD.lead_id) THEN
    PERFORM plan_next_step(NEW.workspace_id, NEW.lead_id);
  END IF;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION plan_next_step(uuid, uuid), next_step_changed() FROM PUBLIC;
CREATE TRIGGER next_step AFTER INSERT OR DELETE OR UPDATE OF lead_id, name, category, due_at, done_at ON tasks
  FOR EACH ROW EXECUTE FUNCTION next_step_changed();
CREATE TRIGGER next_step AFTER INSERT OR DELETE OR UPDATE OF state, due_at, callback ON calls
  FOR EACH ROW EXECUTE FUNCTION next_step_changed();

-- The first reply: the first time a person called the lead or moved it on.
CREATE FUNCTION note_first_reply() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE leads SET first_reply_at = NEW.at
    WHERE workspace_id = NEW.workspace_id AND id = NEW.lead_id AND first_reply_at IS NULL;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION note_first_reply() FROM PUBLIC;
CREATE TRIGGER first_reply AFTER INSERT ON activities FOR EACH ROW
  WHEN (NEW.kind IN ('call_ended', 'call_logged', 'email_sent', 'status_changed') AND NEW.actor LIKE 'member:%')
  EXECUTE FUNCTION note_first_reply();

-- What new workspaces start with, for those that are there already.
INSERT INTO call_outcomes (workspace_id, id, name, folded_name, meaning, reached, retry_minutes, most_attempts, position)
  SELECT w.id, gen_random_uuid(), o.name, lower(o.name), o.meaning, o.reached, o.retry_minutes, o.most_attempts, o.position
  FROM workspaces w CROSS JOIN (VALUES
    ('Interested', 'done', true, NULL::integer, NULL::integer, 1), ('Call back', 'callback', true, NULL, NULL, 2),
    ('No answer', 'retry', false, 120, 5, 3), ('Not interested', 'done', true, NULL, NULL, 4),
    ('Wrong number', 'done', false, NULL, NULL, 5), ('Do not call', 'do_not_call', true, NULL, NULL, 6)
  ) AS o (name, meaning, reached, retry_minutes, most_attempts, position);
INSERT INTO views (workspace_id, id, name, audience, query, position)
  SELECT w.id, gen_random_uuid(), v.name, 'all', v.query, v.position
  FROM workspaces w CROSS JOIN (VALUES
    ('My open', 'owner=me&state=new,open', 1), ('Unassigned', 'owner=none&state=new,open', 2),
    ('Waiting > 5 min', 'waiting=5', 3), ('Callbacks due', 'next=callback', 4), ('New today', 'created=today', 5)
  ) AS v (name, query, position);
