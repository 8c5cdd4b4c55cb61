/**
 * What a dialect is: one vendor's API as its clients know it, as data and pure functions. It never touches the database,
 * the clock or another dialect. This file and `demand.ts` are all of the project that a dialect's folder may import.
 */
import type { Command } from '../intake/command.ts';
import type { Result } from '../intake/result.ts';
import type { Problem } from '../platform/problem.ts';
import type { Wire, WireReply } from '../platform/wire.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { MatchPolicy, MergeStyle } from '../workspaces/tokens/match-policy.ts';

export type {
  AddTask,
  Command,
  ContactRef,
  CreateLead,
  LeadDraft,
  LeadFilter,
  LeadRef,
  Named,
  Remark,
  UpdateLead,
} from '../intake/command.ts';
export type { Result } from '../intake/result.ts';
export type { LeadField, LeadValues } from '../leads/fields.ts';
export type { DialectFields, Lead, LeadReference, LeadReferences, Origin } from '../leads/lead.ts';
export type { ContactKeyKind, PhoneSent } from '../leads/lead-keys.ts';
export type { Issue, IssueCode, Problem } from '../platform/problem.ts';
export { invalid, isProblem } from '../platform/problem.ts';
export type { Pairs, Wire, WireBody, WireReply } from '../platform/wire.ts';
export type {
  LeadType,
  LifecycleState,
  Member,
  Ref,
  ReferenceData,
  ReferenceItem,
  ReferenceKind,
  Status,
} from '../workspaces/reference-data.ts';

export interface Dialect {
  /** In URLs of our own, tokens, logs and the journal. The same as the folder. */
  name: string;
  /** The vendor's name as people know it. */
  title: string;
  /** What tokens of this dialect start with. */
  tokenPrefix: 'gl_' | 'sk_' | 'lw_';
  /** `json`: the body is JSON whatever its type says. `json_or_form`: forms are read too. */
  bodies: 'json' | 'json_or_form';
  /** Paths below which this dialect answers for everything, unknown paths included; longest prefix wins. */
  prefixes: readonly string[];
  endpoints: readonly Endpoint[];
  /** Where this vendor's clients put the credential; undefined when there is none. */
  credential(wire: Wire): string | undefined;
  /** Names whose values are secrets, wherever they stand; replaced before anything is kept. */
  secretNames: { query: readonly string[]; body: readonly string[] };
  /** How this vendor says no. Total over Problem. */
  refuse(problem: Problem): WireReply;
  /** When the token says nothing. */
  policy: MatchPolicy;
  /** On merge: fill blanks only, or let sent values overwrite. */
  mergeStyle: MergeStyle;
  /** Region for numbers without a country code, when the token says nothing; undefined: the workspace's. */
  region?: string;
  /** The same content again within the window is the same request (vendors whose clients retry blindly). */
  repeatsByContent: boolean;
  /** Browsers call this vendor's API from other origins. */
  cors?: { methods: readonly string[]; headers: readonly string[] };
  /** Where clients put the credential, in words for the spec page. */
  credentialPlace: string;
  /** What a request for a new lead may hold, made from the tables by which it is read. */
  fields: readonly FieldAbout[];
  /** A working curl for the README, the first run and the spec page. */
  example(base: string, token: string): string;
}

/** One field of a request, for the spec page. */
interface FieldAbout {
  /** As it is called on the wire. */
  name: string;
  required: boolean;
  /** What it is in a lead: a canonical field or reference; undefined when only this vendor knows it. */
  means?: string;
  /** What else there is to know. */
  about?: string;
}

export interface Endpoint {
  /** For logs, metrics and docs: `gl-website-contacts`. */
  name: string;
  methods: readonly ('GET' | 'POST' | 'PATCH' | 'DELETE')[];
  /** Fastify path pattern, absolute. */
  path: string;
  /** What it does, for the spec page; none when it is only another spelling. */
  about?: string;
  /** Needs no credential before reading (sign-in by password). Its body is never kept. */
  open?: true;
  read(wire: Wire, context: ReadContext): Command | Problem;
  answer(result: Result, call: AnsweredCall): WireReply;
  /** Where this endpoint says no in other words than the dialect. */
  refuse?(problem: Problem): WireReply;
}

/** What a dialect may know when reading. All of it is handed in. */
export interface ReadContext {
  referenceData: ReferenceData;
  /** ISO 3166 alpha-2, for phone numbers without a country code. */
  region: string;
  now: Date;
}

/** What a dialect may know when wording an answer. */
export interface AnsweredCall extends ReadContext {
  wire: Wire;
  command: Command;
}
