import { leadNameInSql } from '../leads/lead-name.ts';
import type { Tx } from '../platform/transaction.ts';
import { type Outcome, outcomes } from './result.ts';
import type { Sent } from './sent-value.ts';
import type { Submission, SubmissionLine, SubmissionNames } from './submission.ts';
import { searchedBody, valuedCodes } from './value-at-fault.ts';

/** What of the journal is asked for. Bounded by one request, one lead, or a time. */
export interface SubmissionFilter {
  outcomes?: readonly Outcome[];
  dialect?: string;
  token_id?: string;
  path?: string;
  status_code?: number;
  problem?: string;
  field?: string;
  lead_id?: string;
  /** Normalised; of a lead. */
  phone?: string;
  email?: string;
  id?: string;
  from?: Date;
  to?: Date;
  by?: 'token' | 'member' | 'all';
  dismissed?: boolean;
}

/** Columns of a line of the journal. */
export const lineColumns = [
  'id, dialect, token_id, member_id, received_at, method, path, command, outcome, problem, status_code, lead_id, took_ms',
  'dismissed_at',
].join(', ');

/** What the web app's own members did, in place of what came from outside. */
const byMember = "s.dialect = 'native' AND s.token_id IS NULL";
const ofKey = (kind: string, at: string) =>
  `s.lead_id IN (SELECT lead_id FROM lead_keys WHERE workspace_id = $1 AND kind = '${kind}' AND value = ${at}
     UNION SELECT lead_id FROM lead_twins WHERE workspace_id = $1 AND kind = '${kind}' AND value = ${at})`;
const hasIssue = (name: string, at: string) =>
  `EXISTS (SELECT 1 FROM json_array_elements(s.problem -> 'issues') AS issue WHERE issue ->> '${name}' = ${at})`;

const conditions: { readonly [F in keyof SubmissionFilter]?: (at: string) => string } = {
  id: (at) => `s.id = ${at}`,
  lead_id: (at) => `s.lead_id = ${at}`,
  phone: (at) => ofKey('phone', at),
  email: (at) => ofKey('email', at),
  from: (at) => `s.id >= uuid_from(${at})`,
  to: (at) => `s.id < uuid_from(${at})`,
  dialect: (at) => `s.dialect = ${at}`,
  token_id: (at) => `s.token_id = ${at}`,
  path: (at) => `position(lower(${at}) IN lower(s.path)) > 0`,
  status_code: (at) => `s.status_code = ${at}`,
  problem: (at) =>
    `(s.problem ->> 'kind' = ${at} OR s.problem ->> 'code' = ${at} OR s.problem ->> 'reason' = ${at} OR ${hasIssue('code', at)})`,
  field: (at) => hasIssue('at', at),
};

/** The conditions of a filter, and their values. Outcomes are left to the caller: each has an index of its own. */
export function whereOf(tx: Tx, filter: SubmissionFilter): { where: string; params: unknown[] } {
  const params: unknown[] = [tx.workspaceId];
  const all = ['s.workspace_id = $1'];
  for (const [name, say] of Object.entries(conditions)) {
    const value = filter[name as keyof SubmissionFilter];
    if (value !== undefined) all.push(say(`$${params.push(value)}`));
  }
  if (filter.by === 'token') all.push(`NOT (${byMember})`);
  if (filter.by === 'member') all.push(byMember);
  if (filter.dismissed !== undefined) all.push(`s.dismissed_at IS ${filter.dismissed ? 'NOT ' : ''}NULL`);
  return { where: all.join(' AND '), params };
}

/** Outcomes that have a problem: looking for one is looking among these only. */
const withProblem: readonly Outcome[] = ['refused', 'failed', 'duplicate', 'test'];

/** Newest first: each outcome is read by its index, as far as the page goes. */
function newest(columns: string, where: string, filter: SubmissionFilter, limit: string): string {
  const wanted = filter.outcomes ?? (filter.problem || filter.field ? withProblem : undefined);
  const one = (more: string) =>
    `(SELECT ${columns} FROM submissions s WHERE ${where}${more} ORDER BY s.id DESC LIMIT ${limit})`;
  return wanted ? wanted.map((outcome) => one(` AND s.outcome = '${outcome}'`)).join(' UNION ALL ') : one('');
}

/** The journal, newest first, after a cursor (the id of the last one seen). */
export async function listSubmissions(
  tx: Tx,
  filter: SubmissionFilter,
  limit: number,
  after?: string,
): Promise<(SubmissionLine & SubmissionNames & Sent)[]> {
  const { where, params } = whereOf(tx, filter);
  const paged = after ? `${where} AND s.id < $${params.push(after)}` : where;
  const most = `$${params.push(limit)}`;
  const columns = `${lineColumns}, query, headers, ${searchedBody('s', `$${params.push(valuedCodes)}`)}`;
  return tx.query(
    `SELECT page.*, ${names('page')} FROM (${newest(columns, paged, filter, most)}) AS page ${namesFrom('page')}
     ORDER BY page.id DESC LIMIT ${most}`,
    params,
  );
}

/** Ids only, newest first. */
export async function listSubmissionIds(tx: Tx, filter: SubmissionFilter, limit: number): Promise<string[]> {
  const { where, params } = whereOf(tx, filter);
  const most = `$${params.push(limit)}`;
  const rows = await tx.query<{ id: string }>(
    `SELECT page.id FROM (${newest('id', where, filter, most)}) AS page ORDER BY page.id DESC LIMIT ${most}`,
    params,
  );
  return rows.map(({ id }) => id);
}

const names = (of: string) =>
  `t.name AS token_name, t.hint AS token_hint, ${leadNameInSql} AS lead_name,
   EXISTS (SELECT 1 FROM replays r WHERE r.workspace_id = $1 AND r.submission_id = ${of}.id) AS replayed`;
const namesFrom = (of: string) =>
  `LEFT JOIN tokens t ON t.workspace_id = $1 AND t.id = ${of}.token_id
   LEFT JOIN leads l ON l.workspace_id = $1 AND l.id = ${of}.lead_id`;

/** One submission with the names of what it points to. */
export async function getNamedSubmission(tx: Tx, id: string): Promise<(Submission & SubmissionNames) | undefined> {
  const [found] = await tx.query<Submission & SubmissionNames>(
    `SELECT s.*, ${names('s')} FROM submissions s ${namesFrom('s')} WHERE s.workspace_id = $1 AND s.id = $2`,
    [tx.workspaceId, id],
  );
  return found;
}

/** How many ended how, each counted no further than `most`. */
export async function countSubmissions(
  tx: Tx,
  filter: SubmissionFilter,
  most: number,
): Promise<ReadonlyMap<Outcome, number>> {
  const { where, params } = whereOf(tx, filter);
  const at = `$${params.push(most)}`;
  const one = (outcome: Outcome) =>
    `SELECT '${outcome}' AS outcome, count(*)::int AS count FROM
       (SELECT 1 FROM submissions s WHERE ${where} AND s.outcome = '${outcome}' LIMIT ${at}) AS counted`;
  const rows = await tx.query<{ outcome: Outcome; count: number }>(outcomes.map(one).join(' UNION ALL '), params);
  return new Map(rows.map(({ outcome, count }) => [outcome, count]));
}
