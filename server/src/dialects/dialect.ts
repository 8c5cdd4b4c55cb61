/**
 * The contract of a dialect: one vendor's API as its clients know it, written as data and pure functions. A dialect
 * never touches the database, the clock or another dialect. This file and `field-rules.ts` are all that a dialect's
 * folder may import from the project.
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
  /** Used in our own URLs, tokens, logs and the journal; equals the folder's name. */
  name: string;
  /** The vendor's name as people know it. */
  title: string;
  /** The prefix of this dialect's tokens. */
  tokenPrefix: 'gl_' | 'sk_' | 'lw_';
  /** `json`: the body is JSON whatever its content type says. `json_or_form`: forms are accepted too. */
  bodies: 'json' | 'json_or_form';
  /** Path prefixes below which this dialect answers everything, including unknown paths; the longest match wins. */
  prefixes: readonly string[];
  endpoints: readonly Endpoint[];
  /** Finds the credential in a request; undefined when there is none. */
  credential(wire: Wire): string | undefined;
  /** Names whose values are secret wherever they appear; the values are replaced before anything is stored. */
  secretNames: { query: readonly string[]; body: readonly string[] };
  /** Words any problem in this vendor's format. */
  refuse(problem: Problem): WireReply;
  /** The match policy unless the token has its own. */
  policy: MatchPolicy;
  /** On merge: fill only blank fields, or let sent values overwrite. */
  mergeStyle: MergeStyle;
  /** Region for numbers without a country code, unless the token has one; undefined for the workspace's. */
  region?: string;
  /** Whether repeated content within the window counts as one request, for vendors whose clients retry blindly. */
  repeatsByContent: boolean;
  /** Set when browsers call this vendor's API from other origins. */
  cors?: { methods: readonly string[]; headers: readonly string[] };
  /** Where clients put the credential, in words for the documentation page. */
  credentialPlace: string;
  /** The fields of a request for a new lead, built from the tables used to read it. */
  fields: readonly FieldAbout[];
  /** A working curl for the README, the first run and the documentation page. */
  example(base: string, token: string): string;
}

/** A field of a request, for the documentation page. */
interface FieldAbout {
  /** The name in requests. */
  name: string;
  required: boolean;
  /** The canonical field or reference of a lead; undefined when only this vendor knows it. */
  means?: string;
  /** Further notes. */
  about?: string;
}

export interface Endpoint {
  /** For logs, metrics and docs: `gl-website-contacts`. */
  name: string;
  methods: readonly ('GET' | 'POST' | 'PATCH' | 'DELETE')[];
  /** Absolute Fastify path pattern. */
  path: string;
  /** A description for the documentation page; absent for an alternative spelling. */
  about?: string;
  /** Needs no credential before reading (sign-in by password). Its body is never stored. */
  open?: true;
  read(wire: Wire, context: ReadContext): Command | Problem;
  answer(result: Result, call: AnsweredCall): WireReply;
  /** Words problems differently on this endpoint. */
  refuse?(problem: Problem): WireReply;
}

/** Everything a dialect may use when reading a request. */
export interface ReadContext {
  referenceData: ReferenceData;
  /** ISO 3166 alpha-2, for phone numbers without a country code. */
  region: string;
  now: Date;
}

/** Everything a dialect may use when wording a reply. */
export interface AnsweredCall extends ReadContext {
  wire: Wire;
  command: Command;
}
