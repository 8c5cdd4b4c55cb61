import type { Problem } from '../../platform/problem.ts';
import type { MatchPolicy, MergeStyle } from '../tokens/match-policy.ts';

/** The caller of a request: a token, a signed-in member, or both. */
export interface Caller {
  workspace_id: string;
  /** Name of the dialect; `native` for our own API. */
  dialect: string;
  token_id: string | null;
  token_name: string | null;
  member_id: string | null;
  session_id: string | null;
  policy: MatchPolicy;
  merge_style: MergeStyle;
  /** ISO 3166-1 alpha-2; for phone numbers without a country code. */
  region: string;
  test_mode: boolean;
  /** Whether requests may create new custom fields, sources and statuses. */
  may_extend: boolean;
  repeats_by_content: boolean;
  scopes: readonly string[];
}

/** The owner of a credential; `refused` is set if they may not continue. */
export type Identified = { caller: Caller; refused?: Problem } | { caller?: undefined; refused: Problem };

/** The caller's name in timelines and the audit log: `member:<id>`, `token:<id>` or `system`. */
export function actorOf({ caller }: { caller: Pick<Caller, 'member_id' | 'token_id'> }): string {
  if (caller.member_id) return `member:${caller.member_id}`;
  return caller.token_id ? `token:${caller.token_id}` : 'system';
}
