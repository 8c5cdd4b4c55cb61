import { uuidv7 } from '../platform/ids.ts';
import type { Problem } from '../platform/problem.ts';
import { storable } from '../platform/storable.ts';
import type { Tx } from '../platform/transaction.ts';
import type { Ending } from './journal-store.ts';
import type { Outcome } from './result.ts';
import type { Submission, SubmissionLine } from './submission.ts';

const line =
  'id, dialect, token_id, member_id, received_at, method, path, command, outcome, problem, status_code, lead_id, took_ms';

/** The journal, newest first, after a cursor (the id of the last one seen). */
export async function listSubmissions(
  tx: Tx,
  filter: { outcome?: string; dialect?: string; lead_id?: string },
  limit: number,
  after?: string,
): Promise<SubmissionLine[]> {
  return tx.query<SubmissionLine>(
    `SELECT ${line} FROM submissions WHERE workspace_id = $1 AND ($3::uuid IS NULL OR id < $3)
       AND ($4::text IS NULL OR outcome = $4) AND ($5::text IS NULL OR dialect = $5) AND ($6::uuid IS NULL OR lead_id = $6)
     ORDER BY id DESC LIMIT $2`,
    [tx.workspaceId, limit, after ?? null, filter.outcome ?? null, filter.dialect ?? null, filter.lead_id ?? null],
  );
}

/** One submission; `lock` lets only one replay at a time decide. */
export async function getSubmission(tx: Tx, id: string, lock = false): Promise<Submission | undefined> {
  const [submission] = await tx.query<Submission>(
    `SELECT ${line}, address, query, headers, body, answer, answer_bytes FROM submissions
     WHERE workspace_id = $1 AND id = $2${lock ? ' FOR UPDATE' : ''}`,
    [tx.workspaceId, id],
  );
  return submission;
}

export interface Replay {
  id: string;
  at: Date;
  actor: string;
  outcome: Outcome;
  status_code: number;
  answer: string;
  problem: Problem | null;
  lead_id: string | null;
}

/** Writes what came of a replay; the submission's outcome follows, what its sender was told stays. */
export async function keepReplay(
  tx: Tx,
  submissionId: string,
  ending: Ending,
  by: { actor: string; at: Date; editedBody: Buffer | null },
): Promise<void> {
  await tx.query(
    `INSERT INTO replays (workspace_id, submission_id, id, at, actor, edited_body, outcome, status_code, answer, problem, lead_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      tx.workspaceId,
      submissionId,
      uuidv7(),
      by.at,
      by.actor,
      by.editedBody,
      ending.outcome,
      ending.reply.status,
      ending.withheld ? '' : ending.reply.text,
      ending.problem ? storable(ending.problem) : null,
      ending.lead_id,
    ],
  );
  await tx.query(
    'UPDATE submissions SET outcome = $3, lead_id = coalesce($4, lead_id), problem = $5 WHERE workspace_id = $1 AND id = $2',
    [tx.workspaceId, submissionId, ending.outcome, ending.lead_id, ending.problem ? storable(ending.problem) : null],
  );
}

export async function listReplays(tx: Tx, submissionId: string): Promise<Replay[]> {
  return tx.query<Replay>(
    `SELECT id, at, actor, outcome, status_code, answer, problem, lead_id FROM replays
     WHERE workspace_id = $1 AND submission_id = $2 ORDER BY id`,
    [tx.workspaceId, submissionId],
  );
}
