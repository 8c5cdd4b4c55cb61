import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { Database } from '../platform/database/database.ts';
import type { Keyring } from '../secrets/keyring.ts';
import type { GuessLimits } from '../workspaces/access/guess-limit.ts';
import type { UnknownNames } from '../workspaces/access/unknown-names.ts';
import type { LimitedCredentials } from '../workspaces/limits/limited-credentials.ts';
import type { RequestRates } from '../workspaces/limits/request-rates.ts';
import type { ReferenceCache } from '../workspaces/reference-cache.ts';

/** Services that the routes of `/v1` use. */
export interface ApiContext {
  database: Database;
  /** Database for reports and exports: a standby while one is available that is fresh enough. */
  reading: Pick<Database, 'tx'>;
  referenceCache: ReferenceCache;
  identify: LimitedCredentials['identify'];
  /** Finds the member of a web session. */
  identifyMember: LimitedCredentials['identifyMember'];
  /** Limits requests by address and caller. */
  rates: RequestRates;
  /** Limits password attempts. */
  guesses: GuessLimits;
  /** Notes failed sign-ins with names that belong to nobody. */
  unknownNames: UnknownNames;
  /** Notifies every process that a workspace's reference data or credentials changed. */
  changed(workspaceId: string): Promise<void>;
  /** Reads and encrypts stored secrets. */
  keyring: Keyring;
  clock(): Date;
  /** Public base URL of this server; null to use the host of the request. */
  publicUrl: string | null;
  log: { error(message: string): void };
}

/** The Fastify scope that routes of `/v1` are added to; request types are inferred from their schemas. */
export type ApiScope = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;
