-- The schema after all migrations, as text to read and compare. Written by a tool: do not edit.

-- Extensions

pg_trgm

plpgsql

-- Schemas

public grants PUBLIC=usage leadwell_app=usage

-- Sequences

deal_sums_id_seq as bigint start 1 increment 1 owned by deal_sums.id grants -

deals_to_index_id_seq as bigint start 1 increment 1 owned by deals_to_index.id grants -

index_queue_id_seq as bigint start 1 increment 1 owned by index_queue.id grants -

intake_count_changes_number_seq as bigint start 1 increment 1 owned by intake_count_changes.number grants -

lead_numbers as bigint start 1 increment 1 grants leadwell_app=usage leadwell_owner=select,update,usage

lead_sum_changes_id_seq as bigint start 1 increment 1 owned by lead_sum_changes.id grants -

lead_sums_id_seq as bigint start 1 increment 1 owned by lead_sums.id grants -

-- Tables

table activities
  workspace_id uuid not null
  lead_id uuid not null
  id uuid not null
  kind text not null
  actor text not null
  reason text
  detail json not null default '{}'::json
  submission_id uuid
  at timestamp with time zone not null
  constraint activities_pkey PRIMARY KEY (workspace_id, lead_id, id)
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using ((workspace_id = (current_setting('leadwell.workspace'::text))::uuid) AND (( SELECT sees_all() AS sees_all) OR false OR (EXISTS ( SELECT 1
   FROM leads seen
  WHERE ((seen.workspace_id = activities.workspace_id) AND (seen.id = activities.lead_id))
 OFFSET 0)))) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  CREATE TRIGGER first_reply AFTER INSERT ON public.activities FOR EACH ROW WHEN (((new.kind = ANY (ARRAY['call_ended'::text, 'call_logged'::text, 'email_sent'::text, 'status_changed'::text])) AND (new.actor ~~ 'member:%'::text))) EXECUTE FUNCTION note_first_reply()
  CREATE TRIGGER hand_call AFTER INSERT ON public.activities FOR EACH ROW WHEN (((new.kind = 'call_logged'::text) AND (new.actor ~~ 'member:%'::text))) EXECUTE FUNCTION note_hand_call()
  CREATE TRIGGER move AFTER INSERT ON public.activities FOR EACH ROW WHEN ((new.kind = ANY (ARRAY['status_changed'::text, 'lead_merged'::text]))) EXECUTE FUNCTION note_move()
  CREATE TRIGGER need_leads AFTER INSERT ON public.activities REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION need_leads()
  CREATE TRIGGER still_need_leads AFTER UPDATE ON public.activities REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION need_leads()
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table agents
  workspace_id uuid not null
  member_id uuid not null
  state text not null
  reason text
  call_id uuid
  since timestamp with time zone not null
  seen_at timestamp with time zone not null
  constraint agents_pkey PRIMARY KEY (workspace_id, member_id)
  constraint agents_state_check CHECK ((state = ANY (ARRAY['offline'::text, 'ready'::text, 'claimed'::text, 'on_call'::text, 'wrap_up'::text, 'paused'::text])))
  constraint agents_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table audit_log
  workspace_id uuid not null
  id uuid not null
  at timestamp with time zone not null default now()
  actor text not null
  action text not null
  detail jsonb not null default '{}'::jsonb
  constraint audit_log_pkey PRIMARY KEY (workspace_id, id)
  constraint audit_log_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=insert,select leadwell_owner=delete,insert,references,select,trigger,truncate,update

table call_attempts
  workspace_id uuid not null
  id uuid not null
  lead_id uuid not null
  call_id uuid
  member_id uuid
  outcome_id uuid
  outcome text
  started_at timestamp with time zone
  ended_at timestamp with time zone not null
  talk_seconds integer
  constraint call_attempts_pkey PRIMARY KEY (workspace_id, id)
  constraint call_attempts_workspace_id_lead_id_fkey FOREIGN KEY (workspace_id, lead_id) REFERENCES leads(workspace_id, id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using ((workspace_id = (current_setting('leadwell.workspace'::text))::uuid) AND (( SELECT sees_all() AS sees_all) OR false OR (EXISTS ( SELECT 1
   FROM leads seen
  WHERE ((seen.workspace_id = call_attempts.workspace_id) AND (seen.id = call_attempts.lead_id))
 OFFSET 0)))) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  CREATE TRIGGER figures AFTER INSERT ON public.call_attempts FOR EACH ROW WHEN ((current_setting('leadwell.queued'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION queue_lead_of_call()
  CREATE TRIGGER figures_less AFTER DELETE ON public.call_attempts FOR EACH ROW EXECUTE FUNCTION queue_lead_of_call()
  owner leadwell_owner
  grants leadwell_app=delete,insert,select leadwell_owner=delete,insert,references,select,trigger,truncate,update
  grants on outcome leadwell_app=update

table call_outcomes
  workspace_id uuid not null
  id uuid not null
  name text not null
  folded_name text not null
  meaning text not null
  reached boolean not null default false
  retry_minutes integer
  most_attempts integer
  status_id uuid
  "position" integer not null default 0
  created_at timestamp with time zone not null default now()
  lost_reason_id uuid
  asks_next_step boolean not null default false
  constraint call_outcomes_meaning_check CHECK ((meaning = ANY (ARRAY['done'::text, 'retry'::text, 'callback'::text, 'do_not_call'::text])))
  constraint call_outcomes_most_attempts_check CHECK ((most_attempts > 0))
  constraint call_outcomes_pkey PRIMARY KEY (workspace_id, id)
  constraint call_outcomes_retry_minutes_check CHECK ((retry_minutes > 0))
  constraint call_outcomes_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint call_outcomes_workspace_id_folded_name_key UNIQUE (workspace_id, folded_name)
  constraint call_outcomes_workspace_id_lost_reason_id_fkey FOREIGN KEY (workspace_id, lost_reason_id) REFERENCES reference_items(workspace_id, id) ON DELETE SET NULL (lost_reason_id)
  constraint call_outcomes_workspace_id_status_id_fkey FOREIGN KEY (workspace_id, status_id) REFERENCES statuses(workspace_id, id) ON DELETE SET NULL (status_id)
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table calls
  workspace_id uuid not null
  id uuid not null
  lead_id uuid not null
  type_id uuid
  phone text not null
  state text not null
  due_at timestamp with time zone not null
  attempts integer not null default 0
  claim_id uuid
  claimed_by text
  claim_expires_at timestamp with time zone
  outcome text
  note text
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  callback boolean not null default false
  priority smallint not null default 0
  skips integer not null default 0
  member_id uuid
  outcome_id uuid
  started_at timestamp with time zone
  talk_seconds integer
  ended_at timestamp with time zone
  again boolean not null default false
  rank integer not null
  offer_at timestamp with time zone not null
  added_as text
  before_outcome jsonb
  only_listed boolean
  constraint calls_attempts_check CHECK ((attempts >= 0))
  constraint calls_check CHECK (((state = 'claimed'::text) = ((claim_id IS NOT NULL) AND (claim_expires_at IS NOT NULL))))
  constraint calls_pkey PRIMARY KEY (workspace_id, id)
  constraint calls_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'claimed'::text, 'dialled'::text, 'cancelled'::text])))
  constraint calls_talk_seconds_check CHECK ((talk_seconds >= 0))
  constraint calls_workspace_id_lead_id_fkey FOREIGN KEY (workspace_id, lead_id) REFERENCES leads(workspace_id, id) ON DELETE CASCADE
  constraint calls_workspace_id_type_id_fkey FOREIGN KEY (workspace_id, type_id) REFERENCES lead_types(workspace_id, id)
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using ((workspace_id = (current_setting('leadwell.workspace'::text))::uuid) AND (( SELECT sees_all() AS sees_all) OR false OR (EXISTS ( SELECT 1
   FROM leads seen
  WHERE ((seen.workspace_id = calls.workspace_id) AND (seen.id = calls.lead_id))
 OFFSET 0)))) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  CREATE TRIGGER attempt AFTER INSERT OR UPDATE OF ended_at ON public.calls FOR EACH ROW WHEN ((new.ended_at IS NOT NULL)) EXECUTE FUNCTION note_attempt()
  CREATE TRIGGER figures AFTER UPDATE OF state, callback, started_at, ended_at, due_at, member_id ON public.calls FOR EACH ROW WHEN (((old.callback AND (old.state = 'dialled'::text)) OR (new.callback AND (new.state = 'dialled'::text)))) EXECUTE FUNCTION queue_lead_of_call()
  CREATE TRIGGER figures_less AFTER DELETE ON public.calls FOR EACH ROW WHEN ((old.callback AND (old.state = 'dialled'::text))) EXECUTE FUNCTION queue_lead_of_call()
  CREATE TRIGGER next_step AFTER DELETE OR UPDATE OF state, due_at, callback ON public.calls FOR EACH ROW EXECUTE FUNCTION next_step_changed()
  CREATE TRIGGER next_step_of_new AFTER INSERT ON public.calls FOR EACH ROW WHEN ((new.state = ANY (ARRAY['pending'::text, 'claimed'::text]))) EXECUTE FUNCTION next_step_changed()
  CREATE TRIGGER number_added BEFORE INSERT ON public.calls FOR EACH ROW EXECUTE FUNCTION keep_number_added()
  CREATE TRIGGER place BEFORE INSERT OR UPDATE OF callback, priority, again, due_at ON public.calls FOR EACH ROW EXECUTE FUNCTION place_call()
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table custom_fields
  workspace_id uuid not null
  id uuid not null
  name text not null
  type text not null default 'text'::text
  made_by text not null default 'native'::text
  created_at timestamp with time zone not null default now()
  by_request boolean not null default false
  constraint custom_fields_pkey PRIMARY KEY (workspace_id, id)
  constraint custom_fields_type_check CHECK ((type = ANY (ARRAY['text'::text, 'number'::text, 'date'::text, 'boolean'::text])))
  constraint custom_fields_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint custom_fields_workspace_id_name_key UNIQUE (workspace_id, name)
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table deal_index
  workspace_id uuid not null
  deal_id uuid not null
  lead_id uuid not null
  stage_id uuid not null
  owner_id uuid
  lead_owner_id uuid
  department_id uuid
  source_id uuid
  closed_on date
  end_date date
  amount numeric(14,2)
  next_step_at timestamp with time zone
  text text not null
  constraint deal_index_pkey PRIMARY KEY (workspace_id, deal_id)
  constraint deal_index_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table deal_sums
  workspace_id uuid not null
  id bigint not null generated always as identity
  kind text not null
  owner_id uuid
  lead_owner_id uuid
  department_id uuid
  source_id uuid
  stage_id uuid not null
  closed_on date
  end_date date
  deals integer not null
  amount numeric(20,2) not null
  constraint deal_sums_pkey PRIMARY KEY (workspace_id, id)
  constraint deal_sums_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table deals
  workspace_id uuid not null
  id uuid not null
  lead_id uuid not null
  name text
  stage_id uuid not null
  amount numeric(14,2)
  start_date date
  end_date date
  note text
  owner_id uuid
  actor text not null
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  closed_at timestamp with time zone
  closed_on date
  constraint deals_pkey PRIMARY KEY (workspace_id, id)
  constraint deals_workspace_id_lead_id_fkey FOREIGN KEY (workspace_id, lead_id) REFERENCES leads(workspace_id, id) ON DELETE CASCADE
  constraint deals_workspace_id_owner_id_fkey FOREIGN KEY (workspace_id, owner_id) REFERENCES members(workspace_id, id) ON DELETE SET NULL (owner_id)
  constraint deals_workspace_id_stage_id_fkey FOREIGN KEY (workspace_id, stage_id) REFERENCES reference_items(workspace_id, id)
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using ((workspace_id = (current_setting('leadwell.workspace'::text))::uuid) AND (( SELECT sees_all() AS sees_all) OR false OR (EXISTS ( SELECT 1
   FROM leads seen
  WHERE ((seen.workspace_id = deals.workspace_id) AND (seen.id = deals.lead_id))
 OFFSET 0)))) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  CREATE TRIGGER added_or_gone AFTER INSERT OR DELETE ON public.deals FOR EACH ROW EXECUTE FUNCTION deal_changed()
  CREATE TRIGGER changed AFTER UPDATE ON public.deals FOR EACH ROW WHEN ((((((((new.lead_id IS DISTINCT FROM old.lead_id) OR (new.name IS DISTINCT FROM old.name)) OR (new.stage_id IS DISTINCT FROM old.stage_id)) OR (new.owner_id IS DISTINCT FROM old.owner_id)) OR (new.amount IS DISTINCT FROM old.amount)) OR (new.end_date IS DISTINCT FROM old.end_date)) OR (new.closed_on IS DISTINCT FROM old.closed_on))) EXECUTE FUNCTION deal_changed()
  CREATE TRIGGER day_closed BEFORE INSERT ON public.deals FOR EACH ROW WHEN (((new.closed_at IS NOT NULL) AND (new.closed_on IS NULL))) EXECUTE FUNCTION keep_day_closed()
  CREATE TRIGGER day_closed_again BEFORE UPDATE OF closed_at ON public.deals FOR EACH ROW WHEN ((new.closed_at IS DISTINCT FROM old.closed_at)) EXECUTE FUNCTION keep_day_closed()
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table deals_to_index
  workspace_id uuid not null
  id bigint not null generated always as identity
  lead_id uuid not null
  constraint deals_to_index_pkey PRIMARY KEY (workspace_id, id)
  constraint deals_to_index_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,select leadwell_owner=delete,insert,references,select,trigger,truncate,update

table deleted_leads
  workspace_id uuid not null
  id uuid not null
  lead_id uuid not null
  number bigint not null
  name text not null
  company_name text
  owner_id uuid
  department_id uuid
  deleted_at timestamp with time zone not null
  actor text not null
  job_id uuid
  contents json not null
  constraint deleted_leads_pkey PRIMARY KEY (workspace_id, id)
  constraint deleted_leads_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint deleted_leads_workspace_id_lead_id_key UNIQUE (workspace_id, lead_id)
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table demo_items
  workspace_id uuid not null
  kind text not null
  id uuid not null
  constraint demo_items_kind_check CHECK ((kind = ANY (ARRAY['member'::text, 'department'::text, 'source'::text, 'token'::text, 'request'::text, 'tag'::text])))
  constraint demo_items_pkey PRIMARY KEY (workspace_id, kind, id)
  constraint demo_items_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select leadwell_owner=delete,insert,references,select,trigger,truncate,update

table demo_leads
  workspace_id uuid not null
  lead_id uuid not null
  version bigint not null
  constraint demo_leads_pkey PRIMARY KEY (workspace_id, lead_id)
  constraint demo_leads_workspace_id_lead_id_fkey FOREIGN KEY (workspace_id, lead_id) REFERENCES leads(workspace_id, id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select leadwell_owner=delete,insert,references,select,trigger,truncate,update

table demo_sessions
  workspace_id uuid not null
  id uuid not null
  opened_from uuid not null
  constraint demo_sessions_pkey PRIMARY KEY (workspace_id, id)
  constraint demo_sessions_workspace_id_id_fkey FOREIGN KEY (workspace_id, id) REFERENCES sessions(workspace_id, id) ON DELETE CASCADE
  constraint demo_sessions_workspace_id_opened_from_fkey FOREIGN KEY (workspace_id, opened_from) REFERENCES sessions(workspace_id, id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=insert,select leadwell_owner=delete,insert,references,select,trigger,truncate,update

table department_members
  workspace_id uuid not null
  department_id uuid not null
  member_id uuid not null
  "position" integer not null
  constraint department_members_pkey PRIMARY KEY (workspace_id, department_id, member_id)
  constraint department_members_workspace_id_department_id_fkey FOREIGN KEY (workspace_id, department_id) REFERENCES departments(workspace_id, id) ON DELETE CASCADE
  constraint department_members_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table departments
  workspace_id uuid not null
  id uuid not null
  name text not null
  folded_name text not null
  alternative_code text
  description text
  turn bigint not null default 0
  created_at timestamp with time zone not null default now()
  constraint departments_pkey PRIMARY KEY (workspace_id, id)
  constraint departments_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint departments_workspace_id_folded_name_key UNIQUE (workspace_id, folded_name)
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table encryption_keys
  id bytea not null
  first_used_at timestamp with time zone not null
  constraint encryption_keys_id_check CHECK ((length(id) = 8))
  constraint encryption_keys_pkey PRIMARY KEY (id)
  owner leadwell_owner
  grants -

table erased_keys
  workspace_id uuid not null
  hash bytea not null
  erased_at timestamp with time zone not null
  constraint erased_keys_pkey PRIMARY KEY (workspace_id, hash)
  constraint erased_keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table erasures
  workspace_id uuid not null
  id uuid not null
  state text not null
  requested_at timestamp with time zone not null
  finished_at timestamp with time zone
  repeated_at timestamp with time zone
  actor text not null
  keeps_notes boolean not null
  identifiers_hash bytea not null
  counts jsonb not null default '{}'::jsonb
  subject jsonb
  tombstone jsonb
  constraint erasures_check CHECK (((state = 'running'::text) = (subject IS NOT NULL)))
  constraint erasures_pkey PRIMARY KEY (workspace_id, id)
  constraint erasures_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text])))
  constraint erasures_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table event_epochs
  epoch bigint not null
  cluster text not null
  constraint event_epochs_pkey PRIMARY KEY (epoch)
  owner leadwell_owner
  grants leadwell_app=select leadwell_owner=delete,insert,references,select,trigger,truncate,update

