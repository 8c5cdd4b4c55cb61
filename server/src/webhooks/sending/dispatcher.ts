import type { Database } from '../../platform/database/database.ts';
import type { Egress } from '../../platform/egress/egress.ts';
import { pause } from '../../platform/time/wait.ts';
import type { Keyring } from '../../secrets/keyring.ts';
import type { ReferenceData } from '../../workspaces/reference-data.ts';
import { clearDeleted, holdDeliveries, webhooksToClear } from '../webhook-store.ts';
import { webhooksDue } from './claim-store.ts';
import type { GiveWay } from './give-way.ts';
import { Lane, type LaneOptions } from './lane.ts';
import { limitConcurrency } from './limit-concurrency.ts';
import { RequestSlots } from './request-slots.ts';

export interface Dispatcher {
  /**
   * Call this when events of a workspace have been committed, by this or another process. `changed`: the workspace's
   * webhooks may have changed too.
   */
  wake(workspaceId?: string, changed?: boolean): void;
  /** Stops sending. Requests under way get a few seconds to finish. */
  stop(): Promise<void>;
}

export interface DispatcherOptions {
  database: Database;
  egress: Pick<Egress, 'send'>;
  keyring: Keyring;
  referenceCache: { get(workspaceId: string): Promise<ReferenceData> };
  giveWay: GiveWay;
  /** Seconds before each attempt. */
  schedule: readonly number[];
  clock(): Date;
  onError(error: unknown): void;
}

/** Maximum number of requests of this process at once. */
const PLACES = { quick: 96, slow: 96 };
/** Nothing announces that a retry is due, so the database is searched this often. */
const SWEEP_MS = 1_000;
/** Every event asks for a search for due deliveries; two searches are at least this far apart. */
const LOOK_GAP_MS = 25;
const BUSY_LOOK_GAP_MS = 250;
/** Lanes that wait for a slot, or give way to requests, try again after this time. */
const WAIT_MS = 20;
/** Transactions at once. The pool has one connection more, for the search for due deliveries. */
const TURNS_AT_ONCE = 2;
const CLEAR_MS = 30_000;
const STOP_MS = 5_000;

/**
 * Sends deliveries that are due. Any number of processes may do so at once: each delivery is sent by one of them, and
 * again only if that process died in the meantime.
 */
export function startDispatcher(options: DispatcherOptions): Dispatcher {
  const { database, clock, onError } = options;
  const lanes = new Map<string, Lane>();
  /** Lanes that wait for a slot, the longest waiting first. */
  const waiting = new Set<Lane>();
  const ending = new AbortController();
  // The search for due deliveries has a connection of its own.
  const inTurn = limitConcurrency(TURNS_AT_ONCE);
  let stopped = false;
  let retry: NodeJS.Timeout | undefined;
  let whenIdle = () => {};

  const shared: LaneOptions = {
    ...options,
    tx: (workspaceId, work, how) => inTurn(() => database.tx(workspaceId, work, how)),
    referenceData: (workspaceId) => options.referenceCache.get(workspaceId),
    slots: new RequestSlots(PLACES),
    signal: ending.signal,
    onFree() {
      const first = [...waiting];
      waiting.clear();
      for (const lane of first) lane.go();
    },
    onWaiting(lane) {
      waiting.add(lane);
      retry ??= setTimeout(() => {
        retry = undefined;
        shared.onFree();
      }, WAIT_MS);
    },
    onIdle(lane) {
      lanes.delete(lane.webhookId);
      if (lanes.size === 0) whenIdle();
    },
  };
  const look = async (workspaceId: string | null) => {
    for (const due of await database.global((tx) => webhooksDue(tx, clock(), workspaceId))) {
      if (stopped) return;
      const lane = lanes.get(due.webhook_id) ?? new Lane(due.workspace_id, due.webhook_id, shared);
      lanes.set(due.webhook_id, lane);
      lane.wake();
    }
  };
  const looks = gatherLooks(look, options, ending.signal);
  const sweep = setInterval(() => looks.wake(null), SWEEP_MS).unref();
  const clearing = setInterval(() => void clear(database).catch(onError), CLEAR_MS).unref();
  return {
    wake(workspaceId, changed) {
      if (changed) for (const lane of lanes.values()) if (lane.workspaceId === workspaceId) lane.readAgain();
      looks.wake(workspaceId ?? null);
    },
    async stop() {
      stopped = true;
      clearInterval(sweep);
      clearInterval(clearing);
      clearTimeout(retry);
      const idle = new Promise<void>((resolve) => {
        whenIdle = resolve;
      });
      const cut = setTimeout(() => ending.abort(), STOP_MS);
      for (const lane of [...lanes.values()]) lane.stop();
      if (lanes.size > 0) await idle;
      clearTimeout(cut);
      ending.abort();
      await looks.ended();
    },
  };
}

/** Searches for due deliveries soon after being woken. Calls that come during a search share the next one. */
function gatherLooks(
  look: (workspaceId: string | null) => Promise<void>,
  { giveWay, onError }: Pick<DispatcherOptions, 'giveWay' | 'onError'>,
  stopped: AbortSignal,
) {
  const asked = new Set<string | null>();
  let looking: Promise<void> | undefined;
  const lookAll = async () => {
    while (asked.size > 0 && !stopped.aborted) {
      const [only = null] = asked.size === 1 ? asked : [null];
      asked.clear();
      await look(only).catch(onError);
      await pause(giveWay.isBusy() ? BUSY_LOOK_GAP_MS : LOOK_GAP_MS, stopped);
    }
    looking = undefined;
  };
  return {
    wake(workspaceId: string | null) {
      if (stopped.aborted) return;
      asked.add(workspaceId);
      looking ??= lookAll();
    },
    ended: () => looking,
  };
}

/** Removes the records of deleted webhooks, and holds deliveries that were still waiting for disabled ones. */
async function clear(database: Database): Promise<void> {
  for (const { workspace_id, webhook_id, deleted } of await database.global(webhooksToClear)) {
    if (!deleted) await database.tx(workspace_id, (tx) => holdDeliveries(tx, webhook_id));
    else while (await database.tx(workspace_id, (tx) => clearDeleted(tx, webhook_id)));
  }
}
