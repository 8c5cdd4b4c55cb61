import { useSyncExternalStore } from 'react';

/** A new secret that has not been dismissed yet. */
export interface Secret {
  /** The token's id and name. */
  id: string;
  name: string;
  token: string;
  /** What happens to the old secret. */
  note?: string;
  /** Called once the secret is dismissed. */
  onClose?: () => void;
}

let shown: Secret | undefined;
const watchers = new Set<() => void>();

/**
 * Shows a secret until it is dismissed. It belongs to no page, so nothing that happens on a page can remove it: the
 * secret is shown only this once.
 */
export function showSecret(secret: Secret | undefined): void {
  shown = secret;
  for (const watcher of watchers) watcher();
}

/** The secret that is being shown. */
export function useSecret(): Secret | undefined {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => shown,
  );
}
