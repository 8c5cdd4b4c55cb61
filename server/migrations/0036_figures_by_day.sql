-- Figures of leads by day and dimension, so that reports need not count leads. The consumer of the index queue keeps them
-- (leads/figures); what waits in the queue is added when a report is read.

-- What the facts of a workspace were computed with, and how far. Reports use the figures once they are ready.
CREATE TABLE figure_bases (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  time_zone text NOT NULL,
  -- The statuses of the funnel with the step that each is, in the order of steps.
  statuses uuid[] NOT NULL,
  places integer[] NOT NULL,
  -- All leads up to this one were computed anew.
  computed_to uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  ready boolean NOT NULL DEFAULT false,
  PRIMARY KEY (workspace_id)
);
SELECT protect('figure_bases');
GRANT SELECT, INSERT, UPDATE, DELETE ON figure_bases TO leadwell_app;

-- What each lead adds to the figures, to take it off again once the lead has changed or is gone.
CREATE TABLE lead_facts (
  workspace_id uuid NOT NULL,
  lead_id uuid NOT NULL,
  -- Day and hour of arrival, in the workspace's time zone.
  day date NOT NULL,
  hour smallint NOT NULL,
  department_id uuid,
  source_id uuid,
  owner_id uuid,
  status_id uuid NOT NULL,
  -- The furthest step of the funnel.
  furthest integer NOT NULL,
  -- Hour of the week of the first reply: 24 to 47 on Monday, and so on. Null: nobody has replied.
  answered smallint,
  -- From arrival to the first reply, in microseconds.
  wait bigint,
  -- From arrival to each step of the funnel, in microseconds; step 1 comes first.
  reached bigint[],
  -- Attempts to call, and callbacks made, by day and member.
  calls jsonb,
  callbacks jsonb,
  PRIMARY KEY (workspace_id, lead_id)
);
SELECT protect('lead_facts');
CREATE INDEX lead_facts_of_owner ON lead_facts (workspace_id, owner_id, day) WHERE owner_id IS NOT NULL;
CREATE INDEX lead_facts_of_department ON lead_facts (workspace_id, department_id, day) WHERE department_id IS NOT NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON lead_facts TO leadwell_app;

-- The sums: how many leads (or calls) there are of each kind, day and so on. The kinds are in leads/figures/kinds-store.ts.
-- The id of zeros stands for none, and where a kind does not distinguish by that column.
CREATE TABLE lead_figures (
  workspace_id uuid NOT NULL,
  kind smallint NOT NULL,
  department_id uuid NOT NULL,
  source_id uuid NOT NULL,
  day date NOT NULL,
  member_id uuid NOT NULL,
  item_id uuid NOT NULL,
  value integer NOT NULL,
  leads integer NOT NULL,
  seconds bigint NOT NULL,
  PRIMARY KEY (workspace_id, kind, department_id, source_id, day, member_id, item_id, value)
) WITH (fillfactor = 70);
SELECT protect('lead_figures');
GRANT SELECT, INSERT, UPDATE, DELETE ON lead_figures TO leadwell_app;

-- How long each lead took to the first reply (step 0) and to the steps of the funnel, in order, for medians.
CREATE TABLE lead_waits (
  workspace_id uuid NOT NULL,
  step integer NOT NULL,
  day date NOT NULL,
  wait bigint NOT NULL,
  lead_id uuid NOT NULL,
  department_id uuid,
  source_id uuid,
  owner_id uuid,
  PRIMARY KEY (workspace_id, step, day, wait, lead_id)
);
SELECT protect('lead_waits');
GRANT SELECT, INSERT, UPDATE, DELETE ON lead_waits TO leadwell_app;

-- Where the classes of waits begin, in microseconds: each a tenth longer, with the limits that reports show among them (5
-- minutes, 15 minutes, and just over an hour).
CREATE FUNCTION wait_bounds() RETURNS bigint[] LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN ARRAY[
    1000000, 1100000, 1200000, 1300000, 1500000, 1600000, 1800000, 1900000, 2100000, 2400000, 2600000, 2900000,
    3100000, 3500000, 3800000, 4200000, 4600000, 5100000, 5600000, 6100000, 6700000, 7400000, 8100000, 9000000,
    9800000, 10800000, 11900000, 13100000, 14400000, 15900000, 17400000, 19200000, 21100000, 23200000, 25500000,
    28100000, 30900000, 34000000, 37400000, 41100000, 45300000, 49800000, 54800000, 60200000, 66300000, 72900000,
    80200000, 88200000, 97000000, 106700000, 117400000, 129100000, 142000000, 156200000, 171900000, 189100000,
    208000000, 228800000, 251600000, 276800000, 300000000, 304500000, 334900000, 368400000, 405300000, 445800000,
    490400000, 539400000, 593300000, 652700000, 718000000, 789700000, 868700000, 900000000, 955600000, 1051200000,
    1156300000, 1271900000, 1399100000, 1539000000, 1692900000, 1862200000, 2048400000, 2253200000, 2478600000,
    2726400000, 2999100000, 3299000000, 3600000001, 3628900000, 3991800000, 4390900000, 4830000000, 5313000000,
    5844300000, 6428800000, 7071600000, 7778800000, 8556700000, 9412300000, 10353600000, 11388900000, 12527800000,
    13780600000, 15158700000, 16674500000, 18342000000, 20176200000, 22193800000, 24413200000, 26854500000,
    29540000000, 32494000000, 35743400000, 39317700000, 43249500000, 47574400000, 52331900000, 57565000000,
    63321500000, 69653700000, 76619100000, 84281000000, 92709100000, 101980000000, 112178000000, 123395800000,
    135735300000, 149308900000, 164239800000, 180663700000, 198730100000, 218603100000, 240463400000, 264509800000,
    290960800000, 320056800000, 352062500000, 387268800000, 425995700000, 468595200000, 515454800000, 567000200000,
    623700300000, 686070300000, 754677300000, 830145000000, 913159500000, 1004475500000, 1104923000000,
    1215415400000, 1336956900000, 1470652600000, 1617717800000, 1779489600000, 1957438600000, 2153182400000,
    2368500700000, 2605350800000, 2865885800000, 3152474400000, 3467721900000, 3814494000000, 4195943400000,
    4615537800000, 5077091600000, 5584800700000, 6143280800000, 6757608900000, 7433369800000, 8176706700000,
    8994377400000, 9893815100000, 10883196700000, 11971516300000, 13168668000000, 14485534800000, 15934088200000,
    17527497100000, 19280246800000, 21208271400000, 23329098600000, 25662008400000, 28228209300000, 31051030200000,
    34156133200000]::bigint[];
