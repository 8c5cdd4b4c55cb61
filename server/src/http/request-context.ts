import type { FastifyRequest } from 'fastify';
import type { Tx } from '../platform/database/transaction.ts';
import type { Problem } from '../platform/problem.ts';
import type { Caller } from '../workspaces/access/caller.ts';
import { actorOf } from '../workspaces/access/caller.ts';
import { type Visibility, visibilitySettings } from '../workspaces/access/visibility.ts';
import type { Member, ReferenceData } from '../workspaces/reference-data.ts';
import type { ApiContext } from './api-context.ts';

/** Who asks, and what is known of the workspace at that moment. */
export interface RequestContext {
  caller: Caller;
  referenceData: ReferenceData;
  /** The credential as it was presented, so that it can be kept out of the journal. */
  secret: string;
  at: Date;
  /** Whose leads they see; undefined: all. */
  visibility?: Visibility;
  /** Why the caller may not go on; told once the request is read, so that it is kept whole. */
  refused?: Problem;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Null on a route that needs no token, and until the token is known. */
    requestContext: RequestContext | null;
  }
}

/** The visitor of a route that needs a token. */
export function contextOf(request: FastifyRequest): RequestContext {
  if (!request.requestContext) throw new Error('A route that needs a token was reached without one.');
  return request.requestContext;
}

/** The signed-in member who asks; undefined for a token. */
export function memberIn(request: FastifyRequest): Member | undefined {
  const { caller, referenceData } = contextOf(request);
  return referenceData.get('member', caller.member_id);
}

/** The member who asks, on a route that no token may use. */
export function signedIn(request: FastifyRequest): Member {
  const member = memberIn(request);
  if (!member) throw new Error('A route for members was reached without one.');
  return member;
}

/** Who did it, as timelines name it: `token:<id>` or `member:<id>`. */
export function actorIn(request: FastifyRequest): string {
  return actorOf(contextOf(request));
}

/** Reads or writes in the visitor's workspace, in one transaction that sees what they may see. */
export function inWorkspace<T>(
  api: Pick<ApiContext, 'database'>,
  request: FastifyRequest,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const { caller, visibility } = contextOf(request);
  return api.database.tx(caller.workspace_id, work, { settings: visibilitySettings(visibility) });
}

/** As `inWorkspace`, for work that changes something and may simply run again when it lost a race. */
export function changing<T>(
  api: Pick<ApiContext, 'database'>,
  request: FastifyRequest,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const { caller, visibility } = contextOf(request);
  return api.database.tx(caller.workspace_id, work, { retry: true, settings: visibilitySettings(visibility) });
}
