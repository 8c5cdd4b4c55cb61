import type { Problem } from '../platform/problem.ts';
import type { SentReply, WireReply } from '../platform/wire.ts';
import type { Caller, Identified } from '../workspaces/access/caller.ts';
import type { Visibility } from '../workspaces/access/visibility.ts';
import type { Reading } from '../workspaces/reference/reading-rule.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { Command } from './command.ts';
import type { Result } from './result.ts';

/** One request as it will be stored: secrets already replaced. */
export interface Envelope {
  /** The submission's id, UUIDv7. */
  id: string;
  method: string;
  path: string;
  query: string;
  headers: Readonly<Record<string, string>>;
  /** null: withheld (sign-in). */
  body: Buffer | null;
  received_at: Date;
  address: string;
}

/** One request on its way through intake. */
export interface Arrival {
  envelope: Envelope;
  caller: Caller;
  referenceData: ReferenceData;
  request: Command | Problem;
  words: Words;
  /** Values that were read as others, by the reading rules of the workspace. */
  readings?: readonly Reading[];
  /** Our own API: same key and fingerprint, same answer. */
  idempotency?: { key: string; fingerprint: Buffer };
  /** Set when a stored submission is tried again. */
  replay_of?: string;
  /** Whose leads the caller sees; undefined: all. Any other lead is as unknown to them as none. */
  visibility?: Visibility | undefined;
}

/** A sign-in: nobody is known yet. Its envelope holds no body. */
export interface OpenArrival extends Omit<Arrival, 'caller' | 'referenceData'> {
  dialect: string;
}

/** How results and problems are worded for this client. Pure. */
export interface Words {
  /** `referenceData`: as it is by then, with the names that were created on the way. */
  answer(result: Result, referenceData: ReferenceData): WireReply;
  refuse(problem: Problem): WireReply;
}

/** What intake does for the HTTP edges. */
export interface Intake {
  /**
   * Finds the owner of a credential. A revoked or expired one still has an owner, so that the request is stored.
   * `address` is noted with the token.
   */
  identify(secret: string, dialect: string, address?: string): Promise<Identified>;
  referenceData(workspaceId: string): Promise<ReferenceData>;
  /** Performs one request and stores it. Resolves after the commit. Never rejects: our own faults are answered too. */
  perform(arrival: Arrival): Promise<SentReply>;
  /** Performs a sign-in by password. */
  signIn(arrival: OpenArrival): Promise<SentReply>;
}
