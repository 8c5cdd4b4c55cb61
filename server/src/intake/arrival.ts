import type { Problem } from '../platform/problem.ts';
import type { SentReply, WireReply } from '../platform/wire.ts';
import type { Caller, Identified } from '../workspaces/access/caller.ts';
import type { RequestRates } from '../workspaces/limits/request-rates.ts';
import type { Reading } from '../workspaces/reference/reading-rule.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { Command, CreateLead, LeadDraft } from './command.ts';
import type { Result } from './result.ts';

/** A request as it will be stored, with secrets already replaced. */
export interface Envelope {
  /** Id of the submission (UUIDv7). */
  id: string;
  method: string;
  path: string;
  query: string;
  headers: Readonly<Record<string, string>>;
  /** Null if withheld (sign-in). */
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
  /** Values that the workspace's reading rules replaced. */
  readings?: readonly Reading[];
  /** For our own API: the same key and fingerprint get the same response. */
  idempotency?: { key: string; fingerprint: Buffer };
  /** Why the caller was not let in at all; the journal keeps such requests up to a quota. */
  turned_away?: Problem;
  /** Id of the stored submission that is being replayed. */
  replay_of?: string;
}

/** A sign-in, whose caller is not known yet. Its envelope has no body. */
export interface OpenArrival extends Omit<Arrival, 'caller' | 'referenceData'> {
  dialect: string;
}

/** Formats results and problems for this client. Pure. */
export interface Words {
  /** `referenceData`: the current data, including names created by this request. */
  answer(result: Result, referenceData: ReferenceData): WireReply;
  refuse(problem: Problem): WireReply;
}

/** Intake as the HTTP routes use it. */
export interface Intake {
  /** Counts a request from this address, before it is read. */
  fromAddress: RequestRates['fromAddress'];
  /**
   * Finds the owner of a credential. Revoked and expired credentials still have an owner, so that the request can be
   * stored. `address` is recorded with the token.
   */
  identify(secret: string, dialect: string, address: string): Promise<Identified>;
  referenceData(workspaceId: string): Promise<ReferenceData>;
  /**
   * Performs and stores one request. Resolves after the commit. Never rejects: internal errors become responses too.
   */
  perform(arrival: Arrival): Promise<SentReply>;
  /** Performs a password sign-in. */
  signIn(arrival: OpenArrival): Promise<SentReply>;
}

/** The tags that a request names, and those that its token adds to every lead. */
export function tagsOf({ caller, referenceData }: Arrival, { draft }: CreateLead): LeadDraft['tags'] {
  const byToken = caller.tag_ids.filter((id) => referenceData.get('tag', id));
  return draft.tags || byToken.length > 0 ? { add: [...(draft.tags?.add ?? []), ...byToken] } : undefined;
}
