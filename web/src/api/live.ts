import { useEffect, useRef, useSyncExternalStore } from 'react';
import { keys, type Topic } from './keys.ts';
import { queryClient } from './query-client.ts';

/** What changed in the workspace since the last word. */
interface LiveNews {
  topics: Topic[];
  lead_ids: string[];
}

const LONGEST_WAIT = 30_000;
const PATIENCE = 5_000;

let source: EventSource | undefined;
let failures = 0;
let retry: ReturnType<typeof setTimeout> | undefined;
let alarm: ReturnType<typeof setTimeout> | undefined;
let away = false;
const listeners = new Set<(news: LiveNews) => void>();
const watchers = new Set<() => void>();

/** Begins to listen; the shell calls it once somebody is signed in. Ends with what it returns. */
export function startLive(): () => void {
  connect();
  const wake = () => document.visibilityState === 'visible' && !source && connect();
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
    source?.close();
    source = undefined;
    clearTimeout(retry);
    clearTimeout(alarm);
  };
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

/** After a loss it asks again by itself, each time a little later, and says so when it takes long. */
function lose(): void {
  source?.close();
  source = undefined;
  alarm ??= setTimeout(() => setAway(true), PATIENCE);
  // Perhaps nobody is signed in any more; asking who is finds out.
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

/** Calls back when one of these topics changes. Queries whose key begins with the topic are asked anew without it. */
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

/** True when the server has been out of reach for more than five seconds. */
export function useIsAway(): boolean {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => away,
  );
}
