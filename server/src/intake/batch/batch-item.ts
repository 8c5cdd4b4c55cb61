import type { Arrival } from '../arrival.ts';
import type { CreateLead } from '../command.ts';
import type { Prepared } from '../prepare.ts';

/** One arrival in the gathering: either a lead to take in, or a refusal that is only kept. */
export interface BatchItem {
  arrival: Arrival;
  /** `performance.now()` when it came. */
  started: number;
  incoming?: IncomingLead;
}

export interface IncomingLead {
  prepared: Prepared & { command: CreateLead };
  /** The id the lead gets if it is new. */
  leadId: string;
  /** By what the same request is known again. */
  once?: Once;
}

/** An idempotency key: the client's own, or the digest of the content within the dialect's window. */
export interface Once {
  scope: string;
  key: Buffer;
  fingerprint: Buffer;
  /** Scope and key as text, for maps and locks. */
  text: string;
  windowSeconds: number;
}