table events
  workspace_id uuid not null
  id uuid not null
  type text not null
  lead_id uuid
  lead_version bigint
  payload json not null
  created_at timestamp with time zone not null
  epoch bigint not null default event_epoch()
  transaction_id xid8 not null default pg_current_xact_id()
  constraint events_pkey PRIMARY KEY (workspace_id, id)
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using ((workspace_id = (current_setting('leadwell.workspace'::text))::uuid) AND (( SELECT sees_all() AS sees_all) OR false OR (EXISTS ( SELECT 1
   FROM leads seen
  WHERE ((seen.workspace_id = events.workspace_id) AND (seen.id = events.lead_id))
 OFFSET 0)))) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  CREATE TRIGGER make_deliveries AFTER INSERT ON public.events REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION make_deliveries()
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table figure_bases
  workspace_id uuid not null
  time_zone text not null
  statuses uuid[] not null
  places integer[] not null
  computed_to uuid not null default '00000000-0000-0000-0000-000000000000'::uuid
  ready boolean not null default false
  constraint figure_bases_pkey PRIMARY KEY (workspace_id)
  constraint figure_bases_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table idempotency
  workspace_id uuid not null
  scope text not null
  key bytea not null
  fingerprint bytea not null
  submission_id uuid not null
  lead_id uuid
  status_code smallint not null
  answer text not null
  expires_at timestamp with time zone not null
  constraint idempotency_pkey PRIMARY KEY (workspace_id, scope, key)
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table index_queue
  workspace_id uuid not null
  id bigint not null generated always as identity
  lead_ids uuid[] not null
  delta integer not null
  constraint index_queue_pkey PRIMARY KEY (workspace_id, id)
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table intake_count_bases
  workspace_id uuid not null
  time_zone text not null
  counted_to uuid not null default '00000000-0000-0000-0000-000000000000'::uuid
  constraint intake_count_bases_pkey PRIMARY KEY (workspace_id)
  constraint intake_count_bases_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table intake_count_changes
  workspace_id uuid not null
  submission_id uuid not null
  number bigint not null generated always as identity
  received_at timestamp with time zone not null
  dialect text not null
  outcome text not null
  requests smallint not null
  constraint intake_count_changes_pkey PRIMARY KEY (workspace_id, submission_id, number)
  constraint intake_count_changes_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,select leadwell_owner=delete,insert,references,select,trigger,truncate,update

