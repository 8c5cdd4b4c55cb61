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
-- The first owner has no address of their own before somebody takes the first link.
GRANT UPDATE (totp_secret, totp_confirmed_at, totp_last_step, recovery_hashes, email, folded_email)
  ON users TO leadwell_app;
-- A reset link lets its holder choose a password anew; a device is a browser that its person has signed in with before.
ALTER TABLE sessions
  DROP CONSTRAINT sessions_kind_check,
  ADD CONSTRAINT sessions_kind_check CHECK (kind IN ('api', 'welcome_link', 'reset_link', 'web', 'device'));
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
      AND s.kind IN ('web', 'api', 'reset_link') AND s.id IS DISTINCT FROM except_id; END;
-- Where a person is signed in, in every workspace.
CREATE FUNCTION web_sessions_of_user(person uuid)
  RETURNS TABLE (id uuid, workspace text, created_at timestamptz, last_seen_at timestamptz, expires_at timestamptz,
    address text, user_agent text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  BEGIN ATOMIC SELECT s.id, w.name, s.created_at, s.last_seen_at, s.expires_at, s.address, s.user_agent
    FROM members m JOIN sessions s ON s.workspace_id = m.workspace_id AND s.member_id = m.id
    JOIN workspaces w ON w.id = m.workspace_id
    WHERE m.user_id = person AND m.active AND s.kind = 'web' AND s.ended_at IS NULL ORDER BY s.id DESC; END;
CREATE FUNCTION end_web_session_of_user(person uuid, wanted uuid) RETURNS SETOF uuid
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public
  BEGIN ATOMIC UPDATE sessions s SET ended_at = now() FROM members m
    WHERE m.user_id = person AND s.workspace_id = m.workspace_id AND s.member_id = m.id AND s.id = wanted
      AND s.kind = 'web' AND s.ended_at IS NULL RETURNING s.id; END;
REVOKE EXECUTE ON FUNCTION user_for_sign_in(text), workspaces_of_user(uuid), end_sessions_of_user(uuid, uuid),
  web_sessions_of_user(uuid), end_web_session_of_user(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION user_for_sign_in(text), workspaces_of_user(uuid), end_sessions_of_user(uuid, uuid),
  web_sessions_of_user(uuid), end_web_session_of_user(uuid, uuid) TO leadwell_app;

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
CREATE INDEX leads_of_owner_by_next_step ON leads (workspace_id, owner_id, next_step_at, id)
  WHERE next_step_at IS NOT NULL;
CREATE INDEX leads_by_kind_of_step ON leads (workspace_id, next_step_kind, next_step_at, id) WHERE next_step_at IS NOT NULL;
CREATE INDEX leads_by_creation ON leads (workspace_id, created_at, id);
CREATE INDEX leads_by_urgency ON leads (workspace_id, status_id, next_step_at, id) WHERE next_step_at IS NOT NULL;
CREATE INDEX leads_unplanned ON leads (workspace_id, status_id, id) WHERE next_step_at IS NULL;

-- Leads whose text is like one of these patterns, as many as are wanted and in no order. Row-level security lets no
-- index be used for LIKE, so this runs as the owner and confines itself to the workspace at hand. Ids say nothing of a
-- lead: whoever then asks for the leads gets those that are theirs to see.
CREATE FUNCTION leads_like(patterns text[], most integer) RETURNS SETOF uuid
  LANGUAGE plpgsql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public SET enable_seqscan = off SET enable_indexscan = off AS $$
BEGIN
  -- Fewer than three letters between the signs make no trigram: the index would be read from end to end.
  IF NOT EXISTS (SELECT 1 FROM unnest(patterns) AS pattern WHERE length(pattern) < 5) THEN
    -- Planned for the text at hand, every time.
    RETURN QUERY EXECUTE 'SELECT lead_id FROM lead_search WHERE workspace_id = $1 AND text LIKE ANY ($2) LIMIT $3'
      USING current_workspace(), patterns, most;
  END IF;
END $$;
REVOKE EXECUTE ON FUNCTION leads_like(text[], integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION leads_like(text[], integer) TO leadwell_app;

-- Leads that look alike and are not the same person: nobody is asked about them again.
CREATE TABLE lead_distinctions (
  workspace_id uuid NOT NULL,
  lead_id uuid NOT NULL,
  other_id uuid NOT NULL,
  actor text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, lead_id, other_id),
  FOREIGN KEY (workspace_id, lead_id) REFERENCES leads ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, other_id) REFERENCES leads ON DELETE CASCADE,
  CHECK (lead_id < other_id)
);
SELECT protect('lead_distinctions');
SELECT see_with_lead('lead_distinctions');
CREATE INDEX lead_distinctions_by_other ON lead_distinctions (workspace_id, other_id);
GRANT SELECT, INSERT, DELETE ON lead_distinctions TO leadwell_app;

-- Notes are changed and removed by their own ids.
ALTER TABLE notes ADD COLUMN edited_at timestamptz;
CREATE INDEX notes_by_id ON notes (workspace_id, id);

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
ALTER TABLE calls
  -- Somebody called or replied before: it comes after the leads that still wait for a first reply.
  ADD COLUMN again boolean NOT NULL DEFAULT false,
  -- Lower is called first: callbacks, then by priority, then who waits for a first reply. Kept by the trigger below.
  ADD COLUMN rank integer,
  -- Not offered before: due_at, or later when it was skipped or may not be called yet.
  ADD COLUMN offer_at timestamptz;
UPDATE calls SET rank = 65536, offer_at = due_at;
ALTER TABLE calls ALTER COLUMN rank SET NOT NULL, ALTER COLUMN offer_at SET NOT NULL;
CREATE INDEX calls_offered ON calls (workspace_id, rank, offer_at, id) WHERE state IN ('pending', 'claimed');
CREATE INDEX calls_offered_of_type ON calls (workspace_id, type_id, rank, offer_at, id)
  WHERE state IN ('pending', 'claimed');
CREATE INDEX calls_upcoming ON calls (workspace_id, offer_at, id) WHERE state IN ('pending', 'claimed');
CREATE INDEX calls_claimed ON calls (workspace_id, member_id) WHERE state = 'claimed';
CREATE FUNCTION place_call() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.again := coalesce(NEW.again, false);
  NEW.rank := CASE WHEN NEW.callback THEN 0 ELSE (32768 - NEW.priority) * 2 + NEW.again::integer END;
  IF TG_OP = 'INSERT' THEN
    NEW.offer_at := coalesce(NEW.offer_at, NEW.due_at);
  ELSIF NEW.due_at <> OLD.due_at AND NEW.offer_at = OLD.offer_at THEN
    NEW.offer_at := NEW.due_at;
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION place_call() FROM PUBLIC;
CREATE TRIGGER place BEFORE INSERT OR UPDATE OF callback, priority, again, due_at ON calls
  FOR EACH ROW EXECUTE FUNCTION place_call();
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

-- Every time a call was made: calls are tried again, and each try counts. Written by the trigger below.
CREATE TABLE call_attempts (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  lead_id uuid NOT NULL,
  call_id uuid NOT NULL,
  member_id uuid,
  outcome_id uuid,
  outcome text,
  started_at timestamptz,
  ended_at timestamptz NOT NULL,
  talk_seconds integer,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, lead_id) REFERENCES leads ON DELETE CASCADE
);
SELECT protect('call_attempts');
SELECT see_with_lead('call_attempts');
CREATE INDEX call_attempts_by_member ON call_attempts (workspace_id, member_id, ended_at);
CREATE INDEX call_attempts_by_lead ON call_attempts (workspace_id, lead_id, id);
GRANT SELECT ON call_attempts TO leadwell_app;
CREATE FUNCTION note_attempt() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'INSERT' OR NEW.ended_at IS DISTINCT FROM OLD.ended_at THEN
    INSERT INTO call_attempts
      (workspace_id, id, lead_id, call_id, member_id, outcome_id, outcome, started_at, ended_at, talk_seconds)
    VALUES (NEW.workspace_id, gen_random_uuid(), NEW.lead_id, NEW.id, NEW.member_id, NEW.outcome_id, NEW.outcome,
      NEW.started_at, NEW.ended_at, NEW.talk_seconds);
  END IF;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION note_attempt() FROM PUBLIC;
