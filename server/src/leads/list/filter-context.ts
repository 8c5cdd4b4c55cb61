import type { FastifyRequest } from 'fastify';
import { contextOf, memberIn } from '../../http/request-context.ts';
import type { ReferenceData } from '../../workspaces/reference-data.ts';

/** Who asks for leads, and when: what `me`, `today` and a phone without its country code mean. */
export interface FilterContext {
  referenceData: ReferenceData;
  region: string;
  now: Date;
  /** Whom `me` means; undefined: nobody. */
  memberId?: string | undefined;
}

/** Who asks in a request. */
export function filterContextOf(request: FastifyRequest): FilterContext {
  const { referenceData, caller, at } = contextOf(request);
  return { referenceData, region: caller.region, now: at, memberId: memberIn(request)?.id };
}