table intake_counts
  workspace_id uuid not null
  day date not null
  dialect text not null
  outcome text not null
  requests bigint not null
  constraint intake_counts_pkey PRIMARY KEY (workspace_id, day, dialect, outcome)
  constraint intake_counts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table job_changes
  workspace_id uuid not null
  job_id uuid not null
  lead_id uuid not null
  before jsonb not null
  after jsonb not null
  constraint job_changes_pkey PRIMARY KEY (workspace_id, job_id, lead_id)
  constraint job_changes_workspace_id_job_id_fkey FOREIGN KEY (workspace_id, job_id) REFERENCES jobs(workspace_id, id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select leadwell_owner=delete,insert,references,select,trigger,truncate,update
  grants on after leadwell_app=update
  grants on before leadwell_app=update

table job_schedules
  workspace_id uuid not null
  name text not null
  rule text not null
  time_zone text not null
  next_at timestamp with time zone not null
  last_at timestamp with time zone
  last_job_id uuid
  constraint job_schedules_pkey PRIMARY KEY (workspace_id, name)
  constraint job_schedules_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table jobs
  workspace_id uuid not null
  id uuid not null
  kind text not null
  state text not null
  params jsonb not null
  progress jsonb not null default '{}'::jsonb
  result jsonb not null default '{}'::jsonb
  total integer not null
  done integer not null default 0
  failed integer not null default 0
  member_id uuid
  actor text not null
  attempts integer not null default 0
  run_at timestamp with time zone not null
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  claim_id uuid
  reason text
  constraint jobs_pkey PRIMARY KEY (workspace_id, id)
  constraint jobs_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
  constraint jobs_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table lead_counts
  workspace_id uuid not null
  leads bigint not null
  constraint lead_counts_pkey PRIMARY KEY (workspace_id)
  constraint lead_counts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table lead_distinctions
  workspace_id uuid not null
  lead_id uuid not null
  other_id uuid not null
  actor text not null
  at timestamp with time zone not null
  constraint lead_distinctions_check CHECK ((lead_id < other_id))
  constraint lead_distinctions_pkey PRIMARY KEY (workspace_id, lead_id, other_id)
  constraint lead_distinctions_workspace_id_lead_id_fkey FOREIGN KEY (workspace_id, lead_id) REFERENCES leads(workspace_id, id) ON DELETE CASCADE
  constraint lead_distinctions_workspace_id_other_id_fkey FOREIGN KEY (workspace_id, other_id) REFERENCES leads(workspace_id, id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using ((workspace_id = (current_setting('leadwell.workspace'::text))::uuid) AND (( SELECT sees_all() AS sees_all) OR false OR (EXISTS ( SELECT 1
   FROM leads seen
  WHERE ((seen.workspace_id = lead_distinctions.workspace_id) AND (seen.id = lead_distinctions.lead_id))
 OFFSET 0)))) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select leadwell_owner=delete,insert,references,select,trigger,truncate,update

table lead_facts
  workspace_id uuid not null
  lead_id uuid not null
  day date not null
  hour smallint not null
  department_id uuid
  source_id uuid
  owner_id uuid
  status_id uuid not null
  furthest integer not null
  answered smallint
  wait bigint
  reached bigint[]
  calls jsonb
  callbacks jsonb
  constraint lead_facts_pkey PRIMARY KEY (workspace_id, lead_id)
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table lead_figures
  workspace_id uuid not null
  kind smallint not null
  department_id uuid not null
  source_id uuid not null
  day date not null
  member_id uuid not null
  item_id uuid not null
  value integer not null
  leads integer not null
  seconds bigint not null
  constraint lead_figures_pkey PRIMARY KEY (workspace_id, kind, department_id, source_id, day, member_id, item_id, value)
  options fillfactor=70
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table lead_keys
  workspace_id uuid not null
  kind text not null
  value text not null
  lead_id uuid not null
  constraint lead_keys_pkey PRIMARY KEY (workspace_id, kind, value)
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using ((workspace_id = (current_setting('leadwell.workspace'::text))::uuid) AND (( SELECT sees_all() AS sees_all) OR false OR (EXISTS ( SELECT 1
   FROM leads seen
  WHERE ((seen.workspace_id = lead_keys.workspace_id) AND (seen.id = lead_keys.lead_id))
 OFFSET 0)))) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  CREATE TRIGGER need_leads AFTER INSERT ON public.lead_keys REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION need_leads()
  CREATE TRIGGER still_need_leads AFTER UPDATE ON public.lead_keys REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION need_leads()
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table lead_moves
  workspace_id uuid not null
  lead_id uuid not null
  status_id uuid not null
  at timestamp with time zone not null
  constraint lead_moves_pkey PRIMARY KEY (workspace_id, lead_id, status_id)
  constraint lead_moves_workspace_id_lead_id_fkey FOREIGN KEY (workspace_id, lead_id) REFERENCES leads(workspace_id, id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using ((workspace_id = (current_setting('leadwell.workspace'::text))::uuid) AND (( SELECT sees_all() AS sees_all) OR false OR (EXISTS ( SELECT 1
   FROM leads seen
  WHERE ((seen.workspace_id = lead_moves.workspace_id) AND (seen.id = lead_moves.lead_id))
 OFFSET 0)))) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=select leadwell_owner=delete,insert,references,select,trigger,truncate,update

table lead_search
  workspace_id uuid not null
  lead_id uuid not null
  text text not null
  constraint lead_search_pkey PRIMARY KEY (workspace_id, lead_id)
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using ((workspace_id = (current_setting('leadwell.workspace'::text))::uuid) AND (( SELECT sees_all() AS sees_all) OR false OR (EXISTS ( SELECT 1
   FROM leads seen
  WHERE ((seen.workspace_id = lead_search.workspace_id) AND (seen.id = lead_search.lead_id))
 OFFSET 0)))) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table lead_sum_changes
  workspace_id uuid not null
  id bigint not null generated always as identity
  status_id uuid not null
  owner_id uuid
  department_id uuid
  source_id uuid
  type_id uuid
  leads integer not null
  amount numeric(20,2) not null
  constraint lead_sum_changes_pkey PRIMARY KEY (workspace_id, id)
  constraint lead_sum_changes_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,select leadwell_owner=delete,insert,references,select,trigger,truncate,update

table lead_sums
  workspace_id uuid not null
  id bigint not null generated always as identity
  kind text not null
  status_id uuid not null
  owner_id uuid
  department_id uuid
  source_id uuid
  type_id uuid
  leads integer not null
  amount numeric(20,2) not null
  constraint lead_sums_pkey PRIMARY KEY (workspace_id, id)
  constraint lead_sums_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table lead_tags
  workspace_id uuid not null
  tag_id uuid not null
  lead_id uuid not null
  constraint lead_tags_pkey PRIMARY KEY (workspace_id, tag_id, lead_id)
  constraint lead_tags_workspace_id_tag_id_fkey FOREIGN KEY (workspace_id, tag_id) REFERENCES reference_items(workspace_id, id)
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using ((workspace_id = (current_setting('leadwell.workspace'::text))::uuid) AND (( SELECT sees_all() AS sees_all) OR false OR (EXISTS ( SELECT 1
   FROM leads seen
  WHERE ((seen.workspace_id = lead_tags.workspace_id) AND (seen.id = lead_tags.lead_id))
 OFFSET 0)))) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=select leadwell_owner=delete,insert,references,select,trigger,truncate,update

table lead_twins
  workspace_id uuid not null
  kind text not null
  value text not null
  lead_id uuid not null
  is_second boolean not null default false
  constraint lead_twins_pkey PRIMARY KEY (workspace_id, kind, value, lead_id)
  constraint lead_twins_workspace_id_lead_id_fkey FOREIGN KEY (workspace_id, lead_id) REFERENCES leads(workspace_id, id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using ((workspace_id = (current_setting('leadwell.workspace'::text))::uuid) AND (( SELECT sees_all() AS sees_all) OR false OR (EXISTS ( SELECT 1
   FROM leads seen
  WHERE ((seen.workspace_id = lead_twins.workspace_id) AND (seen.id = lead_twins.lead_id))
 OFFSET 0)))) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table lead_types
  workspace_id uuid not null
  id uuid not null
  name text not null
  folded_name text not null
  alternative_code text
  description text
  default_status_id uuid
  default_category_id uuid
  email_on_create boolean not null default false
  phone_on_create boolean not null default false
  "position" integer not null default 0
  created_at timestamp with time zone not null default now()
  script text
  call_priority smallint not null default 0
  call_from time without time zone
  call_until time without time zone
  rules jsonb not null default '[]'::jsonb
  email_subject text
  email_text text
  constraint lead_types_pkey PRIMARY KEY (workspace_id, id)
  constraint lead_types_rules_check CHECK ((jsonb_typeof(rules) = 'array'::text))
  constraint lead_types_workspace_id_default_category_id_fkey FOREIGN KEY (workspace_id, default_category_id) REFERENCES reference_items(workspace_id, id) ON DELETE SET NULL (default_category_id)
  constraint lead_types_workspace_id_default_status_id_fkey FOREIGN KEY (workspace_id, default_status_id) REFERENCES statuses(workspace_id, id) ON DELETE SET NULL (default_status_id)
  constraint lead_types_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint lead_types_workspace_id_folded_name_key UNIQUE (workspace_id, folded_name)
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  CREATE TRIGGER move_calls AFTER UPDATE OF call_priority ON public.lead_types FOR EACH ROW WHEN ((new.call_priority <> old.call_priority)) EXECUTE FUNCTION move_waiting_calls()
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table lead_waits
  workspace_id uuid not null
  step integer not null
  day date not null
  wait bigint not null
  lead_id uuid not null
  department_id uuid
  source_id uuid
  owner_id uuid
  constraint lead_waits_pkey PRIMARY KEY (workspace_id, step, day, wait, lead_id)
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table leads
  workspace_id uuid not null
  id uuid not null
  number bigint not null
  contact_id uuid
  status_id uuid not null
  type_id uuid
  category_id uuid
  lost_reason_id uuid
  source_id uuid
  department_id uuid
  owner_id uuid
  name text
  salutation text
  first_name text
  middle_name text
  last_name text
  email text
  phone text
  phone_sent text
  other_phone text
  company_name text
  job_title text
  website text
  gender text
  language text
  industry text
  address text
  city text
  state text
  postal_code text
  country text
  description text
  purpose text
  subtype text
  date_of_birth date
  start_date date
  expected_completion_date date
  target_amount numeric(14,2)
  annual_revenue numeric(14,2)
  probability numeric(5,2)
  importance text
  priority smallint
  unsubscribed boolean
  utm_source text
  utm_medium text
  utm_campaign text
  utm_content text
  custom jsonb not null default '{}'::jsonb
  dialect_fields jsonb not null default '{}'::jsonb
  touch_count integer not null default 1
  version bigint not null default 1
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  first_reply_at timestamp with time zone
  next_step_at timestamp with time zone
  next_step_kind text
  next_step text
  do_not_call_since timestamp with time zone
  enquired_again_at timestamp with time zone
  tag_ids uuid[]
  constraint leads_pkey PRIMARY KEY (workspace_id, id)
  constraint leads_probability_check CHECK (((probability >= (0)::numeric) AND (probability <= (100)::numeric)))
  constraint leads_workspace_id_category_id_fkey FOREIGN KEY (workspace_id, category_id) REFERENCES reference_items(workspace_id, id)
  constraint leads_workspace_id_department_id_fkey FOREIGN KEY (workspace_id, department_id) REFERENCES departments(workspace_id, id)
  constraint leads_workspace_id_lost_reason_id_fkey FOREIGN KEY (workspace_id, lost_reason_id) REFERENCES reference_items(workspace_id, id)
  constraint leads_workspace_id_owner_id_fkey FOREIGN KEY (workspace_id, owner_id) REFERENCES members(workspace_id, id)
  constraint leads_workspace_id_source_id_fkey FOREIGN KEY (workspace_id, source_id) REFERENCES sources(workspace_id, id)
  constraint leads_workspace_id_status_id_fkey FOREIGN KEY (workspace_id, status_id) REFERENCES statuses(workspace_id, id)
  constraint leads_workspace_id_type_id_fkey FOREIGN KEY (workspace_id, type_id) REFERENCES lead_types(workspace_id, id)
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using ((workspace_id = (current_setting('leadwell.workspace'::text))::uuid) AND (( SELECT sees_all() AS sees_all) OR (owner_id = ANY (( SELECT seen_owners() AS seen_owners)::uuid[])) OR (department_id = ANY (( SELECT seen_departments() AS seen_departments)::uuid[])))) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  CREATE TRIGGER correct_calls AFTER UPDATE OF phone ON public.leads FOR EACH ROW WHEN ((new.phone IS DISTINCT FROM old.phone)) EXECUTE FUNCTION correct_waiting_calls()
  CREATE TRIGGER deals_with_lead AFTER UPDATE OF name, company_name, owner_id, department_id, source_id ON public.leads FOR EACH ROW WHEN ((((((new.name IS DISTINCT FROM old.name) OR (new.company_name IS DISTINCT FROM old.company_name)) OR (new.owner_id IS DISTINCT FROM old.owner_id)) OR (new.department_id IS DISTINCT FROM old.department_id)) OR (new.source_id IS DISTINCT FROM old.source_id))) EXECUTE FUNCTION lead_of_deals_changed()
  CREATE TRIGGER deals_with_step AFTER UPDATE OF next_step_at ON public.leads FOR EACH ROW WHEN ((new.next_step_at IS DISTINCT FROM old.next_step_at)) EXECUTE FUNCTION next_step_of_deals_changed()
  CREATE TRIGGER delete_with_lead AFTER DELETE ON public.leads FOR EACH ROW EXECUTE FUNCTION delete_with_lead()
  CREATE TRIGGER figures AFTER UPDATE OF first_reply_at, status_id, owner_id, source_id, department_id, created_at ON public.leads FOR EACH ROW WHEN (((new.first_reply_at IS DISTINCT FROM old.first_reply_at) OR ((new.version = old.version) AND (((((new.status_id IS DISTINCT FROM old.status_id) OR (new.owner_id IS DISTINCT FROM old.owner_id)) OR (new.source_id IS DISTINCT FROM old.source_id)) OR (new.department_id IS DISTINCT FROM old.department_id)) OR (new.created_at IS DISTINCT FROM old.created_at))))) EXECUTE FUNCTION queue_lead()
  CREATE TRIGGER sum_changed AFTER UPDATE OF status_id, owner_id, department_id, source_id, type_id, target_amount ON public.leads FOR EACH ROW WHEN (((((((new.status_id IS DISTINCT FROM old.status_id) OR (new.owner_id IS DISTINCT FROM old.owner_id)) OR (new.department_id IS DISTINCT FROM old.department_id)) OR (new.source_id IS DISTINCT FROM old.source_id)) OR (new.type_id IS DISTINCT FROM old.type_id)) OR (new.target_amount IS DISTINCT FROM old.target_amount))) EXECUTE FUNCTION sum_changed_lead()
  CREATE TRIGGER sum_gone AFTER DELETE ON public.leads FOR EACH ROW EXECUTE FUNCTION sum_changed_lead()
  CREATE TRIGGER sum_new AFTER INSERT ON public.leads REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION sum_new_leads()
  CREATE TRIGGER tagged AFTER INSERT ON public.leads FOR EACH ROW WHEN ((new.tag_ids IS NOT NULL)) EXECUTE FUNCTION list_tags_of_lead()
  CREATE TRIGGER tags_changed AFTER UPDATE OF tag_ids ON public.leads FOR EACH ROW WHEN ((new.tag_ids IS DISTINCT FROM old.tag_ids)) EXECUTE FUNCTION list_tags_of_lead()
  CREATE TRIGGER untagged AFTER DELETE ON public.leads FOR EACH ROW WHEN ((old.tag_ids IS NOT NULL)) EXECUTE FUNCTION list_tags_of_lead()
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table mail_keys
  workspace_id uuid not null
  plain_key bytea
  key bytea
  constraint mail_keys_check CHECK ((num_nonnulls(key, plain_key) = 1))
  constraint mail_keys_pkey PRIMARY KEY (workspace_id)
  constraint mail_keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=insert,select leadwell_owner=delete,insert,references,select,trigger,truncate,update

table mails
  workspace_id uuid not null
  id uuid not null
  kind text not null
  state text not null
  cause text not null
  member_id uuid
  lead_id uuid
  to_name text not null
  to_email text not null
  folded_email text not null
  subject text not null
  body json not null
  message_id text not null
  attempts integer not null default 0
  reason text
  created_at timestamp with time zone not null
  sent_at timestamp with time zone
  due_at timestamp with time zone
  constraint mails_pkey PRIMARY KEY (workspace_id, id)
  constraint mails_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'held'::text, 'collected'::text, 'sent'::text, 'refused'::text, 'failed'::text, 'unsent'::text])))
  constraint mails_workspace_id_cause_key UNIQUE (workspace_id, cause)
  constraint mails_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint mails_workspace_id_lead_id_fkey FOREIGN KEY (workspace_id, lead_id) REFERENCES leads(workspace_id, id) ON DELETE CASCADE
  constraint mails_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table members
  workspace_id uuid not null
  id uuid not null
  user_id uuid
  role text not null
  active boolean not null default true
  created_at timestamp with time zone not null default now()
  sees text not null default 'all'::text
  name text not null
  email text not null
  folded_email text not null
  username text not null
  folded_username text not null
  bounced_email text
  bounced_at timestamp with time zone
  bounce_reason text
  constraint members_pkey PRIMARY KEY (workspace_id, id)
  constraint members_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'manager'::text, 'agent'::text, 'viewer'::text])))
  constraint members_sees_check CHECK ((sees = ANY (ARRAY['own'::text, 'team'::text, 'all'::text])))
  constraint members_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
  constraint members_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint members_workspace_id_folded_email_key UNIQUE (workspace_id, folded_email)
  constraint members_workspace_id_folded_username_key UNIQUE (workspace_id, folded_username)
  constraint members_workspace_id_user_id_key UNIQUE (workspace_id, user_id)
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  CREATE TRIGGER left_calls AFTER UPDATE OF active ON public.members FOR EACH ROW WHEN ((old.active AND (NOT new.active))) EXECUTE FUNCTION member_left()
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table names_brought
  workspace_id uuid not null
  sender_id uuid not null
  day date not null
  what text not null
  count integer not null
  constraint names_brought_pkey PRIMARY KEY (workspace_id, sender_id, day, what)
  constraint names_brought_what_check CHECK ((what = ANY (ARRAY['custom_field'::text, 'waiting_name'::text])))
  constraint names_brought_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table notes
  workspace_id uuid not null
  lead_id uuid not null
  id uuid not null
  text text not null
  actor text not null
  created_at timestamp with time zone not null
  edited_at timestamp with time zone
  constraint notes_pkey PRIMARY KEY (workspace_id, lead_id, id)
  constraint notes_workspace_id_lead_id_fkey FOREIGN KEY (workspace_id, lead_id) REFERENCES leads(workspace_id, id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using ((workspace_id = (current_setting('leadwell.workspace'::text))::uuid) AND (( SELECT sees_all() AS sees_all) OR false OR (EXISTS ( SELECT 1
   FROM leads seen
  WHERE ((seen.workspace_id = notes.workspace_id) AND (seen.id = notes.lead_id))
 OFFSET 0)))) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table notice_places
  workspace_id uuid not null
  epoch bigint not null
  transaction_id xid8 not null
  id uuid not null
  constraint notice_places_pkey PRIMARY KEY (workspace_id)
  constraint notice_places_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table reading_rules
  workspace_id uuid not null
  id uuid not null
  dialect text not null
  token_id uuid
  field text not null
  value text not null
  folded_value text not null
  meaning text not null
  actor text not null
  created_at timestamp with time zone not null
  constraint reading_rules_pkey PRIMARY KEY (workspace_id, id)
  constraint reading_rules_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint reading_rules_workspace_id_token_id_fkey FOREIGN KEY (workspace_id, token_id) REFERENCES tokens(workspace_id, id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select leadwell_owner=delete,insert,references,select,trigger,truncate,update

table reference_items
  workspace_id uuid not null
  id uuid not null
  kind text not null
  name text not null
  folded_name text not null
  alternative_code text
  code text
  description text
  "position" integer not null default 0
  created_at timestamp with time zone not null default now()
  colour text
  state text
  probability numeric(5,2)
  by_request boolean not null default false
  constraint reference_items_pkey PRIMARY KEY (workspace_id, id)
  constraint reference_items_probability_check CHECK (((probability >= (0)::numeric) AND (probability <= (100)::numeric)))
  constraint reference_items_state_check CHECK ((state = ANY (ARRAY['open'::text, 'won'::text, 'lost'::text])))
  constraint reference_items_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint reference_items_workspace_id_kind_folded_name_key UNIQUE (workspace_id, kind, folded_name)
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table replays
  workspace_id uuid not null
  submission_id uuid not null
  id uuid not null
  at timestamp with time zone not null
  actor text not null
  edited_body bytea
  outcome text not null
  status_code smallint not null
  answer text not null
  problem json
  lead_id uuid
  edited_query text
  job_id uuid
  edited_body_sha256 bytea
  constraint replays_pkey PRIMARY KEY (workspace_id, submission_id, id)
  constraint replays_workspace_id_submission_id_fkey FOREIGN KEY (workspace_id, submission_id) REFERENCES submissions(workspace_id, id)
  constraint replays_workspace_id_submission_id_fkey_1 FOREIGN KEY (workspace_id, submission_id) REFERENCES submissions_default(workspace_id, id)
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=insert,select leadwell_owner=delete,insert,references,select,trigger,truncate,update
  grants on answer leadwell_app=update
  grants on edited_body leadwell_app=update
  grants on edited_body_sha256 leadwell_app=update
  grants on edited_query leadwell_app=update
  grants on problem leadwell_app=update

table retention
  workspace_id uuid not null
  accepted_days integer default 90
  refused_days integer default 365
  deleted_days integer default 30
  event_days integer default 90
  started_at timestamp with time zone
  finished_at timestamp with time zone
  removed jsonb not null default '{}'::jsonb
  accepted_to uuid
  refused_to uuid
  deleted_to uuid
  constraint retention_accepted_days_check CHECK (((accepted_days >= 0) AND (accepted_days <= 3650)))
  constraint retention_deleted_days_check CHECK (((deleted_days >= 0) AND (deleted_days <= 3650)))
  constraint retention_event_days_check CHECK (((event_days >= 0) AND (event_days <= 3650)))
  constraint retention_pkey PRIMARY KEY (workspace_id)
  constraint retention_refused_days_check CHECK (((refused_days >= 0) AND (refused_days <= 3650)))
  constraint retention_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table schema_migrations
  version integer not null
  name text not null
  checksum text not null
  applied_at timestamp with time zone not null default now()
  constraint schema_migrations_pkey PRIMARY KEY (version)
  owner leadwell_owner
  grants leadwell_app=select leadwell_owner=delete,insert,references,select,trigger,truncate,update

table sessions
  workspace_id uuid not null
  id uuid not null
  kind text not null
  dialect text
  hash bytea not null
  member_id uuid
  token_id uuid
  created_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
  ended_at timestamp with time zone
  user_agent text
  address text
  last_seen_at timestamp with time zone
  constraint sessions_hash_check CHECK ((length(hash) = 32))
  constraint sessions_kind_check CHECK ((kind = ANY (ARRAY['api'::text, 'welcome_link'::text, 'reset_link'::text, 'web'::text, 'device'::text])))
  constraint sessions_pkey PRIMARY KEY (workspace_id, id)
  constraint sessions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint sessions_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE
  constraint sessions_workspace_id_token_id_fkey FOREIGN KEY (workspace_id, token_id) REFERENCES tokens(workspace_id, id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  CREATE TRIGGER end_demo AFTER UPDATE OF ended_at ON public.sessions FOR EACH ROW WHEN (((new.kind = 'web'::text) AND (old.ended_at IS NULL) AND (new.ended_at IS NOT NULL))) EXECUTE FUNCTION end_demo_sessions()
  CREATE TRIGGER left_calls AFTER UPDATE OF ended_at ON public.sessions FOR EACH ROW WHEN (((new.kind = 'web'::text) AND (new.member_id IS NOT NULL) AND (old.ended_at IS NULL) AND (new.ended_at IS NOT NULL))) EXECUTE FUNCTION session_left()
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table source_number_rules
  workspace_id uuid not null
  number text not null
  department_id uuid not null
  created_at timestamp with time zone not null default now()
  constraint source_number_rules_pkey PRIMARY KEY (workspace_id, number)
  constraint source_number_rules_workspace_id_department_id_fkey FOREIGN KEY (workspace_id, department_id) REFERENCES departments(workspace_id, id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table sources
  workspace_id uuid not null
  id uuid not null
  name text not null
  folded_name text not null
  alternative_code text
  description text
  created_at timestamp with time zone not null default now()
  by_request boolean not null default false
  constraint sources_pkey PRIMARY KEY (workspace_id, id)
  constraint sources_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint sources_workspace_id_folded_name_key UNIQUE (workspace_id, folded_name)
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table statuses
  workspace_id uuid not null
  id uuid not null
  name text not null
  folded_name text not null
  alternative_code text
  description text
  state text not null
  is_default boolean not null default false
  "position" integer not null default 0
  created_at timestamp with time zone not null default now()
  colour text not null default 'neutral'::text
  idle_days integer
  by_request boolean not null default false
  constraint statuses_idle_days_check CHECK ((idle_days > 0))
  constraint statuses_pkey PRIMARY KEY (workspace_id, id)
  constraint statuses_state_check CHECK ((state = ANY (ARRAY['new'::text, 'open'::text, 'won'::text, 'lost'::text, 'cancelled'::text])))
  constraint statuses_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint statuses_workspace_id_folded_name_key UNIQUE (workspace_id, folded_name)
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

partitioned table submissions
  partition by RANGE (id)
  workspace_id uuid not null
  id uuid not null
  dialect text not null
  token_id uuid
  member_id uuid
  received_at timestamp with time zone not null
  address text not null
  method text not null
  path text not null
  query text not null
  headers json not null
  body bytea
  command text
  outcome text not null
  problem json
  status_code smallint not null
  answer text not null
  answer_bytes integer not null
  lead_id uuid
  took_ms real not null
  dismissed_at timestamp with time zone
  body_bytes integer
  body_sha256 bytea
  removed_at timestamp with time zone
  removed_because text
  constraint submissions_outcome_check CHECK ((outcome = ANY (ARRAY['accepted'::text, 'merged'::text, 'duplicate'::text, 'refused'::text, 'test'::text, 'failed'::text])))
  constraint submissions_pkey PRIMARY KEY (workspace_id, id)
  constraint submissions_removed_because_check CHECK ((removed_because = ANY (ARRAY['retention'::text, 'erasure'::text])))
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using ((workspace_id = (current_setting('leadwell.workspace'::text))::uuid) AND (( SELECT sees_all() AS sees_all) OR false OR (EXISTS ( SELECT 1
   FROM leads seen
  WHERE ((seen.workspace_id = submissions.workspace_id) AND (seen.id = submissions.lead_id))
 OFFSET 0)))) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  CREATE TRIGGER counted_anew AFTER UPDATE OF id, received_at, dialect, command, outcome ON public.submissions FOR EACH ROW WHEN ((((((new.id IS DISTINCT FROM old.id) OR (new.received_at IS DISTINCT FROM old.received_at)) OR (new.dialect IS DISTINCT FROM old.dialect)) OR (new.command IS DISTINCT FROM old.command)) OR (new.outcome IS DISTINCT FROM old.outcome))) EXECUTE FUNCTION note_intake_change()
  CREATE TRIGGER counted_late AFTER INSERT ON public.submissions FOR EACH ROW WHEN ((new.received_at < (now() - '00:01:00'::interval))) EXECUTE FUNCTION note_intake_change()
  CREATE TRIGGER counted_less AFTER DELETE ON public.submissions FOR EACH ROW EXECUTE FUNCTION note_intake_change()
  owner leadwell_owner
  grants leadwell_app=insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table submissions_default
  partition of submissions DEFAULT
  workspace_id uuid not null
  id uuid not null
  dialect text not null
  token_id uuid
  member_id uuid
  received_at timestamp with time zone not null
  address text not null
  method text not null
  path text not null
  query text not null
  headers json not null
  body bytea
  command text
  outcome text not null
  problem json
  status_code smallint not null
  answer text not null
  answer_bytes integer not null
  lead_id uuid
  took_ms real not null
  dismissed_at timestamp with time zone
  body_bytes integer
  body_sha256 bytea
  removed_at timestamp with time zone
  removed_because text
  constraint submissions_default_pkey PRIMARY KEY (workspace_id, id)
  constraint submissions_outcome_check CHECK ((outcome = ANY (ARRAY['accepted'::text, 'merged'::text, 'duplicate'::text, 'refused'::text, 'test'::text, 'failed'::text])))
  constraint submissions_removed_because_check CHECK ((removed_because = ANY (ARRAY['retention'::text, 'erasure'::text])))
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using ((workspace_id = (current_setting('leadwell.workspace'::text))::uuid) AND (( SELECT sees_all() AS sees_all) OR false OR (EXISTS ( SELECT 1
   FROM leads seen
  WHERE ((seen.workspace_id = submissions_default.workspace_id) AND (seen.id = submissions_default.lead_id))
 OFFSET 0)))) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  CREATE TRIGGER counted_anew AFTER UPDATE OF id, received_at, dialect, command, outcome ON public.submissions_default FOR EACH ROW WHEN ((((((new.id IS DISTINCT FROM old.id) OR (new.received_at IS DISTINCT FROM old.received_at)) OR (new.dialect IS DISTINCT FROM old.dialect)) OR (new.command IS DISTINCT FROM old.command)) OR (new.outcome IS DISTINCT FROM old.outcome))) EXECUTE FUNCTION note_intake_change()
  CREATE TRIGGER counted_late AFTER INSERT ON public.submissions_default FOR EACH ROW WHEN ((new.received_at < (now() - '00:01:00'::interval))) EXECUTE FUNCTION note_intake_change()
  CREATE TRIGGER counted_less AFTER DELETE ON public.submissions_default FOR EACH ROW EXECUTE FUNCTION note_intake_change()
  owner leadwell_owner
  grants -

table tasks
  workspace_id uuid not null
  id uuid not null
  lead_id uuid
  contact text
  name text not null
  description text
  comment text
  category text not null
  due_at timestamp with time zone
  assignee_id uuid
  done_at timestamp with time zone
  actor text not null
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  constraint tasks_category_check CHECK ((category = ANY (ARRAY['normal'::text, 'call'::text, 'email'::text])))
  constraint tasks_pkey PRIMARY KEY (workspace_id, id)
  constraint tasks_workspace_id_assignee_id_fkey FOREIGN KEY (workspace_id, assignee_id) REFERENCES members(workspace_id, id) ON DELETE SET NULL (assignee_id)
  constraint tasks_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint tasks_workspace_id_lead_id_fkey FOREIGN KEY (workspace_id, lead_id) REFERENCES leads(workspace_id, id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using ((workspace_id = (current_setting('leadwell.workspace'::text))::uuid) AND (( SELECT sees_all() AS sees_all) OR (assignee_id = ANY (( SELECT seen_owners() AS seen_owners)::uuid[])) OR (EXISTS ( SELECT 1
   FROM leads seen
  WHERE ((seen.workspace_id = tasks.workspace_id) AND (seen.id = tasks.lead_id))
 OFFSET 0)))) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  CREATE TRIGGER next_step AFTER DELETE OR UPDATE OF lead_id, name, category, due_at, done_at ON public.tasks FOR EACH ROW EXECUTE FUNCTION next_step_changed()
  CREATE TRIGGER next_step_of_new AFTER INSERT ON public.tasks FOR EACH ROW WHEN ((new.done_at IS NULL)) EXECUTE FUNCTION next_step_changed()
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table tokens
  workspace_id uuid not null
  id uuid not null
  dialect text not null
  name text not null
  hash bytea not null
  hint text not null
  policy text
  merge_style text
  region text
  test_mode boolean not null default false
  may_extend boolean not null default true
  scopes text[] not null default '{}'::text[]
  expires_at timestamp with time zone
  revoked_at timestamp with time zone
  last_used_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  created_by text
  last_used_address text
  tag_ids uuid[] not null default '{}'::uuid[]
  constraint tokens_hash_check CHECK ((length(hash) = 32))
  constraint tokens_merge_style_check CHECK ((merge_style = ANY (ARRAY['fill'::text, 'overwrite'::text])))
  constraint tokens_pkey PRIMARY KEY (workspace_id, id)
  constraint tokens_policy_check CHECK ((policy = ANY (ARRAY['create'::text, 'merge'::text, 'attach'::text, 'refuse'::text])))
  constraint tokens_region_check CHECK ((region ~ '^[A-Z]{2}$'::text))
  constraint tokens_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table touches
  workspace_id uuid not null
  lead_id uuid not null
  id uuid not null
  submission_id uuid not null
  dialect text not null
  token_id uuid
  source_id uuid
  fields json not null
  at timestamp with time zone not null
  constraint touches_pkey PRIMARY KEY (workspace_id, lead_id, id)
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using ((workspace_id = (current_setting('leadwell.workspace'::text))::uuid) AND (( SELECT sees_all() AS sees_all) OR false OR (EXISTS ( SELECT 1
   FROM leads seen
  WHERE ((seen.workspace_id = touches.workspace_id) AND (seen.id = touches.lead_id))
 OFFSET 0)))) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  CREATE TRIGGER need_leads AFTER INSERT ON public.touches REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION need_leads()
  CREATE TRIGGER still_need_leads AFTER UPDATE ON public.touches REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION need_leads()
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table turned_away
  workspace_id uuid not null
  sender_id uuid not null
  day date not null
  dialect text not null
  reason text not null
  kept bigint not null default 0
  kept_bytes bigint not null default 0
  counted bigint not null default 0
  counted_bytes bigint not null default 0
  last_at timestamp with time zone not null
  constraint turned_away_pkey PRIMARY KEY (workspace_id, sender_id, day)
  constraint turned_away_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table unwanted_mail
  workspace_id uuid not null
  member_id uuid not null
  kind text not null
  constraint unwanted_mail_pkey PRIMARY KEY (workspace_id, member_id, kind)
  constraint unwanted_mail_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint unwanted_mail_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select leadwell_owner=delete,insert,references,select,trigger,truncate,update

table users
  id uuid not null
  password_hash text
  created_at timestamp with time zone not null default now()
  plain_totp_secret text
  totp_confirmed_at timestamp with time zone
  totp_last_step bigint
  recovery_hashes bytea[] not null default '{}'::bytea[]
  managed_by uuid
  totp_secret bytea
  constraint users_check CHECK ((num_nonnulls(totp_secret, plain_totp_secret) <= 1))
  constraint users_managed_by_fkey FOREIGN KEY (managed_by) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint users_pkey PRIMARY KEY (id)
  row level security, forced
  policy colleague permissive for all to leadwell_app using (EXISTS ( SELECT 1
   FROM members
  WHERE (members.user_id = users.id)))
  policy owner permissive for all to leadwell_owner using true with check true
  owner leadwell_owner
  grants leadwell_app=select leadwell_owner=delete,insert,references,select,trigger,truncate,update
  grants on password_hash leadwell_app=update
  grants on recovery_hashes leadwell_app=update
  grants on totp_confirmed_at leadwell_app=update
  grants on totp_last_step leadwell_app=update
  grants on totp_secret leadwell_app=update

table view_pins
  workspace_id uuid not null
  member_id uuid not null
  view_id uuid not null
  pinned_at timestamp with time zone not null
  constraint view_pins_pkey PRIMARY KEY (workspace_id, member_id, view_id)
  constraint view_pins_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE
  constraint view_pins_workspace_id_view_id_fkey FOREIGN KEY (workspace_id, view_id) REFERENCES views(workspace_id, id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select leadwell_owner=delete,insert,references,select,trigger,truncate,update

table views
  workspace_id uuid not null
  id uuid not null
  name text not null
  audience text not null
  member_id uuid
  query text not null
  "position" integer not null default 0
  last_used_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  screen text not null default 'leads'::text
  constraint views_audience_check CHECK ((audience = ANY (ARRAY['me'::text, 'team'::text, 'all'::text])))
  constraint views_pkey PRIMARY KEY (workspace_id, id)
  constraint views_screen_check CHECK ((screen = ANY (ARRAY['leads'::text, 'reports'::text])))
  constraint views_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint views_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table waiting_deals
  workspace_id uuid not null
  deal_id uuid not null
  name_id uuid not null
  instead uuid not null
  constraint waiting_deals_pkey PRIMARY KEY (workspace_id, deal_id)
  constraint waiting_deals_workspace_id_deal_id_fkey FOREIGN KEY (workspace_id, deal_id) REFERENCES deals(workspace_id, id) ON DELETE CASCADE
  constraint waiting_deals_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint waiting_deals_workspace_id_name_id_fkey FOREIGN KEY (workspace_id, name_id) REFERENCES waiting_names(workspace_id, id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table waiting_leads
  workspace_id uuid not null
  lead_id uuid not null
  name_id uuid not null
  instead uuid
  constraint waiting_leads_pkey PRIMARY KEY (workspace_id, lead_id, name_id)
  constraint waiting_leads_workspace_id_lead_id_fkey FOREIGN KEY (workspace_id, lead_id) REFERENCES leads(workspace_id, id) ON DELETE CASCADE
  constraint waiting_leads_workspace_id_name_id_fkey FOREIGN KEY (workspace_id, name_id) REFERENCES waiting_names(workspace_id, id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table waiting_names
  workspace_id uuid not null
  id uuid not null
  kind text not null
  name text not null
  folded_name text not null
  dialect text not null
  token_id uuid
  first_at timestamp with time zone not null
  means uuid
  constraint waiting_names_kind_check CHECK ((kind = ANY (ARRAY['source'::text, 'status'::text, 'deal_stage'::text])))
  constraint waiting_names_pkey PRIMARY KEY (workspace_id, id)
  constraint waiting_names_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint waiting_names_workspace_id_kind_folded_name_key UNIQUE (workspace_id, kind, folded_name)
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table webhook_attempts
  workspace_id uuid not null
  webhook_id uuid not null
  event_id uuid not null
  attempt smallint not null
  at timestamp with time zone not null
  took_ms integer not null
  status smallint
  error text
  answer text
  constraint webhook_attempts_pkey PRIMARY KEY (workspace_id, webhook_id, event_id, attempt)
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table webhook_deliveries
  workspace_id uuid not null
  webhook_id uuid not null
  event_id uuid not null
  due_at timestamp with time zone not null
  state text not null
  attempts smallint not null default 0
  earlier_attempts smallint not null default 0
  constraint webhook_deliveries_pkey PRIMARY KEY (workspace_id, webhook_id, event_id)
  constraint webhook_deliveries_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'sending'::text, 'delivered'::text, 'failed'::text, 'held'::text])))
  options fillfactor=85, autovacuum_vacuum_scale_factor=0.02, autovacuum_vacuum_insert_scale_factor=0.2
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table webhooks
  workspace_id uuid not null
  id uuid not null
  url text not null
  description text
  events text[]
  sources uuid[]
  types uuid[]
  departments uuid[]
  include text[] not null default '{}'::text[]
  enabled boolean not null default true
  disabled_at timestamp with time zone
  disabled_because text
  plain_secret bytea
  plain_old_secret bytea
  old_secret_ends_at timestamp with time zone
  failing_since timestamp with time zone
  failed_at timestamp with time zone
  created_by text not null
  created_at timestamp with time zone not null
  deleted_at timestamp with time zone
  secret bytea
  old_secret bytea
  constraint webhooks_check CHECK ((num_nonnulls(secret, plain_secret) = 1))
  constraint webhooks_check1 CHECK ((num_nonnulls(old_secret, plain_old_secret) <= 1))
  constraint webhooks_disabled_because_check CHECK ((disabled_because = ANY (ARRAY['member'::text, 'gone'::text, 'asked'::text, 'failing'::text, 'key_lost'::text])))
  constraint webhooks_pkey PRIMARY KEY (workspace_id, id)
  constraint webhooks_secret_check CHECK (((length(plain_secret) >= 24) AND (length(plain_secret) <= 64)))
  constraint webhooks_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (workspace_id = (current_setting('leadwell.workspace'::text))::uuid) with check (workspace_id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=delete,insert,select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

table workspaces
  id uuid not null
  name text not null
  folded_name text not null
  region text not null default 'GB'::text
  time_zone text not null default 'UTC'::text
  currency text not null default 'GBP'::text
  created_at timestamp with time zone not null default now()
  first_steps_away_at timestamp with time zone
  privacy_key bytea not null default sha256((uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())))
  requests_per_minute integer
  closed_lead_enquires text not null default 'next_step'::text
  calling_hours text not null default 'lawful'::text
  constraint workspaces_calling_hours_check CHECK ((calling_hours = ANY (ARRAY['lawful'::text, 'any'::text])))
  constraint workspaces_closed_lead_enquires_check CHECK ((closed_lead_enquires = ANY (ARRAY['next_step'::text, 'reopen'::text])))
  constraint workspaces_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text))
  constraint workspaces_pkey PRIMARY KEY (id)
  constraint workspaces_region_check CHECK ((region ~ '^[A-Z]{2}$'::text))
  constraint workspaces_requests_per_minute_check CHECK ((requests_per_minute >= 1))
  row level security, forced
  policy owner permissive for all to leadwell_owner using true with check true
  policy workspace permissive for all to leadwell_app using (id = (current_setting('leadwell.workspace'::text))::uuid)
  owner leadwell_owner
  grants leadwell_app=select,update leadwell_owner=delete,insert,references,select,trigger,truncate,update

-- Indexes

CREATE UNIQUE INDEX activities_pkey ON public.activities USING btree (workspace_id, lead_id, id)

CREATE UNIQUE INDEX agents_pkey ON public.agents USING btree (workspace_id, member_id)

CREATE INDEX audit_log_by_action ON public.audit_log USING btree (workspace_id, action, id)

CREATE INDEX audit_log_by_actor ON public.audit_log USING btree (workspace_id, actor, id)

CREATE UNIQUE INDEX audit_log_pkey ON public.audit_log USING btree (workspace_id, id)

CREATE INDEX call_attempts_by_lead ON public.call_attempts USING btree (lead_id, id)

CREATE INDEX call_attempts_by_member ON public.call_attempts USING btree (workspace_id, member_id, ended_at) INCLUDE (lead_id, outcome_id, talk_seconds)

CREATE UNIQUE INDEX call_attempts_pkey ON public.call_attempts USING btree (workspace_id, id)

CREATE UNIQUE INDEX call_outcomes_pkey ON public.call_outcomes USING btree (workspace_id, id)

CREATE UNIQUE INDEX call_outcomes_workspace_id_folded_name_key ON public.call_outcomes USING btree (workspace_id, folded_name)

CREATE INDEX calls_added_as ON public.calls USING btree (added_as, workspace_id, id)

CREATE INDEX calls_asked_for ON public.calls USING btree (workspace_id, due_at, id) WHERE (callback AND (state = ANY (ARRAY['pending'::text, 'claimed'::text])))

CREATE INDEX calls_by_lead ON public.calls USING btree (lead_id, id)

CREATE INDEX calls_claimed ON public.calls USING btree (workspace_id, member_id) WHERE (state = 'claimed'::text)

CREATE INDEX calls_made ON public.calls USING btree (workspace_id, member_id, ended_at) WHERE (ended_at IS NOT NULL)

CREATE INDEX calls_offered ON public.calls USING btree (workspace_id, rank, offer_at, id) WHERE (state = ANY (ARRAY['pending'::text, 'claimed'::text]))

CREATE INDEX calls_offered_of_type ON public.calls USING btree (workspace_id, type_id, rank, offer_at, id) WHERE (state = ANY (ARRAY['pending'::text, 'claimed'::text]))

CREATE UNIQUE INDEX calls_pkey ON public.calls USING btree (workspace_id, id)

CREATE INDEX calls_upcoming ON public.calls USING btree (workspace_id, offer_at, id) WHERE (state = ANY (ARRAY['pending'::text, 'claimed'::text]))

CREATE INDEX calls_waiting ON public.calls USING btree (workspace_id, due_at, id) WHERE (state = ANY (ARRAY['pending'::text, 'claimed'::text]))

CREATE UNIQUE INDEX one_waiting_call ON public.calls USING btree (workspace_id, lead_id, type_id) NULLS NOT DISTINCT WHERE (state = ANY (ARRAY['pending'::text, 'claimed'::text]))

CREATE UNIQUE INDEX custom_fields_pkey ON public.custom_fields USING btree (workspace_id, id)

CREATE UNIQUE INDEX custom_fields_workspace_id_name_key ON public.custom_fields USING btree (workspace_id, name)

CREATE INDEX deal_index_by_amount ON public.deal_index USING btree (workspace_id, stage_id, COALESCE(amount, '-Infinity'::numeric), deal_id)

CREATE INDEX deal_index_by_closing ON public.deal_index USING btree (workspace_id, stage_id, closed_on, deal_id) WHERE (closed_on IS NOT NULL)

CREATE INDEX deal_index_by_end ON public.deal_index USING btree (workspace_id, stage_id, end_date, deal_id)

CREATE INDEX deal_index_by_lead ON public.deal_index USING btree (workspace_id, lead_id)

CREATE INDEX deal_index_by_lead_owner ON public.deal_index USING btree (workspace_id, lead_owner_id, deal_id)

CREATE INDEX deal_index_by_stage ON public.deal_index USING btree (workspace_id, stage_id, deal_id)

CREATE INDEX deal_index_by_step ON public.deal_index USING btree (workspace_id, stage_id, next_step_at, deal_id)

CREATE UNIQUE INDEX deal_index_pkey ON public.deal_index USING btree (workspace_id, deal_id)

CREATE INDEX deal_index_text ON public.deal_index USING gin (text gin_trgm_ops)

CREATE INDEX deal_index_unplanned ON public.deal_index USING btree (workspace_id, stage_id, deal_id) WHERE (next_step_at IS NULL)

CREATE UNIQUE INDEX deal_sums_key ON public.deal_sums USING btree (workspace_id, kind, lead_owner_id, owner_id, department_id, source_id, stage_id, closed_on, end_date) NULLS NOT DISTINCT

CREATE INDEX deal_sums_of_department ON public.deal_sums USING btree (workspace_id, department_id, stage_id, closed_on) WHERE (kind = 'sight'::text)

CREATE INDEX deal_sums_of_none ON public.deal_sums USING btree (workspace_id) WHERE (deals = 0)

CREATE UNIQUE INDEX deal_sums_pkey ON public.deal_sums USING btree (workspace_id, id)

CREATE INDEX deals_by_amount ON public.deals USING btree (workspace_id, COALESCE(amount, '-Infinity'::numeric), id)

CREATE INDEX deals_by_end ON public.deals USING btree (workspace_id, end_date, id)

CREATE INDEX deals_by_lead ON public.deals USING btree (lead_id, id)

CREATE INDEX deals_by_owner ON public.deals USING btree (workspace_id, owner_id, id) WHERE (owner_id IS NOT NULL)

CREATE INDEX deals_by_stage ON public.deals USING btree (workspace_id, stage_id, id)

CREATE INDEX deals_closed ON public.deals USING btree (workspace_id, closed_on, id) WHERE (closed_on IS NOT NULL)

CREATE INDEX deals_of_owner_by_end ON public.deals USING btree (workspace_id, owner_id, end_date, id) WHERE (owner_id IS NOT NULL)

CREATE UNIQUE INDEX deals_pkey ON public.deals USING btree (workspace_id, id)

CREATE UNIQUE INDEX deals_to_index_pkey ON public.deals_to_index USING btree (workspace_id, id)

CREATE INDEX deleted_leads_by_job ON public.deleted_leads USING btree (workspace_id, job_id) WHERE (job_id IS NOT NULL)

CREATE INDEX deleted_leads_by_time ON public.deleted_leads USING btree (workspace_id, deleted_at)

CREATE UNIQUE INDEX deleted_leads_pkey ON public.deleted_leads USING btree (workspace_id, id)

CREATE UNIQUE INDEX deleted_leads_workspace_id_lead_id_key ON public.deleted_leads USING btree (workspace_id, lead_id)

CREATE UNIQUE INDEX demo_items_pkey ON public.demo_items USING btree (workspace_id, kind, id)

CREATE UNIQUE INDEX demo_leads_pkey ON public.demo_leads USING btree (workspace_id, lead_id)

CREATE INDEX demo_sessions_opened_from ON public.demo_sessions USING btree (workspace_id, opened_from)

CREATE UNIQUE INDEX demo_sessions_pkey ON public.demo_sessions USING btree (workspace_id, id)

CREATE UNIQUE INDEX department_members_pkey ON public.department_members USING btree (workspace_id, department_id, member_id)

CREATE UNIQUE INDEX departments_pkey ON public.departments USING btree (workspace_id, id)

CREATE UNIQUE INDEX departments_workspace_id_folded_name_key ON public.departments USING btree (workspace_id, folded_name)

CREATE UNIQUE INDEX encryption_keys_pkey ON public.encryption_keys USING btree (id)

CREATE UNIQUE INDEX erased_keys_pkey ON public.erased_keys USING btree (workspace_id, hash)

CREATE UNIQUE INDEX erasures_pkey ON public.erasures USING btree (workspace_id, id)

CREATE UNIQUE INDEX event_epochs_pkey ON public.event_epochs USING btree (epoch)

CREATE INDEX events_in_order ON public.events USING btree (workspace_id, epoch, transaction_id, id)

CREATE UNIQUE INDEX events_pkey ON public.events USING btree (workspace_id, id)

CREATE UNIQUE INDEX figure_bases_pkey ON public.figure_bases USING btree (workspace_id)

CREATE UNIQUE INDEX idempotency_pkey ON public.idempotency USING btree (workspace_id, scope, key)

CREATE UNIQUE INDEX index_queue_pkey ON public.index_queue USING btree (workspace_id, id)

CREATE UNIQUE INDEX intake_count_bases_pkey ON public.intake_count_bases USING btree (workspace_id)

CREATE UNIQUE INDEX intake_count_changes_pkey ON public.intake_count_changes USING btree (workspace_id, submission_id, number)

CREATE UNIQUE INDEX intake_counts_pkey ON public.intake_counts USING btree (workspace_id, day, dialect, outcome)

CREATE UNIQUE INDEX job_changes_pkey ON public.job_changes USING btree (workspace_id, job_id, lead_id)

CREATE UNIQUE INDEX job_schedules_pkey ON public.job_schedules USING btree (workspace_id, name)

CREATE INDEX jobs_by_state ON public.jobs USING btree (workspace_id, state, id)

CREATE INDEX jobs_due ON public.jobs USING btree (run_at) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]))

