-- PostgreSQL lets everybody call a new function. Ours are for the app, and those of triggers for nobody.
REVOKE EXECUTE ON FUNCTION current_workspace(), end_demo_sessions(), fold_text(text), lead_text(leads),
  path_without_values(text), problem_without_contents(json), remove_request_contents(uuid[], text, timestamptz),
  seen_departments(), seen_owners(), sees_all(), uuid_from(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION current_workspace(), uuid_from(timestamptz) TO leadwell_app;
