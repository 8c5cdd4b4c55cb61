import type { FastifyRequest } from 'fastify';
import type { Tx } from '../platform/database/transaction.ts';
import type { Problem } from '../platform/problem.ts';
import { actorOf, type Caller } from '../workspaces/access/caller.ts';
import { refusalOf } from '../workspaces/access/guard.ts';
import type { PolicyName } from '../workspaces/access/policies.ts';
import { type Visibility, visibilitySettings } from '../workspaces/access/visibility.ts';
import type { Member, ReferenceData } from '../workspaces/reference-data.ts';
import type { ApiContext } from './api-context.ts';
import { Refused } from './refused.ts';

/** The caller of a request, and the workspace's reference data when it arrived. */
export interface RequestContext {
  caller: Caller;
  referenceData: ReferenceData;
  /** The credential as presented, so that it can be removed before the request is stored. */
  secret: string;
  at: Date;
  /** Limits which leads the caller sees; undefined for all. */
  visibility?: Visibility;
  /**
   * The reason for refusing the caller; reported only after the body has been read, so that the request is stored
   * whole.
   */
  refused?: Problem;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Null on routes without authentication, and until the caller is identified. */
    requestContext: RequestContext | null;
  }
}

/** The context of a request on an authenticated route. */
export function contextOf(request: FastifyRequest): RequestContext {
  if (!request.requestContext) throw new Error('A route that needs a credential was reached without one.');
  return request.requestContext;
}

/** The signed-in member; undefined for a token. */
export function memberIn(request: FastifyRequest): Member | undefined {
  const { caller, referenceData } = contextOf(request);
  return referenceData.get('member', caller.member_id);
}

/** The signed-in member, on a route that is closed to tokens. */
export function signedIn(request: FastifyRequest): Member {
  const member = memberIn(request);
  if (!member) throw new Error('A route for members was reached without one.');
  return member;
}

/**
 * The id of the signed-in person's account. Refuses a sample member, which an owner may use but which has no account.
 */
export function accountIdIn(request: FastifyRequest): string {
  const { user_id } = signedIn(request);
  if (!user_id) throw new Refused({ kind: 'forbidden', detail: 'A sample member has no account.' });
  return user_id;
}

/** Whether the caller also satisfies another policy than the route's. */
export function callerMay(request: FastifyRequest, policy: PolicyName): boolean {
  return refusalOf(contextOf(request).caller, policy) === undefined;
}

/** The caller's name in timelines: `token:<id>` or `member:<id>`. */
export function actorIn(request: FastifyRequest): string {
  return actorOf(contextOf(request));
}

type InWorkspace = <T>(
  api: Pick<ApiContext, 'database'>,
  request: FastifyRequest,
  work: (tx: Tx) => Promise<T>,
) => Promise<T>;

function inWorkspaceWith(options: { retry?: boolean; oneMoment?: boolean }): InWorkspace {
  return (api, request, work) => {
    const { caller, visibility } = contextOf(request);
    return api.database.tx(caller.workspace_id, work, { ...options, settings: visibilitySettings(visibility) });
  };
}

/** Reads in the caller's workspace, limited to what the caller may see; PostgreSQL refuses any change. */
export const reading: InWorkspace = (api, request, work) => {
  const { caller, visibility } = contextOf(request);
  return api.database.read(caller.workspace_id, work, visibilitySettings(visibility));
};

/**
 * Like `reading`, but all statements see the same snapshot, so that a row that moves between them is not missed.
 */
export const atOneMoment = inWorkspaceWith({ oneMoment: true });

/** A transaction limited in the same way, retried after a serialisation failure, so `work` may run more than once. */
export const changing = inWorkspaceWith({ retry: true });

/** Tells every process to read the workspace's reference data and credentials again. */
export function renew(api: Pick<ApiContext, 'changed'>, request: FastifyRequest): Promise<void> {
  return api.changed(contextOf(request).caller.workspace_id);
}

/** Like `renew`, and reads the reference data. */
export async function renewed(
  api: Pick<ApiContext, 'changed' | 'referenceCache'>,
  request: FastifyRequest,
): Promise<ReferenceData> {
  await renew(api, request);
  return api.referenceCache.get(contextOf(request).caller.workspace_id);
}

/** Like `changing`, for reference data and credentials: all processes read them again afterwards. */
export async function changingSettings<T>(
  api: Pick<ApiContext, 'database' | 'changed'>,
  request: FastifyRequest,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const made = await changing(api, request, work);
  await renew(api, request);
  return made;
}
