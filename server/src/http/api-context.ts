import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { Database } from '../platform/database/database.ts';
import type { GuessLimits } from '../workspaces/access/guess-limit.ts';
import type { Identifying } from '../workspaces/access/identify.ts';
import type { ReferenceCache } from '../workspaces/reference-cache.ts';

/** What every route of `/v1` may need. */
export interface ApiContext {
  database: Database;
  referenceCache: ReferenceCache;
  identify: Identifying['identify'];
  /** Whose web session is it? */
  identifyMember: Identifying['identifyMember'];
  /** How often passwords may be tried. */
  guesses: GuessLimits;
  /** Starts long work at once instead of at the next look at the queue. */
  jobs: { wake(): void };
  /** Tells every process that a workspace's reference data or credentials changed. */
  changed(workspaceId: string): Promise<void>;
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
