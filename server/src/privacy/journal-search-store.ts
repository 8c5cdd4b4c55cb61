import type { Tx } from '../platform/database/transaction.ts';

/** A stored request whose contents have not been removed. */
export interface StoredRequest {
  id: string;
  lead_id: string | null;
  /** Whether its lead was deleted. */
  is_gone: boolean;
  received_at: Date;
  method: string;
  path: string;
  outcome: string;
  query: string;
  headers: Record<string, string>;
  body: Buffer | null;
  problem: string | null;
  answer: string;
}

export interface StoredReplay {
  submission_id: string;
  id: string;
  lead_id: string | null;
  edited_body: Buffer | null;
  edited_query: string | null;
  problem: string | null;
  answer: string;
}

/** Requests per page: one may take several hundred kilobytes. */
const ROWS = 100;

export interface JournalPage {
  requests: StoredRequest[];
  replays: StoredReplay[];
  /** Id to continue after; undefined after the last page. */
  after: string | undefined;
}

/** The next requests that still have contents, in order of arrival, with their replays. */
export async function readJournal(tx: Tx, after: string | undefined): Promise<JournalPage> {
  const requests = await tx.query<StoredRequest>(
    `SELECT id, lead_id, lead_id IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM leads l WHERE l.workspace_id = $1 AND l.id = submissions.lead_id) AS is_gone, received_at, method, path, outcome, query, headers, body, problem::text AS problem, answer
     FROM submissions WHERE workspace_id = $1 AND removed_at IS NULL
       AND id > coalesce($2::uuid, '00000000-0000-0000-0000-000000000000') ORDER BY id LIMIT ${ROWS}`,
    [tx.workspaceId, after ?? null],
  );
  const replays = await tx.query<StoredReplay>(
    `SELECT submission_id, id, lead_id, edited_body, edited_query, problem::text AS problem, answer
     FROM replays WHERE workspace_id = $1 AND submission_id = ANY ($2)`,
    [tx.workspaceId, requests.map(({ id }) => id)],
  );
  return { requests, replays, after: requests.length < ROWS ? undefined : requests.at(-1)?.id };
}

/** Ids of all requests about a lead, even a deleted one. */
export async function requestsOfLead(tx: Tx, leadId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>('SELECT id FROM submissions WHERE workspace_id = $1 AND lead_id = $2', [
    tx.workspaceId,
    leadId,
  ]);
  return rows.map(({ id }) => id);
}

/** The parts of somebody else's request from which mentions were cut out; undefined parts stay unchanged. */
export interface RedactedRequest {
  path: string | undefined;
  query: string | undefined;
  /** Null if the body cannot be kept in part; its size and digest are stored instead. */
  body: Buffer | null | undefined;
  answer: string | undefined;
}

export async function storeRedacted(tx: Tx, id: string, redacted: RedactedRequest): Promise<void> {
  const { path, query, body, answer } = redacted;
  await tx.query(
    `UPDATE submissions SET path = coalesce($3, path), query = coalesce($4, query), answer = coalesce($5, answer),
       body_bytes = CASE WHEN $6 AND $7::bytea IS NULL THEN length(body) ELSE body_bytes END,
       body_sha256 = CASE WHEN $6 AND $7::bytea IS NULL THEN sha256(body) ELSE body_sha256 END,
       body = CASE WHEN $6 THEN $7::bytea ELSE body END
     WHERE workspace_id = $1 AND id = $2`,
    [tx.workspaceId, id, path ?? null, query ?? null, answer ?? null, body !== undefined, body ?? null],
  );
}

/** Removes the contents of one replay of somebody else's request. */
export async function emptyReplay(tx: Tx, { submission_id, id }: StoredReplay): Promise<void> {
  await tx.query(
    `UPDATE replays SET edited_body_sha256 = sha256(edited_body), edited_body = NULL, edited_query = NULL, answer = '',
       problem = problem_without_contents(problem) WHERE workspace_id = $1 AND submission_id = $2 AND id = $3`,
    [tx.workspaceId, submission_id, id],
  );
}
