import { type KeyboardEvent, type RefObject, useState } from 'react';

interface Options {
  count: number;
  /** The row that Tab reaches initially. */
  first: number;
  scroller: RefObject<HTMLElement | null>;
  /** Scrolls a row into view. */
  show: (at: number) => void;
}

const steps: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at) => at + 1,
  j: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  k: (at) => at - 1,
  PageDown: (at) => at + 12,
  PageUp: (at) => at - 12,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

/** Roving focus: Tab reaches one row, keys move from there, and the table scrolls to the focused row. */
export function useGridFocus({ count, first, scroller, show }: Options) {
  const [active, setActive] = useState(first);
  const moveTo = (wanted: number) => {
    const at = Math.max(0, Math.min(count - 1, wanted));
    setActive(at);
    show(at);
    focusWhenThere(scroller, at);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    const typing = event.target instanceof HTMLInputElement && event.target.type !== 'checkbox';
    if (!step || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    moveTo(step(active, count));
  };
  return { active: Math.min(active, Math.max(0, count - 1)), setActive, moveTo, onKeyDown };
}

/** Focuses a row once it exists: a distant row is rendered only after the table has scrolled to it. */
function focusWhenThere(scroller: RefObject<HTMLElement | null>, at: number, tries = 10): void {
  const row = scroller.current?.querySelector<HTMLElement>(`[data-at="${at}"]`);
  if (row) row.focus({ preventScroll: true });
  else if (tries > 0) requestAnimationFrame(() => focusWhenThere(scroller, at, tries - 1));
}
