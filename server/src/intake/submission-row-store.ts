import { announce, type NewEvent } from '../events/event-store.ts';
import { touches } from '../events/screens.ts';
import type { Row } from '../leads/lead-row.ts';
import { pgJson } from '../platform/database/pg-json.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { isProblem, type Problem } from '../platform/problem.ts';
import type { Arrival, SentReply } from './arrival.ts';
import type { Outcome } from './result.ts';

/** Longest answer kept whole, in characters; a longer one (a list) is kept to here, its length beside it. */
const KEPT_ANSWER = 32_768;

/** How one request ended. */
export interface Ending {
  outcome: Outcome;
  reply: SentReply;
  lead_id: string | null;
  problem?: Problem;
  took_ms: number;
  /** The answer holds a secret: only that one was given is kept. */
  withheld?: boolean;
}

/** The journal row of one request: what came (secrets replaced before), and what it was answered. */
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
    answer: answer.length > KEPT_ANSWER ? answer.slice(0, KEPT_ANSWER) : answer,
    answer_bytes: Buffer.byteLength(reply.text),
    took_ms: ending.took_ms,
  };
  if (!isProblem(request)) row['command'] = request.kind;
  if (problem) row['problem'] = problem;
  if (ending.lead_id) row['lead_id'] = ending.lead_id;
  return row;
}

/** The event of a request that was refused or failed; none when it was taken, or only tried again. */
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

/** Keeps one request by itself, in the transaction that performed it. */
export async function keepSubmission(tx: Tx, arrival: Arrival, ending: Ending): Promise<void> {
  await tx.query(
    'INSERT INTO submissions SELECT * FROM json_populate_recordset(NULL::submissions, $1)',
    [pgJson([submissionRow(arrival, ending)])],
    { name: 'keep_submission' },
  );
  touches(tx, 'journal');
  await announce(tx, ...refusalOf(arrival, ending));
}