CREATE UNIQUE INDEX jobs_pkey ON public.jobs USING btree (workspace_id, id)

CREATE INDEX jobs_waiting ON public.jobs USING btree (workspace_id, id) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]))

CREATE UNIQUE INDEX lead_counts_pkey ON public.lead_counts USING btree (workspace_id)

CREATE INDEX lead_distinctions_by_other ON public.lead_distinctions USING btree (workspace_id, other_id)

CREATE UNIQUE INDEX lead_distinctions_pkey ON public.lead_distinctions USING btree (workspace_id, lead_id, other_id)

CREATE INDEX lead_facts_of_department ON public.lead_facts USING btree (workspace_id, department_id, day) WHERE (department_id IS NOT NULL)

CREATE INDEX lead_facts_of_owner ON public.lead_facts USING btree (workspace_id, owner_id, day) WHERE (owner_id IS NOT NULL)

CREATE UNIQUE INDEX lead_facts_pkey ON public.lead_facts USING btree (workspace_id, lead_id)

CREATE UNIQUE INDEX lead_figures_pkey ON public.lead_figures USING btree (workspace_id, kind, department_id, source_id, day, member_id, item_id, value)

CREATE INDEX lead_keys_by_lead ON public.lead_keys USING btree (lead_id)

CREATE UNIQUE INDEX lead_keys_pkey ON public.lead_keys USING btree (workspace_id, kind, value)

CREATE UNIQUE INDEX lead_moves_pkey ON public.lead_moves USING btree (workspace_id, lead_id, status_id)

CREATE UNIQUE INDEX lead_search_pkey ON public.lead_search USING btree (workspace_id, lead_id)

CREATE INDEX lead_search_text ON public.lead_search USING gin (text gin_trgm_ops)

CREATE UNIQUE INDEX lead_sum_changes_pkey ON public.lead_sum_changes USING btree (workspace_id, id)

CREATE UNIQUE INDEX lead_sums_key ON public.lead_sums USING btree (workspace_id, kind, owner_id, department_id, source_id, type_id, status_id) NULLS NOT DISTINCT

CREATE INDEX lead_sums_of_none ON public.lead_sums USING btree (workspace_id) WHERE (leads = 0)

CREATE UNIQUE INDEX lead_sums_pkey ON public.lead_sums USING btree (workspace_id, id)

CREATE UNIQUE INDEX lead_tags_pkey ON public.lead_tags USING btree (workspace_id, tag_id, lead_id)

CREATE INDEX lead_twins_by_lead ON public.lead_twins USING btree (lead_id)

CREATE UNIQUE INDEX lead_twins_pkey ON public.lead_twins USING btree (workspace_id, kind, value, lead_id)

CREATE UNIQUE INDEX lead_types_pkey ON public.lead_types USING btree (workspace_id, id)

CREATE UNIQUE INDEX lead_types_workspace_id_folded_name_key ON public.lead_types USING btree (workspace_id, folded_name)

