import type { Problem } from '../platform/problem.ts';

/** Conflicts that only our own API reports, such as a name that is already taken. */
export interface OwnConflict {
  kind: 'own_conflict';
  code:
    | 'wrong_password'
    | 'wrong_code'
    | 'name_taken'
    | 'in_use'
    | 'call_waiting'
    | 'cannot_call'
    | 'outside_hours'
    | 'agent_state'
    | 'last_owner'
    | 'needed'
    | 'too_much'
    | 'job_ended'
    | 'nothing_to_undo'
    | 'job_not_failed'
    | 'token_ended'
    | 'webhook_disabled'
    | 'changed_since';
  detail: string;
}

/** Sign-in failed: the credentials are wrong, or a code is also required. */
interface NotSignedIn {
  kind: 'not_signed_in';
  code: 'wrong_password' | 'code_needed' | 'wrong_code';
}

/** A one-time link that no longer works. */
interface LinkEnded {
  kind: 'link_ended';
}

/** All problems that our own API can respond with. */
export type ApiProblem = Problem | OwnConflict | NotSignedIn | LinkEnded;

/** Thrown by a route to refuse a request; the error handler converts it to an RFC 9457 problem. */
export class Refused extends Error {
  readonly problem: ApiProblem;

  constructor(problem: ApiProblem) {
    super(problem.kind);
    this.problem = problem;
  }
}

type Missing = Extract<Problem, { kind: 'not_found' }>['what'];

/** The error for something that does not exist or belongs to another workspace. */
export function notFound(what: Missing = 'record'): Refused {
  return new Refused({ kind: 'not_found', what });
}

/** What was looked up; throws `not found` if there is none. */
export function orNotFound<T extends object>(found: T | null | undefined, what?: Missing): T {
  if (!found) throw notFound(what);
  return found;
}
