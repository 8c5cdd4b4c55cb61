import type { Problem } from '../platform/problem.ts';
import type { WireReply } from '../platform/wire.ts';
import type { Caller, Identified } from '../workspaces/access/caller.ts';
import type { Reading } from '../workspaces/reference/reading-rule.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { Command } from './command.ts';
import type { Result } from './result.ts';

/** One request as it will be kept: secrets already replaced. */
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
  /** What was read as something else, by rules of the workspace. */
  readings?: readonly Reading[];
  /** Native API: same key and fingerprint, same answer. */
  idempotency?: { key: string; fingerprint: Buffer };
  /** Set when a kept submission is tried again. */
  replay_of?: string;
}

/** A sign-in: nobody is known yet. Its envelope holds no body. */
export interface OpenArrival extends Omit<Arrival, 'caller' | 'referenceData'> {
  dialect: string;
}

/** How results and problems are worded for this client. Pure. */
export interface Words {
  answer(result: Result): WireReply;
  refuse(problem: Problem): WireReply;
}

/** A reply as bytes to send; the same text is kept in the journal. */
export interface SentReply {
  status: number;
  headers: Readonly<Record<string, string>>;
  text: string;
}

/** What the edge may ask of intake. */
export interface Intake {
  /**
   * Whose credential is it? A revoked or expired one still says whose, so that the request is kept. `address`: where it
   * came from, to be noted with its token.
   */
  identify(secret: string, dialect: string, address?: string): Promise<Identified>;
  referenceData(workspaceId: string): Promise<ReferenceData>;
  /** Performs one request and keeps it. Resolves after the commit. Never rejects: our own faults are answered too. */
  perform(arrival: Arrival): Promise<SentReply>;
  /** Performs a sign-in by password. */
  performOpen(arrival: OpenArrival): Promise<SentReply>;
}
