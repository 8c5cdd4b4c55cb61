import type { Problem } from '../../platform/problem.ts';
import type { MatchPolicy, MergeStyle } from '../tokens/match-policy.ts';
import type { Role } from './policies.ts';
import type { Visibility } from './visibility.ts';

/** What a caller may do: a member's role or a token's scopes; `own` for the server's own work and the command line. */
type Rights = { role: Role } | { scopes: readonly string[] } | { own: true };

/** Settings for the requests made with a credential, apart from what its owner may do. */
export interface SenderSettings {
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
  /** Tags given to the leads that arrive with the token. */
  tag_ids: readonly string[];
  repeats_by_content: boolean;
}

/**
 * A caller is a signed-in member, a token, a member signed in to a dialect, a job, a replay or the command line. The
 * guard (guard.ts) decides what a caller may do.
 */
export interface Caller extends SenderSettings {
  rights: Rights;
  /** Whose leads the caller sees; undefined for all. Other leads are treated as not found. */
  visibility: Visibility | undefined;
}

/** The owner of a credential; `refused` is set if they may not continue. */
export type Identified = { caller: Caller; refused?: Problem } | { caller?: undefined; refused: Problem };

/** The caller's name in timelines and the audit log: `member:<id>`, `token:<id>` or `system`. */
export function actorOf({ caller }: { caller: Pick<Caller, 'member_id' | 'token_id'> }): string {
  if (caller.member_id) return `member:${caller.member_id}`;
  return caller.token_id ? `token:${caller.token_id}` : 'system';
}