CREATE TRIGGER attempt AFTER INSERT OR UPDATE OF ended_at ON calls FOR EACH ROW
  WHEN (NEW.ended_at IS NOT NULL) EXECUTE FUNCTION note_attempt();

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
-- Who is gone holds no call: a member who was deactivated, or whose last session was ended.
CREATE FUNCTION let_go_of_calls(ws uuid, member uuid) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public
BEGIN ATOMIC
  UPDATE calls SET state = 'pending', claim_id = NULL, claimed_by = NULL, claim_expires_at = NULL, member_id = NULL,
      started_at = NULL, updated_at = now()
    WHERE workspace_id = ws AND member_id = member AND state = 'claimed';
  UPDATE agents SET state = 'offline', reason = NULL, call_id = NULL, since = now()
    WHERE workspace_id = ws AND member_id = member AND state <> 'offline';
END;
CREATE FUNCTION member_left() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM let_go_of_calls(NEW.workspace_id, NEW.id);
  RETURN NULL;
END $$;
CREATE FUNCTION session_left() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM sessions WHERE workspace_id = NEW.workspace_id AND member_id = NEW.member_id
      AND kind = 'web' AND ended_at IS NULL AND expires_at > now()) THEN
    PERFORM let_go_of_calls(NEW.workspace_id, NEW.member_id);
  END IF;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION let_go_of_calls(uuid, uuid), member_left(), session_left() FROM PUBLIC;
