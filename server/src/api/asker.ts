import type { FastifyRequest } from 'fastify';
import type { Book } from '../workspaces/book.ts';
import { memberIn, visitorOf } from './visitor.ts';

/** Who asks for leads, and when: what `me`, `today` and a phone without its country code mean. */
export interface Asker {
  book: Book;
  region: string;
  now: Date;
  /** Whom `me` means; undefined: nobody. */
  memberId?: string | undefined;
}

/** Who asks in a request. */
export function askerOf(request: FastifyRequest): Asker {
  const { book, caller, at } = visitorOf(request);
  return { book, region: caller.region, now: at, memberId: memberIn(request)?.id };
}
