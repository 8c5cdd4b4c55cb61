import type { FastifyRequest } from 'fastify';
import { contextOf, memberIn } from '../../http/request-context.ts';
import type { ReferenceData } from '../../workspaces/reference-data.ts';

/** Context for reading filters: the meaning of `me`, `today` and phones without a country code. */
export interface FilterContext {
  referenceData: ReferenceData;
  region: string;
  now: Date;
  /** The member that `me` refers to; undefined if the caller is not a member. */
  memberId?: string | undefined;
}

/** Builds the context from a request. */
export function filterContextOf(request: FastifyRequest): FilterContext {
  const { referenceData, caller, at } = contextOf(request);
  return { referenceData, region: caller.region, now: at, memberId: memberIn(request)?.id };
}
