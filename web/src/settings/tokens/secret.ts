import { sharedValue } from '../../app/shared-value.ts';

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

const shown = sharedValue<Secret | undefined>(undefined);

/**
 * Shows a secret until it is dismissed. It belongs to no page, so nothing that happens on a page can remove it: the
 * secret is shown only this once.
 */
export const showSecret = shown.set;

/** The secret that is being shown. */
export const useSecret = shown.useValue;
