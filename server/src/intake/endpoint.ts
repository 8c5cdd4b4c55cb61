/**
 * Contract of every API whose requests go through intake: the vendors' dialects, and the writes of our own API. Pure
 * functions only, without access to the database, clock or HTTP.
 */
import type { Problem } from '../platform/problem.ts';
import type { Wire, WireReply } from '../platform/wire.ts';
import type { Caller } from '../workspaces/access/caller.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { Command } from './command.ts';
import type { Result } from './result.ts';

/** Everything that an endpoint can use to read a request. */
export interface ReadContext {
  referenceData: ReferenceData;
  /** ISO 3166 alpha-2, for phone numbers without a country code. */
  region: string;
  now: Date;
}

/** Endpoints of our own API also know the caller. */
export interface CallContext extends ReadContext {
  caller: Caller;
}

/** One kind of request: reads it into a command and formats the response. */
export interface Endpoint<Context extends ReadContext = ReadContext> {
  /** For logs, metrics and docs: `gl-website-contacts`. */
  name: string;
  methods: readonly ('GET' | 'POST' | 'PATCH' | 'DELETE')[];
  /** Fastify path pattern, absolute. */
  path: string;
  /** Summary for the spec page; absent for an alias of another endpoint. */
  about?: string;
  /** Needs no credential before reading (password sign-in). The body is never stored. */
  open?: true;
  /** Validates the body when a stored request is read again; live requests are validated by Fastify. */
  validate?(wire: Wire): Wire | Problem;
  read(wire: Wire, context: Context): Command | Problem;
  answer(result: Result, call: Context & { wire: Wire; command: Command }): WireReply;
  /** Overrides how the API words refusals. */
  refuse?(problem: Problem): WireReply;
}

/** An API as intake sees it. */
export interface IntakeApi<Context extends ReadContext = ReadContext> {
  /** Used in our own URLs, tokens, logs and the journal. */
  name: string;
  /** `json`: bodies are parsed as JSON whatever their content type. `json_or_form`: forms are accepted too. */
  bodies: 'json' | 'json_or_form';
  endpoints: readonly Endpoint<Context>[];
  /** Names of secret fields at any depth; their values are replaced before anything is stored. */
  secretNames: { query: readonly string[]; body: readonly string[] };
  /** Formats a refusal for this API; must handle every Problem. */
  refuse(problem: Problem, submissionId: string): WireReply;
}
