import { type Outcome, outcomes } from '../intake/result.ts';
import { leadNameInSql } from '../leads/lead-name.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { Sent } from './locate-value.ts';
import type { Submission, SubmissionLine, SubmissionNames } from './submission.ts';
import { isNarrowed, isSearch, type SubmissionFilter, type Where, whereOf } from './submission-where-store.ts';
import { searchedBody, valuedCodes } from './value-in-error.ts';

/** Columns of a journal entry in a list. */
export const lineColumns = [
  'id, dialect, token_id, member_id, received_at, method, path, command, outcome, problem, status_code, lead_id, took_ms',
  'dismissed_at, removed_at, removed_because',
].join(', ');

/** Maximum number of rows that one request searches; the response says where the search stopped. */
export const MOST_SEARCHED = 20_000;

/** Outcomes with a problem; searches for one are limited to these. */
const withProblem: readonly Outcome[] = ['refused', 'failed', 'duplicate', 'test'];

/** A set of rows to search, newest first, with an index of its own. */
interface IndexedRows {
  of: string;
  rest: string;
}

/**
 * The sets of rows to search for a filter: one per outcome, each with an index. Accepted requests are the majority, so
 * they are found through the general index.
 */
function setsOf({ bounds, rest }: Where, filter: SubmissionFilter): IndexedRows[] {
  const searched = filter.outcomes ?? (filter.problem || filter.field ? withProblem : undefined);
  if (!searched) return [{ of: bounds, rest }];
  return searched.map((outcome) => {
    const isOne = `s.outcome = '${outcome}'`;
    return outcome === 'accepted'
      ? { of: bounds, rest: [rest, isOne].filter(Boolean).join(' AND ') }
      : { of: `${bounds} AND ${isOne}`, rest };
  });
}

/**
 * Union of per-index queries, newest first, each limited to one page. A search stops after the maximum number of rows.
 */
function newest(columns: string, sets: readonly IndexedRows[], limit: string, isSearched: boolean): string {
  const one = ({ of, rest }: IndexedRows) => {
    const rows = isSearched
      ? `(SELECT * FROM submissions s WHERE ${of} ORDER BY s.id DESC LIMIT ${MOST_SEARCHED}) AS s WHERE ${rest || 'true'}`
      : `submissions s WHERE ${[of, rest].filter(Boolean).join(' AND ')}`;
    return `(SELECT ${columns} FROM ${rows} ORDER BY s.id DESC LIMIT ${limit})`;
  };
  return sets.map(one).join(' UNION ALL ');
}

type ListedSubmission = SubmissionLine & SubmissionNames & Sent;

/**
 * A page of the journal, newest first, after a cursor (the id of the last row seen). `end`: the search stopped at this
 * row and there may be more.
 */
export async function listSubmissions(
  tx: Tx,
  filter: SubmissionFilter,
  limit: number,
  after?: string,
): Promise<{ rows: ListedSubmission[]; end?: string }> {
  const where = whereOf(tx, filter, after);
  const { params } = where;
  const sets = setsOf(where, filter);
  const most = `$${params.push(limit)}`;
  const columns = `${lineColumns}, query, headers, ${searchedBody('s', `$${params.push(valuedCodes)}`)}`;
  const rows = await tx.query<ListedSubmission>(
    `SELECT page.*, ${names('page')} FROM (${newest(columns, sets, most, isSearch(filter))}) AS page ${namesFrom('page')}
     ORDER BY page.id DESC LIMIT ${most}`,
    params,
  );
  if (rows.length >= limit && sets.length === 1) return { rows };
  const end = await whereSearchEnds(tx, filter, after);
  // Beyond this row, some of the sets may have been searched and others not.
  const found = end ? rows.filter(({ id }) => id >= end) : rows;
  return end && found.length < limit ? { rows: found, end } : { rows: found };
}

/** Id of the oldest request to search; undefined to search all. */
export async function whereSearchEnds(tx: Tx, filter: SubmissionFilter, after?: string): Promise<string | undefined> {
  if (!isSearch(filter)) return undefined;
  const where = whereOf(tx, filter, after);
  const one = ({ of }: IndexedRows) =>
    `(SELECT s.id FROM submissions s WHERE ${of} ORDER BY s.id DESC LIMIT ${MOST_SEARCHED})`;
  const [last] = await tx.query<{ id: string }>(
    `SELECT id FROM (${setsOf(where, filter).map(one).join(' UNION ALL ')}) AS s
     ORDER BY id DESC OFFSET ${MOST_SEARCHED - 1} LIMIT 1`,
    where.params.slice(0, where.bound),
  );
  return last?.id;
}

/** Ids only, newest first, without a limit on the rows searched. */
export async function listSubmissionIds(tx: Tx, filter: SubmissionFilter, limit: number): Promise<string[]> {
  const where = whereOf(tx, filter);
  const most = `$${where.params.push(limit)}`;
  const rows = await tx.query<{ id: string }>(
    `SELECT page.id FROM (${newest('s.id', setsOf(where, filter), most, false)}) AS page ORDER BY page.id DESC LIMIT ${most}`,
    where.params,
  );
  return rows.map(({ id }) => id);
}

const names = (of: string) =>
  `t.name AS token_name, t.hint AS token_hint, ${leadNameInSql} AS lead_name,
   EXISTS (SELECT 1 FROM replays r WHERE r.workspace_id = $1 AND r.submission_id = ${of}.id) AS replayed`;
const namesFrom = (of: string) =>
  `LEFT JOIN tokens t ON t.workspace_id = $1 AND t.id = ${of}.token_id
   LEFT JOIN leads l ON l.workspace_id = $1 AND l.id = ${of}.lead_id`;

/** A submission with the names of the records it refers to. */
export async function getNamedSubmission(tx: Tx, id: string): Promise<(Submission & SubmissionNames) | undefined> {
  const [found] = await tx.query<Submission & SubmissionNames>(
    `SELECT s.*, ${names('s')} FROM submissions s ${namesFrom('s')} WHERE s.workspace_id = $1 AND s.id = $2`,
    [tx.workspaceId, id],
  );
  return found;
}

/** Number of requests by outcome, each counted up to `most`. `end`: requests older than this were not counted. */
export async function countSubmissions(
  tx: Tx,
  filter: SubmissionFilter,
  most: number,
): Promise<{ counts: ReadonlyMap<Outcome, number>; end?: string }> {
  const { bounds, rest, params } = whereOf(tx, filter);
  const at = `$${params.push(most)}`;
  const isNarrow = isSearch(filter) && isNarrowed(filter);
  const one = (outcome: Outcome) =>
    `SELECT '${outcome}' AS outcome, count(*)::int AS count FROM (SELECT 1 FROM submissions s
       WHERE ${[bounds, rest].filter(Boolean).join(' AND ')} AND s.outcome = '${outcome}' LIMIT ${at}) AS counted`;
  const searched = `SELECT outcome, least(count(*), ${at})::int AS count FROM
     (SELECT * FROM submissions s WHERE ${bounds} ORDER BY s.id DESC LIMIT ${MOST_SEARCHED}) AS s
     WHERE ${rest || 'true'} GROUP BY outcome`;
  const rows = await tx.query<{ outcome: Outcome; count: number }>(
    isNarrow ? searched : outcomes.map(one).join(' UNION ALL '),
    params,
  );
  const counts = new Map(rows.map(({ outcome, count }) => [outcome, count]));
  const { problem: _problem, field: _field, ...whole } = filter;
  const end = isNarrow ? await whereSearchEnds(tx, whole) : undefined;
  return end ? { counts, end } : { counts };
}
