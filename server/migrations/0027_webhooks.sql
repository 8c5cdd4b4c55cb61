-- Webhooks: who is told of events, and what became of it.

CREATE TABLE webhooks (
  workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  id uuid NOT NULL,
  url text NOT NULL,
  description text,
  -- Types of events; null for all.
  events text[],
  -- Leads of these only; null for any.
  sources uuid[],
  types uuid[],
  departments uuid[],
  include text[] NOT NULL DEFAULT '{}',
  enabled boolean NOT NULL DEFAULT true,
  disabled_at timestamptz,
  disabled_because text CHECK (disabled_because IN ('member', 'gone', 'asked', 'failing')),
  -- Both sign until the old one ends.
  secret bytea NOT NULL CHECK (length(secret) BETWEEN 24 AND 64),
  old_secret bytea,
  old_secret_ends_at timestamptz,
  -- The first and the latest of the failures since its last success; null if that was a success.
  failing_since timestamptz,
  failed_at timestamptz,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  -- Gone for everybody; its deliveries are being removed.
  deleted_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
SELECT protect('webhooks');
GRANT SELECT, INSERT, UPDATE, DELETE ON webhooks TO leadwell_app;

-- One row for each event and each webhook subscribed to it. Written with every lead, so it is kept small: no foreign keys,
-- and the event says the rest.
CREATE TABLE webhook_deliveries (
  workspace_id uuid NOT NULL,
  webhook_id uuid NOT NULL,
  event_id uuid NOT NULL,
  -- When it is to be sent; while it is being sent, when others may assume that whoever sends it has died.
  due_at timestamptz NOT NULL,
  state text NOT NULL CHECK (state IN ('pending', 'sending', 'delivered', 'failed', 'held')),
  attempts smallint NOT NULL DEFAULT 0,
  -- Those before it was last resent by hand, after which the schedule begins again.
  earlier_attempts smallint NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, webhook_id, event_id)
) WITH (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.2);
SELECT protect('webhook_deliveries');
GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_deliveries TO leadwell_app;
-- One index for each state that is looked for, none of which compares texts.
CREATE INDEX webhook_deliveries_pending ON webhook_deliveries (webhook_id, due_at) WHERE state = 'pending';
CREATE INDEX webhook_deliveries_sending ON webhook_deliveries (webhook_id, due_at) WHERE state = 'sending';
CREATE INDEX webhook_deliveries_failed ON webhook_deliveries (webhook_id, event_id) WHERE state = 'failed';
CREATE INDEX webhook_deliveries_held ON webhook_deliveries (webhook_id, event_id) WHERE state = 'held';

-- Everything that was tried, and the beginning of each answer.
CREATE TABLE webhook_attempts (
  workspace_id uuid NOT NULL,
  webhook_id uuid NOT NULL,
  event_id uuid NOT NULL,
  attempt smallint NOT NULL,
  at timestamptz NOT NULL,
  took_ms integer NOT NULL,
  -- Of the answer; null if there was none.
  status smallint,
  -- Why it is no success, for people; null for a success.
  error text,
  answer text,
  PRIMARY KEY (workspace_id, webhook_id, event_id, attempt)
);
SELECT protect('webhook_attempts');
GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_attempts TO leadwell_app;
CREATE INDEX webhook_attempts_by_time ON webhook_attempts (webhook_id, at);

-- Deliveries are made here, in the transaction of their events, so that nothing that writes events can forget them. A test
-- event is for one webhook, and whoever sends it makes its delivery. The filter lets a lead pass that is gone, since nobody
-- else would tell that it is.
CREATE FUNCTION make_deliveries() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF EXISTS (SELECT FROM webhooks WHERE workspace_id IN (SELECT workspace_id FROM added)) THEN
    INSERT INTO webhook_deliveries (workspace_id, webhook_id, event_id, due_at, state)
      SELECT e.workspace_id, w.id, e.id, e.created_at, CASE WHEN w.enabled THEN 'pending' ELSE 'held' END
      FROM added e JOIN webhooks w ON w.workspace_id = e.workspace_id
      WHERE w.deleted_at IS NULL AND e.type <> 'webhook.test' AND (w.events IS NULL OR e.type = ANY (w.events))
        AND (w.sources IS NULL AND w.types IS NULL AND w.departments IS NULL
          OR e.lead_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM leads l WHERE l.workspace_id = e.workspace_id AND l.id = e.lead_id AND NOT (
              coalesce(l.source_id = ANY (w.sources), w.sources IS NULL)
              AND coalesce(l.type_id = ANY (w.types), w.types IS NULL)
              AND coalesce(l.department_id = ANY (w.departments), w.departments IS NULL))));
  END IF;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION make_deliveries() FROM PUBLIC;
CREATE TRIGGER make_deliveries AFTER INSERT ON events REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION make_deliveries();

-- Webhooks with something to do at this time, of one workspace or of all.
CREATE FUNCTION webhooks_due(at timestamptz, of_workspace uuid) RETURNS TABLE (workspace_id uuid, webhook_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  BEGIN ATOMIC
    SELECT w.workspace_id, w.id FROM webhooks w
    WHERE (of_workspace IS NULL OR w.workspace_id = of_workspace) AND w.enabled AND w.deleted_at IS NULL
      AND (EXISTS (SELECT FROM webhook_deliveries d WHERE d.webhook_id = w.id AND d.state = 'pending' AND d.due_at <= at)
        OR EXISTS (SELECT FROM webhook_deliveries d WHERE d.webhook_id = w.id AND d.state = 'sending' AND d.due_at <= at));
  END;
-- Webhooks that were deleted or disabled while deliveries of theirs were waiting.
CREATE FUNCTION webhooks_to_clear() RETURNS TABLE (workspace_id uuid, webhook_id uuid, deleted boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  BEGIN ATOMIC
    SELECT w.workspace_id, w.id, w.deleted_at IS NOT NULL FROM webhooks w
    WHERE w.deleted_at IS NOT NULL OR (NOT w.enabled
      AND EXISTS (SELECT FROM webhook_deliveries d WHERE d.webhook_id = w.id AND d.state = 'pending'));
  END;
REVOKE EXECUTE ON FUNCTION webhooks_due(timestamptz, uuid), webhooks_to_clear() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION webhooks_due(timestamptz, uuid), webhooks_to_clear() TO leadwell_app;
