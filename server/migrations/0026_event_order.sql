-- Events are read in an order in which none can appear before one that was read already: by transaction, and only those of
-- transactions older than the oldest still running. Ids are made before the commit, so they are no such order.

-- Transaction ids start over where a backup is restored into another cluster, and may repeat after a failover or a recovery
-- to an earlier moment, both of which begin a new timeline. Each such beginning is an epoch: milliseconds since 1970, so
-- that two that began apart are never taken for one another.
CREATE FUNCTION this_cluster() RETURNS text LANGUAGE sql VOLATILE
  RETURN (SELECT system_identifier::text FROM pg_control_system()) || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8);
CREATE TABLE event_epochs (
  epoch bigint PRIMARY KEY,
  cluster text NOT NULL
);
GRANT SELECT ON event_epochs TO leadwell_app;
INSERT INTO event_epochs (epoch, cluster) VALUES (floor(extract(epoch FROM clock_timestamp()) * 1000), this_cluster());
CREATE FUNCTION event_epoch() RETURNS bigint LANGUAGE sql STABLE
  RETURN (SELECT max(epoch) FROM event_epochs);
REVOKE EXECUTE ON FUNCTION this_cluster(), event_epoch() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION event_epoch() TO leadwell_app;

-- What was announced so far is all of this migration's transaction, in the order of its ids.
ALTER TABLE events
  ADD COLUMN epoch bigint NOT NULL DEFAULT event_epoch(),
  ADD COLUMN transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX events_in_order ON events (workspace_id, epoch, transaction_id, id);

-- The first versions announced whole leads, notes, tasks, deals and calls. What they said of leads takes today's form; the
-- rest has none, and nobody could read it yet. Escapes of what no text can hold would fail each look into a payload.
UPDATE events SET payload = regexp_replace(payload::text, '\\u(0000|[dD][89a-fA-F][0-9a-fA-F]{2})', '\\u0020', 'g')::json
  WHERE payload::text ~ '\\u(0000|[dD][89a-fA-F][0-9a-fA-F]{2})';
DELETE FROM events WHERE (type LIKE 'note.%' OR type LIKE 'task.%' OR type LIKE 'deal.%' OR type LIKE 'call.%')
  AND (payload -> 'lead_id' IS NOT NULL OR payload -> 'id' IS NOT NULL OR payload -> 'call' IS NOT NULL);
CREATE FUNCTION pg_temp.named(id json, name json) RETURNS json LANGUAGE sql
  RETURN CASE WHEN json_typeof(id) = 'string' THEN json_build_object('id', id, 'name', coalesce(name, '""')) END;
CREATE FUNCTION pg_temp.public_names(fields json) RETURNS json LANGUAGE sql
  RETURN (SELECT coalesce(json_agg(regexp_replace(name, '^(status|type|category|lost_reason|source|department|owner)_id$', '\1')), '[]')
    FROM json_array_elements_text(CASE WHEN json_typeof(fields) = 'array' THEN fields ELSE '[]' END) AS name);
UPDATE events e SET payload = CASE type
  WHEN 'lead.created' THEN json_build_object('submission_id', payload -> 'submission_id',
    'status', json_build_object('id', payload -> 'lead' -> 'status_id', 'name', coalesce(payload -> 'lead' -> 'status', '""'),
      'state', coalesce((SELECT s.state FROM statuses s
        WHERE s.workspace_id = e.workspace_id AND to_json(s.id)::text = (payload -> 'lead' -> 'status_id')::text), 'new')),
    'source', pg_temp.named(payload -> 'lead' -> 'source_id', payload -> 'lead' -> 'source'),
    'type', pg_temp.named(payload -> 'lead' -> 'type_id', payload -> 'lead' -> 'type'),
    'department', pg_temp.named(payload -> 'lead' -> 'department_id', payload -> 'lead' -> 'department'),
    'owner_id', payload -> 'lead' -> 'owner_id')
  WHEN 'lead.updated' THEN json_build_object('changed', pg_temp.public_names(payload -> 'changed'),
    'submission_id', payload -> 'submission_id')
  WHEN 'lead.enquired_again' THEN json_build_object('submission_id', payload -> 'submission_id',
    'source', pg_temp.named(payload -> 'lead' -> 'source_id', payload -> 'lead' -> 'source'), 'changed', '[]'::json)
  ELSE '{}' END
WHERE payload -> 'lead' IS NOT NULL;