CREATE FUNCTION wait_class(wait bigint) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN width_bucket(wait, wait_bounds());

-- The step of the funnel that each status is: those with the state new are the first, those won the last, the others follow
-- their order. Reports compare it with what they were asked for.
CREATE FUNCTION funnel_places(of_workspace uuid, OUT statuses uuid[], OUT places integer[])
  LANGUAGE sql STABLE SET search_path = pg_catalog, public
  BEGIN ATOMIC
    SELECT coalesce(array_agg(one.id ORDER BY one.place, one.id), '{}'), coalesce(array_agg(one.place ORDER BY one.place, one.id), '{}')
    FROM (
      SELECT s.id, CASE s.state WHEN 'new' THEN 0
        WHEN 'won' THEN 1 + (SELECT count(*) FROM statuses o WHERE o.workspace_id = of_workspace AND o.state = 'open')
        ELSE row_number() OVER (PARTITION BY s.state ORDER BY s.position, s.id) END::integer AS place
      FROM statuses s WHERE s.workspace_id = of_workspace AND s.state IN ('new', 'open', 'won')
    ) AS one;
  END;

-- Workspaces whose figures are not ready, or no longer fit their time zone and statuses.
CREATE FUNCTION workspaces_to_figure() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  BEGIN ATOMIC
    SELECT w.id FROM workspaces w CROSS JOIN LATERAL funnel_places(w.id) p
    LEFT JOIN figure_bases b ON b.workspace_id = w.id
    WHERE (b.ready AND b.time_zone = w.time_zone AND b.statuses = p.statuses AND b.places = p.places) IS NOT TRUE;
  END;
REVOKE EXECUTE ON FUNCTION wait_bounds(), wait_class(bigint), funnel_places(uuid), workspaces_to_figure() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION wait_bounds(), wait_class(bigint), funnel_places(uuid), workspaces_to_figure() TO leadwell_app;

-- Whoever gives a lead a new version queues it. What triggers and clocks change besides is queued here, unless the
-- transaction says that it queues its leads itself.
CREATE FUNCTION queue_lead() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO index_queue (workspace_id, lead_ids, delta) VALUES (NEW.workspace_id, ARRAY[NEW.id], 0);
  RETURN NULL;
END $$;
CREATE TRIGGER figures AFTER UPDATE OF first_reply_at, status_id, owner_id, source_id, department_id, created_at ON leads
  FOR EACH ROW WHEN (NEW.first_reply_at IS DISTINCT FROM OLD.first_reply_at OR (NEW.version = OLD.version
    AND (NEW.status_id, NEW.owner_id, NEW.source_id, NEW.department_id, NEW.created_at)
      IS DISTINCT FROM (OLD.status_id, OLD.owner_id, OLD.source_id, OLD.department_id, OLD.created_at)))
  EXECUTE FUNCTION queue_lead();

CREATE FUNCTION queue_lead_of_call() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  gone boolean := TG_OP = 'DELETE';
  workspace uuid := CASE WHEN gone THEN OLD.workspace_id ELSE NEW.workspace_id END;
  lead uuid := CASE WHEN gone THEN OLD.lead_id ELSE NEW.lead_id END;
BEGIN
  -- Calls that go with their lead: whoever deletes it queues it.
  IF gone AND NOT EXISTS (SELECT FROM leads WHERE workspace_id = workspace AND id = lead) THEN
    RETURN NULL;
  END IF;
  INSERT INTO index_queue (workspace_id, lead_ids, delta) VALUES (workspace, ARRAY[lead], 0);
  RETURN NULL;
END $$;
CREATE TRIGGER figures AFTER INSERT ON call_attempts
  FOR EACH ROW WHEN (current_setting('leadwell.queued', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION queue_lead_of_call();
CREATE TRIGGER figures_less AFTER DELETE ON call_attempts FOR EACH ROW EXECUTE FUNCTION queue_lead_of_call();
-- An attempt queues the lead of a callback that was made; here are the other ways.
CREATE TRIGGER figures AFTER UPDATE OF state, callback, started_at, ended_at, due_at, member_id ON calls
  FOR EACH ROW WHEN ((OLD.callback AND OLD.state = 'dialled') OR (NEW.callback AND NEW.state = 'dialled'))
  EXECUTE FUNCTION queue_lead_of_call();
CREATE TRIGGER figures_less AFTER DELETE ON calls
  FOR EACH ROW WHEN (OLD.callback AND OLD.state = 'dialled') EXECUTE FUNCTION queue_lead_of_call();
REVOKE EXECUTE ON FUNCTION queue_lead(), queue_lead_of_call() FROM PUBLIC;
