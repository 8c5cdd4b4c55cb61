import type { Problem } from '../platform/problem.ts';

/** What only our own API says: a name that is taken, a call that waits already ... Worded like a conflict. */
export interface OwnConflict {
  kind: 'own_conflict';
  code:
    | 'wrong_password'
    | 'wrong_code'
    | 'name_taken'
    | 'in_use'
    | 'call_waiting'
    | 'cannot_call'
    | 'agent_state'
    | 'last_owner'
    | 'needed'
    | 'too_much'
    | 'job_ended'
    | 'token_ended'
    | 'changed_since';
  detail: string;
}

/** Why nobody is signed in: what was given is wrong, or a code is needed besides. */
interface NotSignedIn {
  kind: 'not_signed_in';
  code: 'wrong_password' | 'code_needed' | 'wrong_code';
}

/** A link that works no more. */
interface LinkEnded {
  kind: 'link_ended';
}

/** All that our own API can say no with. */
export type ApiProblem = Problem | OwnConflict | NotSignedIn | LinkEnded;

/** Thrown by a route to say no; the edge words it as an RFC 9457 problem. */
export class Refused extends Error {
  readonly problem: ApiProblem;

  constructor(problem: ApiProblem) {
    super(problem.kind);
    this.problem = problem;
  }
}

/** Shorthand: what a route throws when there is no such thing, or it is another workspace's. */
export function notFound(what: Extract<Problem, { kind: 'not_found' }>['what'] = 'record'): Refused {
  return new Refused({ kind: 'not_found', what });
}
