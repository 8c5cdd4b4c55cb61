-- One permissive policy for the app on each table, which holds both bounds: the workspace's rows, and of those the ones
-- that the member sees. As two policies, the second restrictive, an engine that knows no RESTRICTIVE would drop it and
-- show every lead of the workspace to everybody.
DO $$
DECLARE found record;
BEGIN
  FOR found IN
    SELECT polrelid::regclass AS name, pg_get_expr(polqual, polrelid) AS sees FROM pg_policy
    WHERE polname = 'sight' AND NOT polpermissive
  LOOP
    EXECUTE format('DROP POLICY sight ON %s', found.name);
    EXECUTE format('ALTER POLICY workspace ON %s
      USING (workspace_id = current_setting(''leadwell.workspace'')::uuid AND (%s))', found.name, found.sees);
  END LOOP;
END $$;

-- What hangs on a lead is seen by those who see the lead. For a protected table, such as the journal's next partition.
CREATE OR REPLACE FUNCTION see_with_lead(target regclass, besides text DEFAULT 'false') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER POLICY workspace ON %1$s
    USING (workspace_id = current_setting(''leadwell.workspace'')::uuid
      AND ((SELECT sees_all()) OR %2$s OR EXISTS (SELECT 1 FROM leads seen
        WHERE seen.workspace_id = %1$s.workspace_id AND seen.id = %1$s.lead_id)))', target, besides);
END $$;
