import type { Problem } from '../../platform/problem.ts';
import type { MatchPolicy, MergeStyle } from '../tokens/match-policy.ts';

/** Who asks: an intake token, a signed-in member, or both. Everything perform needs to know of them. */
export interface Caller {
  workspace_id: string;
  /** The dialect's name; `native` for our own API. */
  dialect: string;
  token_id: string | null;
  token_name: string | null;
  member_id: string | null;
  session_id: string | null;
  policy: MatchPolicy;
  merge_style: MergeStyle;
  /** ISO alpha-2, for numbers without a country code. */
  region: string;
  test_mode: boolean;
  /** May new custom fields, sources and statuses be made by payload? */
  may_extend: boolean;
  repeats_by_content: boolean;
  scopes: readonly string[];
}

/** Whose credential was presented; `refused` says why its owner may not go on. */
export type Identified = { caller: Caller; refused?: Problem } | { caller?: undefined; refused: Problem };

/** Who did something, as timelines and the audit log name it: `member:<id>`, `token:<id>` or `system`. */
export function actorOf({ caller }: { caller: Pick<Caller, 'member_id' | 'token_id'> }): string {
  if (caller.member_id) return `member:${caller.member_id}`;
  return caller.token_id ? `token:${caller.token_id}` : 'system';
}
