import { announce, eventColumns, insertEvents, type NewEvent, noteEvents } from '../../events/event-store.ts';
import { touches } from '../../events/screens.ts';
import type { LeadKey } from '../../leads/lead-keys.ts';
import { type Row, setLeadColumns } from '../../leads/lead-row.ts';
import { wakeIndexer } from '../../leads/lead-store.ts';
import { pgArray } from '../../platform/database/pg-array.ts';
import { pgJson } from '../../platform/database/pg-json.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { isProblem, type Problem } from '../../platform/problem.ts';
import type { SentReply } from '../../platform/wire.ts';
import type { WaitingLead } from '../../workspaces/reference/new-name-store.ts';
import type { Arrival } from '../arrival.ts';
import type { Outcome } from '../result.ts';

/** A request and its result. */
export interface EndedArrival {
  arrival: Arrival;
  ending: Ending;
}

/** All rows that one batch writes. */
export interface BatchRows {
  workspaceId: string;
  leads: Row[];
  changedLeads: Row[];
  keys: (LeadKey & { lead_id: string })[];
  possibleDuplicates: Row[];
  notes: Row[];
  calls: Row[];
  tasks: Row[];
  events: NewEvent[];
  /** One row per request: its submission and, where present, its touch, activity and remembered response. */
  arrivals: Row[];
  /** The result of each request. */
  endings: EndedArrival[];
  /** Leads whose search text must be rebuilt. */
  touchedIds: string[];
  /** Leads that were submitted with names that wait for approval. */
  waiting: WaitingLead[];
}

/** Writes all rows of a batch in one statement. */
export async function writeBatch(tx: Tx, rows: BatchRows): Promise<void> {
  const params: unknown[] = [
    rows.workspaceId,
    pgJson(rows.arrivals),
    pgJson(rows.leads),
    pgArray(rows.touchedIds),
    rows.leads.length,
    pgArray(rows.keys.map(({ kind }) => kind)),
    pgArray(rows.keys.map(({ value }) => value)),
    pgArray(rows.keys.map(({ lead_id }) => lead_id)),
    ...eventColumns(rows.events).params,
  ];
  const parts = rareParts.filter((part) => part.isNeeded(rows));
  for (const part of parts) params.push(...part.paramsOf(rows));
  noteBatch(tx, rows);
  const name = ['write_batch', ...parts.map((part) => part.name)].join('_');
  await tx.query(statementOf(name, parts), params, { name });
}

/** Marks what to refresh, index and publish once the batch is committed. */
function noteBatch(tx: Tx, rows: BatchRows): void {
  touches(tx, 'journal');
  if (rows.touchedIds.length > 0) wakeIndexer(tx);
  noteEvents(tx, rows.events);
}

const insertInto = (table: string, param: number, conflict = '') =>
  `INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, $${param})${conflict}`;

/**
 * One record per request, parsed once: its submission and, if it touched a lead, the touch, the activity and the
 * response for repeats.
 */
const ARRIVED = `arrived AS MATERIALIZED (SELECT * FROM json_to_recordset($2) AS a (
    id uuid, dialect text, token_id uuid, member_id uuid, received_at timestamptz, address text, method text, path text,
    query text, headers json, body bytea, command text, outcome text, problem json, status_code smallint, answer text,
    answer_bytes integer, lead_id uuid, took_ms real, is_replay boolean,
    touch_id uuid, touched_id uuid, source_id uuid, fields json, activity_id uuid, kind text, actor text, reason text,
    detail json,
    scope text, once_key bytea, fingerprint bytea, whole_answer text, expires_at timestamptz))`;

const ALWAYS = `${ARRIVED},
  new_leads AS (${insertInto('leads', 3)}),
  new_keys AS (
    INSERT INTO lead_keys (workspace_id, kind, value, lead_id)
    SELECT $1, k.* FROM unnest($6::text[], $7::text[], $8::uuid[]) AS k
  ),
  new_touches AS (
    INSERT INTO touches (workspace_id, lead_id, id, submission_id, dialect, token_id, source_id, fields, at)
    SELECT $1, touched_id, touch_id, id, dialect, token_id, source_id, fields, received_at
    FROM arrived WHERE touch_id IS NOT NULL
  ),
  new_activities AS (
    INSERT INTO activities (workspace_id, lead_id, id, kind, actor, reason, detail, submission_id, at)
    SELECT $1, touched_id, activity_id, kind, actor, reason, detail, id, received_at
    FROM arrived WHERE touch_id IS NOT NULL
  ),
  new_events AS (${insertEvents('$1', 9)}),
  new_queue AS (
    INSERT INTO index_queue (workspace_id, lead_ids, delta)
    SELECT $1::uuid, $4::uuid[], $5::int WHERE cardinality($4::uuid[]) > 0
  )`;

const SUBMISSIONS = `INSERT INTO submissions (workspace_id, id, dialect, token_id, member_id, received_at, address, method, path,
    query, headers, body, command, outcome, problem, status_code, answer, answer_bytes, lead_id, took_ms)
  SELECT $1, id, dialect, token_id, member_id, received_at, address, method, path,
    query, headers, body, command, outcome, problem, status_code, answer, answer_bytes, lead_id, took_ms
  FROM arrived WHERE is_replay IS NULL`;

/**
 * A part of the statement for which most batches have no rows. Those batches omit it, because PostgreSQL opens every
 * table of a statement, with all its indexes, even if there are no rows to write.
 */
interface RarePart {
  name: string;
  isNeeded(rows: BatchRows): boolean;
  paramsOf(rows: BatchRows): string[];
  params: number;
  /** SQL of the part; `first` is the number of its first parameter. */
  sql(first: number): string;
}

