import type { FastifyRequest } from 'fastify';
import type { Caller } from '../intake/arrival.ts';
import { actorOf } from '../intake/write-up.ts';
import type { Problem } from '../platform/problem.ts';
import type { Tx } from '../platform/transaction.ts';
import type { Book, Member } from '../workspaces/book.ts';
import { type Sight, sightSettings } from '../workspaces/sight.ts';
import type { ApiParts } from './parts.ts';

/** Who asks, and what is known of the workspace at that moment. */
export interface Visitor {
  caller: Caller;
  book: Book;
  /** The credential as it was presented, so that it can be kept out of the journal. */
  secret: string;
  at: Date;
  /** Whose leads they see; undefined: all. */
  sight?: Sight;
  /** Why the caller may not go on; told once the request is read, so that it is kept whole. */
  refused?: Problem;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Null on a route that needs no token, and until the token is known. */
    visitor: Visitor | null;
  }
}

/** The visitor of a route that needs a token. */
export function visitorOf(request: FastifyRequest): Visitor {
  if (!request.visitor) throw new Error('A route that needs a token was reached without one.');
  return request.visitor;
}

/** The signed-in member who asks; undefined for a token. */
export function memberIn(request: FastifyRequest): Member | undefined {
  const { caller, book } = visitorOf(request);
  return book.get('member', caller.member_id);
}

/** The member who asks, on a route that no token may use. */
export function signedIn(request: FastifyRequest): Member {
  const member = memberIn(request);
  if (!member) throw new Error('A route for members was reached without one.');
  return member;
}

/** Who did it, as timelines name it: `token:<id>` or `member:<id>`. */
export function actorIn(request: FastifyRequest): string {
  return actorOf(visitorOf(request));
}

/** Reads or writes in the visitor's workspace, in one transaction that sees what they may see. */
export function inWorkspace<T>(
  parts: Pick<ApiParts, 'database'>,
  request: FastifyRequest,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const { caller, sight } = visitorOf(request);
  return parts.database.tx(caller.workspace_id, work, { settings: sightSettings(sight) });
}

/** As `inWorkspace`, for work that changes something and may simply run again when it lost a race. */
export function changing<T>(
  parts: Pick<ApiParts, 'database'>,
  request: FastifyRequest,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const { caller, sight } = visitorOf(request);
  return parts.database.tx(caller.workspace_id, work, { retry: true, settings: sightSettings(sight) });
}
