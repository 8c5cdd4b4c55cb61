import { type Topic, topicOf, topics } from '../events/screens.ts';
import type { Database } from '../platform/database/database.ts';
import type { OnCommitted } from '../platform/database/transaction.ts';
import { tellStore } from './live-store.ts';

/** What changed: kinds of things, and leads by id (plain UUIDs; many are not named one by one). */
export interface Change {
  topics: readonly Topic[];
  lead_ids: readonly string[];
}

/** Channel of what changed, for every process that has screens open. */
export const LIVE = 'leadwell_live';

type Hear = (change: Change) => void;

/** Tells open screens, in this process and in others, what changed in a workspace. */
export interface Live {
  /** A transaction is committed. What it changed is told a moment later, together with what else changes meanwhile. */
  committed: OnCommitted;
  /** Hears what changes in a workspace. Answers how to stop. */
  hear(workspaceId: string, hear: Hear): () => void;
  /** What a process announced on the channel. */
  receive(payload: string): void;
  /** Something may have been missed: every screen looks again. */
  gap(): void;
  close(): Promise<void>;
}

const GATHER_MS = 100;
const MOST_LEADS = 50;

interface Gathered {
  topics: Set<Topic>;
  leads: Set<string>;
}

/** Opens the channel. The database is asked for late: its commits are what this listens to. */
export function openLive(database: () => Database, onError: (error: unknown) => void): Live {
  const ears = new Map<string, Set<Hear>>();
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
    },
    gap() {
      for (const listeners of ears.values()) for (const hear of listeners) hear({ topics, lead_ids: [] });
    },
    close: flush,
  };
}
