import type { Database } from '../../platform/database/database.ts';
import type { CredentialChecker } from '../access/identify.ts';
import type { ReferenceCache } from '../reference-cache.ts';
import { type Figures, usualFigures } from './catalogue.ts';
import { type LimitedCredentials, limitCredentials } from './limited-credentials.ts';
import { limitNames, type NameLimits } from './name-limits.ts';
import { limitRequestRates, type RequestRates } from './request-rates.ts';
import { limitTurnedAway, type TurnedAwayRequests } from './turned-away.ts';

/** The limits on the requests to a running server. */
export interface Limiting extends LimitedCredentials {
  rates: RequestRates;
  /** Counts and limits the requests of callers who are turned away. */
  turnedAway: TurnedAwayRequests;
  names: NameLimits;
  limits: Figures;
}

/** Creates the limits of one server. `limits` defaults to the usual figures. */
export function openLimits(parts: {
  limits?: Figures | undefined;
  clock(): Date;
  database: Database;
  credentials: CredentialChecker;
  referenceCache: ReferenceCache;
}): Limiting {
  const { limits = usualFigures, clock, database, credentials, referenceCache } = parts;
  const rates = limitRequestRates(limits, () => clock().getTime());
  return {
    ...limitCredentials(credentials, rates, referenceCache),
    rates,
    turnedAway: limitTurnedAway(database, limits),
    names: limitNames(limits),
    limits,
  };
}
