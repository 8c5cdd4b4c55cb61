import type { Problem } from '../problem.ts';

/** What only our own API says: a name that is taken, a call that waits already ... Worded like a conflict. */
export interface OwnConflict {
  kind: 'own_conflict';
  code: 'name_taken' | 'call_waiting' | 'last_owner' | 'needed' | 'job_ended' | 'changed_since';
  detail: string;
}

/** All that our own API can say no with. */
export type ApiProblem = Problem | OwnConflict;

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
