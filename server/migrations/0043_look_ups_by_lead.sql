-- More look-ups that read every row of the workspace as long as the planner knows nothing of the tables, where indexes that
-- begin with the workspace cost the same as those that begin with the lead.

-- The next step of a lead: ids of leads are unique over all workspaces, so nothing but the lead is asked for.
DROP INDEX tasks_by_lead;
CREATE INDEX tasks_by_lead ON tasks (lead_id, id) WHERE lead_id IS NOT NULL;

CREATE OR REPLACE FUNCTION plan_next_step(ws uuid, lead uuid) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path TO pg_catalog, public BEGIN ATOMIC
  UPDATE leads SET next_step_at = next.at, next_step_kind = next.kind, next_step = next.name
  FROM (SELECT 1) AS always LEFT JOIN LATERAL (
    SELECT due_at AS at, CASE WHEN category = 'call' THEN 'call' ELSE 'task' END AS kind, name
      FROM tasks WHERE tasks.lead_id = lead AND done_at IS NULL
    UNION ALL SELECT due_at, CASE WHEN callback THEN 'callback' ELSE 'call' END, NULL
      FROM calls WHERE calls.lead_id = lead AND state IN ('pending', 'claimed')
    ORDER BY 1 LIMIT 1
  ) AS next ON true
  WHERE leads.workspace_id = ws AND leads.id = lead
    AND (next_step_at IS DISTINCT FROM next.at OR next_step_kind IS DISTINCT FROM next.kind
      OR next_step IS DISTINCT FROM next.name);
END;

-- The workspace is compared as text, so that only the index of texts can answer, not the one that begins with the
-- workspace.
CREATE OR REPLACE FUNCTION leads_like(patterns text[], most integer) RETURNS SETOF uuid LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path TO pg_catalog, public SET enable_seqscan TO off SET enable_indexscan TO off AS $function$
BEGIN
  -- Fewer than three letters between the signs make no trigram: the index would be read from end to end.
  IF NOT EXISTS (SELECT 1 FROM unnest(patterns) AS pattern WHERE length(pattern) < 5) THEN
    -- Planned for the text at hand, every time.
    RETURN QUERY EXECUTE 'SELECT lead_id FROM lead_search
        WHERE workspace_id::text = $1::text AND text LIKE ANY ($2) LIMIT $3'
      USING current_workspace(), patterns, most;
  END IF;
END $function$;

-- What hangs on a lead is seen by those who see the lead: asked for each row, by the lead's id. Without OFFSET 0 it may be
-- planned as a table of all the leads that the member sees, read once for every statement.
CREATE OR REPLACE FUNCTION see_with_lead(target regclass, besides text DEFAULT 'false') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER POLICY workspace ON %1$s
    USING (workspace_id = current_setting(''leadwell.workspace'')::uuid
      AND ((SELECT sees_all()) OR %2$s OR EXISTS (SELECT 1 FROM leads seen
        WHERE seen.workspace_id = %1$s.workspace_id AND seen.id = %1$s.lead_id OFFSET 0)))', target, besides);
END $$;

DO $$
DECLARE found record;
BEGIN
  FOR found IN
    SELECT polrelid::regclass AS name, pg_get_expr(polqual, polrelid) AS sees FROM pg_policy
    WHERE polname = 'workspace' AND pg_get_expr(polqual, polrelid) LIKE '%FROM leads seen%'
  LOOP
    EXECUTE format('ALTER POLICY workspace ON %s USING (%s)', found.name, regexp_replace(found.sees,
      '(WHERE \(\(seen\.workspace_id = [^)]*\) AND \(seen\.id = [^)]*\)\))', '\1 OFFSET 0', 'g'));
  END LOOP;
END $$;
