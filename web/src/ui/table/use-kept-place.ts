import { type RefObject, useEffect, useLayoutEffect } from 'react';

interface Place {
  top: number;
  /** The row that Tab reaches. */
  active: number;
}

/** The last scroll position and active row of each table, by its label and URL. */
const places = new Map<string, Place>();

/** The key of a table: its label and URL, except for the lead that is open beside it. */
function address(label: string): string {
  const search = new URLSearchParams(location.search);
  search.delete('lead');
  return `${label} ${location.pathname}?${search}`;
}

/** The last scroll position and active row of the table at the current URL. */
export function keptPlace(label: string): Place {
  return places.get(address(label)) ?? { top: 0, active: 0 };
}

/** Restores the table's scroll position and focus, and keeps track of both. */
export function useKeptPlace(label: string, scroller: RefObject<HTMLElement | null>, active: number): void {
  useLayoutEffect(() => {
    const { top, active: row } = keptPlace(label);
    if (!scroller.current || top + row === 0) return;
    scroller.current.scrollTop = top;
    requestAnimationFrame(() => {
      const isFree = document.activeElement === null || document.activeElement === document.body;
      if (isFree) scroller.current?.querySelector<HTMLElement>(`[data-at="${row}"]`)?.focus({ preventScroll: true });
    });
  }, [label, scroller]);
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const keep = () => places.set(address(label), { top: box.scrollTop, active });
    box.addEventListener('scroll', keep, { passive: true });
    if (active !== keptPlace(label).active) keep();
    return () => box.removeEventListener('scroll', keep);
  }, [label, scroller, active]);
}
