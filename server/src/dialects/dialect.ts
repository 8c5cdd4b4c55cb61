/**
 * What a dialect is: one vendor's API as its clients know it, as data and pure functions. It never touches the database,
 * the clock or another dialect. This file and `field-rules.ts` are all of the project that a dialect's folder may import.
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
  Remark,
  UpdateLead,
} from '../intake/command.ts';
export type { Endpoint, ReadContext } from '../intake/endpoint.ts';
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

/** `name` is the same as the folder. */
export interface Dialect extends IntakeApi {
  /** The vendor's name as people know it. */
  title: string;
  /** What tokens of this dialect start with. */
  tokenPrefix: 'gl_' | 'sk_' | 'lw_';
  /** Paths below which this dialect answers for everything, unknown paths included; longest prefix wins. */
  prefixes: readonly string[];
  /** Where this vendor's clients put the credential; undefined when there is none. */
  credential(wire: Wire): string | undefined;
  /** How this vendor words a refusal. Total over Problem. */
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

/** What a dialect may know when it words an answer. */
export interface AnsweredCall extends ReadContext {
  wire: Wire;
  command: Command;
}