CREATE TRIGGER left_calls AFTER UPDATE OF active ON members FOR EACH ROW
  WHEN (OLD.active AND NOT NEW.active) EXECUTE FUNCTION member_left();
CREATE TRIGGER left_calls AFTER UPDATE OF ended_at ON sessions FOR EACH ROW
  WHEN (NEW.kind = 'web' AND NEW.member_id IS NOT NULL AND OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL)
  EXECUTE FUNCTION session_left();

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
CREATE INDEX deals_by_owner ON deals (workspace_id, owner_id, id) WHERE owner_id IS NOT NULL;
CREATE INDEX deals_by_end ON deals (workspace_id, coalesce(end_date, 'infinity'), id);
CREATE INDEX deals_by_amount ON deals (workspace_id, coalesce(amount, '-Infinity'), id);
CREATE INDEX deals_closed ON deals (workspace_id, closed_at) WHERE closed_at IS NOT NULL;
ALTER TABLE tasks DROP CONSTRAINT tasks_category_check,
  ADD CONSTRAINT tasks_category_check CHECK (category IN ('normal', 'call', 'email'));
-- By when they are due; what has no date comes last.
DROP INDEX tasks_open;
CREATE INDEX tasks_open ON tasks (workspace_id, coalesce(due_at, 'infinity'), id) WHERE done_at IS NULL;
CREATE INDEX tasks_of_assignee ON tasks (workspace_id, assignee_id, coalesce(due_at, 'infinity'), id) WHERE done_at IS NULL;
CREATE INDEX tasks_done ON tasks (workspace_id, done_at, id) WHERE done_at IS NOT NULL;

-- The journal: put aside by hand.
ALTER TABLE submissions ADD COLUMN dismissed_at timestamptz;
CREATE INDEX submissions_by_outcome ON submissions (workspace_id, outcome, id) WHERE outcome <> 'accepted';
ALTER TABLE replays
  -- The query as it was mended, and the job that tried it.
  ADD COLUMN edited_query text,
  ADD COLUMN job_id uuid;
