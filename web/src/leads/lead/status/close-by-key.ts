import type { KeyboardEvent } from 'react';

/** Escape cancels a question and nothing else around it. */
export function closeByKey(event: KeyboardEvent, close: () => void): void {
  if (event.key !== 'Escape') return;
  event.preventDefault();
  event.stopPropagation();
  close();
}
