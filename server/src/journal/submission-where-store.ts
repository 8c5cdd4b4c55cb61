import type { Outcome } from '../intake/result.ts';
import type { Tx } from '../platform/database/transaction.ts';

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

/** These have an index of their own, or bound what is looked at. */
const bounding = ['id', 'lead_id', 'phone', 'email', 'from', 'to'] as const;
/** These are looked for row by row. */
const narrowing = ['dialect', 'token_id', 'path', 'status_code', 'problem', 'field'] as const;

/** A filter as conditions and their values: by index, and row by row. Outcomes are left to the caller. */
export interface Where {
  bounds: string;
  /** '' when there are none. */
  rest: string;
  params: unknown[];
  /** So many of the parameters are of the bounds; they come first. */
  bound: number;
}

/** The conditions of a filter, after a cursor (the id of the last one seen). */
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

/** True where it is not known how far one must look: neither one request nor one lead is asked for. */
export function isSearch({ id, lead_id, phone, email }: SubmissionFilter): boolean {
  return [id, lead_id, phone, email].every((value) => value === undefined);
}

/** True where few of the rows that are looked at may be asked for. */
export function isNarrowed(filter: SubmissionFilter): boolean {
  return narrowing.some((name) => filter[name] !== undefined) || filter.by === 'member';
}