CREATE INDEX replays_of_job ON replays (workspace_id, job_id, id) WHERE job_id IS NOT NULL;

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
-- What a job made of leads and what they were before, so that it can be taken back; gone when it was.
CREATE TABLE job_changes (
  workspace_id uuid NOT NULL,
  job_id uuid NOT NULL,
  lead_id uuid NOT NULL,
  before jsonb NOT NULL,
  after jsonb NOT NULL,
  PRIMARY KEY (workspace_id, job_id, lead_id),
  FOREIGN KEY (workspace_id, job_id) REFERENCES jobs ON DELETE CASCADE
);
SELECT protect('job_changes');
GRANT SELECT, INSERT, DELETE ON job_changes TO leadwell_app;
CREATE FUNCTION workspaces_with_jobs(at timestamptz) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  BEGIN ATOMIC SELECT DISTINCT workspace_id FROM jobs WHERE state IN ('queued', 'running') AND run_at <= at; END;
REVOKE EXECUTE ON FUNCTION workspaces_with_jobs(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION workspaces_with_jobs(timestamptz) TO leadwell_app;

-- Leads that were made up for trying things out; they can be removed together.
CREATE TABLE demo_leads (
  workspace_id uuid NOT NULL,
  lead_id uuid NOT NULL,
  -- The lead's version as it was made: another one says that somebody worked on it since.
  version bigint NOT NULL,
  PRIMARY KEY (workspace_id, lead_id),
  FOREIGN KEY (workspace_id, lead_id) REFERENCES leads ON DELETE CASCADE
);
SELECT protect('demo_leads');
GRANT SELECT, INSERT, DELETE ON demo_leads TO leadwell_app;
-- What was made besides for the same purpose; requests are those that led to no lead.
CREATE TABLE demo_items (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('member', 'department', 'source', 'token', 'request')),
  id uuid NOT NULL,
  PRIMARY KEY (workspace_id, kind, id)
);
SELECT protect('demo_items');
GRANT SELECT, INSERT, DELETE ON demo_items TO leadwell_app;
-- Nothing else leaves the journal and the outbox by hand. A made-up lead's event has the id of the lead.
CREATE FUNCTION forget_demo_requests(requests_of uuid[], events_of uuid[]) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public
BEGIN ATOMIC
  DELETE FROM replays r USING submissions s, demo_leads l, demo_items t
    WHERE r.workspace_id = current_workspace() AND s.workspace_id = r.workspace_id AND s.id = r.submission_id
      AND s.lead_id = ANY (requests_of) AND l.workspace_id = s.workspace_id AND l.lead_id = s.lead_id
      AND t.workspace_id = s.workspace_id AND t.kind = 'token' AND t.id = s.token_id;
  DELETE FROM submissions s USING demo_leads l, demo_items t
    WHERE s.workspace_id = current_workspace() AND s.lead_id = ANY (requests_of)
      AND l.workspace_id = s.workspace_id AND l.lead_id = s.lead_id
      AND t.workspace_id = s.workspace_id AND t.kind = 'token' AND t.id = s.token_id;
  DELETE FROM events e USING demo_leads l
    WHERE e.workspace_id = current_workspace() AND e.id = ANY (events_of) AND l.workspace_id = e.workspace_id
      AND l.lead_id = e.id AND e.lead_id = e.id;
END;
CREATE FUNCTION forget_demo_items() RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public
BEGIN ATOMIC
  DELETE FROM replays r USING demo_items d
    WHERE d.workspace_id = current_workspace() AND d.kind = 'request' AND r.workspace_id = d.workspace_id
      AND r.submission_id = d.id;
  DELETE FROM submissions s USING demo_items d
    WHERE d.workspace_id = current_workspace() AND d.kind = 'request' AND s.workspace_id = d.workspace_id AND s.id = d.id;
  DELETE FROM tokens t USING demo_items d
    WHERE d.workspace_id = current_workspace() AND d.kind = 'token' AND t.workspace_id = d.workspace_id AND t.id = d.id;
  DELETE FROM demo_items WHERE workspace_id = current_workspace() AND kind IN ('request', 'token');
END;
REVOKE EXECUTE ON FUNCTION forget_demo_requests(uuid[], uuid[]), forget_demo_items() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_demo_requests(uuid[], uuid[]), forget_demo_items() TO leadwell_app;

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
CREATE TRIGGER next_step AFTER DELETE OR UPDATE OF lead_id, name, category, due_at, done_at ON tasks
  FOR EACH ROW EXECUTE FUNCTION next_step_changed();
-- What is new and done already is nobody's next step.
CREATE TRIGGER next_step_of_new AFTER INSERT ON tasks
  FOR EACH ROW WHEN (NEW.done_at IS NULL) EXECUTE FUNCTION next_step_changed();
CREATE TRIGGER next_step AFTER DELETE OR UPDATE OF state, due_at, callback ON calls
  FOR EACH ROW EXECUTE FUNCTION next_step_changed();
CREATE TRIGGER next_step_of_new AFTER INSERT ON calls
  FOR EACH ROW WHEN (NEW.state IN ('pending', 'claimed')) EXECUTE FUNCTION next_step_changed();

-- The first reply: the first time a person called the lead or moved it on.
CREATE FUNCTION note_first_reply() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE leads SET first_reply_at = NEW.at
    WHERE workspace_id = NEW.workspace_id AND id = NEW.lead_id AND first_reply_at IS NULL;
  IF FOUND THEN
    UPDATE calls SET again = true WHERE workspace_id = NEW.workspace_id AND lead_id = NEW.lead_id AND NOT again
      AND state IN ('pending', 'claimed');
  END IF;
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
