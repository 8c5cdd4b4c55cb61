import { useSyncExternalStore } from 'react';
import type { Lead } from '../../api/get-lead.ts';
import type { TextField } from './use-text-change.ts';

/** A text typed in a cell that could not be saved. */
export interface UnsavedText {
  /** The lead as it was when editing began. */
  lead: Lead;
  field: TextField;
  typed: string;
  /** True if the server refused this text, so that sending it again would be no use. */
  isRefused: boolean;
}

/** Kept outside the list, so that a text that fails while another screen is open is there on the way back. */
let texts: readonly UnsavedText[] = [];
const listeners = new Set<() => void>();

/** The unsaved text of a cell among these. */
export const unsavedOf = (
  all: readonly UnsavedText[],
  { lead, field }: Pick<UnsavedText, 'lead' | 'field'>,
): UnsavedText | undefined => all.find((one) => one.lead.id === lead.id && one.field === field);

/** Sets the unsaved text of a cell, or forgets it. */
export function setUnsaved(cell: Pick<UnsavedText, 'lead' | 'field'>, text?: UnsavedText): void {
  const before = unsavedOf(texts, cell);
  if (before === text) return;
  texts = [...texts.filter((one) => one !== before), ...(text ? [text] : [])];
  for (const tell of listeners) tell();
}

/** All texts typed in cells that could not be saved. */
export function useUnsavedTexts(): readonly UnsavedText[] {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => texts,
  );
}
