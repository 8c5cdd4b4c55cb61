import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { Intake } from '../intake/arrival.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import type { ReadAgain } from '../journal/replay.ts';
import type { Live } from '../live/live.ts';
import type { Database } from '../platform/database/database.ts';
import type { Problem } from '../platform/problem.ts';
import type { WireReply } from '../platform/wire.ts';
import type { GuessLimits } from '../workspaces/access/guess-limit.ts';
import type { Identifying } from '../workspaces/access/identify.ts';
import type { ReferenceCache } from '../workspaces/reference-cache.ts';
import type { MatchPolicy, MergeStyle } from '../workspaces/tokens/match-policy.ts';

/** A dialect as far as its spec page tells of it. */
export interface DialectAbout {
  name: string;
  title: string;
  /** What the secrets of its tokens start with. */
  tokenPrefix: string;
  credentialPlace: string;
  fields: readonly { name: string; required: boolean; means?: string; about?: string }[];
  endpoints: readonly {
    methods: readonly string[];
    path: string;
    about?: string;
    refuse?(problem: Problem): WireReply;
  }[];
  refuse(problem: Problem): WireReply;
  policy: MatchPolicy;
  mergeStyle: MergeStyle;
  region?: string;
  example(base: string, token: string): string;
}

/** What an administrator may know of the server. */
export interface SystemFacts {
  version: string;
  startedAt: Date;
  /** PostgreSQL runs beside the server, in its own folder. */
  isEmbedded: boolean;
  settings: readonly { name: string; value: string; about: string; from_environment: boolean }[];
}

/** What `/v1` is made of. */
export interface ApiContext {
  database: Database;
  referenceCache: ReferenceCache;
  intake: Pick<Intake, 'perform'>;
  identify: Intake['identify'];
  /** Whose web session is it? */
  identifyMember: Identifying['identifyMember'];
  /** How often passwords may be tried. */
  guesses: GuessLimits;
  /** Tells open screens what changed. */
  live: Live;
  /** Long work, behind the answers. */
  jobs: Pick<JobRunner, 'wake'>;
  /** Reads a kept request as its dialect reads it now. */
  readAgain: ReadAgain;
  /** Tells every process that a workspace's reference data or credentials changed. */
  changed(workspaceId: string): Promise<void>;
  /** Dialects that tokens can be made for. */
  dialects: readonly DialectAbout[];
  /** What is known of this server besides. */
  system: SystemFacts;
  clock(): Date;
  /** How browsers and partners reach this server; null: as they asked. */
  publicUrl: string | null;
  log: { error(message: string): void };
}

/** The Fastify scope that routes of `/v1` are added to: their types follow from their schemas. */
export type ApiScope = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;