/** Only a few parts, because PostgreSQL caches a plan for every combination that occurs. */
const rareParts: readonly RarePart[] = [
  {
    // The equivalent of `saveLeadChange` for a whole batch. The leads exist and are locked. ON CONFLICT finds each of
    // them by the primary key, whereas an UPDATE may read all leads of the workspace to find a few.
    name: 'changed',
    isNeeded: ({ changedLeads }) => changedLeads.length > 0,
    paramsOf: ({ changedLeads }) => [pgJson(changedLeads)],
    params: 1,
    sql: (first) => `changed_leads AS (
      ${insertInto('leads', first, ` ON CONFLICT (workspace_id, id) DO UPDATE SET ${setLeadColumns('excluded')}`)}
    )`,
  },
  {
    name: 'added',
    isNeeded: (rows) => addedIn(rows).some(({ length }) => length > 0),
    paramsOf: (rows) => addedIn(rows).map(pgJson),
    params: 4,
    sql: (first) => `new_twins AS (${insertInto('lead_twins', first, ' ON CONFLICT DO NOTHING')}),
      new_notes AS (${insertInto('notes', first + 1)}),
      new_calls AS (${insertInto('calls', first + 2)}),
      new_tasks AS (${insertInto('tasks', first + 3)})`,
  },
  {
    name: 'answers',
    isNeeded: ({ arrivals }) => arrivals.some((row) => row['once_key'] !== undefined),
    paramsOf: () => [],
    params: 0,
    sql: () => `new_answers AS (
      INSERT INTO idempotency (workspace_id, scope, key, fingerprint, submission_id, lead_id, status_code, answer,
        expires_at)
      SELECT $1, scope, once_key, fingerprint, id, touched_id, status_code, coalesce(whole_answer, answer), expires_at
      FROM arrived WHERE once_key IS NOT NULL
      ON CONFLICT (workspace_id, scope, key) DO UPDATE SET fingerprint = excluded.fingerprint,
        submission_id = excluded.submission_id, lead_id = excluded.lead_id, status_code = excluded.status_code,
        answer = excluded.answer, expires_at = excluded.expires_at
    )`,
  },
];

function addedIn({ possibleDuplicates, notes, calls, tasks }: BatchRows): readonly (readonly Row[])[] {
  return [possibleDuplicates, notes, calls, tasks];
}

/** Number of parameters of the part that is always written. */
const ALWAYS_PARAMS = 14;
const statements = new Map<string, string>();

function statementOf(name: string, parts: readonly RarePart[]): string {
  let statement = statements.get(name);
  if (statement === undefined) {
    let first = ALWAYS_PARAMS + 1;
    const tables = [ALWAYS];
    for (const part of parts) {
      tables.push(part.sql(first));
      first += part.params;
    }
    statement = `WITH ${tables.join(',\n  ')}\n  ${SUBMISSIONS}`;
    statements.set(name, statement);
  }
  return statement;
}

/** Longest response stored whole, in characters; longer ones (lists) are truncated and their length is stored. */
const LONGEST_ANSWER = 32_768;

/** The result of one request. */
export interface Ending {
  outcome: Outcome;
  reply: SentReply;
  lead_id: string | null;
  problem?: Problem;
  took_ms: number;
  /** The response contains a secret and must not be stored. */
  withheld?: boolean;
}

/** Builds the journal row of a request: the request with secrets already replaced, and the response. */
export function submissionRow({ envelope, caller, request }: Arrival, ending: Ending): Row {
  const { reply, problem } = ending;
  const answer = ending.withheld ? '' : reply.text;
  const row: Row = {
    workspace_id: caller.workspace_id,
    id: envelope.id,
    dialect: caller.dialect,
    token_id: caller.token_id,
    member_id: caller.member_id,
    received_at: envelope.received_at,
    address: envelope.address,
    method: envelope.method,
    path: envelope.path,
    query: envelope.query,
    headers: envelope.headers,
    body: envelope.body === null ? null : `\\x${envelope.body.toString('hex')}`,
    outcome: ending.outcome,
    status_code: reply.status,
    answer: answer.length > LONGEST_ANSWER ? answer.slice(0, LONGEST_ANSWER) : answer,
    answer_bytes: Buffer.byteLength(reply.text),
    took_ms: ending.took_ms,
  };
  if (!isProblem(request)) row['command'] = request.kind;
  if (problem) row['problem'] = problem;
  if (ending.lead_id) row['lead_id'] = ending.lead_id;
  return row;
}

/** The event for a request that was refused or failed; none for accepted requests and replays. */
export function refusalOf({ envelope, caller, request, replay_of }: Arrival, { outcome, problem }: Ending): NewEvent[] {
  if ((outcome !== 'refused' && outcome !== 'failed') || replay_of) return [];
  const payload = {
    submission_id: envelope.id,
    dialect: caller.dialect,
    command: isProblem(request) ? null : request.kind,
    problem: problem?.kind ?? 'internal',
  };
  return [{ type: `submission.${outcome}`, lead_id: null, payload, at: envelope.received_at }];
}

/** Stores one request in the transaction that performed it. */
export async function storeSubmission(tx: Tx, arrival: Arrival, ending: Ending): Promise<void> {
  await tx.query(
    'INSERT INTO submissions SELECT * FROM json_populate_recordset(NULL::submissions, $1)',
    [pgJson([submissionRow(arrival, ending)])],
    { name: 'store_submission' },
  );
  touches(tx, 'journal');
  await announce(tx, ...refusalOf(arrival, ending));
}