CREATE UNIQUE INDEX lead_waits_pkey ON public.lead_waits USING btree (workspace_id, step, day, wait, lead_id)

CREATE INDEX leads_by_contact ON public.leads USING btree (workspace_id, contact_id) WHERE (contact_id IS NOT NULL)

CREATE INDEX leads_by_creation ON public.leads USING btree (workspace_id, created_at, id) WHERE (created_at IS NOT NULL)

CREATE INDEX leads_by_department ON public.leads USING btree (workspace_id, department_id, id) WHERE (department_id IS NOT NULL)

CREATE INDEX leads_by_kind_of_step ON public.leads USING btree (workspace_id, next_step_kind, next_step_at, id) WHERE (next_step_at IS NOT NULL)

CREATE INDEX leads_by_next_step ON public.leads USING btree (workspace_id, next_step_at, id) WHERE (next_step_at IS NOT NULL)

CREATE UNIQUE INDEX leads_by_number ON public.leads USING btree (number)

CREATE INDEX leads_by_owner ON public.leads USING btree (workspace_id, owner_id, id) WHERE (owner_id IS NOT NULL)

CREATE INDEX leads_by_source ON public.leads USING btree (workspace_id, source_id, id) WHERE (source_id IS NOT NULL)

CREATE INDEX leads_by_status ON public.leads USING btree (workspace_id, status_id, id) WHERE (status_id IS NOT NULL)

CREATE INDEX leads_by_type ON public.leads USING btree (workspace_id, type_id, id) WHERE (type_id IS NOT NULL)

CREATE INDEX leads_by_urgency ON public.leads USING btree (workspace_id, status_id, next_step_at, id) WHERE (next_step_at IS NOT NULL)

CREATE INDEX leads_enquired_again ON public.leads USING btree (workspace_id, enquired_again_at, id) WHERE (enquired_again_at IS NOT NULL)

CREATE INDEX leads_of_owner_by_next_step ON public.leads USING btree (workspace_id, owner_id, next_step_at, id) WHERE (next_step_at IS NOT NULL)

CREATE UNIQUE INDEX leads_pkey ON public.leads USING btree (workspace_id, id)

CREATE INDEX leads_unassigned ON public.leads USING btree (workspace_id, id) WHERE (owner_id IS NULL)

CREATE INDEX leads_unplanned ON public.leads USING btree (workspace_id, status_id, id) WHERE (next_step_at IS NULL)

CREATE INDEX leads_waiting ON public.leads USING btree (workspace_id, id) WHERE (first_reply_at IS NULL)

CREATE UNIQUE INDEX mail_keys_pkey ON public.mail_keys USING btree (workspace_id)

CREATE INDEX mails_of_member ON public.mails USING btree (workspace_id, member_id)

CREATE UNIQUE INDEX mails_pkey ON public.mails USING btree (workspace_id, id)

CREATE INDEX mails_to ON public.mails USING btree (workspace_id, folded_email, created_at)

CREATE INDEX mails_to_lead ON public.mails USING btree (workspace_id, lead_id) WHERE (lead_id IS NOT NULL)

CREATE INDEX mails_to_leads_due ON public.mails USING btree (workspace_id, due_at) WHERE (kind = 'lead_message'::text)

CREATE UNIQUE INDEX mails_workspace_id_cause_key ON public.mails USING btree (workspace_id, cause)

CREATE INDEX members_by_email ON public.members USING btree (folded_email)

CREATE INDEX members_by_user ON public.members USING btree (user_id)

CREATE INDEX members_by_username ON public.members USING btree (folded_username)

CREATE UNIQUE INDEX members_pkey ON public.members USING btree (workspace_id, id)

CREATE UNIQUE INDEX members_workspace_id_folded_email_key ON public.members USING btree (workspace_id, folded_email)

CREATE UNIQUE INDEX members_workspace_id_folded_username_key ON public.members USING btree (workspace_id, folded_username)

CREATE UNIQUE INDEX members_workspace_id_user_id_key ON public.members USING btree (workspace_id, user_id)

CREATE UNIQUE INDEX names_brought_pkey ON public.names_brought USING btree (workspace_id, sender_id, day, what)

CREATE INDEX notes_by_id ON public.notes USING btree (id)

CREATE UNIQUE INDEX notes_pkey ON public.notes USING btree (workspace_id, lead_id, id)

CREATE UNIQUE INDEX notice_places_pkey ON public.notice_places USING btree (workspace_id)

CREATE UNIQUE INDEX reading_rules_by_value ON public.reading_rules USING btree (workspace_id, dialect, token_id, field, folded_value) NULLS NOT DISTINCT

CREATE UNIQUE INDEX reading_rules_pkey ON public.reading_rules USING btree (workspace_id, id)

CREATE UNIQUE INDEX reference_items_pkey ON public.reference_items USING btree (workspace_id, id)

CREATE UNIQUE INDEX reference_items_workspace_id_kind_folded_name_key ON public.reference_items USING btree (workspace_id, kind, folded_name)

CREATE INDEX replays_of_job ON public.replays USING btree (workspace_id, job_id, id) WHERE (job_id IS NOT NULL)

CREATE UNIQUE INDEX replays_pkey ON public.replays USING btree (workspace_id, submission_id, id)

CREATE UNIQUE INDEX retention_pkey ON public.retention USING btree (workspace_id)

CREATE UNIQUE INDEX schema_migrations_pkey ON public.schema_migrations USING btree (version)

CREATE INDEX sessions_by_hash ON public.sessions USING btree (hash)

CREATE INDEX sessions_by_member ON public.sessions USING btree (workspace_id, member_id, id) WHERE (kind = 'web'::text)

CREATE UNIQUE INDEX sessions_pkey ON public.sessions USING btree (workspace_id, id)

CREATE UNIQUE INDEX source_number_rules_pkey ON public.source_number_rules USING btree (workspace_id, number)

CREATE UNIQUE INDEX sources_pkey ON public.sources USING btree (workspace_id, id)

CREATE UNIQUE INDEX sources_workspace_id_folded_name_key ON public.sources USING btree (workspace_id, folded_name)

CREATE UNIQUE INDEX one_default_status ON public.statuses USING btree (workspace_id) WHERE is_default

CREATE UNIQUE INDEX statuses_pkey ON public.statuses USING btree (workspace_id, id)

CREATE UNIQUE INDEX statuses_workspace_id_folded_name_key ON public.statuses USING btree (workspace_id, folded_name)

CREATE INDEX submissions_by_lead ON ONLY public.submissions USING btree (workspace_id, lead_id, id) WHERE (lead_id IS NOT NULL)

CREATE INDEX submissions_by_outcome ON ONLY public.submissions USING btree (workspace_id, outcome, id) WHERE (outcome <> 'accepted'::text)

CREATE INDEX submissions_in_quarantine ON ONLY public.submissions USING btree (workspace_id, id) WHERE (outcome = ANY (ARRAY['refused'::text, 'failed'::text]))

CREATE UNIQUE INDEX submissions_pkey ON ONLY public.submissions USING btree (workspace_id, id)

CREATE UNIQUE INDEX submissions_default_pkey ON public.submissions_default USING btree (workspace_id, id)

CREATE INDEX submissions_default_workspace_id_id_idx ON public.submissions_default USING btree (workspace_id, id) WHERE (outcome = ANY (ARRAY['refused'::text, 'failed'::text]))

CREATE INDEX submissions_default_workspace_id_lead_id_id_idx ON public.submissions_default USING btree (workspace_id, lead_id, id) WHERE (lead_id IS NOT NULL)

CREATE INDEX submissions_default_workspace_id_outcome_id_idx ON public.submissions_default USING btree (workspace_id, outcome, id) WHERE (outcome <> 'accepted'::text)

CREATE INDEX tasks_by_lead ON public.tasks USING btree (lead_id, id) WHERE (lead_id IS NOT NULL)

CREATE INDEX tasks_done ON public.tasks USING btree (workspace_id, done_at, id) WHERE (done_at IS NOT NULL)

CREATE INDEX tasks_done_by_assignee ON public.tasks USING btree (workspace_id, assignee_id, done_at, id) WHERE (done_at IS NOT NULL)

CREATE INDEX tasks_of_assignee ON public.tasks USING btree (workspace_id, assignee_id, due_at, id) WHERE (done_at IS NULL)

CREATE INDEX tasks_open ON public.tasks USING btree (workspace_id, due_at, id) WHERE (done_at IS NULL)

CREATE UNIQUE INDEX tasks_pkey ON public.tasks USING btree (workspace_id, id)

CREATE INDEX tokens_by_hash ON public.tokens USING btree (hash)

CREATE UNIQUE INDEX tokens_pkey ON public.tokens USING btree (workspace_id, id)

CREATE UNIQUE INDEX touches_pkey ON public.touches USING btree (workspace_id, lead_id, id)

CREATE INDEX turned_away_by_day ON public.turned_away USING btree (workspace_id, day)

CREATE UNIQUE INDEX turned_away_pkey ON public.turned_away USING btree (workspace_id, sender_id, day)

CREATE UNIQUE INDEX unwanted_mail_pkey ON public.unwanted_mail USING btree (workspace_id, member_id, kind)

CREATE UNIQUE INDEX users_pkey ON public.users USING btree (id)

CREATE UNIQUE INDEX view_pins_pkey ON public.view_pins USING btree (workspace_id, member_id, view_id)

CREATE UNIQUE INDEX views_pkey ON public.views USING btree (workspace_id, id)

CREATE INDEX waiting_deals_by_name ON public.waiting_deals USING btree (workspace_id, name_id, deal_id)

CREATE UNIQUE INDEX waiting_deals_pkey ON public.waiting_deals USING btree (workspace_id, deal_id)

CREATE INDEX waiting_leads_by_name ON public.waiting_leads USING btree (workspace_id, name_id, lead_id)

CREATE UNIQUE INDEX waiting_leads_pkey ON public.waiting_leads USING btree (workspace_id, lead_id, name_id)

CREATE INDEX waiting_names_by_meaning ON public.waiting_names USING btree (workspace_id, means) WHERE (means IS NOT NULL)

CREATE UNIQUE INDEX waiting_names_pkey ON public.waiting_names USING btree (workspace_id, id)

CREATE UNIQUE INDEX waiting_names_workspace_id_kind_folded_name_key ON public.waiting_names USING btree (workspace_id, kind, folded_name)

CREATE INDEX webhook_attempts_by_time ON public.webhook_attempts USING btree (webhook_id, at)

CREATE UNIQUE INDEX webhook_attempts_pkey ON public.webhook_attempts USING btree (workspace_id, webhook_id, event_id, attempt)

CREATE INDEX webhook_deliveries_failed ON public.webhook_deliveries USING btree (webhook_id, event_id) WHERE (state = 'failed'::text)

CREATE INDEX webhook_deliveries_held ON public.webhook_deliveries USING btree (webhook_id, event_id) WHERE (state = 'held'::text)

CREATE INDEX webhook_deliveries_pending ON public.webhook_deliveries USING btree (webhook_id, due_at) WHERE (state = 'pending'::text)

CREATE UNIQUE INDEX webhook_deliveries_pkey ON public.webhook_deliveries USING btree (workspace_id, webhook_id, event_id)

CREATE INDEX webhook_deliveries_sending ON public.webhook_deliveries USING btree (webhook_id, due_at) WHERE (state = 'sending'::text)

CREATE UNIQUE INDEX webhooks_pkey ON public.webhooks USING btree (workspace_id, id)

CREATE INDEX workspaces_by_name ON public.workspaces USING btree (folded_name)

CREATE UNIQUE INDEX workspaces_pkey ON public.workspaces USING btree (id)

-- Functions

