import { useSyncExternalStore } from 'react';

/** A value that belongs to no component: any code can set it, and components that use it are rendered again. */
export function sharedValue<T>(first: T) {
  let value = first;
  const watchers = new Set<() => void>();
  const watch = (watcher: () => void) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  };
  return {
    get: () => value,
    set: (next: T) => {
      value = next;
      for (const watcher of watchers) watcher();
    },
    useValue: () => useSyncExternalStore(watch, () => value),
  };
}
