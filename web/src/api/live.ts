import { useEffect, useRef, useSyncExternalStore } from 'react';
import { keys, type Topic } from './keys.ts';
import { queryClient } from './query-client.ts';

/** The changes in the workspace since the last message. */
interface LiveNews {
  topics: Topic[];
  lead_ids: string[];
}

const LONGEST_WAIT = 30_000;
const PATIENCE = 5_000;
/** How long a tab in the background stays connected. */
const REST_AFTER = 3_000;

let source: EventSource | undefined;
let failures = 0;
let retry: ReturnType<typeof setTimeout> | undefined;
let alarm: ReturnType<typeof setTimeout> | undefined;
let away = false;
const listeners = new Set<(news: LiveNews) => void>();
const watchers = new Set<() => void>();

/**
 * Starts listening for live updates; the shell calls it after sign-in. Returns a function that stops listening. Only
 * visible tabs stay connected: browsers allow six connections to a server without HTTP/2, and a seventh tab would hang.
 */
export function startLive(): () => void {
  let bedtime: ReturnType<typeof setTimeout> | undefined;
  const wake = () => {
    clearTimeout(bedtime);
    if (document.visibilityState !== 'visible') bedtime = setTimeout(rest, REST_AFTER);
    else if (!source) connect();
  };
  if (document.visibilityState === 'visible') connect();
  else rest();
  const leave = () => {
    lose();
    setAway(true);
  };
  addEventListener('online', wake);
  addEventListener('offline', leave);
  document.addEventListener('visibilitychange', wake);
  return () => {
    removeEventListener('online', wake);
    removeEventListener('offline', leave);
    document.removeEventListener('visibilitychange', wake);
    clearTimeout(bedtime);
    disconnect();
  };
}

function disconnect(): void {
  source?.close();
  source = undefined;
  clearTimeout(retry);
  clearTimeout(alarm);
  alarm = undefined;
}

/** Disconnects until the tab is visible again; what it missed is then refetched, as after a lost connection. */
function rest(): void {
  disconnect();
  failures = Math.max(failures, 1);
}

function connect(): void {
  clearTimeout(retry);
  source?.close();
  source = new EventSource('/v1/live');
  source.onopen = () => {
    if (failures > 0) void queryClient.invalidateQueries();
    failures = 0;
    clearTimeout(alarm);
    alarm = undefined;
    setAway(false);
  };
  source.onmessage = ({ data }) => tell(JSON.parse(data) as LiveNews);
  source.onerror = lose;
}

/** Closes the lost connection and reconnects with growing pauses; warns the user if that takes too long. */
function lose(): void {
  source?.close();
  source = undefined;
  alarm ??= setTimeout(() => setAway(true), PATIENCE);
  // The session may have ended; refetching the signed-in person shows whether it has.
  if (failures === 0) void queryClient.invalidateQueries({ queryKey: keys.me });
  const wait = Math.min(LONGEST_WAIT, 500 * 2 ** failures);
  failures += 1;
  retry = setTimeout(connect, wait + Math.random() * 500);
}

function tell(news: LiveNews): void {
  for (const topic of news.topics) void queryClient.invalidateQueries({ queryKey: [topic] });
  void queryClient.invalidateQueries({ queryKey: keys.badges });
  for (const listener of listeners) listener(news);
}

function setAway(now: boolean): void {
  if (away === now) return;
  away = now;
  for (const watcher of watchers) watcher();
}

/** Calls `callback` when one of these topics changes. Queries whose key begins with the topic are refetched anyway. */
export function useLive(topics: readonly Topic[], callback: (news: LiveNews) => void): void {
  const latest = useRef(callback);
  latest.current = callback;
  const wanted = topics.join();
  useEffect(() => {
    const listener = (news: LiveNews) => {
      if (news.topics.some((topic) => wanted.split(',').includes(topic))) latest.current(news);
    };
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, [wanted]);
}

/** True when the server has been unreachable for more than five seconds. */
export function useIsAway(): boolean {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => away,
  );
}
