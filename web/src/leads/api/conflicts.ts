import { sharedValue } from '../../app/shared-value.ts';
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

const open = sharedValue<readonly OpenConflict[]>([]);

/** Asks the user which value to keep; resolves once they have chosen. */
export function askWhichToKeep(conflict: Conflict): Promise<'mine' | 'theirs'> {
  return new Promise((resolve) => {
    const asked: OpenConflict = {
      ...conflict,
      decide: (keep) => {
        open.set(open.get().filter((one) => one !== asked));
        resolve(keep);
      },
    };
    open.set([...open.get(), asked]);
  });
}

/** The conflict that has waited longest. */
export function useOpenConflict(): OpenConflict | undefined {
  return open.useValue()[0];
}
