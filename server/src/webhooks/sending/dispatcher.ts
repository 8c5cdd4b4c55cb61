import type { Database } from '../../platform/database/database.ts';
import type { Egress } from '../../platform/egress/egress.ts';
import { pause } from '../../platform/time/wait.ts';
import type { ReferenceData } from '../../workspaces/reference-data.ts';
import { clearDeleted, holdDeliveries, webhooksToClear } from '../webhook-store.ts';
import { webhooksDue } from './claim-store.ts';
import { Lane, type LaneOptions } from './lane.ts';
import { Places } from './places.ts';
import type { OnDisabled } from './turn.ts';

export interface Dispatcher {
  /** Call this after events of a workspace were committed, by this or another process. */
  wake(workspaceId?: string): void;
  /** Ends: what is on its way gets some seconds. */
  stop(): Promise<void>;
}

export interface DispatcherOptions {
  database: Database;
  egress: Pick<Egress, 'send'>;
  referenceCache: { get(workspaceId: string): Promise<ReferenceData> };
  /** Seconds before each attempt. */
  schedule: readonly number[];
  clock(): Date;
  onDisabled?: OnDisabled | undefined;
  onError(error: unknown): void;
}

/** Requests at once of this process. */
const PLACES = { quick: 96, slow: 96 };
/** Retries become due without anybody telling. */
const SWEEP_MS = 1_000;
/** Looks for deliveries follow each other no faster, since each event asks for one. */
const LOOK_GAP_MS = 25;
const CLEAR_MS = 30_000;
const STOP_MS = 5_000;

/**
 * Sends deliveries that are due. Any number of processes may do so at once: a delivery is sent by one, and again only if
 * that process died on the way.
 */
export function startDispatcher(options: DispatcherOptions): Dispatcher {
  const { database, clock, onError } = options;
  const lanes = new Map<string, Lane>();
  /** Lanes without a place, longest waiting first. */
  const waiting = new Set<Lane>();
  const ending = new AbortController();
  const looks = new Set<string | null>();
  let looking: Promise<void> | undefined;
  let stopped = false;
  let whenIdle = () => {};

  const shared: LaneOptions = {
    ...options,
    referenceData: (workspaceId) => options.referenceCache.get(workspaceId),
    places: new Places(PLACES),
    signal: ending.signal,
    onFree() {
      const first = [...waiting];
      waiting.clear();
      for (const lane of first) lane.go();
    },
    onWaiting: (lane) => void waiting.add(lane),
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
  const lookAll = async () => {
    while (looks.size > 0 && !stopped) {
      const [only = null] = looks.size === 1 ? looks : [null];
      looks.clear();
      await look(only).catch(onError);
      await pause(LOOK_GAP_MS, ending.signal);
    }
    looking = undefined;
  };
  const wake = (workspaceId: string | null) => {
    if (stopped) return;
    looks.add(workspaceId);
    looking ??= lookAll();
  };
  const sweep = setInterval(() => wake(null), SWEEP_MS).unref();
  const clearing = setInterval(() => void clear(database).catch(onError), CLEAR_MS).unref();
  return {
    wake: (workspaceId) => wake(workspaceId ?? null),
    async stop() {
      stopped = true;
      clearInterval(sweep);
      clearInterval(clearing);
      const idle = new Promise<void>((resolve) => {
        whenIdle = resolve;
      });
      const cut = setTimeout(() => ending.abort(), STOP_MS);
      for (const lane of [...lanes.values()]) lane.stop();
      if (lanes.size > 0) await idle;
      clearTimeout(cut);
      ending.abort();
      await looking;
    },
  };
}

/** Removes what belongs to deleted webhooks, and holds what was still waiting for disabled ones. */
async function clear(database: Database): Promise<void> {
  for (const { workspace_id, webhook_id, deleted } of await database.global(webhooksToClear)) {
    if (!deleted) await database.tx(workspace_id, (tx) => holdDeliveries(tx, webhook_id));
    else while (await database.tx(workspace_id, (tx) => clearDeleted(tx, webhook_id)));
  }
}
