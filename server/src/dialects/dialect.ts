/**
 * The contract of a dialect: one vendor's API as its clients know it, written as data and pure functions. A dialect
 * never touches the database, the clock or another dialect. This file and `field-rules.ts` are all that a dialect's
 * folder may import from the project.
 */
import type { Command } from '../intake/command.ts';
import type { IntakeApi, ReadContext } from '../intake/endpoint.ts';
import type { Problem } from '../platform/problem.ts';
import type { Wire, WireReply } from '../platform/wire.ts';
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
  UpdateLead,
  Warning,
} from '../intake/command.ts';
export type { Endpoint, ReadContext } from '../intake/endpoint.ts';
export type { Result } from '../intake/result.ts';
export type { LeadField, LeadValues } from '../leads/fields.ts';
export type { DialectFields, Lead, LeadReference, Origin } from '../leads/lead.ts';
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

/** A dialect. Its `name` is also the name of its folder. */
export interface Dialect extends IntakeApi {
  /** The vendor's name as people know it. */
  title: string;
  /** The prefix of this dialect's tokens. */
  tokenPrefix: 'gl_' | 'sk_' | 'lw_';
  /** Path prefixes for which this dialect answers every request, even for unknown paths; the longest prefix wins. */
  prefixes: readonly string[];
  /**
   * The credentials from all the places where this vendor's clients put one, in order of precedence. A request with two
   * different ones is refused, because nobody can tell on whose behalf it was sent.
   */
  credentials(wire: Wire): readonly string[];
  /**
   * Turns a problem into this vendor's error reply. Must handle every kind of problem. The edge adds the headers that
   * HTTP requires, `allow` and `retry-after`.
   */
  refuse(problem: Problem): WireReply;
  /** The match policy, unless the token has its own. */
  policy: MatchPolicy;
  /** On merge: fill only blank fields, or let sent values overwrite. */
  mergeStyle: MergeStyle;
  /** Region for phone numbers without a country code, unless the token has one; undefined for the workspace's. */
  region?: string;
  /** Whether repeated content within the window counts as one request, for vendors whose clients retry blindly. */
  repeatsByContent: boolean;
  /** Whether unknown keys in a request become custom fields, so that this dialect's tokens may create them. */
  createsFields?: boolean;
  /** Set when browsers call this vendor's API from other origins. */
  cors?: { methods: readonly string[]; headers: readonly string[] };
  /** Says where clients put the credential, for the documentation page. */
  credentialPlace: string;
  /** The fields of a request for a new lead, built from the tables used to read it. */
  fields: readonly FieldAbout[];
  /** A working curl command for the README, the first run and the documentation page. */
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

/** What a dialect may use to build a reply. */
export interface AnsweredCall extends ReadContext {
  wire: Wire;
  command: Command;
}
