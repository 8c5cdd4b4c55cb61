import { touches } from '../events/screens.ts';
import type { Ending } from '../intake/batch/batch-store.ts';
import type { Outcome } from '../intake/result.ts';
import { leadNameInSql } from '../leads/lead-name.ts';
import { pgJson } from '../platform/database/pg-json.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { uuidv7 } from '../platform/ids.ts';
import type { Problem } from '../platform/problem.ts';
import type { Submission } from './submission.ts';
import { lineColumns } from './submission-list-store.ts';

/** A submission. `lock` makes concurrent replays wait for each other. */
export async function getSubmission(tx: Tx, id: string, lock = false): Promise<Submission | undefined> {
  const [submission] = await tx.query<Submission>(
    `SELECT ${lineColumns}, address, query, headers, body, body_bytes, body_sha256, answer, answer_bytes FROM submissions
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
  edited_body: Buffer | null;
  edited_query: string | null;
}

/** Author, time, corrections and job of a replay. */
export interface ReplayedBy {
  actor: string;
  at: Date;
  editedBody: Buffer | null;
  editedQuery: string | null;
  jobId: string | null;
}

/** Stores a replay. The submission takes its outcome; the original response stays. */
export async function storeReplay(tx: Tx, submissionId: string, ending: Ending, by: ReplayedBy): Promise<void> {
  touches(tx, 'journal');
  await tx.query(
    `INSERT INTO replays (workspace_id, submission_id, id, at, actor, edited_body, outcome, status_code, answer, problem, lead_id,
       edited_query, job_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
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
      ending.problem ? pgJson(ending.problem) : null,
      ending.lead_id,
      by.editedQuery,
      by.jobId,
    ],
  );
  await tx.query(
    'UPDATE submissions SET outcome = $3, lead_id = coalesce($4, lead_id), problem = $5 WHERE workspace_id = $1 AND id = $2',
    [tx.workspaceId, submissionId, ending.outcome, ending.lead_id, ending.problem ? pgJson(ending.problem) : null],
  );
}

export async function listReplays(tx: Tx, submissionId: string): Promise<Replay[]> {
  return tx.query<Replay>(
    `SELECT id, at, actor, outcome, status_code, answer, problem, lead_id, edited_body, edited_query FROM replays
     WHERE workspace_id = $1 AND submission_id = $2 ORDER BY id`,
    [tx.workspaceId, submissionId],
  );
}

/** Replays of a job in the order in which they ran, after a cursor (the id of the last row seen). */
export async function listReplaysOfJob(
  tx: Tx,
  jobId: string,
  limit: number,
  after?: string,
): Promise<(Pick<Replay, 'id' | 'outcome' | 'problem' | 'lead_id'> & JobReplay)[]> {
  return tx.query(
    `SELECT r.id, r.submission_id, r.outcome, r.problem, r.lead_id, s.method, s.path, s.command, s.received_at,
       ${leadNameInSql} AS lead_name
     FROM replays r JOIN submissions s ON s.workspace_id = $1 AND s.id = r.submission_id
     LEFT JOIN leads l ON l.workspace_id = $1 AND l.id = r.lead_id
     WHERE r.workspace_id = $1 AND r.job_id = $2 AND ($4::uuid IS NULL OR r.id > $4) ORDER BY r.id LIMIT $3`,
    [tx.workspaceId, jobId, limit, after ?? null],
  );
}

/** A request that was replayed by a job. */
export interface JobReplay {
  submission_id: string;
  method: string;
  path: string;
  command: string | null;
  received_at: Date;
  lead_name: string | null;
}

/** Display name of a lead. */
export async function leadName(tx: Tx, leadId: string): Promise<string | null> {
  const [lead] = await tx.query<{ name: string | null }>(
    `SELECT ${leadNameInSql} AS name FROM leads l WHERE l.workspace_id = $1 AND l.id = $2`,
    [tx.workspaceId, leadId],
  );
  return lead?.name ?? null;
}
