import { useSyncExternalStore } from 'react';
import type { Lead } from './get-lead.ts';
import type { ConflictingField } from './lead-change.ts';

/** A change that would overwrite what somebody else has saved meanwhile. */
interface Conflict {
  /** The lead as it is stored now. */
  lead: Lead;
  fields: readonly ConflictingField[];
}

/** A conflict that waits for a decision. */
export interface OpenConflict extends Conflict {
  decide: (keep: 'mine' | 'theirs') => void;
}

let open: readonly OpenConflict[] = [];
const listeners = new Set<() => void>();

function setOpen(next: readonly OpenConflict[]): void {
  open = next;
  for (const listener of listeners) listener();
}

/** Asks the user which value to keep; resolves once they have chosen. */
export function askWhichToKeep(conflict: Conflict): Promise<'mine' | 'theirs'> {
  return new Promise((resolve) => {
    const asked: OpenConflict = {
      ...conflict,
      decide: (keep) => {
        setOpen(open.filter((one) => one !== asked));
        resolve(keep);
      },
    };
    setOpen([...open, asked]);
  });
}

/** The conflict that has waited longest. */
export function useOpenConflict(): OpenConflict | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open[0],
  );
}
