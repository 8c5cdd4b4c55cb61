-- Only a lost lead has a lost reason. Before, a lead that was opened again could keep it: it is cleared, and the lead's
-- timeline says so.
WITH stale AS (
  SELECT l.workspace_id, l.id, l.lost_reason_id FROM leads l
  JOIN statuses s ON s.workspace_id = l.workspace_id AND s.id = l.status_id
  WHERE l.lost_reason_id IS NOT NULL AND s.state <> 'lost'
), cleared AS (
  UPDATE leads l SET lost_reason_id = NULL, version = l.version + 1 FROM stale
  WHERE l.workspace_id = stale.workspace_id AND l.id = stale.id
  RETURNING l.workspace_id, l.id, l.version, stale.lost_reason_id,
    -- UUIDs of version 7, by which timelines are ordered: the time, then chance.
    (SELECT array_agg(encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) PLACING
      substring(int8send((extract(epoch FROM now()) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid)
      FROM generate_series(1, 2) WHERE l.id IS NOT NULL) AS ids
), told AS (
  INSERT INTO activities (workspace_id, lead_id, id, kind, actor, reason, detail, at)
  SELECT workspace_id, id, ids[1], 'lead_updated', 'system', 'A lead that is not lost has no lost reason.',
    json_build_object('changes', json_build_array(
      json_build_object('field', 'lost_reason_id', 'from', lost_reason_id, 'to', NULL))), now()
  FROM cleared
)
INSERT INTO events (workspace_id, id, type, lead_id, lead_version, payload, created_at)
SELECT workspace_id, ids[2], 'lead.updated', id, version,
  json_build_object('changed', json_build_array('lost_reason'), 'submission_id', NULL), now()
FROM cleared;
