import type { Outcome } from '../intake/result.ts';
import type { Tx } from '../platform/database/transaction.ts';

/** Filters of the journal. What is searched is limited to one request, one lead or a period. */
export interface SubmissionFilter {
  outcomes?: readonly Outcome[];
  dialect?: string;
  token_id?: string;
  path?: string;
  status_code?: number;
  problem?: string;
  field?: string;
  lead_id?: string;
  /** Normalised phone number of a lead. */
  phone?: string;
  email?: string;
  id?: string;
  from?: Date;
  to?: Date;
  by?: 'token' | 'member' | 'all';
  dismissed?: boolean;
}

/** Requests by members in the web app. */
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

/** Filters that an index supports, or that limit the rows to search. */
const bounding = ['id', 'lead_id', 'phone', 'email', 'from', 'to'] as const;
/** Filters that are checked row by row. */
const narrowing = ['dialect', 'token_id', 'path', 'status_code', 'problem', 'field'] as const;

/**
 * A filter as SQL conditions with their parameters: indexed ones, and those checked row by row. Outcomes are left to
 * the caller.
 */
export interface Where {
  bounds: string;
  /** '' if there are none. */
  rest: string;
  params: unknown[];
  /** How many of the parameters belong to `bounds`; these come first. */
  bound: number;
}

/** The conditions of a filter, after a cursor (the id of the last row seen). */
export function whereOf(tx: Tx, filter: SubmissionFilter, after?: string): Where {
  const params: unknown[] = [tx.workspaceId];
  const bounds = ['s.workspace_id = $1'];
  const rest: string[] = [];
  if (after) bounds.push(`s.id < $${params.push(after)}`);
  const say = (name: keyof SubmissionFilter) => {
    const value = filter[name];
    return value === undefined ? [] : [conditions[name]?.(`$${params.push(value)}`) ?? 'true'];
  };
  bounds.push(...bounding.flatMap(say));
  const bound = params.length;
  rest.push(...narrowing.flatMap(say));
  if (filter.by === 'token') rest.push(`NOT (${byMember})`);
  if (filter.by === 'member') rest.push(byMember);
  if (filter.dismissed !== undefined) rest.push(`s.dismissed_at IS ${filter.dismissed ? 'NOT ' : ''}NULL`);
  return { bounds: bounds.join(' AND '), rest: rest.join(' AND '), params, bound };
}

/** Whether the number of rows to search is unknown, because the filter selects neither one request nor one lead. */
export function isSearch({ id, lead_id, phone, email }: SubmissionFilter): boolean {
  return [id, lead_id, phone, email].every((value) => value === undefined);
}

/** Whether the filter may match only a few of the searched rows. */
export function isNarrowed(filter: SubmissionFilter): boolean {
  return narrowing.some((name) => filter[name] !== undefined) || filter.by === 'member';
}
