import { networkOf } from '../../platform/network.ts';
import type { Caller } from '../access/caller.ts';
import type { Figures } from './catalogue.ts';
import { type Standing, Windows } from './windows.ts';

export const RATE_SECONDS = 60;

/** A standing, and whose limit it refers to; `default` is the caller's own. */
export interface NamedStanding extends Standing {
  policy: 'default' | 'address' | 'workspace';
}

/** Limits the requests from an address, a caller and a workspace. Counts in memory, so that checking costs no query. */
export interface RequestRates {
  /** Counts a request from this address. */
  fromAddress(address: string): NamedStanding;
  /** Counts a request of a known caller. `own` is the limit that the workspace has set for each of its callers. */
  ofCaller(caller: CallerKey, own: number | null | undefined): NamedStanding;
  /** The standing of an address that has sent too many unknown credentials; undefined if it may send more. */
  strangers(address: string): NamedStanding | undefined;
  /** Counts an unknown credential from this address. */
  noteStranger(address: string): void;
}

type CallerKey = Pick<Caller, 'workspace_id' | 'token_id' | 'member_id' | 'session_id'>;

export function limitRequestRates(figures: Figures, clock: () => number = Date.now): RequestRates {
  const [addresses, callers, workspaces, strangers] = Array.from(
    { length: 4 },
    () => new Windows(RATE_SECONDS, clock),
  ) as [Windows, Windows, Windows, Windows];
  return {
    fromAddress: (address) => named('address', addresses.take(networkOf(address), figures.requests_of_address)),
    ofCaller(caller, own) {
      const quota = Math.min(own ?? figures.requests_of_token, figures.requests_of_token);
      const one = callers.take(callerKey(caller), quota);
      // A caller over its own limit must not use up the workspace's limit for the others.
      if (one.exceeded) return named('default', one);
      const all = workspaces.take(caller.workspace_id, figures.requests_of_workspace);
      return all.exceeded ? named('workspace', all) : named('default', one);
    },
    strangers(address) {
      const full = strangers.isFull(networkOf(address), figures.strangers_of_address);
      return full && named('address', full);
    },
    noteStranger: (address) => void strangers.take(networkOf(address), figures.strangers_of_address),
  };
}

/** The sender id of requests whose sender is unknown. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The key of one sender: a token with the sessions it opened, or a member with all their sessions. */
export function callerKey({ token_id, member_id, session_id }: Omit<CallerKey, 'workspace_id'>): string {
  return token_id ?? member_id ?? session_id ?? NOBODY;
}

function named(policy: NamedStanding['policy'], standing: Standing): NamedStanding {
  return { ...standing, policy };
}
