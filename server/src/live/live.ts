import { type Topic, topicOf, topics } from '../events/screens.ts';
import type { Database } from '../platform/database/database.ts';
import type { OnCommitted } from '../platform/database/transaction.ts';
import { tellStore } from './live-store.ts';

/** Changed topics and leads. Lead ids are plain UUIDs; the list is empty if many leads changed. */
export interface Change {
  topics: readonly Topic[];
  lead_ids: readonly string[];
}

/** Notification channel for changes; every process with open screens listens on it. */
export const LIVE = 'leadwell_live';

type Listener = (change: Change) => void;

/** Notifies open screens, in this and other processes, of changes in a workspace. */
export interface Live {
  /** Called after each commit. Changes are collected briefly and sent together. */
  committed: OnCommitted;
  /** Subscribes to the changes of a workspace. Returns a function that unsubscribes. */
  hear(workspaceId: string, hear: Listener): () => void;
  /** Handles a message that a process sent on the channel. */
  receive(payload: string): void;
  /** Makes every screen reload, because notifications may have been missed. */
  gap(): void;
  close(): Promise<void>;
}

const GATHER_MS = 100;
const MOST_LEADS = 50;

interface Gathered {
  topics: Set<Topic>;
  leads: Set<string>;
}

/**
 * Opens the channel. The database is passed as a function because it is created later: its commits feed this channel.
 * `onChange` is called for every workspace in which any process has changed something.
 */
export function openLive(
  database: () => Database,
  onError: (error: unknown) => void,
  onChange: (workspaceId: string, topics: readonly Topic[]) => void = () => {},
): Live {
  const ears = new Map<string, Set<Listener>>();
  let gathered = new Map<string, Gathered>();
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> = Promise.resolve();

  const send = async () => {
    const batch = gathered;
    gathered = new Map();
    for (const [workspaceId, { topics: changed, leads }] of batch) {
      const lead_ids = leads.size > MOST_LEADS ? [] : [...leads];
      const payload = JSON.stringify({ workspaceId, topics: [...changed], lead_ids });
      await database().global((tx) => tellStore(tx, LIVE, payload));
    }
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    sending = sending.then(send).catch(onError);
    return sending;
  };

  return {
    committed(workspaceId, notes) {
      for (const note of notes) {
        const topic = topicOf(note);
        if (!topic) continue;
        const waiting = gathered.get(workspaceId) ?? { topics: new Set(), leads: new Set() };
        gathered.set(workspaceId, waiting);
        waiting.topics.add(topic);
        if (note.id && waiting.leads.size <= MOST_LEADS) waiting.leads.add(note.id);
        timer ??= setTimeout(() => void flush(), GATHER_MS).unref();
      }
    },
    hear(workspaceId, hear) {
      const listeners = ears.get(workspaceId) ?? new Set();
      ears.set(workspaceId, listeners.add(hear));
      return () => {
        listeners.delete(hear);
        if (listeners.size === 0) ears.delete(workspaceId);
      };
    },
    receive(payload) {
      const { workspaceId, ...change } = JSON.parse(payload) as Change & { workspaceId: string };
      for (const hear of ears.get(workspaceId) ?? []) hear(change);
      onChange(workspaceId, change.topics);
    },
    gap() {
      for (const listeners of ears.values()) for (const hear of listeners) hear({ topics, lead_ids: [] });
    },
    close: flush,
  };
}
