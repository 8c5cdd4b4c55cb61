import type { Database } from '../../platform/database/database.ts';
import type { Caller } from '../access/caller.ts';
import type { Figures } from './catalogue.ts';
import { callerKey, NOBODY } from './request-rates.ts';
import { addCounted, type Turned, takeFromQuota } from './turned-away-store.ts';

/** A request that was turned away. */
export interface TurnedAwayRequest {
  workspace_id: string;
  /** Undefined for a sign-in, whose sender is unknown. */
  caller?: Pick<Caller, 'token_id' | 'member_id' | 'session_id'>;
  dialect: string;
  reason: string;
  bytes: number;
  at: Date;
}

/**
 * Requests of senders who are known but turned away (their token is revoked, expired, for another API or over its
 * rate). The journal stores them up to a quota per sender and day, so that nobody without a valid token can fill the
 * disk. Further ones are only counted.
 */
export interface TurnedAwayRequests {
  /** Whether to store this request in the journal; if not, it has been counted. */
  mayKeep(request: TurnedAwayRequest): Promise<boolean>;
  /** Counts a request that is never stored. */
  count(request: TurnedAwayRequest): void;
  /** Writes the counts from memory to the database. */
  flush(): Promise<void>;
}

/** Maximum number of counts in memory that are not stored yet, one for each sender and day. */
const MOST_PENDING = 20_000;

interface Pending extends Turned {
  workspace_id: string;
  requests: number;
  bytes: number;
}

export function limitTurnedAway(database: Database, figures: Figures): TurnedAwayRequests {
  const most = { requests: figures.turned_away_of_token, bytes: figures.bytes_turned_away_of_token };
  const pending = new Map<string, Pending>();
  /** Senders whose quota for the day is used up. Remembering them saves a query for every further request. */
  const full = new Map<string, true>();

  const count = (request: TurnedAwayRequest) => {
    const key = keyOf(request);
    const known = pending.get(key);
    if (!known && pending.size >= MOST_PENDING) return;
    const { requests = 0, bytes = 0 } = known ?? {};
    pending.set(key, {
      ...turnedOf(request),
      workspace_id: request.workspace_id,
      requests: requests + 1,
      bytes: bytes + request.bytes,
    });
  };
  return {
    count,
    async mayKeep(request) {
      const key = keyOf(request);
      if (!full.has(key)) {
        const fits = await database.tx(
          request.workspace_id,
          (tx) => takeFromQuota(tx, turnedOf(request), request.bytes, most),
          { retry: true },
        );
        if (fits) return true;
        if (full.size >= MOST_PENDING) full.clear();
        full.set(key, true);
      }
      count(request);
      return false;
    },
    async flush() {
      for (const [key, { workspace_id, requests, bytes, ...turned }] of [...pending]) {
        await database.tx(workspace_id, (tx) => addCounted(tx, turned, requests, bytes), { retry: true });
        const now = pending.get(key);
        if (now && now.requests > requests)
          pending.set(key, { ...now, requests: now.requests - requests, bytes: now.bytes - bytes });
        else pending.delete(key);
      }
    },
  };
}

function turnedOf({ caller, dialect, reason, at }: TurnedAwayRequest): Turned {
  const sender_id = caller ? callerKey(caller) : NOBODY;
  return { sender_id, day: at.toISOString().slice(0, 10), dialect, reason, last_at: at };
}

function keyOf(request: TurnedAwayRequest): string {
  const { sender_id, day } = turnedOf(request);
  return `${request.workspace_id} ${sender_id} ${day}`;
}
