/**
 * The contract of every API whose requests end in intake: the vendors' dialects, and the writes of our own API. Pure
 * functions only; the database, the clock and HTTP stay outside.
 */
import type { Problem } from '../platform/problem.ts';
import type { Wire, WireReply } from '../platform/wire.ts';
import type { Caller } from '../workspaces/access/caller.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { Command } from './command.ts';
import type { Result } from './result.ts';

/** What an endpoint may know when it reads a request. All of it is passed in. */
export interface ReadContext {
  referenceData: ReferenceData;
  /** ISO 3166 alpha-2, for phone numbers without a country code. */
  region: string;
  now: Date;
}

/** What the endpoints of our own API know besides: who calls. */
export interface CallContext extends ReadContext {
  caller: Caller;
}

/** One kind of request: how it is read, and how its answer is worded. */
export interface Endpoint<Context extends ReadContext = ReadContext> {
  /** For logs, metrics and docs: `gl-website-contacts`. */
  name: string;
  methods: readonly ('GET' | 'POST' | 'PATCH' | 'DELETE')[];
  /** Fastify path pattern, absolute. */
  path: string;
  /** What it does, for the spec page; none when it is only another spelling. */
  about?: string;
  /** Needs no credential before reading (sign-in by password). Its body is never stored. */
  open?: true;
  /** Checks the body when a stored request is read again, where the framework did so when it first came. */
  validate?(wire: Wire): Wire | Problem;
  read(wire: Wire, context: Context): Command | Problem;
  answer(result: Result, call: Context & { wire: Wire; command: Command }): WireReply;
  /** Where this endpoint words refusals differently from the rest of its API. */
  refuse?(problem: Problem): WireReply;
}

/** An API as intake sees it. */
export interface IntakeApi<Context extends ReadContext = ReadContext> {
  /** In URLs of our own, tokens, logs and the journal. */
  name: string;
  /** `json`: the body is JSON whatever its type says. `json_or_form`: forms are read too. */
  bodies: 'json' | 'json_or_form';
  endpoints: readonly Endpoint<Context>[];
  /** Names whose values are secrets, wherever they stand; replaced before anything is stored. */
  secretNames: { query: readonly string[]; body: readonly string[] };
  /** How this API words a refusal. Total over Problem. */
  refuse(problem: Problem, submissionId: string): WireReply;
}