CREATE OR REPLACE FUNCTION public.account_of_member(workspace uuid, member uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
RETURN (SELECT m.user_id FROM members m WHERE ((m.workspace_id = account_of_member.workspace) AND (m.id = account_of_member.member) AND m.active));
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.accounts_for_sign_in(login text, organisation text, known uuid, most integer)
 RETURNS SETOF users
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
BEGIN ATOMIC
 SELECT u.id,
     u.password_hash,
     u.created_at,
     u.plain_totp_secret,
     u.totp_confirmed_at,
     u.totp_last_step,
     u.recovery_hashes,
     u.managed_by,
     u.totp_secret
    FROM users u
   WHERE ((u.password_hash IS NOT NULL) AND (u.id IN ( SELECT m.user_id
            FROM members m
           WHERE (m.active AND ((m.folded_email = accounts_for_sign_in.login) OR (m.folded_username = accounts_for_sign_in.login)) AND ((accounts_for_sign_in.organisation IS NULL) OR (m.workspace_id IN ( SELECT workspaces_by_name(accounts_for_sign_in.organisation) AS workspaces_by_name)))))))
   ORDER BY (NOT (u.id IS DISTINCT FROM accounts_for_sign_in.known)) DESC, u.id
  LIMIT accounts_for_sign_in.most;
END;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.correct_waiting_calls()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
BEGIN
  UPDATE calls SET phone = coalesce(NEW.phone, '')
    WHERE workspace_id = NEW.workspace_id AND lead_id = NEW.id AND phone = coalesce(OLD.phone, '')
      AND state IN ('pending', 'claimed');
  RETURN NULL;
END $function$;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.current_workspace()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (current_setting('leadwell.workspace'::text))::uuid;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.deal_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO deals_to_index (workspace_id, lead_id) VALUES (OLD.workspace_id, OLD.lead_id);
  END IF;
  IF TG_OP = 'INSERT' OR TG_OP = 'UPDATE' AND NEW.lead_id <> OLD.lead_id THEN
    INSERT INTO deals_to_index (workspace_id, lead_id) VALUES (NEW.workspace_id, NEW.lead_id);
  END IF;
  RETURN NULL;
END $function$;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.deal_texts_like(pattern text, most integer)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
 SET enable_seqscan TO 'off'
 SET enable_indexscan TO 'off'
AS $function$
BEGIN
  IF length(pattern) >= 5 THEN
    -- The workspace as text, so that no index but that of the texts can be read.
    RETURN QUERY EXECUTE 'SELECT deal_id FROM deal_index WHERE text LIKE $2 AND workspace_id::text = $1::text LIMIT $3'
      USING current_workspace(), pattern, most;
  END IF;
END $function$;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.delete_with_lead()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
BEGIN
  DELETE FROM lead_keys WHERE workspace_id = OLD.workspace_id AND lead_id = OLD.id;
  DELETE FROM touches WHERE workspace_id = OLD.workspace_id AND lead_id = OLD.id;
  DELETE FROM activities WHERE workspace_id = OLD.workspace_id AND lead_id = OLD.id;
  RETURN NULL;
END $function$;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.end_demo_sessions()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
BEGIN
  UPDATE sessions s SET ended_at = NEW.ended_at FROM demo_sessions d
    WHERE d.workspace_id = NEW.workspace_id AND d.opened_from = NEW.id
      AND s.workspace_id = d.workspace_id AND s.id = d.id AND s.ended_at IS NULL;
  RETURN NULL;
END $function$;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.end_sessions_of_user(person uuid, except_id uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
BEGIN ATOMIC
 UPDATE sessions s SET ended_at = now()
    FROM members m
   WHERE ((m.user_id = end_sessions_of_user.person) AND (s.workspace_id = m.workspace_id) AND (s.member_id = m.id) AND (s.ended_at IS NULL) AND (s.id IS DISTINCT FROM end_sessions_of_user.except_id));
END;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.end_web_session_of_user(person uuid, wanted uuid)
 RETURNS SETOF uuid
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
BEGIN ATOMIC
 UPDATE sessions s SET ended_at = now()
    FROM members m
   WHERE ((m.user_id = end_web_session_of_user.person) AND (s.workspace_id = m.workspace_id) AND (s.member_id = m.id) AND (s.id = end_web_session_of_user.wanted) AND (s.kind = 'web'::text) AND (s.ended_at IS NULL))
   RETURNING s.id;
END;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.event_epoch()
 RETURNS bigint
 LANGUAGE sql
 STABLE
RETURN (SELECT max(event_epochs.epoch) AS max FROM event_epochs);
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.fold_text(text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
DECLARE
  folded text := $1 COLLATE "C";
BEGIN
  IF folded COLLATE "C" ~ '^([!-~]+( [!-~]+)*)?$' THEN
    RETURN lower(folded COLLATE "C");
  END IF;
  folded := normalize(regexp_replace(folded COLLATE "C", '[\U00000001-\U00000008\U0000000e-\U0000001f\U0000007f-\U00000084\U00000086-\U0000009f\U000000ad-\U000000ad\U0000034f-\U0000034f\U0000061c-\U0000061c\U0000115f-\U00001160\U000017b4-\U000017b5\U0000180b-\U0000180f\U0000200b-\U0000200f\U0000202a-\U0000202e\U00002060-\U0000206f\U00003164-\U00003164\U0000fe00-\U0000fe0f\U0000feff-\U0000feff\U0000ffa0-\U0000ffa0\U0000fff0-\U0000fffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]' COLLATE "C", '', 'g'), NFKC);
  IF folded COLLATE "C" ~ '[\U00000041-\U0000024f]' COLLATE "C" THEN
    folded := translate(folded COLLATE "C", 'ABCDEFGHIJKLMNOPQRSTUVWXYZÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİıĴĶĹĻĽŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽƁƂƄƆƇƉƊƋƎƏƐƑƓƔƖƗƘƜƝƟƠƢƤƦƧƩƬƮƯƱƲƳƵƷƸƼǍǏǑǓǕǗǙǛǞǠǢǤǦǨǪǬǮǴǶǷǸǺǼǾȀȂȄȆȈȊȌȎȐȒȔȖȘȚȜȞȠȢȤȦȨȪȬȮȰȲȺȻȽȾɁɃɄɅɆɈɊɌɎ',
      'abcdefghijklmnopqrstuvwxyzàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįiiĵķĺļľłńņňŋōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷÿźżžɓƃƅɔƈɖɗƌǝəɛƒɠɣɩɨƙɯɲɵơƣƥʀƨʃƭʈưʊʋƴƶʒƹƽǎǐǒǔǖǘǚǜǟǡǣǥǧǩǫǭǯǵƕƿǹǻǽǿȁȃȅȇȉȋȍȏȑȓȕȗșțȝȟƞȣȥȧȩȫȭȯȱȳⱥȼƚⱦɂƀʉʌɇɉɋɍɏ');
  END IF;
  IF folded COLLATE "C" ~ '[\U00000250-\U000003ff]' COLLATE "C" THEN
    folded := translate(folded COLLATE "C", 'ͰͲͶͿΆΈΉΊΌΎΏΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΪΫςϏϘϚϜϞϠϢϤϦϨϪϬϮϷϺϽϾϿ',
      'ͱͳͷϳάέήίόύώαβγδεζηθικλμνξοπρστυφχψωϊϋσϗϙϛϝϟϡϣϥϧϩϫϭϯϸϻͻͼͽ');
  END IF;
  IF folded COLLATE "C" ~ '[\U00000400-\U0000058f]' COLLATE "C" THEN
    folded := translate(folded COLLATE "C", 'ЀЁЂЃЄЅІЇЈЉЊЋЌЍЎЏАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯѠѢѤѦѨѪѬѮѰѲѴѶѸѺѼѾҀҊҌҎҐҒҔҖҘҚҜҞҠҢҤҦҨҪҬҮҰҲҴҶҸҺҼҾӀӁӃӅӇӉӋӍӐӒӔӖӘӚӜӞӠӢӤӦӨӪӬӮӰӲӴӶӸӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤԦԨԪԬԮԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖ',
      'ѐёђѓєѕіїјљњћќѝўџабвгдежзийклмнопрстуфхцчшщъыьэюяѡѣѥѧѩѫѭѯѱѳѵѷѹѻѽѿҁҋҍҏґғҕҗҙқҝҟҡңҥҧҩҫҭүұҳҵҷҹһҽҿӏӂӄӆӈӊӌӎӑӓӕӗәӛӝӟӡӣӥӧөӫӭӯӱӳӵӷӹӻӽӿԁԃԅԇԉԋԍԏԑԓԕԗԙԛԝԟԡԣԥԧԩԫԭԯաբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ');
  END IF;
  IF folded COLLATE "C" ~ '[\U00000590-\U00001dff]' COLLATE "C" THEN
    folded := translate(folded COLLATE "C", 'ႠႡႢႣႤႥႦႧႨႩႪႫႬႭႮႯႰႱႲႳႴႵႶႷႸႹႺႻႼႽႾႿჀჁჂჃჄჅჇჍᎠᎡᎢᎣᎤᎥᎦᎧᎨᎩᎪᎫᎬᎭᎮᎯᎰᎱᎲᎳᎴᎵᎶᎷᎸᎹᎺᎻᎼᎽᎾᎿᏀᏁᏂᏃᏄᏅᏆᏇᏈᏉᏊᏋᏌᏍᏎᏏᏐᏑᏒᏓᏔᏕᏖᏗᏘᏙᏚᏛᏜᏝᏞᏟᏠᏡᏢᏣᏤᏥᏦᏧᏨᏩᏪᏫᏬᏭᏮᏯᏰᏱᏲᏳᏴᏵᲀᲁᲂᲃᲄᲅᲆᲇᲈᲉᲐᲑᲒᲓᲔᲕᲖᲗᲘᲙᲚᲛᲜᲝᲞᲟᲠᲡᲢᲣᲤᲥᲦᲧᲨᲩᲪᲫᲬᲭᲮᲯᲰᲱᲲᲳᲴᲵᲶᲷᲸᲹᲺᲽᲾᲿ',
      'ⴀⴁⴂⴃⴄⴅⴆⴇⴈⴉⴊⴋⴌⴍⴎⴏⴐⴑⴒⴓⴔⴕⴖⴗⴘⴙⴚⴛⴜⴝⴞⴟⴠⴡⴢⴣⴤⴥⴧⴭꭰꭱꭲꭳꭴꭵꭶꭷꭸꭹꭺꭻꭼꭽꭾꭿꮀꮁꮂꮃꮄꮅꮆꮇꮈꮉꮊꮋꮌꮍꮎꮏꮐꮑꮒꮓꮔꮕꮖꮗꮘꮙꮚꮛꮜꮝꮞꮟꮠꮡꮢꮣꮤꮥꮦꮧꮨꮩꮪꮫꮬꮭꮮꮯꮰꮱꮲꮳꮴꮵꮶꮷꮸꮹꮺꮻꮼꮽꮾꮿᏸᏹᏺᏻᏼᏽвдосттъѣꙋᲊაბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰჱჲჳჴჵჶჷჸჹჺჽჾჿ');
  END IF;
  IF folded COLLATE "C" ~ '[\U00001e00-\U00001eff]' COLLATE "C" THEN
    folded := translate(folded COLLATE "C", 'ḀḂḄḆḈḊḌḎḐḒḔḖḘḚḜḞḠḢḤḦḨḪḬḮḰḲḴḶḸḺḼḾṀṂṄṆṈṊṌṎṐṒṔṖṘṚṜṞṠṢṤṦṨṪṬṮṰṲṴṶṸṺṼṾẀẂẄẆẈẊẌẎẐẒẔẞẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸỺỼỾ',
      'ḁḃḅḇḉḋḍḏḑḓḕḗḙḛḝḟḡḣḥḧḩḫḭḯḱḳḵḷḹḻḽḿṁṃṅṇṉṋṍṏṑṓṕṗṙṛṝṟṡṣṥṧṩṫṭṯṱṳṵṷṹṻṽṿẁẃẅẇẉẋẍẏẑẓẕßạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹỻỽỿ');
  END IF;
  IF folded COLLATE "C" ~ '[\U00001f00-\U00001fff]' COLLATE "C" THEN
    folded := translate(folded COLLATE "C", 'ἈἉἊἋἌἍἎἏἘἙἚἛἜἝἨἩἪἫἬἭἮἯἸἹἺἻἼἽἾἿὈὉὊὋὌὍὙὛὝὟὨὩὪὫὬὭὮὯᾈᾉᾊᾋᾌᾍᾎᾏᾘᾙᾚᾛᾜᾝᾞᾟᾨᾩᾪᾫᾬᾭᾮᾯᾸᾹᾺᾼῈῊῌῘῙῚῨῩῪῬῸῺῼ',
      'ἀἁἂἃἄἅἆἇἐἑἒἓἔἕἠἡἢἣἤἥἦἧἰἱἲἳἴἵἶἷὀὁὂὃὄὅὑὓὕὗὠὡὢὣὤὥὦὧᾀᾁᾂᾃᾄᾅᾆᾇᾐᾑᾒᾓᾔᾕᾖᾗᾠᾡᾢᾣᾤᾥᾦᾧᾰᾱὰᾳὲὴῃῐῑὶῠῡὺῥὸὼῳ');
  END IF;
  IF folded COLLATE "C" ~ '[\U00002000-\U0000ffff]' COLLATE "C" THEN
    folded := translate(folded COLLATE "C", 'ℲↃⰀⰁⰂⰃⰄⰅⰆⰇⰈⰉⰊⰋⰌⰍⰎⰏⰐⰑⰒⰓⰔⰕⰖⰗⰘⰙⰚⰛⰜⰝⰞⰟⰠⰡⰢⰣⰤⰥⰦⰧⰨⰩⰪⰫⰬⰭⰮⰯⱠⱢⱣⱤⱧⱩⱫⱭⱮⱯⱰⱲⱵⱾⱿⲀⲂⲄⲆⲈⲊⲌⲎⲐⲒⲔⲖⲘⲚⲜⲞⲠⲢⲤⲦⲨⲪⲬⲮⲰⲲⲴⲶⲸⲺⲼⲾⳀⳂⳄⳆⳈⳊⳌⳎⳐⳒⳔⳖⳘⳚⳜⳞⳠⳢⳫⳭⳲꙀꙂꙄꙆꙈꙊꙌꙎꙐꙒꙔꙖꙘꙚꙜꙞꙠꙢꙤꙦꙨꙪꙬꚀꚂꚄꚆꚈꚊꚌꚎꚐꚒꚔꚖꚘꚚꜢꜤꜦꜨꜪꜬꜮꜲꜴꜶꜸꜺꜼꜾꝀꝂꝄꝆꝈꝊꝌꝎꝐꝒꝔꝖꝘꝚꝜꝞꝠꝢꝤꝦꝨꝪꝬꝮꝹꝻꝽꝾꞀꞂꞄꞆꞋꞍꞐꞒꞖꞘꞚꞜꞞꞠꞢꞤꞦꞨꞪꞫꞬꞭꞮꞰꞱꞲꞳꞴꞶꞸꞺꞼꞾꟀꟂꟄꟅꟆꟇꟉꟋꟌ꟎Ꟑ꟒꟔ꟖꟘꟚꟜ꟱Ꟶ',
      'ⅎↄⰰⰱⰲⰳⰴⰵⰶⰷⰸⰹⰺⰻⰼⰽⰾⰿⱀⱁⱂⱃⱄⱅⱆⱇⱈⱉⱊⱋⱌⱍⱎⱏⱐⱑⱒⱓⱔⱕⱖⱗⱘⱙⱚⱛⱜⱝⱞⱟⱡɫᵽɽⱨⱪⱬɑɱɐɒⱳⱶȿɀⲁⲃⲅⲇⲉⲋⲍⲏⲑⲓⲕⲗⲙⲛⲝⲟⲡⲣⲥⲧⲩⲫⲭⲯⲱⲳⲵⲷⲹⲻⲽⲿⳁⳃⳅⳇⳉⳋⳍⳏⳑⳓⳕⳗⳙⳛⳝⳟⳡⳣⳬⳮⳳꙁꙃꙅꙇꙉꙋꙍꙏꙑꙓꙕꙗꙙꙛꙝꙟꙡꙣꙥꙧꙩꙫꙭꚁꚃꚅꚇꚉꚋꚍꚏꚑꚓꚕꚗꚙꚛꜣꜥꜧꜩꜫꜭꜯꜳꜵꜷꜹꜻꜽꜿꝁꝃꝅꝇꝉꝋꝍꝏꝑꝓꝕꝗꝙꝛꝝꝟꝡꝣꝥꝧꝩꝫꝭꝯꝺꝼᵹꝿꞁꞃꞅꞇꞌɥꞑꞓꞗꞙꞛꞝꞟꞡꞣꞥꞧꞩɦɜɡɬɪʞʇʝꭓꞵꞷꞹꞻꞽꞿꟁꟃꞔʂᶎꟈꟊɤꟍ꟏ꟑꟓꟕꟗꟙꟛƛsꟶ');
  END IF;
  IF folded COLLATE "C" ~ '[\U00010000-\U0010ffff]' COLLATE "C" THEN
    folded := translate(folded COLLATE "C", '𐐀𐐁𐐂𐐃𐐄𐐅𐐆𐐇𐐈𐐉𐐊𐐋𐐌𐐍𐐎𐐏𐐐𐐑𐐒𐐓𐐔𐐕𐐖𐐗𐐘𐐙𐐚𐐛𐐜𐐝𐐞𐐟𐐠𐐡𐐢𐐣𐐤𐐥𐐦𐐧𐒰𐒱𐒲𐒳𐒴𐒵𐒶𐒷𐒸𐒹𐒺𐒻𐒼𐒽𐒾𐒿𐓀𐓁𐓂𐓃𐓄𐓅𐓆𐓇𐓈𐓉𐓊𐓋𐓌𐓍𐓎𐓏𐓐𐓑𐓒𐓓𐕰𐕱𐕲𐕳𐕴𐕵𐕶𐕷𐕸𐕹𐕺𐕼𐕽𐕾𐕿𐖀𐖁𐖂𐖃𐖄𐖅𐖆𐖇𐖈𐖉𐖊𐖌𐖍𐖎𐖏𐖐𐖑𐖒𐖔𐖕𐲀𐲁𐲂𐲃𐲄𐲅𐲆𐲇𐲈𐲉𐲊𐲋𐲌𐲍𐲎𐲏𐲐𐲑𐲒𐲓𐲔𐲕𐲖𐲗𐲘𐲙𐲚𐲛𐲜𐲝𐲞𐲟𐲠𐲡𐲢𐲣𐲤𐲥𐲦𐲧𐲨𐲩𐲪𐲫𐲬𐲭𐲮𐲯𐲰𐲱𐲲𐵐𐵑𐵒𐵓𐵔𐵕𐵖𐵗𐵘𐵙𐵚𐵛𐵜𐵝𐵞𐵟𐵠𐵡𐵢𐵣𐵤𐵥𑢠𑢡𑢢𑢣𑢤𑢥𑢦𑢧𑢨𑢩𑢪𑢫𑢬𑢭𑢮𑢯𑢰𑢱𑢲𑢳𑢴𑢵𑢶𑢷𑢸𑢹𑢺𑢻𑢼𑢽𑢾𑢿𖹀𖹁𖹂𖹃𖹄𖹅𖹆𖹇𖹈𖹉𖹊𖹋𖹌𖹍𖹎𖹏𖹐𖹑𖹒𖹓𖹔𖹕𖹖𖹗𖹘𖹙𖹚𖹛𖹜𖹝𖹞𖹟𖺠𖺡𖺢𖺣𖺤𖺥𖺦𖺧𖺨𖺩𖺪𖺫𖺬𖺭𖺮𖺯𖺰𖺱𖺲𖺳𖺴𖺵𖺶𖺷𖺸𜳖𜳗𜳘𜳙𜳚𜳛𜳜𜳝𜳞𜳟𜳠𜳡𜳢𜳣𜳤𜳥𜳦𜳧𜳨𜳩𜳪𜳫𜳬𜳭𜳮𜳯𜳰𜳱𜳲𜳳𜳴𜳵𜳶𜳷𜳸𜳹𞀰𞀱𞀲𞀳𞀴𞀵𞀶𞀷𞀸𞀹𞀺𞀻𞀼𞀽𞀾𞀿𞁀𞁁𞁂𞁃𞁄𞁅𞁆𞁇𞁈𞁉𞁊𞁋𞁌𞁍𞁎𞁏𞁐𞁑𞁒𞁓𞁔𞁕𞁖𞁗𞁘𞁙𞁚𞁛𞁜𞁝𞁞𞁟𞁠𞁡𞁢𞁣𞁤𞁥𞁦𞁧𞁨𞁩𞁪𞁫𞁬𞁭𞤀𞤁𞤂𞤃𞤄𞤅𞤆𞤇𞤈𞤉𞤊𞤋𞤌𞤍𞤎𞤏𞤐𞤑𞤒𞤓𞤔𞤕𞤖𞤗𞤘𞤙𞤚𞤛𞤜𞤝𞤞𞤟𞤠𞤡',
      '𐐨𐐩𐐪𐐫𐐬𐐭𐐮𐐯𐐰𐐱𐐲𐐳𐐴𐐵𐐶𐐷𐐸𐐹𐐺𐐻𐐼𐐽𐐾𐐿𐑀𐑁𐑂𐑃𐑄𐑅𐑆𐑇𐑈𐑉𐑊𐑋𐑌𐑍𐑎𐑏𐓘𐓙𐓚𐓛𐓜𐓝𐓞𐓟𐓠𐓡𐓢𐓣𐓤𐓥𐓦𐓧𐓨𐓩𐓪𐓫𐓬𐓭𐓮𐓯𐓰𐓱𐓲𐓳𐓴𐓵𐓶𐓷𐓸𐓹𐓺𐓻𐖗𐖘𐖙𐖚𐖛𐖜𐖝𐖞𐖟𐖠𐖡𐖣𐖤𐖥𐖦𐖧𐖨𐖩𐖪𐖫𐖬𐖭𐖮𐖯𐖰𐖱𐖳𐖴𐖵𐖶𐖷𐖸𐖹𐖻𐖼𐳀𐳁𐳂𐳃𐳄𐳅𐳆𐳇𐳈𐳉𐳊𐳋𐳌𐳍𐳎𐳏𐳐𐳑𐳒𐳓𐳔𐳕𐳖𐳗𐳘𐳙𐳚𐳛𐳜𐳝𐳞𐳟𐳠𐳡𐳢𐳣𐳤𐳥𐳦𐳧𐳨𐳩𐳪𐳫𐳬𐳭𐳮𐳯𐳰𐳱𐳲𐵰𐵱𐵲𐵳𐵴𐵵𐵶𐵷𐵸𐵹𐵺𐵻𐵼𐵽𐵾𐵿𐶀𐶁𐶂𐶃𐶄𐶅𑣀𑣁𑣂𑣃𑣄𑣅𑣆𑣇𑣈𑣉𑣊𑣋𑣌𑣍𑣎𑣏𑣐𑣑𑣒𑣓𑣔𑣕𑣖𑣗𑣘𑣙𑣚𑣛𑣜𑣝𑣞𑣟𖹠𖹡𖹢𖹣𖹤𖹥𖹦𖹧𖹨𖹩𖹪𖹫𖹬𖹭𖹮𖹯𖹰𖹱𖹲𖹳𖹴𖹵𖹶𖹷𖹸𖹹𖹺𖹻𖹼𖹽𖹾𖹿𖺻𖺼𖺽𖺾𖺿𖻀𖻁𖻂𖻃𖻄𖻅𖻆𖻇𖻈𖻉𖻊𖻋𖻌𖻍𖻎𖻏𖻐𖻑𖻒𖻓abcdefghijklmnopqrstuvwxyz0123456789абвгдежзиклмопрстуфхцчшыэюꚉәіјөүӏабвгдежзиклопсуфхцчшъыґіѕџҫꙑұ𞤢𞤣𞤤𞤥𞤦𞤧𞤨𞤩𞤪𞤫𞤬𞤭𞤮𞤯𞤰𞤱𞤲𞤳𞤴𞤵𞤶𞤷𞤸𞤹𞤺𞤻𞤼𞤽𞤾𞤿𞥀𞥁𞥂𞥃');
  END IF;
  folded := replace(folded COLLATE "C", E'\u00df', 'ss');
  folded := replace(folded COLLATE "C", E'\u0069\u0307', 'i');
  RETURN btrim(regexp_replace(normalize(folded, NFKC) COLLATE "C", '[\U00000009-\U0000000d\U00000020-\U00000020\U00000085-\U00000085\U000000a0-\U000000a0\U00001680-\U00001680\U00002000-\U0000200a\U00002028-\U00002029\U0000202f-\U0000202f\U0000205f-\U0000205f\U00003000-\U00003000]+' COLLATE "C", ' ', 'g'), ' ');
END $function$;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.forget_demo_items()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
BEGIN ATOMIC
 DELETE FROM replays r
    USING demo_items d
   WHERE ((d.workspace_id = current_workspace()) AND (d.kind = 'request'::text) AND (r.workspace_id = d.workspace_id) AND (r.submission_id = d.id));
 DELETE FROM submissions s
    USING demo_items d
   WHERE ((d.workspace_id = current_workspace()) AND (d.kind = 'request'::text) AND (s.workspace_id = d.workspace_id) AND (s.id = d.id));
 DELETE FROM tokens t
    USING demo_items d
   WHERE ((d.workspace_id = current_workspace()) AND (d.kind = 'token'::text) AND (t.workspace_id = d.workspace_id) AND (t.id = d.id));
 DELETE FROM demo_items
   WHERE ((demo_items.workspace_id = current_workspace()) AND (demo_items.kind = ANY (ARRAY['request'::text, 'token'::text])));
END;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.forget_demo_requests(requests_of uuid[], events_of uuid[])
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
BEGIN ATOMIC
 DELETE FROM replays r
    USING submissions s,
     demo_leads l,
     demo_items t
   WHERE ((r.workspace_id = current_workspace()) AND (s.workspace_id = r.workspace_id) AND (s.id = r.submission_id) AND (s.lead_id = ANY (forget_demo_requests.requests_of)) AND (l.workspace_id = s.workspace_id) AND (l.lead_id = s.lead_id) AND (t.workspace_id = s.workspace_id) AND (t.kind = 'token'::text) AND (t.id = s.token_id));
 DELETE FROM submissions s
    USING demo_leads l,
     demo_items t
   WHERE ((s.workspace_id = current_workspace()) AND (s.lead_id = ANY (forget_demo_requests.requests_of)) AND (l.workspace_id = s.workspace_id) AND (l.lead_id = s.lead_id) AND (t.workspace_id = s.workspace_id) AND (t.kind = 'token'::text) AND (t.id = s.token_id));
 DELETE FROM events e
    USING demo_leads l
   WHERE ((e.workspace_id = current_workspace()) AND (e.id = ANY (forget_demo_requests.events_of)) AND (l.workspace_id = e.workspace_id) AND (l.lead_id = e.id) AND (e.lead_id = e.id));
END;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.funnel_places(of_workspace uuid, OUT statuses uuid[], OUT places integer[])
 RETURNS record
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public'
BEGIN ATOMIC
 SELECT COALESCE(array_agg(one.id ORDER BY one.place, one.id), '{}'::uuid[]) AS "coalesce",
     COALESCE(array_agg(one.place ORDER BY one.place, one.id), '{}'::integer[]) AS "coalesce"
    FROM ( SELECT s.id,
             (
                 CASE s.state
                     WHEN 'new'::text THEN (0)::bigint
                     WHEN 'won'::text THEN (1 + ( SELECT count(*) AS count
                        FROM statuses o
                       WHERE ((o.workspace_id = funnel_places.of_workspace) AND (o.state = 'open'::text))))
                     ELSE row_number() OVER (PARTITION BY s.state ORDER BY s."position", s.id)
                 END)::integer AS place
            FROM statuses s
           WHERE ((s.workspace_id = funnel_places.of_workspace) AND (s.state = ANY (ARRAY['new'::text, 'open'::text, 'won'::text])))) one;
END;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.join_account(account uuid, member uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
BEGIN
  UPDATE users SET managed_by = NULL WHERE id = account;
  UPDATE members SET user_id = account
    WHERE workspace_id = current_workspace() AND id = member AND active AND user_id IS NULL;
  RETURN FOUND;
END $function$;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.keep_day_closed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
BEGIN
  NEW.closed_on := (SELECT (NEW.closed_at AT TIME ZONE w.time_zone)::date FROM workspaces w WHERE w.id = NEW.workspace_id);
  RETURN NEW;
END $function$;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.keep_number_added()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  NEW.added_as := coalesce(NEW.added_as, NEW.phone);
  RETURN NEW;
END $function$;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.lead_of_deals_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
BEGIN
  INSERT INTO deals_to_index (workspace_id, lead_id) VALUES (NEW.workspace_id, NEW.id);
  RETURN NULL;
END $function$;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.lead_text(lead leads)
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN fold_text(concat_ws(' '::text, (lead).name, (lead).first_name, (lead).last_name, (lead).company_name, (lead).email, (lead).phone, (lead).phone_sent, regexp_replace((lead).phone_sent, '\D'::text, ''::text, 'g'::text), (lead).other_phone, ('#'::text || (lead).number)));
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.leads_like(patterns text[], most integer)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
 SET enable_seqscan TO 'off'
 SET enable_indexscan TO 'off'
AS $function$
BEGIN
  -- Fewer than three letters between the signs make no trigram: the index would be read from end to end.
  IF NOT EXISTS (SELECT 1 FROM unnest(patterns) AS pattern WHERE length(pattern) < 5) THEN
    -- Planned for the text at hand, every time.
    RETURN QUERY EXECUTE 'SELECT lead_id FROM lead_search
        WHERE workspace_id::text = $1::text AND text LIKE ANY ($2) LIMIT $3'
      USING current_workspace(), patterns, most;
  END IF;
END $function$;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.let_go_of_calls(ws uuid, member uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
BEGIN ATOMIC
 UPDATE calls SET state =
         CASE
             WHEN calls.only_listed THEN 'cancelled'::text
             ELSE 'pending'::text
         END, claim_id = NULL::uuid, claimed_by = NULL::text, claim_expires_at = NULL::timestamp with time zone, member_id = NULL::uuid, started_at = NULL::timestamp with time zone, updated_at = now()
   WHERE ((calls.workspace_id = let_go_of_calls.ws) AND (calls.member_id = let_go_of_calls.member) AND (calls.state = 'claimed'::text));
 UPDATE agents SET state = 'offline'::text, reason = NULL::text, call_id = NULL::uuid, since = now()
   WHERE ((agents.workspace_id = let_go_of_calls.ws) AND (agents.member_id = let_go_of_calls.member) AND (agents.state <> 'offline'::text));
END;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.list_tags_of_lead()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM lead_tags WHERE workspace_id = OLD.workspace_id AND lead_id = OLD.id AND tag_id = ANY (OLD.tag_ids)
      AND (TG_OP = 'DELETE' OR tag_id <> ALL (coalesce(NEW.tag_ids, '{}')));
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO lead_tags (workspace_id, tag_id, lead_id)
      SELECT NEW.workspace_id, tag_id, NEW.id FROM unnest(NEW.tag_ids) AS tag_id ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $function$;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.make_deliveries()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
BEGIN
  IF EXISTS (SELECT FROM webhooks WHERE workspace_id = ANY (ARRAY(SELECT DISTINCT workspace_id FROM added))) THEN
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
END $function$;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.make_submission_partition(month date)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
DECLARE partition text := 'submissions_' || to_char(month, 'YYYY_MM');
BEGIN
  IF to_regclass('public.' || partition) IS NULL THEN
    EXECUTE format('CREATE TABLE public.%I PARTITION OF public.submissions FOR VALUES FROM (%L) TO (%L)', partition,
      public.uuid_from(date_trunc('month', month::timestamp) AT TIME ZONE 'UTC'),
      public.uuid_from((date_trunc('month', month::timestamp) + interval '1 month') AT TIME ZONE 'UTC'));
    PERFORM public.protect(('public.' || partition)::regclass);
    PERFORM public.see_with_lead(('public.' || partition)::regclass);
  END IF;
END $function$;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.member_left()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
BEGIN
  PERFORM let_go_of_calls(NEW.workspace_id, NEW.id);
  RETURN NULL;
END $function$;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.members_for_sign_in(login text, organisation text, most integer)
 RETURNS TABLE(workspace_id uuid, member_id uuid, user_id uuid, password_hash text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
BEGIN ATOMIC
 SELECT m.workspace_id,
     m.id,
     u.id,
         CASE
             WHEN (m.active AND (u.totp_confirmed_at IS NULL)) THEN u.password_hash
             ELSE NULL::text
         END AS "case"
    FROM (members m
      JOIN users u ON ((u.id = m.user_id)))
   WHERE (((m.folded_email = members_for_sign_in.login) OR (m.folded_username = members_for_sign_in.login)) AND (m.workspace_id IN ( SELECT workspaces_by_name(members_for_sign_in.organisation) AS workspaces_by_name)))
   ORDER BY m.active DESC, u.id, m.id
  LIMIT members_for_sign_in.most;
END;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.memberships_to_reset(address text, most integer)
 RETURNS TABLE(workspace_id uuid, member_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
BEGIN ATOMIC
 SELECT m.workspace_id,
     m.id
    FROM (members m
      JOIN users u ON ((u.id = m.user_id)))
   WHERE ((m.folded_email = memberships_to_reset.address) AND m.active AND (u.managed_by = m.workspace_id))
   ORDER BY u.id
  LIMIT memberships_to_reset.most;
END;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.move_waiting_calls()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
BEGIN
  UPDATE calls SET priority = NEW.call_priority
    WHERE workspace_id = NEW.workspace_id AND type_id = NEW.id AND state IN ('pending', 'claimed')
      AND priority <> NEW.call_priority;
  RETURN NULL;
END $function$;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.need_leads()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
DECLARE
  one record;
BEGIN
  -- Looked up one by one (LATERAL with LIMIT), whatever the planner knows. A lead that this transaction has written is there
  -- until it ends; any other must be kept from being deleted meanwhile.
  FOR one IN
    SELECT a.workspace_id, a.lead_id FROM added a LEFT JOIN LATERAL (
      SELECT true AS found FROM leads l
      WHERE l.workspace_id = a.workspace_id AND l.id = a.lead_id AND l.xmin = pg_current_xact_id()::xid LIMIT 1
    ) AS own ON true WHERE own.found IS NULL
  LOOP
    PERFORM FROM leads l WHERE l.workspace_id = one.workspace_id AND l.id = one.lead_id FOR KEY SHARE;
    IF NOT FOUND THEN
      RAISE foreign_key_violation USING MESSAGE = format('A row of %s belongs to no lead.', TG_TABLE_NAME),
        TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
    END IF;
  END LOOP;
  RETURN NULL;
END $function$;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.next_step_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.lead_id IS NOT NULL THEN
    PERFORM plan_next_step(OLD.workspace_id, OLD.lead_id);
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.lead_id IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.lead_id IS DISTINCT FROM OLD.lead_id) THEN
    PERFORM plan_next_step(NEW.workspace_id, NEW.lead_id);
  END IF;
  RETURN NULL;
END $function$;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.next_step_of_deals_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
BEGIN
  INSERT INTO deals_to_index (workspace_id, lead_id) SELECT NEW.workspace_id, NEW.id
    WHERE EXISTS (SELECT FROM deals d WHERE d.lead_id = NEW.id AND d.workspace_id = NEW.workspace_id);
  RETURN NULL;
END $function$;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.note_attempt()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
BEGIN
  IF TG_OP = 'INSERT' OR NEW.ended_at IS DISTINCT FROM OLD.ended_at THEN
    INSERT INTO call_attempts
      (workspace_id, id, lead_id, call_id, member_id, outcome_id, outcome, started_at, ended_at, talk_seconds)
    VALUES (NEW.workspace_id, gen_random_uuid(), NEW.lead_id, NEW.id, NEW.member_id, NEW.outcome_id, NEW.outcome,
      NEW.started_at, NEW.ended_at, NEW.talk_seconds);
  END IF;
  RETURN NULL;
END $function$;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.note_first_reply()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
DECLARE
  path constant jsonpath := '$.changes[*] ? (@.field == "status_id")';
  moved jsonb;
  taken_back boolean;
BEGIN
  UPDATE leads SET first_reply_at = NEW.at
    WHERE workspace_id = NEW.workspace_id AND id = NEW.lead_id AND first_reply_at IS NULL;
  IF FOUND THEN
    UPDATE calls SET again = true WHERE workspace_id = NEW.workspace_id AND lead_id = NEW.lead_id AND NOT again
      AND state IN ('pending', 'claimed');
    RETURN NULL;
  END IF;
  moved := jsonb_path_query_first(NEW.detail::jsonb, path);
  IF NEW.kind <> 'status_changed' OR moved IS NULL THEN
    RETURN NULL;
  END IF;
  -- The only reply so far is the move that this one takes back.
  SELECT count(*) = 1 AND bool_and(a.kind = 'status_changed' AND a.actor = NEW.actor AND a.at = l.first_reply_at
      AND a.at > NEW.at - interval '1 hour'
      AND jsonb_path_query_first(a.detail::jsonb, path) ->> 'from' = moved ->> 'to'
      AND jsonb_path_query_first(a.detail::jsonb, path) ->> 'to' = moved ->> 'from')
    INTO taken_back
    FROM leads l JOIN activities a ON a.workspace_id = l.workspace_id AND a.lead_id = l.id
    WHERE l.workspace_id = NEW.workspace_id AND l.id = NEW.lead_id AND a.id <> NEW.id
      AND a.kind IN ('call_ended', 'call_logged', 'email_sent', 'status_changed') AND a.actor LIKE 'member:%';
  IF taken_back THEN
    UPDATE leads SET first_reply_at = NULL WHERE workspace_id = NEW.workspace_id AND id = NEW.lead_id;
    UPDATE calls SET again = false WHERE workspace_id = NEW.workspace_id AND lead_id = NEW.lead_id AND again
      AND state IN ('pending', 'claimed');
  END IF;
  RETURN NULL;
END $function$;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.note_hand_call()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
BEGIN
  INSERT INTO call_attempts
    (workspace_id, id, lead_id, call_id, member_id, outcome_id, outcome, started_at, ended_at, talk_seconds)
  VALUES (NEW.workspace_id, NEW.id, NEW.lead_id, NULL, substr(NEW.actor, 8)::uuid,
    (SELECT o.id FROM call_outcomes o
      WHERE o.workspace_id = NEW.workspace_id AND o.folded_name = fold_text(NEW.detail ->> 'outcome')),
    NEW.detail ->> 'outcome', NULL, NEW.at, (NEW.detail ->> 'talk_seconds')::integer)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $function$;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.note_intake_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
BEGIN
  IF TG_OP <> 'INSERT' AND coalesce(OLD.command, 'createLead') = 'createLead' THEN
    INSERT INTO intake_count_changes (workspace_id, submission_id, received_at, dialect, outcome, requests)
      VALUES (OLD.workspace_id, OLD.id, OLD.received_at, OLD.dialect, OLD.outcome, -1);
  END IF;
  IF TG_OP <> 'DELETE' AND coalesce(NEW.command, 'createLead') = 'createLead' THEN
    INSERT INTO intake_count_changes (workspace_id, submission_id, received_at, dialect, outcome, requests)
      VALUES (NEW.workspace_id, NEW.id, NEW.received_at, NEW.dialect, NEW.outcome, 1);
  END IF;
  RETURN NULL;
END $function$;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.note_move()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
BEGIN
  INSERT INTO lead_moves (workspace_id, lead_id, status_id, at)
    SELECT NEW.workspace_id, NEW.lead_id, (change ->> 'to')::uuid, NEW.at
    FROM json_array_elements(NEW.detail -> 'changes') AS change
    WHERE change ->> 'field' = 'status_id' AND change ->> 'to' IS NOT NULL
    ON CONFLICT (workspace_id, lead_id, status_id) DO UPDATE SET at = least(lead_moves.at, excluded.at);
  RETURN NULL;
END $function$;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.open_account(account uuid, member uuid, hash text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
BEGIN
  INSERT INTO users (id, managed_by, password_hash) VALUES (account, current_workspace(), hash);
  UPDATE members SET user_id = account WHERE workspace_id = current_workspace() AND id = member AND user_id IS NULL;
  IF NOT FOUND THEN
    DELETE FROM users WHERE id = account;
    RETURN false;
  END IF;
  RETURN true;
END $function$;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.path_without_values(path text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN regexp_replace(path, '/(?!v[0-9]+(/|$))[^/]*[^a-zA-Z_./-][^/]*'::text, '/...'::text, 'g'::text);
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.place_call()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  NEW.again := coalesce(NEW.again, false);
  NEW.rank := CASE WHEN NEW.callback THEN 0 ELSE (32768 - NEW.priority) * 2 + NEW.again::integer END;
  IF TG_OP = 'INSERT' THEN
    NEW.offer_at := coalesce(NEW.offer_at, NEW.due_at);
  ELSIF NEW.due_at <> OLD.due_at AND NEW.offer_at = OLD.offer_at THEN
    NEW.offer_at := NEW.due_at;
  END IF;
  RETURN NEW;
END $function$;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.plan_next_step(ws uuid, lead uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
BEGIN ATOMIC
 UPDATE leads SET next_step_at = next.at, next_step_kind = next.kind, next_step = next.name
    FROM (( SELECT 1 AS "?column?") always
      LEFT JOIN LATERAL ( SELECT tasks.due_at AS at,
                 CASE
                     WHEN (tasks.category = 'call'::text) THEN 'call'::text
                     ELSE 'task'::text
                 END AS kind,
             tasks.name
            FROM tasks
           WHERE ((tasks.lead_id = plan_next_step.lead) AND (tasks.done_at IS NULL))
         UNION ALL
          SELECT calls.due_at,
                 CASE
                     WHEN calls.callback THEN 'callback'::text
                     ELSE 'call'::text
                 END AS "case",
             NULL::text
            FROM calls
           WHERE ((calls.lead_id = plan_next_step.lead) AND (calls.state = ANY (ARRAY['pending'::text, 'claimed'::text])))
   ORDER BY 1
  LIMIT 1) next ON (true))
   WHERE ((leads.workspace_id = plan_next_step.ws) AND (leads.id = plan_next_step.lead) AND ((leads.next_step_at IS DISTINCT FROM next.at) OR (leads.next_step_kind IS DISTINCT FROM next.kind) OR (leads.next_step IS DISTINCT FROM next.name)));
END;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.problem_without_contents(problem json)
 RETURNS json
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN (problem IS NULL) THEN NULL::json ELSE json_strip_nulls(json_build_object('kind', (problem -> 'kind'::text), 'code', (problem -> 'code'::text), 'reason', (problem -> 'reason'::text), 'what', (problem -> 'what'::text), 'limitBytes', (problem -> 'limitBytes'::text), 'retryAfterSeconds', (problem -> 'retryAfterSeconds'::text), 'detail', CASE WHEN ((problem -> 'detail'::text) IS NOT NULL) THEN ''::text ELSE NULL::text END, 'allowed', (problem -> 'allowed'::text), 'issues', CASE WHEN (json_typeof((problem -> 'issues'::text)) = 'array'::text) THEN (SELECT COALESCE(json_agg(json_build_object('at', COALESCE((issue.value -> 'field'::text), '""'::json), 'field', (issue.value -> 'field'::text), 'code', (issue.value -> 'code'::text))), '[]'::json) AS "coalesce" FROM json_array_elements((problem_without_contents.problem -> 'issues'::text)) issue(value)) ELSE NULL::json END)) END;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.protect(target regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format('CREATE POLICY workspace ON %s TO leadwell_app
    USING (workspace_id = current_setting(''leadwell.workspace'')::uuid)
    WITH CHECK (workspace_id = current_setting(''leadwell.workspace'')::uuid)', target);
  EXECUTE format('CREATE POLICY owner ON %s TO leadwell_owner USING (true) WITH CHECK (true)', target);
END $function$;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.queue_lead()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
BEGIN
  INSERT INTO index_queue (workspace_id, lead_ids, delta) VALUES (NEW.workspace_id, ARRAY[NEW.id], 0);
  RETURN NULL;
END $function$;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.queue_lead_of_call()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
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
END $function$;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.redact_audit_entry(entry uuid, redacted jsonb)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
BEGIN ATOMIC
 UPDATE audit_log SET detail = redact_audit_entry.redacted
   WHERE ((audit_log.workspace_id = current_workspace()) AND (audit_log.id = redact_audit_entry.entry));
END;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.release_account(member uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
DECLARE account uuid;
BEGIN
  SELECT user_id INTO account FROM members WHERE workspace_id = current_workspace() AND id = member FOR UPDATE;
  UPDATE members SET user_id = NULL WHERE workspace_id = current_workspace() AND id = member;
  DELETE FROM users u WHERE u.id = account AND NOT EXISTS (SELECT 1 FROM members m WHERE m.user_id = account);
END $function$;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.remove_request_contents(ids uuid[], because text, at timestamp with time zone)
 RETURNS bigint
 LANGUAGE sql
BEGIN ATOMIC
 UPDATE replays SET edited_body_sha256 = sha256(replays.edited_body), edited_body = NULL::bytea, edited_query = NULL::text, answer = ''::text, problem = problem_without_contents(replays.problem)
   WHERE ((replays.workspace_id = current_workspace()) AND (replays.submission_id = ANY (remove_request_contents.ids)));
 WITH emptied AS (
          UPDATE submissions SET body_bytes = length(submissions.body), body_sha256 = sha256(submissions.body), body = NULL::bytea, query = ''::text, headers = '{}'::json, path = path_without_values(submissions.path), address = ''::text, answer = ''::text, problem = problem_without_contents(submissions.problem), dismissed_at =
                 CASE
                     WHEN (submissions.outcome = ANY (ARRAY['refused'::text, 'failed'::text])) THEN COALESCE(submissions.dismissed_at, remove_request_contents.at)
                     ELSE submissions.dismissed_at
                 END, removed_at = remove_request_contents.at, removed_because = remove_request_contents.because
           WHERE ((submissions.workspace_id = current_workspace()) AND (submissions.id = ANY (remove_request_contents.ids)) AND (submissions.removed_at IS NULL))
           RETURNING 1 AS "?column?"
         )
  SELECT count(*) AS count
    FROM emptied;
END;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.see_with_lead(target regclass, besides text DEFAULT 'false'::text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
BEGIN
  EXECUTE format('ALTER POLICY workspace ON %1$s
    USING (workspace_id = current_setting(''leadwell.workspace'')::uuid
      AND ((SELECT sees_all()) OR %2$s OR EXISTS (SELECT 1 FROM leads seen
        WHERE seen.workspace_id = %1$s.workspace_id AND seen.id = %1$s.lead_id OFFSET 0)))', target, besides);
END $function$;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.seen_departments()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (COALESCE(NULLIF(current_setting('leadwell.departments'::text, true), ''::text), '{}'::text))::uuid[];
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.seen_owners()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (COALESCE(NULLIF(current_setting('leadwell.sees'::text, true), ''::text), '{}'::text))::uuid[];
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.sees_all()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (COALESCE(current_setting('leadwell.sees'::text, true), ''::text) = ''::text);
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.session_by_hash(wanted bytea)
 RETURNS SETOF sessions
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
BEGIN ATOMIC
 SELECT sessions.workspace_id,
     sessions.id,
     sessions.kind,
     sessions.dialect,
     sessions.hash,
     sessions.member_id,
     sessions.token_id,
     sessions.created_at,
     sessions.expires_at,
     sessions.ended_at,
     sessions.user_agent,
     sessions.address,
     sessions.last_seen_at
    FROM sessions
   WHERE (sessions.hash = session_by_hash.wanted);
END;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.session_left()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM sessions WHERE workspace_id = NEW.workspace_id AND member_id = NEW.member_id
      AND kind = 'web' AND ended_at IS NULL AND expires_at > now()) THEN
    PERFORM let_go_of_calls(NEW.workspace_id, NEW.member_id);
  END IF;
  RETURN NULL;
END $function$;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.settled_id(margin interval DEFAULT '00:02:00'::interval)
 RETURNS uuid
 LANGUAGE sql
RETURN uuid_from((LEAST(now(), (SELECT min(pg_stat_activity.xact_start) AS min FROM pg_stat_activity WHERE ((pg_stat_activity.datname = current_database()) AND (pg_stat_activity.usename = CURRENT_USER)))) - margin));
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.sum_changed_lead()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
BEGIN
  INSERT INTO lead_sum_changes (workspace_id, status_id, owner_id, department_id, source_id, type_id, leads, amount)
    VALUES (OLD.workspace_id, OLD.status_id, OLD.owner_id, OLD.department_id, OLD.source_id, OLD.type_id, -1,
      -coalesce(OLD.target_amount, 0));
  IF TG_OP = 'UPDATE' THEN
    INSERT INTO lead_sum_changes (workspace_id, status_id, owner_id, department_id, source_id, type_id, leads, amount)
      VALUES (NEW.workspace_id, NEW.status_id, NEW.owner_id, NEW.department_id, NEW.source_id, NEW.type_id, 1,
        coalesce(NEW.target_amount, 0));
  END IF;
  RETURN NULL;
END $function$;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.sum_new_leads()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
BEGIN
  INSERT INTO lead_sum_changes (workspace_id, status_id, owner_id, department_id, source_id, type_id, leads, amount)
    SELECT workspace_id, status_id, owner_id, department_id, source_id, type_id, count(*), coalesce(sum(target_amount), 0)
    FROM added GROUP BY 1, 2, 3, 4, 5, 6;
  RETURN NULL;
END $function$;
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.this_cluster()
 RETURNS text
 LANGUAGE sql
RETURN (((SELECT (pg_control_system.system_identifier)::text AS system_identifier FROM pg_control_system() pg_control_system(pg_control_version, catalog_version_no, system_identifier, pg_control_last_modified)) || '/'::text) || "left"(pg_walfile_name(pg_current_wal_lsn()), 8));
-- owner leadwell_owner, grants leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.token_by_hash(wanted bytea)
 RETURNS SETOF tokens
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
BEGIN ATOMIC
 SELECT tokens.workspace_id,
     tokens.id,
     tokens.dialect,
     tokens.name,
     tokens.hash,
     tokens.hint,
     tokens.policy,
     tokens.merge_style,
     tokens.region,
     tokens.test_mode,
     tokens.may_extend,
     tokens.scopes,
     tokens.expires_at,
     tokens.revoked_at,
     tokens.last_used_at,
     tokens.created_at,
     tokens.created_by,
     tokens.last_used_address,
     tokens.tag_ids
    FROM tokens
   WHERE (tokens.hash = token_by_hash.wanted);
END;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.uuid_from(at timestamp with time zone)
 RETURNS uuid
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ((lpad(to_hex((floor((EXTRACT(epoch FROM at) * (1000)::numeric)))::bigint), 12, '0'::text) || '00000000000000000000'::text))::uuid;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.wait_bounds()
 RETURNS bigint[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ARRAY[(1000000)::bigint, (1100000)::bigint, (1200000)::bigint, (1300000)::bigint, (1500000)::bigint, (1600000)::bigint, (1800000)::bigint, (1900000)::bigint, (2100000)::bigint, (2400000)::bigint, (2600000)::bigint, (2900000)::bigint, (3100000)::bigint, (3500000)::bigint, (3800000)::bigint, (4200000)::bigint, (4600000)::bigint, (5100000)::bigint, (5600000)::bigint, (6100000)::bigint, (6700000)::bigint, (7400000)::bigint, (8100000)::bigint, (9000000)::bigint, (9800000)::bigint, (10800000)::bigint, (11900000)::bigint, (13100000)::bigint, (14400000)::bigint, (15900000)::bigint, (17400000)::bigint, (19200000)::bigint, (21100000)::bigint, (23200000)::bigint, (25500000)::bigint, (28100000)::bigint, (30900000)::bigint, (34000000)::bigint, (37400000)::bigint, (41100000)::bigint, (45300000)::bigint, (49800000)::bigint, (54800000)::bigint, (60200000)::bigint, (66300000)::bigint, (72900000)::bigint, (80200000)::bigint, (88200000)::bigint, (97000000)::bigint, (106700000)::bigint, (117400000)::bigint, (129100000)::bigint, (142000000)::bigint, (156200000)::bigint, (171900000)::bigint, (189100000)::bigint, (208000000)::bigint, (228800000)::bigint, (251600000)::bigint, (276800000)::bigint, (300000000)::bigint, (304500000)::bigint, (334900000)::bigint, (368400000)::bigint, (405300000)::bigint, (445800000)::bigint, (490400000)::bigint, (539400000)::bigint, (593300000)::bigint, (652700000)::bigint, (718000000)::bigint, (789700000)::bigint, (868700000)::bigint, (900000000)::bigint, (955600000)::bigint, (1051200000)::bigint, (1156300000)::bigint, (1271900000)::bigint, (1399100000)::bigint, (1539000000)::bigint, (1692900000)::bigint, (1862200000)::bigint, (2048400000)::bigint, '2253200000'::bigint, '2478600000'::bigint, '2726400000'::bigint, '2999100000'::bigint, '3299000000'::bigint, '3600000001'::bigint, '3628900000'::bigint, '3991800000'::bigint, '4390900000'::bigint, '4830000000'::bigint, '5313000000'::bigint, '5844300000'::bigint, '6428800000'::bigint, '7071600000'::bigint, '7778800000'::bigint, '8556700000'::bigint, '9412300000'::bigint, '10353600000'::bigint, '11388900000'::bigint, '12527800000'::bigint, '13780600000'::bigint, '15158700000'::bigint, '16674500000'::bigint, '18342000000'::bigint, '20176200000'::bigint, '22193800000'::bigint, '24413200000'::bigint, '26854500000'::bigint, '29540000000'::bigint, '32494000000'::bigint, '35743400000'::bigint, '39317700000'::bigint, '43249500000'::bigint, '47574400000'::bigint, '52331900000'::bigint, '57565000000'::bigint, '63321500000'::bigint, '69653700000'::bigint, '76619100000'::bigint, '84281000000'::bigint, '92709100000'::bigint, '101980000000'::bigint, '112178000000'::bigint, '123395800000'::bigint, '135735300000'::bigint, '149308900000'::bigint, '164239800000'::bigint, '180663700000'::bigint, '198730100000'::bigint, '218603100000'::bigint, '240463400000'::bigint, '264509800000'::bigint, '290960800000'::bigint, '320056800000'::bigint, '352062500000'::bigint, '387268800000'::bigint, '425995700000'::bigint, '468595200000'::bigint, '515454800000'::bigint, '567000200000'::bigint, '623700300000'::bigint, '686070300000'::bigint, '754677300000'::bigint, '830145000000'::bigint, '913159500000'::bigint, '1004475500000'::bigint, '1104923000000'::bigint, '1215415400000'::bigint, '1336956900000'::bigint, '1470652600000'::bigint, '1617717800000'::bigint, '1779489600000'::bigint, '1957438600000'::bigint, '2153182400000'::bigint, '2368500700000'::bigint, '2605350800000'::bigint, '2865885800000'::bigint, '3152474400000'::bigint, '3467721900000'::bigint, '3814494000000'::bigint, '4195943400000'::bigint, '4615537800000'::bigint, '5077091600000'::bigint, '5584800700000'::bigint, '6143280800000'::bigint, '6757608900000'::bigint, '7433369800000'::bigint, '8176706700000'::bigint, '8994377400000'::bigint, '9893815100000'::bigint, '10883196700000'::bigint, '11971516300000'::bigint, '13168668000000'::bigint, '14485534800000'::bigint, '15934088200000'::bigint, '17527497100000'::bigint, '19280246800000'::bigint, '21208271400000'::bigint, '23329098600000'::bigint, '25662008400000'::bigint, '28228209300000'::bigint, '31051030200000'::bigint, '34156133200000'::bigint];
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.wait_class(wait bigint)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN width_bucket(wait, wait_bounds());
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.web_sessions_of_user(person uuid)
 RETURNS TABLE(id uuid, workspace text, created_at timestamp with time zone, last_seen_at timestamp with time zone, expires_at timestamp with time zone, address text, user_agent text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
BEGIN ATOMIC
 SELECT s.id,
     w.name,
     s.created_at,
     s.last_seen_at,
     s.expires_at,
     s.address,
     s.user_agent
    FROM ((members m
      JOIN sessions s ON (((s.workspace_id = m.workspace_id) AND (s.member_id = m.id))))
      JOIN workspaces w ON ((w.id = m.workspace_id)))
   WHERE ((m.user_id = web_sessions_of_user.person) AND m.active AND (s.kind = 'web'::text) AND (s.ended_at IS NULL))
   ORDER BY s.id DESC;
END;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.webhooks_due(at timestamp with time zone, of_workspace uuid)
 RETURNS TABLE(workspace_id uuid, webhook_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
BEGIN ATOMIC
 SELECT w.workspace_id,
     w.id
    FROM webhooks w
   WHERE (((webhooks_due.of_workspace IS NULL) OR (w.workspace_id = webhooks_due.of_workspace)) AND w.enabled AND (w.deleted_at IS NULL) AND ((EXISTS ( SELECT
            FROM webhook_deliveries d
           WHERE ((d.webhook_id = w.id) AND (d.state = 'pending'::text) AND (d.due_at <= webhooks_due.at)))) OR (EXISTS ( SELECT
            FROM webhook_deliveries d
           WHERE ((d.webhook_id = w.id) AND (d.state = 'sending'::text) AND (d.due_at <= webhooks_due.at))))));
END;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.webhooks_to_clear()
 RETURNS TABLE(workspace_id uuid, webhook_id uuid, deleted boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
BEGIN ATOMIC
 SELECT w.workspace_id,
     w.id,
     (w.deleted_at IS NOT NULL)
    FROM webhooks w
   WHERE ((w.deleted_at IS NOT NULL) OR ((NOT w.enabled) AND (EXISTS ( SELECT
            FROM webhook_deliveries d
           WHERE ((d.webhook_id = w.id) AND (d.state = 'pending'::text))))));
END;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.workspaces_by_name(wanted text)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
BEGIN ATOMIC
 SELECT workspaces.id
    FROM workspaces
   WHERE ((workspaces.folded_name = workspaces_by_name.wanted) OR ((workspaces.id)::text = workspaces_by_name.wanted))
   ORDER BY workspaces.created_at, workspaces.id;
END;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.workspaces_of_user(person uuid)
 RETURNS TABLE(workspace_id uuid, name text, member_id uuid, role text, active boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
BEGIN ATOMIC
 SELECT w.id,
     w.name,
     m.id,
     m.role,
     m.active
    FROM (members m
      JOIN workspaces w ON ((w.id = m.workspace_id)))
   WHERE (m.user_id = workspaces_of_user.person)
   ORDER BY w.name;
END;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.workspaces_to_count()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
 SET enable_seqscan TO 'off'
BEGIN ATOMIC
 SELECT w.id
    FROM (workspaces w
      LEFT JOIN intake_count_bases b ON ((b.workspace_id = w.id)))
   WHERE ((b.time_zone IS DISTINCT FROM w.time_zone) OR ( SELECT true
            FROM intake_count_changes c
           WHERE (c.workspace_id = w.id)
          LIMIT 1) OR ( SELECT true
            FROM submissions s
           WHERE ((s.workspace_id = w.id) AND (s.id > b.counted_to) AND (s.id <= uuid_from((now() - '00:03:00'::interval))))
          LIMIT 1));
END;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.workspaces_to_figure()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
BEGIN ATOMIC
 SELECT w.id
    FROM ((workspaces w
      CROSS JOIN LATERAL funnel_places(w.id) p(statuses, places))
      LEFT JOIN figure_bases b ON ((b.workspace_id = w.id)))
   WHERE ((b.ready AND (b.time_zone = w.time_zone) AND (b.statuses = p.statuses) AND (b.places = p.places)) IS NOT TRUE);
END;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.workspaces_to_index()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
BEGIN ATOMIC
 SELECT DISTINCT index_queue.workspace_id
    FROM index_queue;
END;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.workspaces_to_schedule(names text[], rules text[], at timestamp with time zone)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
BEGIN ATOMIC
 SELECT w.id
    FROM workspaces w
   WHERE (EXISTS ( SELECT
            FROM (UNNEST(workspaces_to_schedule.names, workspaces_to_schedule.rules) wanted(name, rule)
              LEFT JOIN job_schedules s ON (((s.workspace_id = w.id) AND (s.name = wanted.name))))
           WHERE ((s.next_at IS NULL) OR (s.next_at <= workspaces_to_schedule.at) OR (s.rule <> wanted.rule) OR (s.time_zone <> w.time_zone))));
END;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.workspaces_to_sum()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
BEGIN ATOMIC
 SELECT w.id
    FROM workspaces w
   WHERE ((EXISTS ( SELECT
            FROM deals_to_index q
           WHERE (q.workspace_id = w.id))) OR (EXISTS ( SELECT
            FROM lead_sum_changes c
           WHERE (c.workspace_id = w.id))));
END;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute


CREATE OR REPLACE FUNCTION public.workspaces_with_jobs(kinds text[], at timestamp with time zone)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
BEGIN ATOMIC
 SELECT DISTINCT jobs.workspace_id
    FROM jobs
   WHERE ((jobs.state = ANY (ARRAY['queued'::text, 'running'::text])) AND (jobs.run_at <= workspaces_with_jobs.at) AND (jobs.kind = ANY (workspaces_with_jobs.kinds)));
END;
-- owner leadwell_owner, grants leadwell_app=execute leadwell_owner=execute

